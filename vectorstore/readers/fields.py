"""What a record says about its article besides the text, under the names that collections use for it."""

import re
from collections.abc import Mapping

from vectorstore.dates import head_date, iso_date
from vectorstore.errors import ReadError
from vectorstore.guard import guarded
from vectorstore.readers.decode import usable
from vectorstore.readers.urls import normal_url
from vectorstore.records import Article
from vectorstore.sentences import split_sentences

_LONGEST_TITLE = 200

_ID = ("id", "_id")
_TITLE = ("title", "headline")
_URL = ("url", "link")
_SOURCE = ("source", "publisher")
_PUBLISHED = ("published_at", "published", "date")
_AUTHOR = ("author", "byline")
_LANGUAGE = ("language", "lang")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


@guarded("reading it", ReadError)
def make_article(text: str, fields: Mapping[str, object], *, fallback_key: str, title: str | None = None) -> Article:
    """Put an article together: its text exactly as given, and its fields.

    Its key is its id where it has one, else its URL (in its normal form), else `fallback_key`. Its title is that of the
    fields, else `title`, else the headline of the text, but none where the fields say that it has none (""); its date
    that of the fields, else what the text opens with. Fields that hold anything but words and numbers count as absent.
    ReadError where the text can't be an article's, or breaks something.
    """
    usable(text)
    identity, stated = _first(fields, _ID), _first(fields, _URL)
    url = normal_url(stated) if stated else None
    mark = head_date(text)
    untitled = any(fields.get(name) == "" for name in _TITLE)
    dates = (iso_date(fields[name]) for name in _PUBLISHED if name in fields)
    published_at = next(filter(None, dates), None)
    return Article(
        key=f"id:{identity}" if identity else url or fallback_key,
        text=text,
        title=_first(fields, _TITLE) or title or (None if untitled else headline(text)),
        url=url,
        source=_first(fields, _SOURCE),
        published_at=published_at or (mark.published_at if mark else None),
        author=_first(fields, _AUTHOR),
        language=_language(fields),
    )


def headline(text: str) -> str:
    """The title of a plain text: its first line that isn't a date, a date before it left out.

    A line of more than 200 characters is no headline: then it is the line's first sentence, cut after a word to at most
    200 characters, the last of them an ellipsis.

    >>> headline(" date 2021-08-13 Kabul falls.\\n\\nThe city fell ...")
    'Kabul falls.'
    """
    mark = head_date(text)
    body = text[: mark.start] + text[mark.end :] if mark else text
    line = next((line.strip() for line in body.splitlines() if line.strip()), text.strip())
    if len(line) <= _LONGEST_TITLE:
        return line
    first = split_sentences(line)[0]
    sentence = line[first.start : first.end]
    if len(sentence) <= _LONGEST_TITLE:
        return sentence
    cut = sentence[:_LONGEST_TITLE]
    return (cut.rsplit(maxsplit=1)[0] if " " in cut else cut[:-1]) + "…"


def _language(fields: Mapping[str, object]) -> str | None:
    written = _first(fields, _LANGUAGE)
    return written if written and _LANGUAGE_TAG.fullmatch(written) else None


def _first(fields: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """The first of these fields that holds words or a number."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, Mapping):  # {"source": {"name": "..."}}, as news APIs have it
            value = value.get("name")
        if isinstance(value, str | int | float) and not isinstance(value, bool) and (words := _written(value)):
            return usable(words)
    return None


def _written(value: str | float) -> str:
    """Words as they stand, a number in digits; nothing where Python refuses to write so many of them."""
    try:
        return str(value).strip()
    except ValueError:
        return ""
