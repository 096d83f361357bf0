"""Hold a claim's figures and lengths of time against a sentence of its source. Pure.

Stricter than `figures_compare.supports`, which asks what follows from what: a summary's figure must be the source's, or
rounder and said to be ("nearly 1,000" for 987). "About 603" is no figure of a source that says 600.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import IntEnum

from qa.language.counted_compare import same_counted
from qa.language.durations import Duration
from qa.language.figures import Bound, Kind, Quantity
from qa.language.figures_compare import same_value, supports
from qa.language.nations import nation_of
from qa.language.terms import key_of, synonyms_of, words_of
from qa.language.word_lists import listed
from qa.verification.claim_facts import Facts

Alike = Callable[[str, str], float]


class Match(IntEnum):
    """How far a source bears a fact out. LOOSE: the same figure, said less firmly ("about 600" for "600")."""

    MISSING = 0
    LOOSE = 1
    MET = 2


# Counting words alike from this cosine on may stand for each other: "victims" for "casualties".
_ALIKE = 0.55
_STEM = 5  # letters that "evacuees" and "evacuated" have in common
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800, "fortnight": 1_209_600}
_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_TIMES = frozenset(_SECONDS) | frozenset(_MONTHS)
_ANYBODY = frozenset(["people", "persons", "individuals", "others"])
_CIVILIANS = frozenset(["citizens", "nationals", "residents", "inhabitants", "civilians"])
_PERSONS = listed("persons") | _ANYBODY


def figure_met(figure: Quantity, claim: Facts, sentence: Facts, alike: Alike) -> Match:
    """Judge whether a sentence bears out a figure of a claim. alike: the cosine of two words."""
    best, told = Match.MISSING, claim.outcomes[claim.quantities.index(figure)]
    for given, theirs in zip(sentence.quantities, sentence.outcomes, strict=True):
        if told and theirs and told.isdisjoint(theirs):  # "15 injured" is not "15 dead"
            continue
        if not _may_count_alike(given, figure, sentence, alike):
            continue
        bare, claimed = replace(given, counted=None), replace(figure, counted=None)
        if supports(bare, claimed) and _is_as_coarse(figure, given, claim):
            return Match.MET
        if figure.bound is Bound.EXACT and same_value(given, figure):
            best = Match.LOOSE
    if _is_single(figure.low, figure.high):
        said = claim.text[figure.start : figure.end].lower()
        if _holds_one(figure.counted, sentence) or (said == "one" and _is_no_count(figure.counted, sentence)):
            return Match.MET
    lengths = [one for one in claim.durations if one.start == figure.start]
    return max([best, *(_length(length, given) for length in lengths for given in sentence.durations)])


def duration_met(claimed: Duration, sentence: Facts) -> Match:
    """Judge whether a sentence bears out a length of time that is no figure: "a week", in "the past week" too."""
    best = max((_length(claimed, given) for given in sentence.durations), default=Match.MISSING)
    if best or claimed.bound is not Bound.EXACT or any(given.unit == claimed.unit for given in sentence.durations):
        return best
    one = _is_single(claimed.low, claimed.high) and _holds_one(claimed.unit, sentence)
    return Match.MET if one else Match.MISSING


def _is_as_coarse(figure: Quantity, given: Quantity, claim: Facts) -> bool:
    """Whether the claim's figure is the source's, or rounder; a range in digits is the same range.

    Only a figure that says what it counts can be rounder: "at least a million of them" may be of something else.
    """
    if same_value(given, figure):
        return True
    if figure.kind is Kind.NUMBER and (given.counted is None or figure.counted is None):
        return False
    if figure.low != figure.high:  # "hundreds"
        return not any(letter.isdigit() for letter in claim.text[figure.start : figure.end])
    return _digits(figure.high) < _digits(given.high)


def _digits(value: float) -> int:
    """How many digits of a value mean something: 2 of 15,000."""
    return len(f"{value:.12g}".partition("e")[0].replace(".", "").strip("0"))


def _is_single(low: float, high: float) -> bool:
    return low == high == 1.0


def _holds_one(counted: str | None, sentence: Facts) -> bool:
    """Whether a sentence speaks of one such thing without the word: "on a single day", "in the past week"."""
    if counted is None:
        return False
    others = [given for given in sentence.quantities if given.counted and same_counted(given.counted, counted)]
    return not others and words_of(counted)[-1].lower() in {word.lower() for word in sentence.words}


def _is_no_count(counted: str | None, sentence: Facts) -> bool:
    """Whether "one" is no figure, since the source counts nothing of the kind: "according to one report"."""
    if counted is None or words_of(counted)[-1].lower() in _PERSONS:
        return False
    return not any(given.counted and same_counted(given.counted, counted) for given in sentence.quantities)


def _may_count_alike(given: Quantity, figure: Quantity, sentence: Facts, alike: Alike) -> bool:
    """Whether two figures may count the same: like phrases, or one that says nothing, or words near in meaning.

    "15,000 evacuees" is borne out by "15,000 people were evacuated": persons, whose word the sentence holds otherwise.
    """
    if given.counted is None or figure.counted is None or given.kind is Kind.ORDINAL:
        return True
    if same_counted(given.counted, figure.counted):
        return _is_as_plain(given.counted, figure.counted)
    nations = [{nation_of(word) for word in words_of(phrase)} - {None} for phrase in (given.counted, figure.counted)]
    if all(nations) and nations[0].isdisjoint(nations[1]):
        return False
    if any(same_counted(other.counted, figure.counted) for other in sentence.quantities if other.counted):
        return False
    head, other = words_of(figure.counted)[-1], words_of(given.counted)[-1]
    if head.rstrip("s") in _TIMES or other.rstrip("s") in _TIMES:
        return False
    if key_of(other) in synonyms_of(key_of(head)):
        return True
    if other.lower() in _PERSONS:
        stem = key_of(head)[:_STEM]
        return len(stem) == _STEM and any(key.startswith(stem) for key in sentence.keys)
    return head.islower() and other.islower() and alike(head, other) >= _ALIKE


def _is_as_plain(given: str, counted: str) -> bool:
    """Whether persons are called no more than they are: "3,000 troops" are people, but no citizens."""
    head, other = (words_of(phrase)[-1].lower() for phrase in (counted, given))
    return head not in _CIVILIANS or other not in _PERSONS - _CIVILIANS - _ANYBODY


def _length(claimed: Duration, given: Duration) -> Match:
    """ "14 days" bears out "two weeks"."""
    for table in (_SECONDS, _MONTHS):
        if claimed.unit in table and given.unit in table:
            source, claim = (_in_units(one, table[one.unit]) for one in (given, claimed))
            if supports(source, claim) and (same_value(source, claim) or claimed.unit != given.unit):
                return Match.MET
            return Match.LOOSE if claimed.bound is Bound.EXACT and same_value(source, claim) else Match.MISSING
    return Match.MISSING


def _in_units(one: Duration, size: int) -> Quantity:
    return Quantity(0, 0, one.low * size, one.high * size, Kind.NUMBER, one.bound, None, None, 0)
