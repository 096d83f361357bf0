"""Markdown (.md, .markdown): one article a file, its fields in YAML front matter."""

import re
from collections.abc import Iterator, Mapping

from frontmatter.default_handlers import YAMLHandler
from yaml import MarkedYAMLError, SafeLoader, YAMLError

from vectorstore.errors import ReadError
from vectorstore.readers.decode import decode
from vectorstore.readers.document import Document, read_bytes
from vectorstore.readers.fields import make_article
from vectorstore.records import Source

# python-frontmatter's own split trims the text, and with it every offset; so it only gets the YAML.
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<words>[^\s#].*)", re.MULTILINE)


def read(document: Document) -> Iterator[Source]:
    """The file's article: its text is all that follows the front matter, exactly. ReadError."""
    fields, text = split_front_matter(decode(read_bytes(document)))
    heading = _HEADING.search(text)
    title = heading["words"].rstrip().rstrip("#").rstrip() if heading else None
    yield Source(document.name, make_article(text, fields or {}, fallback_key=document.key, title=title))


def has_front_matter(document: Document) -> bool:
    """Whether a file opens with fields, as articles do and a folder's README doesn't. ReadError, OSError."""
    return split_front_matter(decode(read_bytes(document)))[0] is not None


def split_front_matter(text: str) -> tuple[Mapping[str, object] | None, str]:
    """The fields in front of a text, None where there are none, and the text after them. ReadError on bad YAML."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return None, text
    try:
        # Not libyaml's faster loader, which crashes the process on deep nesting.
        fields = YAMLHandler().load(found["yaml"], Loader=SafeLoader)
    except MarkedYAMLError as error:
        line = f" at line {error.problem_mark.line + 2}" if error.problem_mark else ""
        raise ReadError(_bad_yaml(f"{line} ({error.problem})")) from error
    except (YAMLError, ValueError, OverflowError, RecursionError) as error:  # a date such as 2021-13-01 is a ValueError
        raise ReadError(_bad_yaml(f" ({error})")) from error
    if fields is None:
        return {}, text[found.end() :]
    # Words between two rules are part of the text.
    return (fields, text[found.end() :]) if isinstance(fields, dict) else (None, text)


def _bad_yaml(where: str) -> str:
    return f'its front matter is not valid YAML{where}; put values that hold a colon in quotes, as in title: "One: two"'
