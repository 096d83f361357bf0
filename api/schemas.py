"""The wire models that the records don't already give. Light to import: the HTTP client uses them too."""

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from qa.records import Excerpt, Mode, Request, Verdict
from vectorstore.records import Article, Filters, IngestResult, Source, StoredArticle

MAX_ARTICLES = 1_000


def _encodable(text: str) -> str:
    """JSON can spell half of a surrogate pair; nothing that holds one can be stored or sent."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("is not text: it holds half of a surrogate pair") from None
    return text


def _written_as_day(value: object) -> object:
    """Pydantic takes seconds since 1970 for a day, too, and a time at midnight."""
    if value is None or (isinstance(value, str) and _DAY.fullmatch(value)) or isinstance(value, date):
        return value
    raise ValueError("is no day: write it like 2021-08-13")


def _written_as_moment(value: object) -> object:
    if value is None or isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError("is no day or moment: write it like 2021-08-13, or like 2021-08-13T09:00:00Z, with its zone")
    return moment


def _no_words(value: object) -> object:
    """Pydantic takes "10" and true for numbers, too."""
    if isinstance(value, str | bool):
        raise ValueError("must be a number")  # noqa: TRY004 - only a ValueError becomes a problem of this field
    return value


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Text = Annotated[str, AfterValidator(_encodable)]
Day = Annotated[date, BeforeValidator(_written_as_day)]
Moment = Annotated[date | datetime, BeforeValidator(_written_as_moment)]
AS_OF = (
    "As if asked on this day (by its end, in UTC), or at this moment: what had been published by then, each article in "
    "the revision that was current then."
)

# What is said of texts in the OpenAPI document alone: what checks them is below this layer, and its words are better.
TITLE: dict[str, Any] = {"minLength": 1, "maxLength": 200}
NO_NUL: dict[str, Any] = {"pattern": "^[^\\u0000]*$"}
CURSOR: dict[str, Any] = {"pattern": "^[0-9]{1,18}$"}
NAMED: dict[str, Any] = {
    "anyOf": [
        {"required": [name], "properties": {name: {"type": "string", "minLength": 1}}} for name in ("key", "id", "url")
    ]
}


class Wire(BaseModel):
    """What is read from a request: unknown fields are refused by name, not ignored."""

    model_config = ConfigDict(extra="forbid")


class FiltersIn(Wire):
    """What the search is limited to. Days are ISO 8601 (YYYY-MM-DD) and inclusive, moments have a zone."""

    since: Day | None = Field(None, description="Published on this day or later.")
    until: Day | None = Field(None, description="Published on this day or earlier.")
    as_of: Moment | None = Field(None, description=AS_OF)
    sources: list[Text] = Field(
        [], max_length=100, description="Only these publishers, in any letter case; empty: all of them."
    )

    def to_filters(self) -> Filters:
        """As a search takes them."""
        return Filters(self.since, self.until, self.as_of, tuple(self.sources))


class QuestionIn(Wire):
    """What is asked, of what, and after what."""

    question: str = Field(
        description="1 to 2,000 characters of text.", json_schema_extra={"minLength": 1, "maxLength": 2000}
    )
    filters: FiltersIn | None = None
    conversation_id: Text | None = Field(None, description="The conversation that it follows the turns of.")


class SearchIn(QuestionIn):
    """A question to be searched for, and not answered."""

    limit: Annotated[int, BeforeValidator(_no_words)] = Field(
        10, ge=1, le=100, description="How many passages to give at most."
    )

    def to_request(self) -> Request:
        """As the engine takes it."""
        filters = (self.filters or FiltersIn()).to_filters()
        return Request(self.question, filters, conversation_id=self.conversation_id)


class AskIn(QuestionIn):
    """A question."""

    asker: Text | None = Field(
        None,
        max_length=200,
        description="Who asks, where several people do: their own turns are leaned on first.",
    )
    mode: Mode = Field("auto", description='Who writes the answer; "auto" takes the model where one is set.')
    explain: bool = Field(
        False,
        strict=True,
        description="Have the answer tell, as `dropped`, what a model wrote that is not shown, and why.",
    )

    def to_request(self) -> Request:
        """As the engine takes it."""
        filters = (self.filters or FiltersIn()).to_filters()
        return Request(
            self.question, filters, self.mode, self.explain, conversation_id=self.conversation_id, asker=self.asker
        )


class ArticleIn(Wire):
    """An article to take in. An article with the key of a known one replaces it, as a new revision."""

    model_config = ConfigDict(json_schema_extra=NAMED)

    key: Text | None = Field(
        None, description="What makes it the same article the next time; its id, else its URL, where none is given."
    )
    id: Text | None = Field(
        None, validation_alias=AliasChoices("id", "_id"), description="Its id where it came from; it is found by that."
    )
    text: Text = Field(
        validation_alias=AliasChoices("text", "body", "content"),
        description="The text. What can't be seen is left out and newlines become one kind; citations give offsets "
        "into what `GET /articles/{id}` returns of it. Also taken as `body` or `content`.",
    )
    title: Text | None = Field(None, validation_alias=AliasChoices("title", "headline"))
    url: Text | None = Field(None, validation_alias=AliasChoices("url", "link"))
    source: Text | None = Field(
        None, validation_alias=AliasChoices("source", "publisher"), description="The publisher."
    )
    published_at: Text | None = Field(
        None,
        validation_alias=AliasChoices("published_at", "published", "date"),
        description="ISO 8601 date, or date and time with zone.",
    )
    author: Text | None = Field(None, description="Who wrote it.")
    language: Text | None = Field(None, description="A language tag, such as en or pt-BR.")
    name: Text | None = Field(None, description="What to call it in the results; its key where none is given.")

    @model_validator(mode="after")
    def _has_key(self) -> Self:
        if not (self.key or self.id or self.url):
            raise ValueError("needs a key, an id or a url, by which it is the same article the next time")
        return self

    def to_source(self) -> Source:
        """As a reader would give it."""
        key = self.key or (f"id:{self.id}" if self.id else self.url) or ""
        article = Article(
            key, self.text, self.title, self.url, self.source, self.published_at, self.author, self.language
        )
        return Source(self.name or self.id or key, article)


class ArticlesIn(Wire):
    """Articles to take in, in one request."""

    articles: list[ArticleIn] = Field(max_length=MAX_ARTICLES)


class ImportIn(Wire):
    """An address to fetch articles from."""

    url: Text = Field(description="Of a page, a file, an RSS or Atom feed, or a sitemap; http or https.")
    limit: int = Field(100, ge=1, le=1_000, description="How many pages of a feed or sitemap to fetch at most.")
    map: dict[str, Text] = Field({}, description='What a dump there calls our fields: {"text": "body"}.')


class ListingIn(Wire):
    """Which page of the listing."""

    limit: int = Field(50, ge=1, le=500, description="How many to list at most.")
    cursor: str | None = Field(
        None, description="`next_cursor` of the page before; none for the first.", json_schema_extra=CURSOR
    )


class DoctorIn(Wire):
    """What the doctor is to do."""

    repair: bool = Field(
        False,
        strict=True,
        description="Make anew from the library what is broken, and remove rows that belong to nothing.",
    )


class ConversationIn(Wire):
    """A conversation to begin. title: none for that of its first question."""

    title: str | None = Field(
        None, description="1 to 200 characters; none for that of its first question.", json_schema_extra=TITLE
    )


class RenameIn(Wire):
    """Another title."""

    title: str = Field(description="1 to 200 characters.", json_schema_extra=TITLE)


class FeedbackIn(Wire):
    """What somebody thinks of an answer."""

    verdict: Verdict
    comment: Text | None = Field(None, max_length=2000, json_schema_extra=NO_NUL)
    asker: Text | None = Field(
        None,
        max_length=200,
        description="Who says so: one verdict each, which may be changed.",
        json_schema_extra=NO_NUL,
    )


class FeedbackListingIn(ListingIn):
    """Which page of the feedback, of which verdict."""

    verdict: Verdict | None = None


class RevisionIn(Wire):
    """Which revision of an article."""

    revision: int | None = Field(None, ge=1, description="An older revision; none for the current one.")


class DeletionIn(Wire):
    """How an article is deleted."""

    verify: bool = Field(
        False, description="Make the indexes anew without it, then search the data folder's files for its words."
    )


class IngestOut(BaseModel):
    """What became of each article, in the order they were sent."""

    results: list[IngestResult]


class PublishersOut(BaseModel):
    """The publishers of the articles, in order: what filters take as `sources`."""

    sources: tuple[str, ...]


class SamplesOut(BaseModel):
    """The sample articles that can be taken in: none where `seeds/` is not there."""

    articles: int = Field(ge=0)


class ArticleOut(BaseModel):
    """One revision of an article. Offsets of citations are Unicode code points into `text`."""

    model_config = ConfigDict(from_attributes=True, frozen=True)

    id: str
    revision: int = Field(ge=1)
    current: bool = Field(description="Whether this is the newest revision of an article that is not deleted.")
    title: str | None
    url: str | None
    source: str | None
    published_at: str | None
    author: str | None = None
    language: str | None = None
    ingested_at: datetime
    text: str

    @classmethod
    def of(cls, stored: StoredArticle) -> "ArticleOut":
        """From the library's record, without what only the library needs."""
        return cls.model_validate(stored)


