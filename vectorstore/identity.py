"""What an article is called, when two are the same, and which can't be taken in. Pure."""

import hashlib
import json
import re
import unicodedata
from datetime import datetime

from vectorstore.records import Article

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 40
_HASH_LENGTH = 8


def article_id(key: str, hash_length: int = _HASH_LENGTH) -> str:
    """A readable name that depends on the key alone and is safe in a URL: "kabul-airlift-1f0a9c3d".

    hash_length: hex digits of the key's SHA-256 at the end (1 to 64); more of them where two names meet.
    """
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{_slug(key)}-{digest[:hash_length]}"


def _slug(key: str) -> str:
    """The last telling part of a path or URL (not "index.html"), in ASCII letters and digits, at most 40 of them."""
    path = key.removeprefix("id:").split("#")[0].split("?")[0]
    stems = [part.rsplit(".", 1)[0] or part for part in path.split("/") if part]
    telling = [stem for stem in stems if stem.casefold() != "index"] or stems
    ascii_text = unicodedata.normalize("NFKD", telling[-1] if telling else "").encode("ascii", "ignore").decode()
    return _UNSAFE.sub("-", ascii_text.lower()).strip("-")[:_SLUG_LENGTH].strip("-") or "article"


def content_hash(article: Article) -> str:
    """SHA-256 of everything a reader can see of an article: the same again is no new revision."""
    seen = [article.text, article.title, article.url, article.source, article.published_at]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def published_day(published_at: str | None) -> int | None:
    """An ISO 8601 date, or date and time, as a day that can be compared: "2021-08-13T09:00Z" -> 20210813.

    The day is the one that is written, in the zone it is written in. Raises ValueError for anything else.
    """
    if published_at is None:
        return None
    day = datetime.fromisoformat(published_at)
    return day.year * 10_000 + day.month * 100 + day.day


def refusal(article: Article) -> str | None:
    """Why an article can't be taken in and what to do about it; None where it can."""
    fields = {
        "key": article.key,
        "text": article.text,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "published_at": article.published_at,
    }
    for name, value in fields.items():
        if value is not None and "\0" in value:
            return f"Its {name} holds a NUL character: it is binary or damaged. Save it as plain text."
        if value is not None and _SURROGATE.search(value):
            return f"Its {name} holds half of a character (a lone surrogate). Save it as UTF-8."
    if not article.key.strip():
        return "It has no key to know it by. Give it an id, a URL or a file name."
    if not article.text.strip():
        return "It holds no text."
    try:
        published_day(article.published_at)
    except ValueError:
        return f"Its date of publication {article.published_at!r} is not ISO 8601. Write it like 2021-08-13."
    return None
