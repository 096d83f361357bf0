"""Learns what a newspaper's note on its own mistake reads like: a weight for each word and pair of words.

    python -m qa.training.train_corrections TRAIN... [--measure ARTICLES] [--lessons FILE] [--out FILE]

TRAIN: gzipped JSON lines whose `context` or `sentence` is text in which there are no such notes. LESSONS: lines of "1"
or "0", a tab and a sentence, written for this; more notes are made by putting parts together (`made`). ARTICLES: news
with pages of published corrections, of which only is counted how many notes are found: nothing is learned from them.
"""

import gzip
import json
import random
import re
from pathlib import Path

from qa.language.corrections import WEIGHTS, signs_of
from qa.language.linear import total
from qa.training.linear import Lessons, Recipe, arguments, learn, lessons_of, others_of, save
from vectorstore.sentences import split_sentences

LESSONS = Path(__file__).with_name("correction_lessons.tsv")
_PAGE = "corrections-clarifications"
_SECTION = re.compile(r"^[A-Z][A-Za-z ]{2,18} ?: ")
_MEASURED = 24_000  # sentences of other articles
_MADE = 3_000
_RECIPE = Recipe(rounds=800, fewest=4, telling=4.0, sparse=1e-4)
_LESSON_TIMES = 8  # a lesson counts for so many of the notes that are made

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
    return notes, others[:_MEASURED]


def main() -> None:
    """Learn, and tell how many published notes are found."""
    given = arguments(__doc__ or "", LESSONS, WEIGHTS)
    notes, near = (_LESSON_TIMES * some for some in lessons_of(given.lessons))
    weights = learn(Lessons([*notes, *made(_MADE)], near, others_of(given.train)), signs_of, _RECIPE)
    save(weights, given.out)
    print(f"{len(weights)} weights")  # noqa: T201
    for name, some in zip(("notes", "others"), published(given.measure) if given.measure else (), strict=False):
        taken = sum(total(weights, signs_of(one)) > 0 for one in some)
        print(f"published {name} that are taken for notes: {taken} of {len(some)}")  # noqa: T201


if __name__ == "__main__":
    main()
