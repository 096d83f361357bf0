"""The Home tab: what the bot knows, how to ask it, and who can read what. Pure."""

from typing import Any

from clients.slack.escaping import link_text, linkable
from clients.slack.knowledge import Knowledge
from clients.slack.rich import Paragraph, Run, bullet, paragraph, rich_text
from clients.slack.splitting import MAX_VIEW_BLOCKS, shortened
from clients.visible import line
from clients.wording import counted, joined

NEWEST = 5
_MAX_SOURCES = 2_000

HOW = (
    "Mention me in a channel, and I answer in a thread.",
    "Write to me directly, or open me as an assistant.",
    "/ask, with a question: the answer is for you alone, until you share it.",
    "In a thread that I have joined, just go on: “and when?” is understood.",
    "Edit a question within five minutes, and its answer changes with it.",
)
WHO = (
    "Everybody in this workspace who can write to me, or read a channel that I am in, can read all that the library "
    "holds. Questions are kept by the article service, with who asked them."
)


def home_view(known: Knowledge | None) -> dict[str, Any]:
    """The tab. known: None where the service can't be asked now."""
    items = [
        [paragraph(Run("Ask the articles", bold=True)), *map(bullet, HOW)],
        _known(known) if known else [paragraph("The article service can't be reached right now.")],
        [paragraph(Run("Who can read this", bold=True)), paragraph(WHO)],
    ]
    blocks = [block.to_dict() for item in items for block, _ in rich_text(item)]
    return {"type": "home", "blocks": blocks[:MAX_VIEW_BLOCKS]}


def _known(known: Knowledge) -> list[Paragraph]:
    told = [paragraph(Run("What I know", bold=True)), paragraph(f"{counted(known.articles, 'article')}.")]
    if known.newest:
        told.append(paragraph("The newest:"))
    for article in known.newest:
        title, url = line(article.title or "") or article.id, linkable(article.url)
        about = joined(article.source, article.published_at or "undated")
        told.append(bullet(Run(link_text(title, url) if url else title, url=url), f" ({about})"))
    if known.sources:
        told.append(paragraph(f"From: {shortened(', '.join(map(line, known.sources)), _MAX_SOURCES)}."))
    return told
