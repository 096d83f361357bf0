"""What the library holds, as far as people in Slack are told: how much, of whom, and what is new."""

import asyncio
from dataclasses import dataclass

from clients.slack.service import Service
from vectorstore.records import ArticleSummary

_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Knowledge:
    """articles: how many there are. newest: the newest of those taken in last, newest first. sources: publishers."""

    articles: int
    newest: tuple[ArticleSummary, ...]
    sources: tuple[str, ...]


async def look_up(service: Service, newest: int) -> Knowledge:
    """What the library holds, with so many of the newest articles. Raises as the service does."""
    page, sources = await asyncio.gather(
        service.call(lambda client: client.articles(limit=_LOOKED_AT)), service.call(lambda client: client.sources())
    )
    by_day = sorted(page.items, key=lambda article: article.published_at or "", reverse=True)
    return Knowledge(page.total, tuple(by_day[:newest]), sources)
