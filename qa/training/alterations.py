"""False sentences made of true ones, one thing changed, and a source's sentence made to say less. Seeded, not pure.

Each takes a true sentence and its source, and returns a false sentence, or None where it holds nothing to change.
"""

import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from qa.language.names import find_names
from qa.language.terms import irregular_verb_forms, key_of, keys_of, synonyms_of
from qa.question.turned import exchange
from qa.training.verbs import Verbs

Alteration = Callable[[str, str, random.Random], str | None]

_WORD = re.compile(r"[A-Za-z][a-z'’-]+")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
_TURNED = {"from": "to", "to": "from", "before": "after", "after": "before", "above": "below", "over": "under"}
_TURNED |= {"under": "over", "more": "fewer", "less": "more", "fewer": "more", "first": "second", "last": "first"}
_TURNED |= {"most": "least", "largest": "smallest", "smallest": "largest", "north": "south", "south": "north"}
_TURNED |= {"east": "west", "west": "east", "all": "some", "some": "all", "with": "without", "for": "against"}
_TURNED |= {"oldest": "youngest", "highest": "lowest", "best": "worst", "won": "lost", "lost": "won", "by": "for"}
_TURNED |= {
    "increased": "decreased",
    "rose": "fell",
    "fell": "rose",
    "until": "since",
    "both": "neither",
    "into": "out of",
}
_HELPERS = r"(?:is|are|was|were|will|would|has|have|had|can|could|did|does)"
_HELPER = re.compile(rf"\b{_HELPERS}\b(?! not\b)")
_DENIED = re.compile(rf"\b({_HELPERS}) not\b|\b(never|no longer)\b ?")
_RANKED = ("second largest", "former", "acting", "deputy", "only", "future")
_ROLE = re.compile(r"\b(?:largest|capital|president|minister|leader|secretary|director|chief|head|king|queen|mayor)\b")
_UNSURE = ("It was denied that {0}", "If {0}", "There were fears that {0}", "Critics had wrongly claimed that {0}",
           "It is not known whether {0}", "Officials hope that {0}", "Nobody believed that {0}", "Unless {0}",
           "It was feared that {0}", "Talks failed over whether {0}")  # fmt: skip
_PASSIVE = frozenset("was were is are been be being had has have by".split())
_PLACED = ("in", "to", "from", "with", "for", "at", "against", "into")
_PLANNED = (
    "hoped to", "planned to", "may", "might", "will", "could", "failed to", "refused to", "was expected to", "did not",
    "threatened to", "wanted to", "was asked to", "tried to", "would have liked to", "promised to", "is due to",
    "vowed to", "has yet to", "should", "was unable to", "agreed to",
)  # fmt: skip
_LINKS = ("of", "for", "in", "at")
_ROLES = (
    "leader president minister chief founder spokesman spokeswoman head governor mayor director captain coach".split()
)
_ALONE = """resigned died retired fled surrendered apologised lied escaped returned collapsed withdrew confessed
    vanished lost won voted refused agreed protested survived left arrived spoke""".split()
_ADDED = """shot praised met arrested sued hired married criticised attacked defeated killed replaced captured invaded
    joined bought supported fired accused thanked visited warned rescued led founded beat betrayed helped blamed
    recruited sacked deported pardoned welcomed ordered opposed banned threatened paid leads runs seized evacuated
    destroyed funded owns controls backed divorced endorsed overthrew succeeded interviewed robbed injured""".split()


@cache
def _irregular() -> frozenset[str]:
    return frozenset(irregular_verb_forms())


def _is_verb(word: str, before: str) -> bool:
    if not word.islower() or before in {"the", "a", "an", "its", "their", "his", "her"}:
        return False
    return (word.endswith("ed") and len(word) > 4) or word in _irregular()


def other_verb(pool: Sequence[str]) -> Alteration:
    """A verb in the place of the sentence's own, of which the source has neither it nor a synonym."""
    regular = [word for word in pool if word.endswith("ed")] or pool
    others = [word for word in pool if not word.endswith("ed")] or pool

    def alter(claim: str, source: str, rng: random.Random) -> str | None:
        words = claim.split()
        places = [at for at, word in enumerate(words) if at and _is_verb(word.strip(".,;"), words[at - 1].lower())]
        if not places or not pool:
            return None
        at = rng.choice(places)
        old = words[at].strip(".,;")
        keys = set(keys_of(source)) | synonyms_of(key_of(old))
        for _ in range(8):
            new = rng.choice(regular if old.endswith("ed") else others)
            if key_of(new) not in keys and synonyms_of(key_of(new)).isdisjoint(keys):
                return " ".join([*words[:at], words[at].replace(old, new), *words[at + 1 :]])
        return None

    return alter


