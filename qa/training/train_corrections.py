"""Learns what a newspaper's note on its own mistake reads like: a weight for each word and pair of words.

    python -m qa.training.train_corrections TRAIN... [--measure ARTICLES] [--lessons FILE] [--out FILE]

TRAIN: gzipped JSON lines whose `context` or `sentence` is text in which there are no such notes. LESSONS: lines of "1"
or "0", a tab and a sentence, written for this; more notes are made by putting parts together (`made`). ARTICLES: news
with pages of published corrections, of which only is counted how many notes are found: nothing is learned from them.
"""

import argparse
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.language.corrections import WEIGHTS, signs_of
from vectorstore.sentences import split_sentences

LESSONS = Path(__file__).with_name("correction_lessons.tsv")
_PAGE = "corrections-clarifications"
_SECTION = re.compile(r"^[A-Z][A-Za-z ]{2,18} ?: ")
_OTHERS = 24_000
_MADE = 3_000
_FEWEST = 4  # times that a sign must be seen among the notes
_LESSON_TIMES = 8  # a lesson counts for so many of the notes that are made
_TELLING = 4.0  # what a note or a lesson counts for against another sentence
_SPARSE, _STEP, _ROUNDS = 1e-4, 6.0, 800

# Parts of notes; "{}" is a thing that was told wrongly.
_WORKS = "story article report column video caption headline graphic item profile obituary review map chart".split()
_WHERE = (
    "An earlier version of this {work}",
    "A previous version of this {work}",
    "An earlier version of the following {work}",
    "This {work}",
    "This {work} initially",
    "A {work} on Tuesday",
    "A {work} {day}",
    "A {work} in some {day} editions",
    "A {work} about the flood",
    "The {work} in an earlier edition",
    "A front-page {work} {day}",
    "Our {work} of {day}",
)
_DID = (
    "misstated {thing}",
    "misidentified {thing}",
    "misspelled {thing}",
    "mischaracterized {thing}",
    "misreported {thing}",
    "incorrectly described {thing}",
    "incorrectly identified {thing}",
    "incorrectly said that {thing} had changed",
    "gave an incorrect version of {thing}",
    "gave the wrong {bare}",
    "had the wrong {bare}",
    "included the incorrect {bare}",
    "contained an error about {thing}",
    "was incorrect about {thing}",
    "should have said {thing}",
    "omitted {thing}",
    "used an incorrect {bare}",
    "overstated {thing}",
    "understated {thing}",
)
_WAS = (
    "{Thing} was incorrect in {where}",
    "{Thing} was misspelled in {where}",
    "{Thing} was misidentified in {where}",
    "{Thing} was misstated in {where}",
    "{Thing} was wrong in {where}",
    "This {work} was updated to correct {thing}",
    "This {work} was updated to clarify {thing}",
    "This {work} has been updated to reflect {thing}",
    "This {work} has been corrected to show {thing}",
    "This {work} was changed to remove {thing}",
    "Corrects {thing} in the second paragraph",
    "Updates the {work} to clarify {thing}",
)
_THINGS = (
    "name of the author",
    "age of the driver",
    "date of the vote",
    "number of homes",
    "last name of the mayor",
    "location of the fire",
    "title of the film",
    "cause of death",
    "amount of the fine",
    "spelling of the town",
    "year of the treaty",
    "role of the minister",
    "share of voters",
    "owner of the ship",
    "price of the ticket",
    "percentage of patients",
    "score of the match",
    "status of the case",
    "figures for exports",
    "day of the march",
)
_DAYS = ("Jan. 12", "Feb. 3", "March 21", "April 4", "June 30", "Aug. 8", "Sept. 22", "Oct. 1", "Dec. 16", "on 2 May")

Floats = NDArray[np.float32]


