"""Learn the weights by which short answers are chosen, from a SQuAD file: numpy alone, the same weights every time.

    python -m qa.training.train_stretches SQUAD [--folds 5] [--to weights.npz]

With --folds nothing is written: it tells the F1 inside the sentences that hold the answers, each title judged by what
was learned from others. SQuAD 2.0 is CC BY-SA 4.0 (Rajpurkar et al., https://arxiv.org/abs/1806.03822).

A stretch's chance is the softmax of its score among those of its sentence. What is made great is the sum over a
sentence's stretches of chance times F1 to the power of 4, so that any stretch that is nearly right will do.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.evaluation.squad import f1, normalised, words_f1
from qa.language.similarity import Similarity
from qa.question import understand
from qa.short_answer.choose import short_answer
from qa.short_answer.model import WEIGHTS, StretchModel
from qa.short_answer.signs import lay_out
from qa.short_answer.tokens import Floats
from qa.short_answer.wanted import want
from qa.spans.find import find_spans
from qa.training.squad import Example, read_squad
from vectorstore.embedding import open_embedding

_UNITS = 48
_NETWORKS = 4  # trained apart, their scores averaged: less is left to chance
_ROUNDS = 20
_QUESTIONS_A_STEP = 32
_RATE = 2e-3
_DECAY = 1e-2
_UNITS_DROPPED = 0.3
_SIGNS_DROPPED = 0.1
_POWER = 4
_LEAST_SPREAD = 0.2  # a sign that is nearly always the same is not blown up
_Weights = dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence's stretches: asked: (q,), signs: (n, s) as the model takes them; right: (n,), each one's F1."""

    example: Example
    asked: Floats
    signs: Floats
    right: Floats


def lessons_of(examples: Sequence[Example], similarity: Similarity) -> Iterator[Lesson]:
    """Lay the sentences out, those of which no stretch has anything of an answer left out."""
    for example in examples:
        question = understand(example.question)
        wanted, sentence = want(question), example.sentence
        laid = lay_out(wanted, sentence, find_spans(question, sentence, similarity.of_words), similarity)
        golds = [normalised(answer).split() for answer in example.answers]
        stretches = [normalised(sentence[laid.starts[first] : laid.ends[last]]).split() for first, last in laid.places]
        right = np.array([max(words_f1(words, gold) for gold in golds) for words in stretches], np.float32)
        if right.any():
            yield Lesson(example, wanted.signs, laid.signs, right)


def learn(lessons: Sequence[Lesson]) -> StretchModel:
    """Learn the weights of several networks, as one that averages them."""
    spread = np.maximum(np.concatenate([lesson.signs for lesson in lessons]).std(axis=0), _LEAST_SPREAD)
    learned = [_learn_one(lessons, spread, seed) for seed in range(_NETWORKS)]
    return StretchModel(
        signs=np.concatenate([one["signs"] for one in learned], axis=1) / spread[:, None],
        asked=np.concatenate([one["asked"] for one in learned], axis=1),
        bias=np.concatenate([one["bias"] for one in learned]),
        out=(np.concatenate([one["out"] for one in learned]) / _NETWORKS).astype(np.float32),
        direct=np.mean([one["direct"] for one in learned], axis=0, dtype=np.float32) / spread,
    )


