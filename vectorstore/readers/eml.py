"""E-mails (.eml): newsletters and press releases, one article each."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr

from vectorstore.errors import ReadError
from vectorstore.readers.decode import decode
from vectorstore.readers.document import Document, read_bytes
from vectorstore.readers.fields import make_article
from vectorstore.records import Source

_SOFT_BREAK = re.compile(r"(?<=\S) \r?\n(?!>)")
_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)


def read(document: Document) -> Iterator[Source]:
    """The message's article: its plain text where it has one, else its page. Attachments are left alone.

    The title is the subject, the source who sent it, the date with its zone when. ReadError; OSError.
    """
    message = BytesParser(policy=policy.default).parsebytes(read_bytes(document))
    yield Source(document.name, make_article(_text(message, document), _fields(message), fallback_key=document.key))


def _fields(message: EmailMessage) -> dict[str, str]:
    name, address = parseaddr(str(message.get("From", "")))
    fields = {
        "id": str(message.get("Message-ID", "")).strip().strip("<>"),
        "title": str(message.get("Subject", "")).strip(),
        "source": name or address.rpartition("@")[2],
        "published": str(message.get("Date", "")).strip(),
        "language": str(message.get("Content-Language", "")).strip(),
    }
    return {field: value for field, value in fields.items() if value}


def _text(message: EmailMessage, document: Document) -> str:
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    text = _plain(plain) if plain is not None else ""
    if text or page is None:
        if not text:
            raise ReadError("there is no text in it, only attachments; save those and name them")
        return text
    from vectorstore.readers.html import page_article, page_text  # most e-mails have plain text

    markup = page_text(_data(page), page.get_content_charset())
    return page_article(markup, None, document.key, datetime.now(UTC)).text


def _data(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _plain(part: MIMEPart) -> str:
    data = _data(part)
    try:
        text = data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = decode(data)
    if part.get_param("format") == "flowed":
        text = _SOFT_BREAK.sub(" ", text)
    return _SIGNATURE.sub("", text).strip()