def other_name(claim: str, source: str, rng: random.Random) -> str | None:
    """Another name of the source in the place of one of the sentence's."""
    ours = [name.text for name in find_names(claim)]
    theirs = [name.text for name in find_names(source) if name.text not in claim]
    if not ours or not theirs:
        return None
    return claim.replace(rng.choice(ours), rng.choice(theirs), 1)


def exchanged(claim: str, _source: str, rng: random.Random) -> str | None:
    """Two names of the sentence, each in the other's place: who does it is whom it is done to."""
    ours = list(dict.fromkeys(name.text for name in find_names(claim)))
    if len(ours) < 2:
        return None
    return exchange(claim, *rng.sample(ours, 2))


def other_number(claim: str, source: str, rng: random.Random) -> str | None:
    """Another number, one of the source where there is one."""
    ours = _NUMBER.findall(claim)
    if not ours:
        return None
    old = rng.choice(ours)
    theirs = [number for number in _NUMBER.findall(source) if number not in ours]
    new = rng.choice(theirs) if theirs and rng.random() < 0.7 else str(int(rng.choice((2, 7, 13))) * rng.randint(1, 99))
    return None if new == old else claim.replace(old, new, 1)


def turned(claim: str, _source: str, rng: random.Random) -> str | None:
    """A small word turned round: from and to, before and after, all and some."""
    found = [match for match in _WORD.finditer(claim) if match[0] in _TURNED]
    if not found:
        return None
    match = rng.choice(found)
    return f"{claim[: match.start()]}{_TURNED[match[0]]}{claim[match.end() :]}"


def denied(claim: str, _source: str, rng: random.Random) -> str | None:
    """A "not" put in, or taken out."""
    if match := _DENIED.search(claim):
        return " ".join(f"{claim[: match.start()]}{match[1] or ''}{claim[match.end() :]}".split())
    places = list(_HELPER.finditer(claim))
    if not places:
        return None
    match = rng.choice(places)
    return f"{claim[: match.end()]} {rng.choice(('not', 'not', 'never'))}{claim[match.end() :]}"


def other_rank(claim: str, source: str, rng: random.Random) -> str | None:
    """ "The second largest", "the former president": an office or a size that is another one."""
    match = _ROLE.search(claim)
    if match is None:
        return None
    rank = rng.choice([rank for rank in _RANKED if rank not in source] or ["former"])
    return f"{claim[: match.start()]}{rank} {claim[match.start() :]}"


def invented(_claim: str, source: str, rng: random.Random) -> str | None:
    """One to three names of the source, and a verb that it doesn't have: true by its names alone."""
    names = list(dict.fromkeys(name.text for name in find_names(source)))
    keys = set(keys_of(source))
    verbs = [verb for verb in _ADDED if key_of(verb) not in keys and synonyms_of(key_of(verb)).isdisjoint(keys)]
    alone = [verb for verb in _ALONE if key_of(verb) not in keys and synonyms_of(key_of(verb)).isdisjoint(keys)]
    if not names or not verbs or not alone:
        return None
    rng.shuffle(names)
    kind = rng.random()
    if len(names) == 1 or kind < 0.15:
        return f"{names[0]} {rng.choice(('', '', 'has ', 'has not '))}{rng.choice(alone)}."
    if kind < 0.3 and (roles := [role for role in _ROLES if role not in source]):
        return f"{names[0]} is the {rng.choice(roles)} {rng.choice(_LINKS[:2])} {names[1]}."
    if kind < 0.45 and len(names) > 2:
        return f"{names[0]} {rng.choice(verbs)} {names[1]} {rng.choice(('in', 'at', 'with', 'for'))} {names[2]}."
    if kind < 0.55:
        return f"{names[0]} was {rng.choice([verb for verb in verbs if verb.endswith('ed')] or verbs)} by {names[1]}."
    return f"{names[0]} {rng.choice(verbs)} {names[1]}."


