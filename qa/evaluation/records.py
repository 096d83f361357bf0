"""The records of an evaluation: a case, what came of it, and what was measured over all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from qa.records import Answer

Group = Literal[
    "retrieval", "answers", "citations", "abstention", "conflicts", "latency", "follow-ups", "rewriting", "asking back"
]  # fmt: skip
Unit = Literal["share", "ms"]


@dataclass(frozen=True, slots=True)
class Document:
    """An article that comes with a case: its key, unique in the data set, and its canonical text."""

    key: str
    text: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what a right answer is.

    id: unique in the data set. line: where it stands in the file, from 1. golds: what must be named; of each group any
    one spelling. wrong: answers that some articles give and that are not right. relevant: the keys (or the starts of
    the names of files) of the articles that hold the answer; empty: not known. answerable: whether the articles say.
    documents: a library made for this case alone. group: what others are asked about, too: the title of the article, or
    its words; None: not known.
    """

    id: str
    line: int
    question: str
    golds: tuple[tuple[str, ...], ...] = ()
    wrong: tuple[str, ...] = ()
    relevant: tuple[str, ...] = ()
    answerable: bool = True
    documents: tuple[Document, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Retrieved:
    """An article that a case's question found, by its best passage.

    words: how that passage begins. score, bm25, similarity: the passage's, see `vectorstore.records.Hit`.
    relevant: whether the data set says that it holds the answer; None: it doesn't say.
    """

    article_id: str
    title: str | None
    words: str
    score: float
    bm25: float
    similarity: float
    relevant: bool | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case.

    ranking: the first ten articles, best first, of the passages that a search for an answer reads. seconds: of
    `Engine.ask`. verdicts: by a measure's name, what the case adds to its mean, from 0 to 1; a measure that the case
    doesn't count in is not there. missing: of the case's `relevant` names those that no article of the library has.
    """

    case: Case
    answer: Answer
    ranking: tuple[Retrieved, ...]
    seconds: float
    verdicts: Mapping[str, float]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure over `cases` cases, with the bounds of its 95% bootstrap interval.

    unit: "share" runs from 0 to 1.
    """

    name: str
    group: Group
    value: float
    low: float
    high: float
    cases: int
    higher_is_better: bool = True
    unit: Unit = "share"


@dataclass(frozen=True, slots=True)
class LibrarySize:
    """How much was searched. Where cases have libraries of their own, all of these together."""

    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a baseline file holds, and `qa eval --json` prints besides what came of each case.

    dataset: the name of its file without its suffixes. fingerprint: of its cases and of the articles that it brings;
    two summaries can be compared where theirs are the same. curve: (coverage, risk), both from 0 to 1, by rising
    coverage, at most 101 points. seconds: of all of it, the making of the library included. tokens: what a model cost
    in all, 0 without one. settings: in words: what was embedded and answered with, and what the questions were put to.
    """

    dataset: str
    cases: int
    fingerprint: str
    measures: tuple[Measure, ...]
    curve: tuple[tuple[float, float], ...]
    seconds: float
    tokens: int
    library: LibrarySize
    version: str
    settings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailedArticle:
    """An article that could not be taken in. name: the file or record it came from. reason: why, and what to do."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A data set that was asked through.

    latencies_ms: of `Engine.ask`, in the order of the cases, the first left out: it pays for what is loaded on the way.
    Empty where each case has a library of its own, which hears nothing but its first question. failed: the articles
    that could not be taken in.
    """

    summary: Summary
    outcomes: tuple[Outcome, ...]
    latencies_ms: tuple[float, ...]
    failed: tuple[FailedArticle, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The names that the data set has for articles and no article of the library has, each once."""
        return tuple(dict.fromkeys(name for outcome in self.outcomes for name in outcome.missing))


@dataclass(frozen=True, slots=True)
class Change:
    """A measure now and in the baseline. now: None where it is gone: no case counts in it any more.

    worse: it lies beyond the baseline's interval, on its bad side, or is gone. A latency is never worse: machines
    differ.
    """

    now: Measure | None
    before: Measure
    worse: bool