class SourceOut(BaseModel):
    """A source that an answer is being written from. number: what [1] in the text to come refers to."""

    number: int = Field(ge=1)
    article_id: str
    revision: int
    title: str | None
    url: str | None
    source: str | None
    published_at: str | None
    quote: str
    start: int
    end: int


class EvidenceOut(BaseModel):
    """The data of the event `evidence`: the numbered sources."""

    sources: list[SourceOut]

    @classmethod
    def of(cls, excerpts: Iterable[Excerpt]) -> "EvidenceOut":
        """From the excerpts in the order of their numbers."""
        return cls(sources=[SourceOut(number=n, **asdict(excerpt)) for n, excerpt in enumerate(excerpts, start=1)])

    def to_excerpts(self) -> tuple[Excerpt, ...]:
        """The excerpts in the order of their numbers."""
        ordered = sorted(self.sources, key=lambda source: source.number)
        return tuple(Excerpt(**source.model_dump(exclude={"number"})) for source in ordered)


class TextOut(BaseModel):
    """The data of the event `text`: more of what the model writes. Not checked: `answer` has the last word."""

    delta: str


class HealthOut(BaseModel):
    """A live server. instance: proves which data folder this process owns; it is in the folder's lock file too."""

    status: str
    service: str
    version: str
    instance: str | None


class ReadyOut(BaseModel):
    """Whether questions can be answered now. checks: each part, and how it is.

    `checks.model`, the model that writes answers: "off" where none is set, "ok", or what is wrong with it. It has no
    part in `ready`: where it fails, the embedded answerer stands in.
    """

    ready: bool
    embedding: str
    checks: dict[str, str]


class FieldProblem(BaseModel):
    """What is wrong with one field of a request."""

    field: str
    reason: str


class Problem(BaseModel):
    """An error as RFC 9457 (application/problem+json) has it. retryable: whether the same request may succeed later."""

    type: str
    title: str
    status: int
    detail: str
    retryable: bool = False
    errors: list[FieldProblem] | None = None
