"""Lessons for the reader: a question, a window of a text, and where the answer stands in it, if it does. Seeded.

The window is a few sentences around the answer. A window that doesn't answer is one of the same text, one that a search
of all texts brings for the question, or one for whose sentence the question was made false: another name, number, verb
or rank, or a "not". A question in a statement's shape, with a mask for the answer ("[MASK] founded the hospital."), is
asked as well, so that the reader can tell who or what a sentence's part is by its text.
"""

import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import tantivy

from qa.training.alterations import ALTERATIONS, Alteration, other_verb
from qa.training.pairs import past_forms
from qa.training.squad import Example, read_squad
from qa.training.statements import statement, statement_of_text
from qa.training.verbs import Verbs, verbs_of
from vectorstore.records import Span
from vectorstore.sentences import split_sentences

MASK = "[MASK]"
WRITTEN = Path(__file__).with_name("written_questions.jsonl.gz")
_LONGEST = 700  # characters of a window
_TITLED = 0.5  # of the windows that begin with their article's title
_MISSING = {"the same text": 0.25, "another text": 0.3, "altered": 0.3}  # of the questions that are also asked so
_MASKED = 0.35  # of the statements that a question makes
_FOUND = 12  # texts that the search brings
_FOLDS = 5
_WORDS_ONLY = str.maketrans(dict.fromkeys("()[]{}:^\"'~*?\\/+-!&|<>=", " "))


@dataclass(frozen=True, slots=True)
class Lesson:
    """header: what stands before the window, as its title. start, end: the answer in the window; None: it isn't there.

    kind: how it was made.
    """

    question: str
    header: str
    window: str
    start: int | None
    end: int | None
    kind: str


def is_kept_apart(title: str) -> bool:
    """Whether an article of a measured set is for measuring: a fifth of the titles, or of the texts that have none."""
    return zlib.crc32(title.encode()) % _FOLDS == 0


def examples_of(folder: Path, squad: Path | None) -> dict[str, list[Example]]:
    """The questions to learn from by their set; of SQuAD 2.0 those whose titles aren't kept apart.

    The written ones, in other words than their text, are in the repository; a fifth of the texts is kept apart.
    """
    found = {name: read_squad(folder / f"{name}.jsonl.gz") for name in _SETS}
    found["written"] = [example for example in read_squad(WRITTEN) if not is_kept_apart(example.context)]
    if squad is not None:
        found["squad"] = [example for example in read_squad(squad) if not is_kept_apart(example.title)]
    return found


_SETS = ("qamr", "squadshifts_new_wiki", "squadshifts_reddit", "squadshifts_amazon_reviews")


class Lessons:
    """Makes a pass of lessons after the other from the same questions, each pass with other windows and changes."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._examples = examples
        self._texts = sorted({example.context for example in examples})
        self._search = _Search(self._texts)
        self._verbs: Verbs = verbs_of(self._texts)
        self._other_verb: Alteration = other_verb(past_forms(self._texts))

    def of_pass(self, seed: int, wanted: int | None = None) -> Iterator[Lesson]:
        """The lessons of so many questions, all by default, in random order."""
        rng = random.Random(seed)
        for example in rng.sample(self._examples, min(wanted or len(self._examples), len(self._examples))):
            yield from self._of(example, rng)

    def _of(self, example: Example, rng: random.Random) -> Iterator[Lesson]:
        if not example.answers:
            yield Lesson(example.question, *_anywhere(example, rng), None, None, "not answerable")
            return
        chosen = rng.randrange(len(example.answers))
        answer, start = example.answers[chosen], example.starts[chosen]
        header, window, at = _around(example, start, start + len(answer), rng)
        here = Lesson(example.question, header, window, at, at + len(answer), "answered")
        yield here
        yield from self._missing(example, here, rng)
        if rng.random() < _MASKED and (told := self._told(example, start)):
            yield replace(here, question=told, kind="statement")
            if rng.random() < 0.6 and (false := self._false(told, window, rng)):
                yield Lesson(false, header, window, None, None, "statement, altered")

    def _told(self, example: Example, start: int) -> str | None:
        """The question as a statement with a mask in the answer's place."""
        told = statement(example.question, MASK) or statement_of_text(
            example.question, MASK, example.context, start, self._verbs
        )
        return told if told and told.count(MASK) == 1 else None

    def _missing(self, example: Example, here: Lesson, rng: random.Random) -> Iterator[Lesson]:
        if rng.random() < _MISSING["the same text"] and (window := _elsewhere(example, rng)):
            yield Lesson(example.question, here.header, window, None, None, "the same text")
        if rng.random() < _MISSING["another text"] and (text := self._another(example, rng)):
            yield Lesson(example.question, "", text, None, None, "another text")
        if rng.random() < _MISSING["altered"] and (false := self._false(example.question, here.window, rng)):
            yield Lesson(false, here.header, here.window, None, None, "altered")

    def _false(self, question: str, window: str, rng: random.Random) -> str | None:
        """The question with one thing changed, so that the window doesn't answer it."""
        for alter in rng.sample([self._other_verb, *ALTERATIONS[:-1]], len(ALTERATIONS)):
            if (false := alter(question, window, rng)) and false != question and (MASK in false) is (MASK in question):
                return false
        return None

    def _another(self, example: Example, rng: random.Random) -> str | None:
        """A window of another text that shares the question's words, without the answer."""
        known = [answer.lower() for answer in example.answers]
        texts = [
            text
            for text in self._search.like(example.question)
            if text != example.context and not any(answer in text.lower() for answer in known)
        ]
        if not texts:
            return None
        text = rng.choice(texts[:5])
        spans = split_sentences(text)
        return _run(text, spans, rng.randrange(len(spans)), rng)[0] if spans else None


