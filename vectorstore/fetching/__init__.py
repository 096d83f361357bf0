"""Pages from the web, fetched within limits, and from nowhere that a stranger's link has no business with."""

from vectorstore.fetching.fetcher import Fetched, Fetcher

__all__ = ["Fetched", "Fetcher"]
