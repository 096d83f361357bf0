"""Lessons for the judge of entailment: pairs of a source and a sentence, and whether the source bears it out. Seeded.

Of questions and answers true sentences in other words are made, and of these false ones (`alterations.py`); published
pairs are taken as they are, but for the fifth that is kept apart to measure with (`is_kept_apart`).
"""

import gzip
import json
import random
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.language.names import find_names
from qa.language.terms import key_of
from qa.training.alterations import (
    ALTERATIONS,
    Alteration,
    in_other_words,
    invented,
    invented_of,
    misplaced,
    only_planned,
    other_phrase,
    other_verb,
    unsure,
)
from qa.training.squad import Example, read_squad
from qa.training.statements import statement, statement_of_text
from qa.training.verbs import Verbs, verbs_of
from vectorstore.sentences import split_sentences

_VERBS_KNOWN = 6  # times that a verb must stand in the texts to be put in another's place
_LONGEST_PHRASE = 5  # words
_LONGEST = 360  # characters of a source


@dataclass(frozen=True, slots=True)
class Pair:
    """source: what may bear out the claim. kind: how it was made, by which the share of each is reported."""

    source: str
    claim: str
    borne_out: bool
    kind: str


def is_kept_apart(source: str) -> bool:
    """Whether a published pair is for measuring: a fifth of the sources, all pairs of one source together."""
    return zlib.crc32(source.encode()) % 5 == 0


def published(path: Path, *, apart: bool) -> list[Pair]:
    """The pairs of a gzipped file of {set, premise, hypothesis, label}, those kept apart or those to learn from.

    Sets turn sentences round, so that a pair whose claim is a source kept apart is in neither.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Pair(row["premise"], row["hypothesis"], row["label"] == "entailment", row["set"])
        for row in rows
        if is_kept_apart(row["premise"]) is apart and (apart or not is_kept_apart(row["hypothesis"]))
    ]


def made(paths: Sequence[Path], seed: int) -> Iterator[Pair]:
    """Pairs made of the questions of SQuAD-like files: for each some true ones, and as many false ones or more."""
    rng = random.Random(seed)
    examples = [example for path in paths for example in read_squad(path) if example.answers]
    rng.shuffle(examples)
    texts = sorted({example.context for example in examples})
    verbs = verbs_of(texts)
    verb = other_verb(past_forms(texts))
    by_text: dict[str, list[Example]] = {}
    for example in examples:
        by_text.setdefault(example.context, []).append(example)
    for example in examples:
        yield from _of_question(example, by_text[example.context], verb, verbs, rng)


def past_forms(texts: Sequence[str]) -> list[str]:
    """The past forms that the texts have, by how often they are used."""
    counts = Counter(word for text in texts for word in text.split() if word.endswith("ed"))
    return [word for word, times in counts.items() if times >= _VERBS_KNOWN and word.isalpha() and word.islower()]


def _of_question(
    example: Example, others: Sequence[Example], verb: Alteration, verbs: Verbs, rng: random.Random
) -> Iterator[Pair]:
    answer = rng.choice(example.answers)
    source = _window(example, rng)
    told = _told(example, answer, verbs)
    if told is None:
        told, kind = f"{example.question.strip()} {answer[:1].upper()}{answer[1:]}.", "question with answer"
    else:
        kind = "statement"
    yield Pair(source, told, True, kind)
    wrong = _another_answer(example, others, rng)
    if wrong is not None:
        text = _told(example, wrong, verbs) if kind == "statement" else None
        yield Pair(
            source, text or f"{example.question.strip()} {wrong[:1].upper()}{wrong[1:]}.", False, f"{kind}, wrong"
        )
    yield from _altered(source, told, kind, verb, rng)
    if rng.random() < 0.25:
        yield from _own_words(example, source, verb, verbs, rng)
    if kind == "statement":
        yield from _of_statement(source, told, verbs, rng)
    phrases = _phrases(others, source)
    if kind == "statement" and rng.random() < 0.35 and (false := other_phrase(told, phrases, rng)):
        yield Pair(source, false, False, "another phrase")
    if rng.random() < 0.12 and (false := invented(told, source, rng)):
        yield Pair(source, false, False, "invented")
    if rng.random() < 0.15 and (false := invented_of(phrases, source, verbs, rng)):
        yield Pair(source, false, False, "invented of phrases")
    if rng.random() < 0.25 and (false := misplaced(phrases, source, verbs, rng)):
        yield Pair(source, false, False, "misplaced")


def _told(example: Example, answer: str, verbs: Verbs) -> str | None:
    """The question and an answer to it as a sentence; None where there is no telling how."""
    start = max(0, example.context.find(answer))
    return statement(example.question, answer) or statement_of_text(
        example.question, answer, example.context, start, verbs
    )


def _of_statement(source: str, told: str, verbs: Verbs, rng: random.Random) -> Iterator[Pair]:
    """A true sentence over a source that is less sure of it, and the less sure one over that."""
    if rng.random() < 0.1:
        yield Pair(unsure(told, rng), told, False, "unsure source")
    if rng.random() < 0.6 and (same := in_other_words(told, verbs, rng)):
        yield Pair(source, same, True, "in other words")
    if planned := only_planned(source, told, verbs, rng):
        changed, same = planned
        yield Pair(changed, told, False, "only planned")
        if rng.random() < 0.6:
            yield Pair(changed, same, True, "as planned")
        elif rng.random() < 0.5:
            yield Pair(source, same, False, "planned, not done")


def _phrases(others: Sequence[Example], source: str) -> list[str]:
    """The short answers to the text's questions that stand in the source: what a sentence may speak of."""
    found = {one.strip().rstrip(".,;:") for other in others for one in other.answers[:1]}
    return sorted(one for one in found if len(one.split()) <= _LONGEST_PHRASE and one in source and _names_a_thing(one))


