"""Figures that may be what was asked for: what each counts, held against what the question counts.

A figure in another role must not win: "how many US troops" is answered by "3,000 US troops", never by "600 British
troops", and "how many Canadians" by neither.
"""

import re

from qa.language.figures import Kind, Quantity, find_quantities
from qa.language.number_words import is_magnitude
from qa.language.outcomes import outcomes_told, verbs_after, without_verb
from qa.language.persons import is_person, outcomes_of
from qa.language.terms import content_words, key_of, keys_of
from qa.language.units import is_unit, measures_of
from qa.question.understand import Question
from qa.reading.spans.answer_span import FITTING, AnswerSpan, Likeness, figure_span

_TROOPS = frozenset(map(key_of, ("soldiers", "troops", "officers", "servicemen", "servicewomen", "marines")))
_ANYBODY = frozenset(map(key_of, ("people", "person", "individuals", "those", "victims")))
# "kilometres" are "kilometers".
_RESPELT = {
    key_of(f"{unit}re"): key_of(f"{unit}er") for unit in ("met", "kilomet", "centimet", "millimet", "lit", "millilit")
}
_SHORTEST_PLURAL = 4
_ALIKE = 0.5  # from this cosine on, "soldiers" are "troops"
_INEXACT = 0.7  # "hundreds of troops" says less than "600 troops", though it counts the same
_STUFFS = frozenset(("weight", "volume"))
_EXTENTS = frozenset(("length", "area"))  # of a stuff only where that is said: "12 inches of snow"
_OF = re.compile(r" of ((?:[\w'’-]+(?: |\b)){1,3})")
_NEXT = re.compile(r"-\w+ ([\w'’-]+)")
_DEPTH = re.compile(
    r"[ -]?(?:inch(?:es)?|[cm]m|(?:centi|milli)met(?:re|er)s?)\b(?! (?:wide|long|tall|high|thick|across)\b)"
)
_PLAIN_OF = frozenset(map(key_of, ("it", "them", "that", "this")))
_MEASURED = 0.9  # "1.3 million tonnes", in a sentence on the wheat that was asked about
_TOLD = 0.9  # what became of them is just what was asked: "14 injured"
_OTHERWISE = 0.4  # what is left for another outcome: "17 other people injured", where the dead were asked about
_UNTOLD = 0.85  # people of whom nothing is told: "a plane with 132 people"
_UNTOLD_BESIDE = 0.6  # the same where it is told of others


def find_counts(question: Question, sentence: str, likeness: Likeness) -> list[AnswerSpan]:
    """Numbers, by how well what they count is what the question counts."""
    quantities = [without_verb(quantity) for quantity in find_quantities(sentence) if quantity.kind is Kind.NUMBER]
    if not quantities:
        return []
    spans = []
    held = frozenset(keys_of(sentence))
    asked, all_told = outcomes_of(question.words), outcomes_told(sentence, quantities)
    untold = _UNTOLD if all(map(asked.isdisjoint, all_told)) else _UNTOLD_BESIDE
    for quantity, told in zip(quantities, all_told, strict=True):
        fit = _count_fit(question, quantity, sentence, held, likeness)
        if quantity.high == 1 and sentence.startswith(" of ", quantity.end):  # "one of the voters" counts none
            fit *= _OTHERWISE
        if asked:
            fit = _by_outcome(question, quantity, asked, told, fit, untold)
        if fit >= FITTING and _is_inexact(sentence, quantity):
            fit = max(FITTING, fit * _INEXACT)
        spans.append(figure_span(quantity, fit))
    return spans


def find_amounts(question: Question, sentence: str) -> list[AnswerSpan]:
    """Amounts: money first, unless the question says of what ("how much oil") and a figure counts or measures that."""
    fits = {Kind.MONEY: 1.0, Kind.PERCENT: 0.7, Kind.NUMBER: 0.4}
    wanted = set(keys_of(question.focus or ""))
    measured = {} if wanted.isdisjoint(keys_of(sentence)) else _sizes_in(sentence, wanted)
    others = [one for one in find_quantities(sentence) if one.kind in fits and one.start not in measured]
    spans = []
    for quantity in (*measured.values(), *others):
        fit = _MEASURED if quantity.start in measured else fits[quantity.kind] * (0.8 if wanted else 1.0)
        spans.append(figure_span(quantity, 1.0 if wanted & set(keys_of(quantity.counted or "")) else fit))
    return spans


def _sizes_in(sentence: str, wanted: set[str]) -> dict[int, Quantity]:
    """What has a weight or volume, or a length or area that is said to be of what is wanted, by where it starts."""
    return {one.start: one for one, sort in measures_of(sentence) if sort and _is_size(sentence, one, sort, wanted)}