def made(number: int) -> list[str]:
    """Notes put together from parts, the same every time."""
    chance = random.Random(5)
    notes = []
    for _ in range(number):
        work, bare, day = chance.choice(_WORKS), chance.choice(_THINGS), chance.choice(_DAYS)
        where = chance.choice(_WHERE).format(work=work, day=day)
        told = {"thing": f"the {bare}", "Thing": f"The {bare}", "bare": bare, "work": work}
        if chance.random() < 2 / 3:
            note = f"{where} {chance.choice(_DID).format(**told)}"
        else:
            note = chance.choice(_WAS).format(where=where[0].lower() + where[1:], **told)
        notes.append(f"{note}.")
    return notes


def others_of(paths: Sequence[Path]) -> list[str]:
    """Sentences of texts without notes."""
    texts: dict[str, None] = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts |= dict.fromkeys(record.get("context") or record["sentence"] for record in map(json.loads, lines))
    sentences = [text[span.start : span.end] for text in texts for span in split_sentences(text)]
    random.Random(3).shuffle(sentences)
    return sentences[:_OTHERS]


def published(path: Path) -> tuple[list[str], list[str]]:
    """The notes of pages of corrections, the first sentence of each entry, and sentences of other articles."""
    notes, others = [], []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            text = record["text"]
            if _PAGE in record["_id"]:
                entries = [_SECTION.sub("", line) for line in text.split("\n") if _SECTION.match(line)]
                notes += [entry[: split_sentences(entry)[0].end] for entry in entries if entry.strip()]
            else:
                others += [text[span.start : span.end] for span in split_sentences(text)[:60]]
    random.Random(3).shuffle(others)
    return notes, others[:_OTHERS]


def lessons_of(path: Path) -> tuple[list[str], list[str]]:
    """The notes and the other sentences of a file of lessons."""
    told = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [text for mark, text in told if mark == "1"], [text for mark, text in told if mark == "0"]


def learn(notes: Sequence[str], near: Sequence[str], others: Sequence[str]) -> dict[str, float]:
    """The weights of a sparse logistic regression; "" is the bias. near: lessons that are like notes and are none."""
    counts = Counter(sign for one in (*notes, *near) for sign in signs_of(one))
    places = {sign: place for place, sign in enumerate(sorted(s for s, times in counts.items() if times >= _FEWEST))}
    rows = _rows([*notes, *near, *others], places)
    wanted = np.array([1.0] * len(notes) + [0.0] * (len(near) + len(others)), np.float32)
    shares = np.array([_TELLING] * (len(notes) + len(near)) + [1.0] * len(others), np.float32)
    shares /= shares.sum()
    weights, bias = np.zeros(len(places), np.float32), -3.0
    for _ in range(_ROUNDS):
        missed = shares * (1 / (1 + np.exp(-(rows @ weights + bias))) - wanted)
        weights -= _STEP * (rows.T @ missed)
        bias -= _STEP * float(missed.sum())
        weights = np.sign(weights) * np.maximum(0, np.abs(weights) - _STEP * _SPARSE)
    found = {sign: round(float(weights[place]), 2) for sign, place in places.items()}
    return {"": round(bias, 2)} | {sign: weight for sign, weight in sorted(found.items()) if weight}


def _rows(sentences: Sequence[str], places: dict[str, int]) -> Floats:
    rows = np.zeros((len(sentences), len(places)), np.float32)
    for row, sentence in zip(rows, sentences, strict=True):
        row[[places[sign] for sign in signs_of(sentence) if sign in places]] = 1.0
    return rows


def main() -> None:
    """Learn, and tell how many published notes are found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path, nargs="+")
    parser.add_argument("--measure", type=Path)
    parser.add_argument("--lessons", type=Path, default=LESSONS)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    notes, near = (_LESSON_TIMES * some for some in lessons_of(given.lessons))
    weights = learn([*notes, *made(_MADE)], near, others_of(given.train))
    given.out.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(weights)} weights")  # noqa: T201
    for name, some in zip(("notes", "others"), published(given.measure) if given.measure else (), strict=False):
        taken = sum(sum(weights.get(sign, 0.0) for sign in ("", *signs_of(one))) > 0 for one in some)
        print(f"published {name} that are taken for notes: {taken} of {len(some)}")  # noqa: T201


if __name__ == "__main__":
    main()
