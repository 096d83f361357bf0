"""What the dumps have in common: a record of one, whatever it is written in, as a source."""

from collections.abc import Mapping

from vectorstore.errors import ReadError
from vectorstore.readers.columns import renamed
from vectorstore.readers.document import Document
from vectorstore.readers.fields import make_article
from vectorstore.records import Source

TEXT = ("text", "body", "content")


class NotArticlesError(ReadError):
    """The records of a file are no articles: other data that happens to be in the same format."""


def has_text(fields: Mapping[str, object], document: Document) -> bool:
    """Whether a record has a field for its text, by our names or the one that is mapped."""
    mapped = document.columns.get("text")
    return mapped in fields if mapped else any(field in fields for field in TEXT)


def no_text_in(what: str, document: Document) -> NotArticlesError:
    """That there is no such field. what: which record or line was looked at."""
    mapped = document.columns.get("text")
    wanted = f'"{mapped}", which text was mapped to' if mapped else '"text", "body" or "content"'
    return NotArticlesError(
        f"{what} has no {wanted}, so it holds no articles; name the field that has the text, with --map text=NAME"
    )


def source(document: Document, name: str, record: Mapping[str, object], number: int) -> Source:
    """The article of a record, or why it has none. number: of the record, by which it is known without id and URL."""
    fields = renamed(record, document.columns)
    texts = [text for field in TEXT if isinstance(text := fields.get(field), str)]
    if not texts:
        return Source(name, reason='it has no "text", "body" or "content" that holds words; add one or remove the line')
    text = next(filter(str.strip, texts), "")
    try:
        return Source(name, make_article(text, fields, fallback_key=f"{document.key}#{number}"))
    except ReadError as error:
        return Source(name, reason=str(error))
