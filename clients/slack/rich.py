"""Rich text, in which nothing has a meaning of its own: runs -> paragraphs -> blocks within Slack's limits. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from slack_sdk.models.blocks import Block, RichTextBlock
from slack_sdk.models.blocks.block_elements import (
    RichTextElement,
    RichTextElementParts,
    RichTextListElement,
    RichTextQuoteElement,
    RichTextSectionElement,
)

from clients.slack.escaping import linkable
from clients.slack.splitting import MAX_SECTION, grouped, pieces, shortened, size
from clients.visible import clean

MAX_LINK_TEXT = 300

Kind = Literal["section", "quote", "bullet"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. url: where they link to; what can't be linked is shown as it would be without."""

    text: str
    url: str | None = None
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that stand together: a paragraph, a quote, or an item of a list."""

    kind: Kind
    runs: tuple[Run, ...]


def paragraph(*runs: Run | str) -> Paragraph:
    """A paragraph."""
    return Paragraph("section", _runs(runs))


def quote(*runs: Run | str) -> Paragraph:
    """A quote."""
    return Paragraph("quote", _runs(runs))


def bullet(*runs: Run | str) -> Paragraph:
    """An item of a list."""
    return Paragraph("bullet", _runs(runs))


def rich_text(paragraphs: Iterable[Paragraph]) -> list[tuple[Block, int]]:
    """The paragraphs as blocks of at most `MAX_SECTION` each, with the sizes of their text."""
    fitting = [part for whole in paragraphs for part in _fitted(whole)]
    groups = grouped([(part, _size(part)) for part in fitting], MAX_SECTION, len(fitting) or 1)
    return [(RichTextBlock(elements=list(_elements(group))), sum(map(_size, group))) for group in groups]


def _runs(runs: Iterable[Run | str]) -> tuple[Run, ...]:
    made = (Run(one) if isinstance(one, str) else one for one in runs)
    return tuple(replace(one, text=clean(one.text), url=linkable(one.url)) for one in made if one.text)


def _size(whole: Paragraph) -> int:
    return sum(size(run.text) for run in whole.runs)


def _fitted(whole: Paragraph) -> Iterator[Paragraph]:
    """The paragraph, in several where it is too long. A link stays whole; what it says is shortened."""
    parts = [
        (part, size(part.text))
        for run in whole.runs
        for part in (
            [replace(run, text=shortened(run.text, MAX_LINK_TEXT))]
            if run.url
            else [replace(run, text=text) for text in pieces(run.text, MAX_SECTION)]
        )
    ]
    for group in grouped(parts, MAX_SECTION, len(parts) or 1):
        yield Paragraph(whole.kind, tuple(group))


def _elements(group: Sequence[Paragraph]) -> Iterator[RichTextElement]:
    """Items of a list that follow each other are one list."""
    items: list[RichTextElement] = []
    for whole in group:
        parts = [_element(run) for run in whole.runs]
        if whole.kind == "bullet":
            items.append(RichTextSectionElement(elements=parts))
            continue
        if items:
            yield RichTextListElement(style="bullet", elements=items)
            items = []
        yield RichTextQuoteElement(elements=parts) if whole.kind == "quote" else RichTextSectionElement(elements=parts)
    if items:
        yield RichTextListElement(style="bullet", elements=items)


def _element(run: Run) -> RichTextElement:
    style = (
        RichTextElementParts.TextStyle(bold=run.bold or None, italic=run.italic or None)
        if run.bold or run.italic
        else None
    )
    if run.url:
        return RichTextElementParts.Link(url=run.url, text=run.text, style=style)
    return RichTextElementParts.Text(text=run.text, style=style)