class _Search:
    """The texts by the words of a question."""

    def __init__(self, texts: Sequence[str]) -> None:
        fields = tantivy.SchemaBuilder().add_text_field("text", stored=False, tokenizer_name="en_stem")
        fields = fields.add_unsigned_field("at", stored=True)
        self._index = tantivy.Index(fields.build())
        self._texts = texts
        writer = self._index.writer()
        for at, text in enumerate(texts):
            writer.add_document(tantivy.Document(text=text, at=at))
        writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def like(self, question: str) -> list[str]:
        query, _ = self._index.parse_query_lenient(question.translate(_WORDS_ONLY), ["text"])
        found = self._searcher.search(query, _FOUND).hits
        return [self._texts[self._searcher.doc(place)["at"][0]] for _, place in found]


def _header(example: Example, rng: random.Random) -> str:
    title = example.title.replace("_", " ")
    plain = ":" not in title and "Reviews" not in title
    return f"{title}." if plain and rng.random() < _TITLED else ""


def _around(example: Example, start: int, end: int, rng: random.Random) -> tuple[str, str, int]:
    """The header, a window that holds `context[start:end]`, and where in it that begins."""
    text = example.context
    spans = split_sentences(text)
    inside = [at for at, span in enumerate(spans) if span.start < end and start < span.end]
    if not inside:
        first = max(0, start - _LONGEST // 2)
        return _header(example, rng), text[first : first + _LONGEST], start - first
    window, begins = _run(text, spans[: inside[-1] + 1] + spans[inside[-1] + 1 :], inside[0], rng, inside[-1])
    return _header(example, rng), window, start - begins


def _run(text: str, spans: Sequence[Span], at: int, rng: random.Random, last: int | None = None) -> tuple[str, int]:
    """Sentences in a row, from `at` to `last` at least, and where in the text they begin."""
    first, last = at, at if last is None else last
    wanted = rng.choice((0, 200, 400, 600, _LONGEST, _LONGEST))
    while True:
        grown = [(first - 1, last)] * (first > 0) + [(first, last + 1)] * (last + 1 < len(spans))
        fit = [(one, other) for one, other in grown if spans[other].end - spans[one].start <= wanted]
        if not fit:
            return text[spans[first].start : spans[last].end], spans[first].start
        first, last = rng.choice(fit)


def _anywhere(example: Example, rng: random.Random) -> tuple[str, str]:
    spans = split_sentences(example.context)
    return _header(example, rng), _run(example.context, spans, rng.randrange(len(spans)), rng)[0]


def _elsewhere(example: Example, rng: random.Random) -> str | None:
    """A window of the question's own text that has none of its answers."""
    text, known = example.context, [answer.lower() for answer in example.answers]
    spans = [
        span
        for span in split_sentences(text)
        if not any(answer in text[span.start : span.end].lower() for answer in known)
    ]
    if not spans:
        return None
    runs = [_run(text, spans, at, rng)[0] for at in rng.sample(range(len(spans)), min(3, len(spans)))]
    return next((run for run in runs if not any(answer in run.lower() for answer in known)), None)
