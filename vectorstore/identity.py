"""What an article is called, when two are the same, and which can't be taken in. Pure."""

import hashlib
import json
import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime

from vectorstore.blank import is_blank
from vectorstore.canonical import canonical_text
from vectorstore.records import Article

_SURROGATE = re.compile("[\ud800-\udfff]")
_WHITE_SPACE = re.compile(r"[ \t]*\n\s*")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_SLUG_LENGTH = 40
_HASH_LENGTH = 8
_KEY_BYTES = 12  # a chance of 1 in 10^17 that two of a million keys meet
_NAMES_KEPT = 100_000  # of a run: a dump may have millions
_LONGEST_NAME = 2_000  # characters of a title or a source: each of its passages is read with it


def article_id(key: str, hash_length: int = _HASH_LENGTH) -> str:
    """A readable name that depends on the key alone and is safe in a URL: "kabul-airlift-1f0a9c3d".

    hash_length: hex digits of the key's SHA-256 at the end (1 to 64); more of them where two names meet.
    """
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{_slug(key)}-{digest[:hash_length]}"


def _slug(key: str) -> str:
    """The last telling part of a path or URL (not "index.html"), in ASCII letters and digits, at most 40 of them."""
    if key.startswith("content:"):  # a hash tells nobody anything
        return "upload"
    path = key.removeprefix("id:").split("#")[0].split("?")[0]
    stems = [part.rsplit(".", 1)[0] or part for part in path.split("/") if part]
    telling = [stem for stem in stems if stem.casefold() != "index"] or stems
    ascii_text = unicodedata.normalize("NFKD", telling[-1] if telling else "").encode("ascii", "ignore").decode()
    return _UNSAFE.sub("-", ascii_text.lower()).strip("-")[:_SLUG_LENGTH].strip("-") or "article"


def content_hash(article: Article) -> str:
    """SHA-256 of everything a reader can see of an article: the same again is no new revision."""
    seen = [article.text, article.title, article.url, article.source, article.published_at]
    seen += [value for value in (article.author, article.language) if value]  # as before there were any, without them
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def published_day(published_at: str | None) -> int | None:
    """An ISO 8601 date, or date and time, as a day that can be compared: "2021-08-13T09:00Z" -> 20210813.

    The day is the one that is written, in the zone it is written in. Raises ValueError for anything else.
    """
    if published_at is None:
        return None
    day = datetime.fromisoformat(published_at)
    return day.year * 10_000 + day.month * 100 + day.day


def normalised(article: Article) -> Article:
    """The article as it is kept: its text canonical, its other words so on one line, and its date of publication in
    ISO 8601's extended form, which sorts; its zone stays.

    published_at "20210815" becomes "2021-08-15", "2021-08-13T09:00Z" becomes "2021-08-13T09:00:00+00:00". Raises
    ValueError where it is no date.
    """
    article = replace(
        article,
        text=canonical_text(article.text),
        title=_on_one_line(article.title),
        source=_on_one_line(article.source),
        author=_on_one_line(article.author),
    )
    written = article.published_at
    if written is None:
        return article
    try:
        return replace(article, published_at=date.fromisoformat(written).isoformat())
    except ValueError:
        return replace(article, published_at=datetime.fromisoformat(written).isoformat())


def _on_one_line(words: str | None) -> str | None:
    return None if words is None else _WHITE_SPACE.sub(" ", canonical_text(words)).strip() or None


class OncePerKey:
    """Refuses the second article of a key in one run, and what can't be taken in at all.

    Two articles of one key would replace each other on every run, with a new revision each time.
    """

    def __init__(self) -> None:
        self._names: dict[bytes, str | None] = {}

    def refusal(self, article: Article, name: str) -> str | None:
        """Why an article is refused; None where it is not, and then its key is taken. name: where it came from."""
        if (reason := refusal(article)) is not None:
            return reason
        digest = hashlib.blake2b(article.key.encode(), digest_size=_KEY_BYTES).digest()
        if digest in self._names:
            first = self._names[digest] or "an article before it"
            return f"It has the same id as {first}, which was taken. Give one of them another id."
        self._names[digest] = name if len(self._names) < _NAMES_KEPT else None
        return None


def refusal(article: Article) -> str | None:
    """Why an article can't be taken in and what to do about it; None where it can."""
    fields = {
        "key": article.key,
        "text": article.text,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "published_at": article.published_at,
        "author": article.author,
        "language": article.language,
    }
    for name, value in fields.items():
        if value is not None and "\0" in value:
            return f"Its {name} holds a NUL character: it is binary or damaged. Save it as plain text."
        if value is not None and _SURROGATE.search(value):
            return f"Its {name} holds half of a character (a lone surrogate). Save it as UTF-8."
    if not article.key.strip():
        return "It has no key to know it by. Give it an id, a URL or a file name."
    if is_blank(article.text):
        return "It holds no text."
    for name in ("title", "source", "author"):
        if len(fields[name] or "") > _LONGEST_NAME:
            return (
                f"Its {name} has {len(fields[name] or ''):,} characters, and {_LONGEST_NAME:,} is the most. Shorten it."
            )
    try:
        published_day(article.published_at)
    except ValueError:
        return f"Its date of publication {article.published_at!r} is not ISO 8601. Write it like 2021-08-13."
    if article.language is not None and not _LANGUAGE.fullmatch(article.language):
        return f"Its language {article.language[:40]!r} is no language tag. Write it like en or pt-BR."
    return None