def _names_a_thing(phrase: str) -> bool:
    """Whether a phrase is a name, a number or of several words, and so no lone verb or adjective."""
    return len(phrase.split()) > 1 or phrase[:1].isdigit() or bool(find_names(f"x {phrase}"))


def _altered(source: str, told: str, kind: str, verb: Alteration, rng: random.Random) -> Iterator[Pair]:
    """Up to one false sentence of a statement, a verb's change being the likeliest."""
    if kind != "statement":
        return
    order = [verb, *rng.sample(ALTERATIONS, len(ALTERATIONS))] if rng.random() < 0.4 else rng.sample(ALTERATIONS, 4)
    for alter in order:
        if (false := alter(told, source, rng)) and false != told:
            yield Pair(source, false, False, f"altered: {getattr(alter, '__name__', 'verb')}")
            return


def _own_words(example: Example, source: str, verb: Alteration, verbs: Verbs, rng: random.Random) -> Iterator[Pair]:
    """The source's own sentence, shortened or whole; one of the same article that the source lacks; and one altered."""
    own = example.sentence.strip()
    if not 4 <= len(own.split()) <= 40:
        return
    short = _shortened(own, rng)
    yield Pair(source, short, True, "own sentence")
    if planned := only_planned(source, short, verbs, rng):
        yield Pair(planned[0], short, False, "own sentence, only planned")
        yield Pair(planned[0], planned[1], True, "own sentence, as planned")
    for alter in rng.sample([verb, *ALTERATIONS], 4):
        if (false := alter(short, source, rng)) and false != short:
            yield Pair(source, false, False, f"own, {getattr(alter, '__name__', 'verb')}")
            break
    elsewhere = [
        span for span in split_sentences(example.context) if example.context[span.start : span.end] not in source
    ]
    if elsewhere:
        span = rng.choice(elsewhere)
        yield Pair(source, example.context[span.start : span.end].strip(), False, "another sentence")


def _shortened(sentence: str, rng: random.Random) -> str:
    """A sentence without its last clause, or what leads it in, where it has commas."""
    parts = sentence.rstrip(".").split(", ")
    if len(parts) > 1 and rng.random() < 0.5 and len(parts[0].split()) > 4:
        return f"{parts[0]}."
    if len(parts) == 2 and len(parts[0].split()) <= 4 and rng.random() < 0.5:
        return f"{parts[1][:1].upper()}{parts[1][1:]}."
    return sentence


def _another_answer(example: Example, others: Sequence[Example], rng: random.Random) -> str | None:
    """The answer to another question of the text, none of whose words this one's answers hold."""
    known = {key_of(word) for answer in example.answers for word in answer.split()}
    fit = [one for other in others for one in other.answers[:1] if known.isdisjoint(map(key_of, one.split()))]
    return rng.choice(fit) if fit else None


def _window(example: Example, rng: random.Random) -> str:
    """The sentence that holds the answer, often with its neighbours, and at times the title before it."""
    spans = split_sentences(example.context)
    starts = [span.start for span in spans]
    at = max(0, bisect_right(starts, example.starts[0]) - 1)
    first, last = at - (rng.random() < 0.5), at + (rng.random() < 0.25)
    text = example.context[spans[max(0, first)].start : spans[min(last, len(spans) - 1)].end]
    if len(text) > _LONGEST:
        text = example.context[spans[at].start : spans[at].end][:_LONGEST]
    title = example.title.replace("_", " ")
    return f"{title}. {text}" if rng.random() < 0.3 and ":" not in title and "Reviews" not in title else text
