"""An Answer as Slack shows it: what is said, each source with its words, or why there is none. Pure.

All words of articles, answers and people stand in rich text, which Slack shows as they are (see `escaping`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from clients.slack.buttons import Offered, answer_buttons
from clients.slack.escaping import link_text, linkable, mrkdwn
from clients.slack.rich import Paragraph, Run, bullet, paragraph, quote, rich_text
from clients.slack.splitting import MAX_BLOCKS, MAX_MARKDOWN, MAX_VIEW_BLOCKS, grouped, shortened
from clients.visible import line
from clients.wording import counted, figure_words, figures_title, joined
from qa.reasons import REASONS
from qa.records import Answer, Citation, Excerpt, Figure

MAX_FALLBACK = 3_000
"""Of the `text` beside blocks: enough to be read out."""

_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent at once. text: in mrkdwn, for notifications and screen readers. blocks: as JSON has them."""

    text: str
    blocks: tuple[dict[str, Any], ...] = ()


def said(words: str) -> Message:
    """A line of the bot's own."""
    return Message(mrkdwn(words), _as_json(block for block, _ in rich_text([paragraph(words)])))


def provisional(words: str) -> Message:
    """What a model has written so far: not checked, and shown as such."""
    shown = rich_text([paragraph(Run("Not checked yet:", italic=True)), paragraph(words)])
    return Message("An answer is being written, and is not checked yet.", _as_json(block for block, _ in shown))


def answer_messages(answer: Answer, offered: Offered) -> list[Message]:
    """An answer, in as many messages as Slack's limits ask for: one, but for very long ones."""
    paragraphs = list(_refusal(answer) if answer.status == "no_answer" else _answered(answer))
    blocks = [one for item in paragraphs for one in rich_text(item)]
    blocks += [(block, 0) for block in answer_buttons(answer, offered)]
    pages = grouped(blocks, MAX_MARKDOWN, MAX_BLOCKS)
    texts = [fallback(answer)] + ["The answer goes on."] * (len(pages) - 1)
    return [Message(text, _as_json(page)) for text, page in zip(texts, pages, strict=True)]


def source_blocks(answer: Answer) -> list[dict[str, Any]]:
    """Each source of an answer with its place, and who else reports the same: what "Show sources" shows."""
    items = [list(_source(citation, places=True)) for citation in answer.citations]
    blocks = [block for item in items for block, _ in rich_text(item)]
    return list(_as_json(blocks[:MAX_VIEW_BLOCKS]))


def fallback(answer: Answer) -> str:
    """An answer in words alone, in mrkdwn."""
    if answer.status == "no_answer":
        told = answer.text if answer.reason == "unclear" else f"{_refused(answer)} {_why(answer)}"
        lines = [told, *answer.limits_told, *answer.suggestions]
    else:
        sources = (f"[{one.marker}] {_title(one)} ({_about(one)})" for one in answer.citations)
        lines = [answer.text, *answer.limits_told, *sources]
    return mrkdwn(shortened("\n".join(lines), MAX_FALLBACK))


def _answered(answer: Answer) -> Iterator[list[Paragraph]]:
    yield [paragraph(*_sentences(answer))]
    yield from ([one] for one in _limits(answer))
    if answer.degraded:
        yield [paragraph(Run("The model failed; these are the articles' own words.", italic=True))]
    if title := figures_title(answer):
        yield [paragraph(Run(title, bold=True)), *(bullet(*_figure(figure)) for figure in answer.figures)]
    for citation in answer.citations:
        yield list(_source(citation))
    if answer.agreement == "agree":
        yield [paragraph(Run(f"{answer.independent_sources} independent sources agree.", italic=True))]


def _limits(answer: Answer) -> Iterator[Paragraph]:
    return (paragraph(Run(told, italic=True)) for told in answer.limits_told)


def _sentences(answer: Answer) -> Iterator[Run]:
    """The text, its markers linked to what they cite."""
    urls = {str(one.marker): one.url for one in answer.citations}
    at = 0
    for met in _MARKER.finditer(answer.text):
        if met[1] in urls:
            yield Run(answer.text[at : met.start()])
            yield Run(met[0], url=urls[met[1]])
            at = met.end()
    yield Run(answer.text[at:])


def _figure(figure: Figure) -> Iterator[Run]:
    markers = "".join(f"[{marker}]" for marker in figure.markers)
    yield Run(figure_words(figure), bold=True)
    yield Run(f" ({joined(figure.source, figure.as_of or 'undated')}) {markers}")


def _source(citation: Citation, *, places: bool = False) -> Iterator[Paragraph]:
    marker = Run(f"[{citation.marker}] ")
    if citation.gone:
        yield paragraph(marker, "The article was deleted.")
        return
    partly = " Supports this in part." if citation.support == "partial" else ""
    yield paragraph(marker, _linked(citation), f" ({_about(citation)}){partly}")
    yield quote(citation.quote)
    if places:
        place = f"Characters {citation.start:,} to {citation.end:,} of its text, revision {citation.revision}."
        yield paragraph(Run(place, italic=True))
        for other in citation.also_in:
            yield from _excerpt("Also in ", other)


def _excerpt(label: str, excerpt: Excerpt) -> Iterator[Paragraph]:
    yield paragraph(label, _linked(excerpt), f" ({_about(excerpt)})")
    yield quote(excerpt.quote)


def _linked(source: Citation | Excerpt) -> Run:
    title, url = _title(source), linkable(source.url)
    return Run(link_text(title, url) if url else title, url=url, bold=True)


def _title(source: Citation | Excerpt) -> str:
    return line(source.title or "") or source.article_id


def _about(source: Citation | Excerpt) -> str:
    return joined(source.source, source.published_at or "undated")


def _refusal(answer: Answer) -> Iterator[list[Paragraph]]:
    if answer.reason == "unclear":
        yield [paragraph(Run(answer.text, bold=True)), *_limits(answer)]
        return
    yield [paragraph(Run(_refused(answer), bold=True)), *_limits(answer), paragraph(_why(answer))]
    if answer.nearest:
        yield [paragraph("The nearest passages:")]
    for excerpt in answer.nearest:
        yield list(_excerpt("In ", excerpt))


def _refused(answer: Answer) -> str:
    return answer.text or "The articles don't say."


def _why(answer: Answer) -> str:
    if answer.searched.articles == 0:
        limited = answer.given_filters or answer.understood_filters
        return "No article passes." if limited else "The library holds no articles yet."
    searched = f"{counted(answer.searched.passages, 'passage')} of {counted(answer.searched.articles, 'article')}"
    reason = "" if answer.other_languages else f"{REASONS.get(answer.reason or '', 'No reason was given.')} "
    return f"{reason}Searched: {searched}."


def _as_json(blocks: Iterable[Block]) -> tuple[dict[str, Any], ...]:
    """Raises SlackObjectFormationError where a block breaks a limit that slack-sdk knows."""
    return tuple(block.to_dict() for block in blocks)
