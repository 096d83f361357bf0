"""The records of a question and its answer: small, frozen; a refusal is a value, not an exception.

The fields of `Answer` are what every surface gives (HTTP, command line, and those to come); none is renamed.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from vectorstore.records import Filters, Place

_PUT_AFTER = re.compile(r" \([^()]*\)$")

Mode = Literal["auto", "extractive", "generated"]
Status = Literal["answered", "no_answer"]
Reason = Literal["no_match", "weak_evidence", "unverified", "unclear", "contradicted"]
Concord = Literal["agree", "differ", "changed"]
Support = Literal["verified", "partial"]
Standing = Literal["intact", "moved", "changed", "deleted"]
Verdict = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn as a follow-up sees it.

    question: as it was asked; standalone: as it was searched. text: the answer's text without markers, empty where the
    articles didn't say. short_answer: the words asked for, where they were found. cited: best first.
    """

    question: str
    standalone: str
    text: str
    short_answer: str | None = None
    asker: str | None = None
    cited: tuple[Place, ...] = ()

    @property
    def outside(self) -> str:
        """The question as it stood alone, without what was put after it in brackets; the asker's own brackets stay."""
        asked = self.question.strip()
        if self.standalone.startswith(asked):
            return asked
        return _PUT_AFTER.sub("", self.standalone)

    @property
    def inside(self) -> str:
        """What was put after the question; empty where nothing was."""
        return self.standalone[len(self.outside) :].strip().removeprefix("(").removesuffix(")")


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it was put. mode: who writes the answer; "auto" takes the model where one is set.

    explain: have the answer tell what a model wrote that is not shown, and why. conversation_id: the conversation that
    the question is the next turn of; before: the exchanges it follows, the oldest first, where nothing keeps them.
    asker: who asks, where several people do.
    """

    question: str
    filters: Filters = field(default_factory=Filters)
    mode: Mode = "auto"
    explain: bool = False
    conversation_id: str | None = None
    before: tuple[Exchange, ...] = ()
    asker: str | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of an article: `article.text[start:end] == quote`, in code points, end-exclusive, in that revision.

    standing: what became of them since, as of a `Citation`; an article that is deleted leaves no excerpt.
    """

    article_id: str
    revision: int
    title: str | None
    url: str | None
    source: str | None
    published_at: str | None
    quote: str
    start: int
    end: int
    standing: Standing = "intact"


@dataclass(frozen=True, slots=True)
class ToldDate:
    """Words of a quote that name a time by the article's own day ("on Tuesday"), and what they mean by it.

    words: `article.text[start:end]`, in code points; told: "Tuesday, 12 March 2024", in the article's language.
    """

    start: int
    end: int
    words: str
    told: str


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that an answer's sentence rests on. It exists only where `article.text[start:end] == quote` held.

    marker: its number in the answer's text, from 1. also_in: other articles that report the same fact.
    published_at: ISO 8601 date, or date and time with zone. gone: the article was deleted after this was given. Then
    the citation keeps its number and place, and no word of the article: the quote is "(deleted)", the rest None.
    standing: what became of the words: "intact" where they stand at their place in the current revision, "moved" where
    they stand elsewhere in it, "changed" where they don't, "deleted" where it is gone.
    dates: what its words for times mean; empty where the article is undated, or they say it themselves.
    """

    marker: int
    article_id: str
    revision: int
    title: str | None
    url: str | None
    source: str | None
    published_at: str | None
    quote: str
    start: int
    end: int
    support: Support
    also_in: tuple[Excerpt, ...] = ()
    gone: bool = False
    standing: Standing = "intact"
    dates: tuple[ToldDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that answers the question; where sources differ there are several, in order of time.

    value: a number, or (low, high) for a range. unit: what it counts ("troops"), "%", or a currency's ISO 4217 code.
    text: as it is written in the quote. markers: the citations that give it. source, as_of: by whom and when it was
    published.
    """

    value: int | float | tuple[int | float, int | float]
    unit: str | None
    text: str
    markers: tuple[int, ...]
    source: str | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Searched:
    """How much was searched: the articles and passages in the library that the filters let through."""

    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class GivenFilters:
    """The filters that a question was asked with, as they were given.

    since, until: days of publication (ISO 8601), inclusive; None: not on that side. as_of: a day, or a moment with its
    zone (ISO 8601); None: as of now. sources: publishers; empty: all of them. told: the same in a sentence for people,
    with which every surface shows it.
    """

    since: str | None
    until: str | None
    as_of: str | None
    sources: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class UnderstoodFilters:
    """What the words of a question limited the search to, beside the filters that were given with it.

    since, until: days of publication (ISO 8601), inclusive; None: not on that side. sources: publishers; empty: all of
    them. told: the same in a sentence for people, with which every surface shows it.
    """

    since: str | None
    until: str | None
    sources: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What calls of a model cost, in the model's own tokens."""

    prompt_tokens: int
    completion_tokens: int


