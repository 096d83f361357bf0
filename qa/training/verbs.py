"""The forms of verbs, as the texts of the lessons have them: "meet" -> "met", "seized" -> "seize". Learned, not listed.

A word that follows "to" or "will" is a base form where it has a past form too; a past form is one that ends in "ed" or
is listed as irregular. Forms of one verb are those of one stem.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qa.language.terms import irregular_verb_forms, key_of, words_of

_BEFORE_A_BASE = frozenset("to will would can could may might must should did cannot".split())
_NO_VERBS = frozenset("be have do".split())


@dataclass(frozen=True, slots=True)
class Verbs:
    """bases, pasts, presents: by stem, the form that the texts have most often ("seize", "seized", "seizes")."""

    bases: Mapping[str, str]
    pasts: Mapping[str, str]
    presents: Mapping[str, str]

    def base(self, form: str) -> str | None:
        """The base form of a past or present one; None where the texts don't have it."""
        return self.bases.get(key_of(form)) if self.is_past(form) or self.is_present(form) else None

    def is_past(self, form: str) -> bool:
        """Whether a word is a verb's past form."""
        return self.pasts.get(key_of(form)) == form

    def is_present(self, form: str) -> bool:
        """Whether a word is a verb's present form, of the third person."""
        return self.presents.get(key_of(form)) == form

    def past(self, base: str) -> str | None:
        """The past form of a base form."""
        return self.pasts.get(key_of(base)) if self.bases.get(key_of(base)) == base else None

    def present(self, base: str) -> str | None:
        """The present form, of the third person, of a base form."""
        return self.presents.get(key_of(base)) if self.bases.get(key_of(base)) == base else None


def verbs_of(texts: Iterable[str]) -> Verbs:
    """Learn the forms of the verbs of some texts."""
    irregular = frozenset(irregular_verb_forms())
    bases: dict[str, Counter[str]] = {}
    pasts: dict[str, Counter[str]] = {}
    presents: dict[str, Counter[str]] = {}
    for text in texts:
        before = ""
        for word in words_of(text):
            if word.islower() and word.isalpha():
                if before in _BEFORE_A_BASE and not word.endswith(("ed", "ing")):
                    bases.setdefault(key_of(word), Counter())[word] += 1
                if word in irregular or (word.endswith("ed") and len(word) > 4):
                    pasts.setdefault(key_of(word), Counter())[word] += 1
                elif word.endswith("s") and len(word) > 3:
                    presents.setdefault(key_of(word), Counter())[word] += 1
            before = word.lower()
    stems = (bases.keys() & pasts.keys()) - _NO_VERBS
    return Verbs(*({stem: forms[stem].most_common(1)[0][0] for stem in sorted(stems) if stem in forms} for forms in
                   (bases, pasts, presents)))  # fmt: skip