def _learn_one(lessons: Sequence[Lesson], spread: Floats, seed: int) -> _Weights:
    """Learn one network by Adam, its rate falling to nothing, with decoupled decay."""
    chance = np.random.default_rng(seed)
    weights = _first_weights(len(spread), len(lessons[0].asked), chance)
    means = {name: np.zeros_like(held) for name, held in weights.items()}
    squares = {name: np.zeros_like(held) for name, held in weights.items()}
    steps = _ROUNDS * -(-len(lessons) // _QUESTIONS_A_STEP)
    step = 0
    for _ in range(_ROUNDS):
        order = chance.permutation(len(lessons))
        for begin in range(0, len(order), _QUESTIONS_A_STEP):
            batch = [lessons[place] for place in order[begin : begin + _QUESTIONS_A_STEP]]
            slopes = _slopes(weights, batch, spread, chance)
            rate = _RATE * (1 - step / steps)
            step += 1
            for name, held in weights.items():
                means[name] += 0.1 * (slopes[name] - means[name])
                squares[name] += 0.001 * (slopes[name] ** 2 - squares[name])
                towards = means[name] / (1 - 0.9**step) / (np.sqrt(squares[name] / (1 - 0.999**step)) + 1e-8)
                held -= np.float32(rate) * (towards + np.float32(_DECAY) * held)
    return weights


def _first_weights(signs: int, asked: int, chance: np.random.Generator) -> _Weights:
    def drawn(*shape: int, inputs: int) -> Floats:
        return chance.normal(0, inputs**-0.5, shape).astype(np.float32)

    return {
        "signs": drawn(signs, _UNITS, inputs=signs),
        "asked": drawn(asked, _UNITS, inputs=asked),
        "bias": np.zeros(_UNITS, np.float32),
        "out": drawn(_UNITS, inputs=_UNITS),
        "direct": np.zeros(signs, np.float32),
    }


def _slopes(weights: _Weights, batch: Sequence[Lesson], spread: Floats, chance: np.random.Generator) -> _Weights:
    """The slopes of the loss, -log of the sum of chances times rightness, some signs and units left out at random."""
    sizes = np.array([len(lesson.right) for lesson in batch])
    heads, owner = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(batch)), sizes)
    kept_signs = _kept(len(spread), _SIGNS_DROPPED, chance)
    kept_units = _kept(_UNITS, _UNITS_DROPPED, chance)
    signs = np.concatenate([lesson.signs for lesson in batch]) * (kept_signs / spread)
    asked = np.stack([lesson.asked for lesson in batch])
    rightness = np.concatenate([lesson.right for lesson in batch]) ** _POWER
    before = signs @ weights["signs"] + (asked @ weights["asked"])[owner] + weights["bias"]
    units = np.maximum(before, 0) * kept_units
    scores = units @ weights["out"] + signs @ weights["direct"]
    powers = np.exp(scores - np.maximum.reduceat(scores, heads)[owner])
    chances = powers / np.add.reduceat(powers, heads)[owner]
    earned = chances * rightness
    slope = (chances - earned / np.maximum(np.add.reduceat(earned, heads), 1e-9)[owner]) / np.float32(len(batch))
    of_units = np.outer(slope, weights["out"] * kept_units) * (before > 0)
    return {
        "signs": signs.T @ of_units,
        "asked": asked.T @ np.add.reduceat(of_units, heads, axis=0),
        "bias": of_units.sum(axis=0),
        "out": units.T @ slope,
        "direct": signs.T @ slope,
    }


def _kept(count: int, dropped: float, chance: np.random.Generator) -> Floats:
    return ((chance.random(count) >= dropped) / (1 - dropped)).astype(np.float32)


def f1_of_each(examples: Sequence[Example], model: StretchModel, similarity: Similarity) -> list[float]:
    """Return the F1 of the short answer to each question inside its sentence."""
    found = []
    for example in examples:
        question = understand(example.question)
        spans = find_spans(question, example.sentence, similarity.of_words)
        answer = short_answer(question, example.sentence, spans, similarity, model)
        words = example.sentence[answer.start : answer.end] if answer else None
        found.append(f1(words, example.answers))
    return found


def main() -> None:
    """Train, or tell by cross-validation what training gives."""
    parser = argparse.ArgumentParser(description="Learn the weights by which short answers are chosen.")
    parser.add_argument("squad", type=Path, help="a SQuAD file: its own JSON, or one question a line")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate by title, and write nothing")
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="where the weights go")
    options = parser.parse_args()
    similarity = Similarity(open_embedding("wordllama", None, None, 0))
    examples = [example for example in read_squad(options.squad) if example.answers]
    lessons = list(lessons_of(examples, similarity))
    if not options.folds:
        learn(lessons).save(options.to)
        return
    titles = sorted({example.title for example in examples})
    scores: list[float] = []
    for fold in range(options.folds):
        left_out = set(titles[fold :: options.folds])
        model = learn([lesson for lesson in lessons if lesson.example.title not in left_out])
        scores += f1_of_each([example for example in examples if example.title in left_out], model, similarity)
        print(f"fold {fold + 1}: F1 {np.mean(scores):.3f} over {len(scores)} questions so far")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