def usage_of_all(first: Usage | None, second: Usage | None) -> Usage | None:
    """What two calls cost together; one that didn't report it counts nothing."""
    if first is None or second is None:
        return first or second
    return Usage(first.prompt_tokens + second.prompt_tokens, first.completion_tokens + second.completion_tokens)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that a model wrote and that is not borne out. problems: why, in words."""

    text: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a typed refusal (status "no_answer", with a reason and without citations).

    text: one to three sentences, four where sources differ, with markers ("... in Operation Pitting. [1]").
    short_answer: the span asked for. usage: of all calls for it, a follow-up's rewriting too, as far as reported.
    independent_sources: how many publishers agree, near-duplicates counted once. agreement: whether the sources agree,
    differ, or give a figure that changed in time; None where one speaks alone or nothing is compared.
    suggestions: up to three questions that an unclear one may have meant. conversation_id: which it is a turn of. turn:
    which turn of it, from 1; None where no conversation keeps it.
    confidence: how likely the embedded answerer's first sentence is right, from 0 to 1; 0 where there is none.
    answerable: how likely the articles say what is asked at all; refusals have it too.
    dropped: what a model wrote that is not shown, where the request asks to explain; else None.
    light: the embedded answerer went by words alone, since its reader is off.
    degraded: the model failed and the embedded answerer stood in. nearest: the closest passages to a refused question.
    given_filters: the filters that it was asked with; None: none, or kept by a release that didn't tell.
    understood_filters: what the question's own words limited the search to ("by 2 June 2024"); None: nothing.
    other_languages: those (ISO 639-1 tags) of the articles that came nearest, where none is in the question's language.
    """

    id: str
    status: Status
    reason: Reason | None
    question: str
    standalone_question: str
    text: str
    short_answer: str | None
    citations: tuple[Citation, ...]
    figures: tuple[Figure, ...]
    independent_sources: int
    mode: Literal["extractive", "generated"]
    model: str | None
    degraded: bool
    searched: Searched
    nearest: tuple[Excerpt, ...]
    timings_ms: dict[str, float]
    usage: Usage | None = None
    confidence: float = 0.0
    answerable: float = 0.0
    light: bool = False
    dropped: tuple[Dropped, ...] | None = None
    agreement: Concord | None = None
    suggestions: tuple[str, ...] = ()
    conversation_id: str | None = None
    turn: int | None = None
    given_filters: GivenFilters | None = None
    understood_filters: UnderstoodFilters | None = None
    other_languages: tuple[str, ...] = ()

    @property
    def limits_told(self) -> tuple[str, ...]:
        """What limited the search, in sentences that the text lacks: a refusal's has that of `understood_filters`."""
        understood = self.understood_filters if self.status == "answered" else None
        return tuple(limits.told for limits in (self.given_filters, understood) if limits)


@dataclass(frozen=True, slots=True)
class Remains:
    """What a file still holds of a deleted article.

    file: its path in the data folder, or that of an index. words: runs of its words. vectors: how many of its vectors.
    stems: stems of its words that stand in an index's dictionary.
    """

    file: str
    words: tuple[str, ...]
    vectors: int
    stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Erased:
    """What a search of all files of the data folder found of an article after it was deleted.

    files, bytes: how much was searched. words, vectors: how many runs of its words, and how many of its vectors, were
    sought; stems: how many stems, in the lexical index's dictionary. left: the files that hold some; none where nothing
    of it is left. conversations: the ids of those that have such words, as in a question that quotes it.
    """

    article_id: str
    files: int
    bytes: int
    words: int
    vectors: int
    stems: int
    left: tuple[Remains, ...]
    conversations: tuple[str, ...]
