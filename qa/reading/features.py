"""What tells whether a sentence answers a question: a row of numbers for each sentence. Pure.

Which of them count, and how much, is learned: see `judge.py`, and `qa/training/train_judge.py`.
"""

from collections.abc import Iterable, Sequence
from itertools import compress, pairwise

import numpy as np
from numpy.typing import NDArray

from qa.language.opposites import opposites_of
from qa.language.polarity import polarities
from qa.language.similarity import Nearness
from qa.language.terms import is_content, is_negated, key_of, keys_of, words_of
from qa.question.understand import NEEDS_SPAN, Asked, Question
from qa.reading.candidates import Candidate
from qa.reading.coverage import Met, Term
from qa.reading.spans.answer_span import FITTING

Floats = NDArray[np.float32]
_PRONOUNS = frozenset("he she it they this these those that his her its their him them".split())
# Words that say of how many, how much or when something holds; no words of their own for a search.
_LIMITS = frozenset(
    """
    all always any before after during every except first highest largest last least less lowest main many more most
    never none no not now only other outside several smallest some still until without
    """.split()
)
_SUBJECT = 4  # words at a sentence's beginning
_NONE = -1.0  # where a question has no word of a sort, as its names


def measure(
    question: Question,
    terms: Sequence[Term],
    candidates: Sequence[Candidate],
    mets: Sequence[Met],
    fits: Sequence[float],
    nearness: Nearness,
) -> dict[str, Floats]:
    """Return (n,) numbers for n candidates under each feature's name; always the same names in the same order.

    mets, fits: for each candidate how much of the question it meets, and how well its best span fits. nearness: of the
    terms' words and the candidates'.
    """
    sequences = [[key_of(word) for word in one.words] for one in candidates]
    weights = np.array([term.weight for term in terms], np.float32)
    total = float(weights.sum()) or 1.0
    held = _holding(terms, [one.keys for one in candidates])
    around = np.maximum(held, _holding(terms, [one.near for one in candidates]))
    alike = nearness.words
    best = np.maximum(held, alike)
    soft = weights @ np.maximum(best, 0) / total
    named = np.array([term.named for term in terms], bool)
    asked = frozenset(term.key for term in terms)
    fit = np.array(fits, np.float32)
    features = {
        # How much of the question the sentence meets, from 0 to 1, weighted by rarity.
        "exact": weights @ held / total,
        "soft": soft,
        "around": weights @ around / total,
        "plain": _share(weights, best, ~named),
        "coverage": _column(met.coverage for met in mets),
        "said": _column(met.said for met in mets),
        # What of it is not met.
        "absent": _column(met.absent or met.other_number for met in mets),
        "other_number": _other_numbers(terms, held),
        "opposite": _column(_holds_opposite(terms, one.keys) for one in candidates),
        "denial": _column(_denies(question, asked, one.text) for one in candidates),
        "other_limits": _other_limits(question, candidates),
        # How near the words stand to each other, and in the question's order.
        "pairs": _pairs(question, asked, sequences),
        "stretch": _column(np.log(_shortest_stretch(keys, asked)) for keys in sequences),
        # How near it is in meaning.
        "likeness": nearness.sentences,
        "window": nearness.windows,
        # Where it stands.
        "passage_score": _against_best(np.array([one.hit.score for one in candidates], np.float32)),
        "passage_likeness": _column(one.hit.similarity for one in candidates),
        "behind": _behind(soft, candidates),
        "heading": _column(one.is_heading for one in candidates),
        # What it is like, and whether it holds what is asked for.
        "pronoun": _column(bool(one.words) and one.words[0].lower() in _PRONOUNS for one in candidates),
        "subject": _column(not asked.isdisjoint(keys[:_SUBJECT]) for keys in sequences),
        "new": _column(_new_share(keys, one, asked) for keys, one in zip(sequences, candidates, strict=True)),
        "fit": fit,
        "fit_who": fit * (question.asked is Asked.WHO),
        "fit_when": fit * (question.asked is Asked.WHEN),
        "unfit": (fit < FITTING) * float(question.asked in NEEDS_SPAN),
    }
    return {name: np.asarray(values, np.float32) for name, values in features.items()}