def misplaced(phrases: Sequence[str], source: str, verbs: Verbs, rng: random.Random) -> str | None:
    """Two phrases of the source with a verb of its own between them, each on the wrong side of it.

    All its words are met, and what it says is not: "the tower seized Ada" of "Ada seized the tower".
    """
    words = source.split()
    places = [at for at, word in enumerate(words) if at and verbs.is_past(word.strip(".,;"))]
    if not places:
        return None
    at = rng.choice(places)
    if words[at - 1].lower() in _PASSIVE or "by" in words[at : at + 8]:
        return None
    cut = len(" ".join(words[:at]))
    after = [one for one in phrases if source.find(one) >= 0 and source.find(one) > cut]
    before = [one for one in phrases if 0 <= source.find(one) < cut]
    if not after or not before:
        return None
    subject, other = rng.choice(after), rng.choice(before)
    return None if subject in other or other in subject else _capital(f"{subject} {words[at].strip('.,;')} {other}.")


def other_phrase(claim: str, phrases: Sequence[str], rng: random.Random) -> str | None:
    """A phrase of the sentence that answers another question of the text, and a third phrase in its place."""
    ours = [one for one in phrases if f" {one}" in claim[:-1] or claim.startswith(_capital(one))]
    theirs = [one for one in phrases if one.lower() not in claim.lower()]
    if not ours or not theirs:
        return None
    old, new = rng.choice(ours), rng.choice(theirs)
    known = set(keys_of(claim))
    if known.issuperset(keys_of(new)):
        return None
    if claim.startswith(_capital(old)):
        return _capital(new) + claim[len(old) :]
    return claim.replace(f" {old}", f" {new}", 1)


def invented_of(phrases: Sequence[str], source: str, verbs: Verbs, rng: random.Random) -> str | None:
    """Two phrases of the source, and between them a verb that it doesn't have, in any of the ways to say one."""
    keys = set(keys_of(source))
    fit = [one for one in verbs.pasts.values() if keys.isdisjoint(synonyms_of(key_of(one)))]
    if len(phrases) < 2 or not fit:
        return None
    one, other = rng.sample(list(phrases), 2)
    if one in other or other in one:
        return None
    verb, kind = rng.choice(fit), rng.random()
    if kind < 0.2:
        return _capital(f"{one} {rng.choice(('was', 'were', 'has been'))} {verb} by {other}.")
    if kind < 0.35:
        return _capital(f"{one} {verb} {rng.choice(_PLACED)} {other}.")
    return _capital(f"{one} {rng.choice(('', '', 'has ', 'also '))}{verb} {other}.")


def only_planned(source: str, claim: str, verbs: Verbs, rng: random.Random) -> tuple[str, str] | None:
    """The source with the claim's verb as hoped for, denied or supposed; and the claim, told in the same way.

    The first bears the claim out no longer; it bears out the second.
    """
    words = source.split()
    told = {(key_of(before), verb.strip(".,;")) for before, verb in pairwise(claim.split())}
    places = [
        (at + 1, base)
        for at, (before, verb) in enumerate(pairwise(words))
        if (key_of(before), bare := verb.strip(".,;")) in told
        and before.lower() not in _PASSIVE
        and verbs.is_past(bare)
        and (base := verbs.base(bare))
    ]
    if not places:
        return None
    at, base = rng.choice(places)
    old = words[at].strip(".,;")
    new = f"{rng.choice(_PLANNED)} {base}"
    changed = " ".join([*words[:at], words[at].replace(old, new), *words[at + 1 :]])
    return changed, re.sub(rf"\b{re.escape(old)}\b", new, claim, count=1)


def in_other_words(claim: str, verbs: Verbs, rng: random.Random) -> str | None:
    """The sentence with a synonym in its verb's place: as true as it was."""
    words = claim.split()
    places = [
        (at, other)
        for at, word in enumerate(words)
        if at and verbs.is_past(word.strip(".,;"))
        for stem in sorted(synonyms_of(key_of(word.strip(".,;"))) - {key_of(word.strip(".,;"))})
        if (other := verbs.pasts.get(stem))
    ]
    if not places:
        return None
    at, other = rng.choice(places)
    return " ".join([*words[:at], words[at].replace(words[at].strip(".,;"), other), *words[at + 1 :]])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def unsure(sentence: str, rng: random.Random) -> str:
    """The sentence as a source has it that only fears, denies or supposes it."""
    body = sentence.rstrip(". ")
    first = body.split(" ", 1)[0]
    lower = body if first.isupper() or find_names(f"x {first}") else body[:1].lower() + body[1:]
    said = rng.choice(_UNSURE).format(lower)
    return f"{said}, everything would change." if said.startswith(("If", "Unless")) else f"{said}."


ALTERATIONS: tuple[Alteration, ...] = (other_name, exchanged, other_number, turned, denied, other_rank, invented)
