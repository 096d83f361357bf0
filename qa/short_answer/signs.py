"""The signs by which a stretch of a sentence is told to be the answer: a row of numbers for each candidate."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.language.dates import find_dates
from qa.language.figures import Kind, find_quantities
from qa.language.names import find_names
from qa.language.names_compare import looks_like_person
from qa.language.nations import nation_of
from qa.language.similarity import Similarity
from qa.language.terms import key_of
from qa.short_answer.stretches import Places, find_stretches
from qa.short_answer.tokens import (
    ENDINGS,
    HAS_DIGIT,
    IS_CAPITALISED,
    IS_CONTENT,
    TRAITS,
    WORD,
    Floats,
    is_word,
    traits_of,
)
from qa.short_answer.wanted import Wanted
from qa.spans.answer_span import AnswerSpan

MOST_TOKENS = 150  # of a longer sentence the rest is not looked at
LIKE = 0.5  # from this cosine on, a word of the sentence stands for a word of the question
_PLACED_LIKE = 0.45
_REACH = 4.0  # words over which a word of the question makes itself felt
_MOST_COUNTED = 3
# What is known of each word beside its traits, by column.
_SEEN = (
    "first", "name", "person", "nation", "date", "number", "money", "percent", "fit", "asked", "repeated", "like",
    "like_focus", "like_verb", "quoted", "bracketed",
)  # fmt: skip
COLUMN = {name: TRAITS + place for place, name in enumerate(_SEEN)}
_UNITS = ("name", "person", "nation", "date", "figure", "counted")
_HEAD_ENDS = frozenset("of in for to with by on from at between that which , and or (".split())
_BREAKS = frozenset(", ; : ( ) — –".split())
_OF_HEAD = [IS_CAPITALISED, HAS_DIGIT, IS_CONTENT]
_OF_HEAD += [COLUMN[name] for name in ("name", "person", "asked", "like", "like_focus")]
_OF_HEAD += list(ENDINGS)
_WIDEST = [COLUMN[name] for name in ("like", "like_focus", "fit", "like_verb")]

_FIGURE_COLUMN = {Kind.MONEY: "money", Kind.PERCENT: "percent"}


@dataclass(frozen=True, slots=True)
class Laid:
    """The candidates of a sentence with their signs.

    starts, ends: where the tokens stand in the sentence. places: (n, 2), the first and last word of each candidate.
    signs: (n, SIGNS). repeats: (n,), whether a candidate says nothing that the question does not.
    table: (tokens, columns), what is known of each word, `COLUMN` telling where.
    """

    starts: Places
    ends: Places
    places: Places
    signs: Floats
    repeats: NDArray[np.bool_]
    table: Floats


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence's tokens, as the signs are taken from them.

    keys: what tokens are compared by, marks as they are. table: (tokens + 2, columns), a row of zeros before and after.
    met: for each token the place of the question's word that it is, or is like, or -1. units: (tokens, tokens, kinds),
    what the stretch from one token to another is known to be. fits: the first and last token of each span of the kind
    asked for, with its fit.
    """

    tokens: Sequence[str]
    lowers: Sequence[str]
    keys: Sequence[str]
    starts: Places
    ends: Places
    table: Floats
    met: Places
    units: Floats
    fits: Sequence[tuple[int, int, float]]


def lay_out(wanted: Wanted, sentence: str, spans: Sequence[AnswerSpan], similarity: Similarity) -> Laid:
    """Find the candidates of a sentence and their signs. spans: what `find_spans` found in it."""
    read = _read(wanted, sentence, spans, similarity)
    places = find_stretches(read.tokens)
    first, last = places[:, 0], places[:, 1]
    table, length = read.table, (last - first + 1).astype(np.float32)
    before_sums = np.concatenate([np.zeros((1, table.shape[1]), np.float32), np.cumsum(table, axis=0)])
    held = before_sums[last + 2] - before_sums[first + 1]
    signs = np.concatenate(
        [
            _shape(first, last, length, len(read.tokens)),
            np.minimum(held, _MOST_COUNTED),
            held / length[:, None],
            _strongest(table, first, last),
            table[_heads(read.lowers, first, last) + 1][:, _OF_HEAD],
            read.units[first, last],
            _fit_signs(read, first, last),
            _surroundings(wanted, read, first, last),
            _echoes(wanted, read, first, last),
            table[first],
            table[first + 1],
            table[last + 1],
            table[last + 2],
        ],
        axis=1,
    )
    new = held[:, IS_CONTENT] - held[:, COLUMN["asked"]]
    repeats = (new <= 0) & (held[:, HAS_DIGIT] == 0) & (held[:, COLUMN["asked"]] > 0)
    return Laid(read.starts, read.ends, places, signs, repeats, table[1:-1])


