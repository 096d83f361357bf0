"""An Answer as chat programs show one: Markdown with its sources below, and where in it each citation stands. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.language.markdown import escaped, linked, literal, unescaped, web_address
from qa.reasons import REASONS
from qa.records import Answer, Citation

DEGRADED = "*The model failed; these are the articles' own words.*"
SOURCES = "**Sources**"
PARAGRAPH = "\n\n"

_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Annotation:
    """Where a marker stands: `text[start_index:end_index]` is "[1]". Code points from 0, end-exclusive.

    url: the article's own, where a browser opens it; else where this server gives the article.
    """

    start_index: int
    end_index: int
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message's text in Markdown and its annotations, in the order of the text."""

    text: str
    annotations: tuple[Annotation, ...] = ()


def rendered(answer: Answer, base_url: str) -> Rendered:
    """An answer with its sources, or why there is none. base_url: of this server, ending with a slash.

    The first paragraph is the answer's text, in which only what would mean something to Markdown is escaped.
    """
    cited = {citation.marker: citation for citation in answer.citations}
    text, annotations = _marked(answer.text.strip(), cited, base_url)
    paragraphs = [text, *(f"*{escaped(told)}*" for told in answer.limits_told), *_refusal(answer)]
    if answer.degraded and cited:
        paragraphs.append(DEGRADED)
    if cited:
        quoted = answer.mode == "generated"  # else the text is the quotes
        paragraphs += [SOURCES, "\n".join(_source(citation, quoted=quoted) for citation in answer.citations)]
    return Rendered(PARAGRAPH.join(part for part in paragraphs if part), annotations)


def told_in(text: str) -> str:
    """Of a message that was `rendered`: the answer's text without markers; empty where it is no answer with sources."""
    said = " ".join(unescaped(text.split(PARAGRAPH, 1)[0]).split())
    return re.sub(rf" ?{_MARKER.pattern}", "", said).strip() if _MARKER.search(said) else ""


def _marked(text: str, cited: dict[int, Citation], base_url: str) -> tuple[str, tuple[Annotation, ...]]:
    """The text with all escaped but the markers, and an annotation for each of them."""
    parts, annotations, length, end = [], [], 0, 0
    for match in _MARKER.finditer(text):
        citation = cited.get(int(match[1]))
        if citation is None:
            continue
        before = literal(text[end : match.start()])
        start, end = length + len(before), match.end()
        length = start + len(match[0])
        parts += [before, match[0]]
        url = web_address(citation.url) or f"{base_url}articles/{citation.article_id}?revision={citation.revision}"
        annotations.append(Annotation(start, length, url, citation.title or citation.article_id))
    parts.append(literal(text[end:]))
    return "".join(parts), tuple(annotations)


def _refusal(answer: Answer) -> Iterator[str]:
    if answer.status == "answered":
        return
    if answer.suggestions:
        yield "\n".join(f"- {escaped(suggestion)}" for suggestion in answer.suggestions)
    if answer.reason == "unclear":
        return
    searched = answer.searched
    if searched.articles == 0:
        limited = answer.given_filters or answer.understood_filters
        why = "no article passes" if limited else "the library is empty"
        yield f"No article was searched: {why}."
        return
    if answer.reason in REASONS and not answer.other_languages:
        yield REASONS[answer.reason]
    yield f"Searched: {_counted(searched.passages, 'passage')} of {_counted(searched.articles, 'article')}."


def _source(citation: Citation, *, quoted: bool) -> str:
    about = [linked(citation.title or citation.article_id, citation.url)]
    about += [escaped(part) for part in (citation.source, citation.published_at or "undated") if part]
    quote = f": “{escaped(citation.quote)}”" if quoted else ""
    return f"- [{citation.marker}] {', '.join(about)}{quote}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