def _is_size(sentence: str, quantity: Quantity, sort: str, wanted: set[str]) -> bool:
    """Whether a measure may be of the stuff that is wanted: no "tonnes of barley" for wheat, nor a "50-tonne truck"."""
    if follows := _OF.match(sentence, quantity.counted_end):
        held = set(keys_of(follows[1]))
        return (sort in _STUFFS or sort in _EXTENTS) and not held.isdisjoint(wanted | _PLAIN_OF)
    if head := _NEXT.match(sentence, quantity.end):
        return sort in _STUFFS and key_of(head[1]) in wanted
    return sort in _STUFFS or _DEPTH.match(sentence, quantity.end) is not None  # "30 cm fell"


def find_percents(sentence: str) -> list[AnswerSpan]:
    """Percentages, and bare numbers far behind them."""
    fits = {Kind.PERCENT: 1.0, Kind.NUMBER: 0.3}
    return [
        figure_span(quantity, fits[quantity.kind]) for quantity in find_quantities(sentence) if quantity.kind in fits
    ]


def _is_inexact(sentence: str, quantity: Quantity) -> bool:
    """Whether a figure is a part or a mere magnitude ("a third of", "hundreds") and no count."""
    return quantity.high < 1 or is_magnitude(sentence[quantity.start : quantity.end])


def _count_fit(
    question: Question, quantity: Quantity, sentence: str, held: frozenset[str], likeness: Likeness
) -> float:
    """How well a figure counts what the question counts, from 0 to 1. held: the keys of the sentence."""
    focus = _counted_by(content_words(question.focus or ""))
    counted = content_words(quantity.counted or "")
    if not focus:
        return _unnamed_fit(counted) * (1.0 if _is_subject(question, quantity, sentence) else 0.75)
    asked_nations = _nations_of(question.words) - question.places
    nations = _nations_of(focus[:-1])
    if not counted:
        named = not nations or nations & held
        return 0.55 if named and key_of(focus[-1]) in held else 0.2
    qualified_by = _nations_of(counted[:-1])
    if qualified_by and asked_nations and not qualified_by & asked_nations:
        return 0.0
    fit = _head_fit(focus[-1], counted, likeness)
    if nations and not nations & set(map(key_of, counted)):
        fit *= 0.75 if nations & held else 0.2
    return fit


def _by_outcome(
    question: Question, quantity: Quantity, asked: frozenset[int], told: frozenset[int], fit: float, untold: float
) -> float:
    """A figure's fit by what is told to have become of those it counts, where the question asks about that.

    For "how many people were killed", "62 deaths" and "killing all 132" fit well, and "17 injured people" hardly.
    untold: the most for people of whom nothing is told.
    """
    counted = content_words(quantity.counted or "")
    if counted and not is_person(counted[-1]) and not outcomes_of(counted[-1:]):
        return fit
    if told and told.isdisjoint(asked):
        return fit * _OTHERWISE
    focus = _counted_by(content_words(question.focus or ""))
    if _nations_of(focus) or (focus and key_of(focus[-1]) not in _ANYBODY and not outcomes_of(focus[-1:])):
        return fit
    if told:
        return max(fit, _TOLD)
    return min(fit, untold) if focus else fit


def _counted_by(focus: list[str]) -> list[str]:
    """The focus up to its noun in the plural: of "protestants live" the protestants, of "people live" the people."""
    if focus and not is_person(focus[-1]):
        for place in range(len(focus) - 1, -1, -1):
            word = focus[place]
            plain = word.islower() or key_of(word).startswith("=")
            plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
            if plain and (plural or is_person(word)):
                return focus[: place + 1]
    return focus


def _nations_of(words: tuple[str, ...] | list[str]) -> set[str]:
    return {key for word in words if (key := key_of(word)).startswith("=")}


def _unnamed_fit(counted: list[str]) -> float:
    """How well a figure fits "how many were evacuated", which does not say what is counted: best where it is people."""
    if not counted:
        return 0.8
    if is_unit(counted[-1]):
        return 0.0
    return 1.0 if is_person(counted[-1]) or key_of(counted[-1]).startswith("=") else 0.55


def _is_subject(question: Question, quantity: Quantity, sentence: str) -> bool:
    """Whether what a figure counts is the subject of a verb of the question: "15,000 people were evacuated"."""
    return not set(map(key_of, verbs_after(sentence, quantity))).isdisjoint(map(key_of, question.words))


def _head_fit(head: str, counted: list[str], likeness: Likeness) -> float:
    """How well what a figure counts is what the question's head noun names, from 0 to 1."""
    key = _RESPELT.get(key_of(head), key_of(head))
    keys = [_RESPELT.get(held, held) for held in map(key_of, counted)]
    last = keys[-1]
    if key == last:
        return 1.0
    if is_unit(counted[-1]):
        return 0.0
    if key.startswith("="):  # "Americans" are counted as such, or as "American citizens"; "US troops" are others
        return 0.8 if key in keys and is_person(counted[-1]) and last not in _TROOPS else 0.0
    if key in keys:
        return 0.8
    if key in _ANYBODY:
        return 0.9 if is_person(counted[-1]) or last.startswith("=") else 0.5 * max(0.0, likeness(head, counted[-1]))
    if last.startswith("="):
        return 0.0
    near = max(0.0, likeness(head, counted[-1]))
    return 0.85 if near >= _ALIKE else 0.4 * near