def _read(wanted: Wanted, sentence: str, spans: Sequence[AnswerSpan], similarity: Similarity) -> _Sentence:
    found = [match.span() for match in WORD.finditer(sentence)][:MOST_TOKENS] or [(0, 0)]
    tokens = [sentence[start:end] or "." for start, end in found]
    count = len(tokens)
    starts, ends = np.array(found, np.intp).T
    table = np.zeros((count + 2, TRAITS + len(_SEEN)), np.float32)
    inner = table[1:-1]
    inner[:, :TRAITS] = [traits_of(word) for word in tokens]
    inner[0, COLUMN["first"]] = 1
    units = np.zeros((count, count, len(_UNITS)), np.float32)

    def mark(start: int, end: int, column: str, unit: str, value: float = 1.0) -> tuple[int, int] | None:
        one, other = int(np.searchsorted(ends, start, side="right")), int(np.searchsorted(starts, end)) - 1
        if other < one or one >= count:
            return None
        cells = inner[one : other + 1, COLUMN[column]]
        np.maximum(cells, value, out=cells)
        if unit:
            units[one, other, _UNITS.index(unit)] = 1
        return one, other

    for name in find_names(sentence):
        mark(name.start, name.end, "name", "name")
        if looks_like_person(name.text):
            mark(name.start, name.end, "person", "person")
        if nation_of(name.text):
            mark(name.start, name.end, "nation", "nation")
    for date in find_dates(sentence):
        mark(date.start, date.end, "date", "date")
    for quantity in find_quantities(sentence):
        column = _FIGURE_COLUMN.get(quantity.kind, "number")
        mark(quantity.start, quantity.end, column, "figure")
        mark(quantity.start, quantity.counted_end, column, "counted", 0.5)
    fits = [
        (*place, span.fit) for span in spans if (place := mark(span.start, span.end, "fit", "", span.fit)) is not None
    ]
    _mark_enclosed(tokens, inner)
    keys = [key_of(word) if is_word(word) else word for word in tokens]
    met = _mark_met(wanted, tokens, keys, inner, similarity)
    return _Sentence(tokens, [word.lower() for word in tokens], keys, starts, ends, table, met, units, fits)


def _mark_enclosed(tokens: Sequence[str], inner: Floats) -> None:
    """Mark the words in quotation marks and in brackets."""
    quoted = bracketed = False
    for place, word in enumerate(tokens):
        if word in '“”"':
            quoted = word == "“" or (word == '"' and not quoted)
        elif word in "([)]":
            bracketed = word in "(["
        else:
            inner[place, COLUMN["quoted"]] = quoted
            inner[place, COLUMN["bracketed"]] = bracketed


def _mark_met(
    wanted: Wanted, tokens: Sequence[str], keys: Sequence[str], inner: Floats, similarity: Similarity
) -> Places:
    """Mark the words that the question has, or that are like its words; return for each the place of that word."""
    met = np.array([wanted.keys.get(key, -1) for key in keys], np.intp)
    inner[:, COLUMN["asked"]] = met >= 0
    inner[:, COLUMN["repeated"]] = (met < 0) & np.array([key in wanted.every for key in keys])
    carrying = np.flatnonzero(inner[:, IS_CONTENT]).tolist()
    if carrying:
        words = [wanted.words[place] for place in wanted.content]
        verb = "" if wanted.verb is None else wanted.words[wanted.verb]
        near = similarity.between([*words, wanted.focus or "", verb], [tokens[place] for place in carrying])
        inner[carrying, COLUMN["like_focus"]] = near[-2]
        inner[carrying, COLUMN["like_verb"]] = near[-1]
        if words:
            best, nearest = near[:-2].max(axis=0), near[:-2].argmax(axis=0)
            inner[carrying, COLUMN["like"]] = best
            likely = np.where(best > _PLACED_LIKE, np.array(wanted.content, np.intp)[nearest], -1)
            met[carrying] = np.where(met[carrying] < 0, likely, met[carrying])
    return met


def _shape(first: Places, last: Places, length: Floats, count: int) -> Floats:
    """How long a candidate is, and where in the sentence it stands."""
    steps = [length == 1, length == 2, length == 3, length == 4, length == 5]
    steps += [(length > 5) & (length < 9), (length >= 9) & (length < 13), length >= 13]
    shares = [np.log(length), length / count, first / count, (count - 1 - last) / count]
    return np.stack([*steps, *shares], axis=1).astype(np.float32)


