"""Which of the articles that were found are in the language of the question. Pure.

An article whose language isn't known may be in any; so may a question of which it isn't.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from vectorstore.languages import NAMES, base_of
from vectorstore.records import Hit


@dataclass(frozen=True, slots=True)
class Spoken:
    """hits: those in the question's language. others: the languages (ISO 639-1 tags) of the rest, where none is."""

    hits: tuple[Hit, ...]
    others: tuple[str, ...] = ()


def in_language(hits: Sequence[Hit], language: str | None) -> Spoken:
    """Choose the hits that answer a question in a language.

    >>> in_language([german_hit], "en").others
    ('de',)
    """
    of_each = [base_of(hit.article.language) for hit in hits]
    if language is None:
        return Spoken(tuple(hits))
    kept = tuple(hit for hit, own in zip(hits, of_each, strict=True) if own in (None, language))
    return Spoken(kept) if kept else Spoken((), tuple(dict.fromkeys(own for own in of_each if own)))


def in_other_languages(languages: Sequence[str]) -> str:
    """Why the articles can't answer, in a sentence for people. languages: of the articles."""
    names = [NAMES.get(language, f"the language {language!r}") for language in languages]
    return f"The articles that come nearest are in {' and '.join(names)}, and the question is not. Ask in {names[0]}."