def _column(values: Iterable[float]) -> Floats:
    return np.fromiter(values, np.float32)


def _holding(terms: Sequence[Term], keys: Sequence[frozenset[str]]) -> Floats:
    """(terms, n): 1 where a set of keys has the term's, or its name's in another form, else 0."""
    found = [[term.key in held or not held.isdisjoint(term.other) for held in keys] for term in terms]
    return np.array(found, np.float32).reshape(len(terms), len(keys))


def _share(weights: Floats, met: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """How far the chosen terms are met, weighted; -1 where there are none."""
    if not chosen.any():
        return np.full(met.shape[1], _NONE, np.float32)
    shares: Floats = weights[chosen] @ met[chosen] / weights[chosen].sum()
    return shares


def _other_numbers(terms: Sequence[Term], held: Floats) -> Floats:
    """The share of the question's numbers that a sentence does not have; 0 where it has none."""
    exact = np.array([term.exact for term in terms], bool)
    return 1 - held[exact].mean(axis=0) if exact.any() else np.zeros(held.shape[1], np.float32)


def _other_limits(question: Question, candidates: Sequence[Candidate]) -> Floats:
    """How many of the question's words such as "most" or "before" a sentence does not have."""
    asked = _LIMITS.intersection(words_of(question.text.lower()))
    return _column(len(asked.difference(map(str.lower, one.words))) for one in candidates)


def _holds_opposite(terms: Sequence[Term], keys: frozenset[str]) -> bool:
    return any(term.key not in keys and not keys.isdisjoint(opposites_of(term.key)) for term in terms)


def _denies(question: Question, asked: frozenset[str], sentence: str) -> bool:
    """Whether a sentence says not to be so what the question takes to be so, or the other way round."""
    if not (question.negated or is_negated(sentence)):
        return False
    here, there = polarities(question.text).signs, polarities(sentence).signs
    return any(here[key].isdisjoint(there[key]) for key in asked if key in here and key in there)


def _pairs(question: Question, asked: frozenset[str], sequences: Sequence[Sequence[str]]) -> Floats:
    """The share of the question's pairs of neighbouring words that are neighbours in a sentence as well."""
    keys = keys_of(question.text)
    pairs = [pair for pair in pairwise(keys) if not asked.isdisjoint(pair)]
    return _column(sum(pair in held for pair in pairs) / max(1, len(pairs)) for held in map(_pairs_of, sequences))


def _pairs_of(keys: Sequence[str]) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(keys))


def _shortest_stretch(keys: Sequence[str], asked: frozenset[str]) -> int:
    """How many words the shortest stretch has with all words of the question that the sentence has; 1 at least.

    >>> _shortest_stretch(["a", "x", "b", "a", "y"], frozenset("abc"))
    2
    """
    places = [place for place, key in enumerate(keys) if key in asked]
    wanted = len({keys[place] for place in places})
    shortest = len(keys) if places else 1
    last: dict[str, int] = {}
    for place in places:
        last.pop(keys[place], None)
        last[keys[place]] = place
        if len(last) == wanted:
            shortest = min(shortest, place - next(iter(last.values())) + 1)
    return max(1, shortest)


def _against_best(scores: Floats) -> Floats:
    best = scores.max(initial=0.0)
    shares: Floats = scores / best if best > 0 else np.zeros_like(scores)
    return shares


def _behind(soft: Floats, candidates: Sequence[Candidate]) -> Floats:
    """How much less of the question a sentence meets than the best one of its passage; 0 for that one."""
    best: dict[int, float] = {}
    for value, one in zip(soft.tolist(), candidates, strict=True):
        best[one.hit.passage.id] = max(value, best.get(one.hit.passage.id, 0.0))
    return _column(value - best[one.hit.passage.id] for value, one in zip(soft.tolist(), candidates, strict=True))


def _new_share(keys: Sequence[str], one: Candidate, asked: frozenset[str]) -> float:
    """The share of a sentence's words that the question does not have."""
    telling = list(compress(keys, map(is_content, one.words)))
    return sum(key not in asked for key in telling) / max(1, len(telling))