def _strongest(table: Floats, first: Places, last: Places) -> Floats:
    """The highest of some columns within each candidate."""
    columns = table[1:-1][:, _WIDEST]
    count = len(columns)
    upper = np.arange(count)[:, None] <= np.arange(count)[None, :]
    highest = np.maximum.accumulate(np.where(upper[:, :, None], columns[None], -1.0), axis=1)
    strongest: Floats = highest[first, last]
    return strongest


def _heads(lowers: Sequence[str], first: Places, last: Places) -> Places:
    """The place of what seems the head of each candidate: the last word before "of" and the like."""
    count = len(lowers)
    following = np.full(count + 1, count, np.intp)
    for place in range(count - 1, -1, -1):
        following[place] = place if lowers[place] in _HEAD_ENDS else following[place + 1]
    heads: Places = np.maximum(np.minimum(following[np.minimum(first + 1, count)], last + 1) - 1, first)
    return heads


def _fit_signs(read: _Sentence, first: Places, last: Places) -> Floats:
    """How well the spans of the kind asked for that a candidate is, and that it shares words with, fit."""
    signs = np.zeros((len(first), 2), np.float32)
    for one, other, fit in read.fits:
        shared = np.minimum(last, other) - np.maximum(first, one) + 1
        overlap = np.maximum(shared, 0) * 2 / (last - first + other - one + 2)
        signs[:, 0] = np.maximum(signs[:, 0], fit * (overlap == 1))
        signs[:, 1] = np.maximum(signs[:, 1], fit * overlap)
    return signs


def _surroundings(wanted: Wanted, read: _Sentence, first: Places, last: Places) -> Floats:
    """Where the question's words stand to either side of each candidate, how far off, and which of them."""
    inner = read.table[1:-1]
    count = len(inner)
    like = inner[:, COLUMN["like"]]
    meets = np.maximum(inner[:, COLUMN["asked"]], np.where(like > LIKE, like, 0))
    content = np.concatenate([[0], np.cumsum(inner[:, IS_CONTENT])])
    breaks = np.cumsum([0, *(lower in _BREAKS for lower in read.lowers)])
    places = np.arange(count)
    left = np.maximum.accumulate(np.concatenate([[-1], np.where(meets > 0, places, -1)]))[first]
    right = np.minimum.accumulate(np.concatenate([np.where(meets > 0, places, count), [count]])[::-1])[::-1][last + 1]
    is_verb = (read.met == wanted.verb) & (read.met >= 0) if wanted.verb is not None else np.zeros(count, bool)
    asking, size = max(0, wanted.asking), max(1, len(wanted.words))
    signs = []
    for known, at, gap, start, stop in (
        (left >= 0, np.maximum(left, 0), first - left, np.maximum(left, 0), first),
        (right < count, np.minimum(right, count - 1), right - last, last + 1, np.minimum(right, count - 1)),
    ):
        met = read.met[at]
        signs += [
            known,
            np.where(known, 1 / gap, 0),
            np.where(known, content[stop] - content[start], 3).clip(0, 5) / 3,
            np.where(known, breaks[stop] - breaks[start], 0).clip(0, 3),
            np.where(known, (met - asking) / size, 0),
            np.where(known, np.exp(-np.abs(met - wanted.after) / 2), 0),
            known & is_verb[at],
        ]
    felt = np.exp(-np.abs(places[:, None] - places[None, :]) / _REACH) * meets[None, :]
    sums = np.concatenate([[0], np.cumsum(meets)])
    total = max(1e-6, float(sums[-1]))
    signs += [np.tril(felt, -1).sum(axis=1)[first], np.triu(felt, 1).sum(axis=1)[last]]
    signs += [sums[first] / total, (sums[-1] - sums[last + 1]) / total, (sums[last + 1] - sums[first]) / total]
    if is_verb.any():
        verb = int(is_verb.argmax())
        signs += [np.where(verb < first, 1 / np.maximum(first - verb, 1), 0)]
        signs += [np.where(verb > last, 1 / np.maximum(verb - last, 1), 0)]
    else:
        signs += [np.zeros(len(first))] * 2
    signs.append(content[last + 1] > content[first])
    return np.stack(signs, axis=1).astype(np.float32)


def _echoes(wanted: Wanted, read: _Sentence, first: Places, last: Places) -> Floats:
    """Whether the words right before and after a candidate are those right before and after the asking phrase."""
    keys = ["", "", *read.keys, "", ""]
    signs = np.zeros((len(first), 4), np.float32)
    for column, (echoed, places) in enumerate(
        (
            (wanted.left[-1:], first + 1),
            (wanted.left[-2:-1], first),
            (wanted.right[:1], last + 3),
            (wanted.right[1:2], last + 4),
        )
    ):
        if echoed:
            signs[:, column] = np.array([key == echoed[0] for key in keys])[places]
    return signs
