"""Hold what a claim states against a sentence of its source: each fact is met, met more loosely, or missing. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from qa.language.dates import DateKind, DateMention
from qa.language.dates_compare import agree
from qa.language.durations import Duration
from qa.language.figures import Quantity
from qa.language.names import Name
from qa.language.names_compare import same_name
from qa.language.nations import nation_of
from qa.language.quotations import Quotation, holds
from qa.language.terms import key_of, words_of
from qa.verification.claim_facts import Facts, codes_of, stray_numbers
from qa.verification.figure_match import Alike, Match, duration_met, figure_met


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a claim states. text: as the claim has it. A `str` is a number that is no figure ("COVID-19")."""

    what: Quantity | Duration | DateMention | Name | Quotation | str
    text: str

    @property
    def kind(self) -> str:
        """What to call it when it is missing."""
        match self.what:
            case DateMention():
                return "date"
            case Name():
                return "name"
            case Quotation():
                return "quotation"
        return "figure"


_COURTESY = frozenset(["mr", "mrs", "ms", "miss", "sir", "dame", "lord", "lady", "dr", "doctor", "the", "of", "former"])
_RANKS = {
    "gen": "general",
    "lt": "lieutenant",
    "col": "colonel",
    "sgt": "sergeant",
    "sen": "senator",
    "gov": "governor",
}
_RANKS |= {"rep": "representative", "prof": "professor", "adm": "admiral", "maj": "major", "capt": "captain"}
_RANKS |= {"cmdr": "commander", "brig": "brigadier", "rev": "reverend", "supt": "superintendent"}


def facts_in(claim: Facts) -> Iterator[Fact]:
    """All that a claim states and that can be checked."""
    figures = {figure.start for figure in claim.quantities}
    lengths = [duration for duration in claim.durations if duration.start not in figures]
    found: list[Sequence[Quantity | DateMention | Name | Duration | Quotation]]
    found = [claim.quantities, claim.dates, claim.names, lengths, claim.quotations]
    for one in chain.from_iterable(found):
        yield Fact(one, claim.text[one.start : one.end])
    for number in stray_numbers(claim):
        yield Fact(number, number)


def meets(fact: Fact, claim: Facts, sentence: Facts, alike: Alike) -> Match:
    """Judge whether a sentence bears out a fact of a claim. alike: the cosine of two words."""
    what = fact.what
    match what:
        case Quantity():
            return figure_met(what, claim, sentence, alike)
        case Duration():
            return duration_met(what, sentence)
        case DateMention():
            held = any(agree(given, what) for given in sentence.dates)
        case Name():
            held = _named(what, sentence)
        case Quotation():
            held = holds(sentence.text, what)
        case _:
            held = _stray(what, sentence)
    return Match.MET if held else Match.MISSING


def _named(name: Name, sentence: Facts) -> bool:
    """Whether a sentence holds a name, or its words where the sentence's own names were cut up otherwise."""
    if any(same_name(given.text, name.text) for given in sentence.names):
        return True
    words = words_of(name.text)
    if name.start == 0 and len(words) == 1:  # perhaps a plain word that only begins the claim
        return key_of(words[0].lower()) in sentence.keys
    return all(word in sentence.words or (nation_of(word) and key_of(word) in sentence.keys) for word in words)


def _stray(number: str, sentence: Facts) -> bool:
    codes = codes_of(number)
    if codes:
        return all(code in sentence.codes for code in codes)
    return number.lower() in sentence.text.lower()


def unmet_words(name: str, keys: frozenset[str]) -> list[str]:
    """The words of a name that the keys of its sources' words lack: a given name, title or country put in front of it.

    `same_name` takes "French Defence Secretary Ben Wallace" for "Ben Wallace"; what else it says must be found too.
    """
    words = words_of(name)
    if nation_of(name) is not None or len(words) == 1:
        return []
    return [word for word in words if word.lower() not in _COURTESY and not _has(keys, word)]


def _has(keys: frozenset[str], word: str) -> bool:
    key, lower = key_of(word), word.lower()
    if key in keys or (lower in _RANKS and key_of(_RANKS[lower]) in keys):
        return True
    if any(full == lower and short in keys for short, full in _RANKS.items()):
        return True
    return len(lower) == 1 and any(other.startswith(lower) for other in keys)


def is_day(mention: DateMention) -> bool:
    """Whether a mention tells a day."""
    return mention.kind in (DateKind.DAY, DateKind.WEEKDAY) or mention.day is not None
