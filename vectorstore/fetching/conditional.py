"""Conditional requests: what was fetched before is asked for only if it has changed since (RFC 9110, section 13)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from vectorstore.errors import NotModifiedError
from vectorstore.fetching.fetcher import NONE, Fetched, Validators


class Getter(Protocol):
    """What fetches addresses."""

    def get(self, url: str, known: Validators = ...) -> Fetched:
        """What is at an address. Raises FetchError."""


@dataclass(frozen=True, slots=True)
class Version:
    """By what a page is known to be unchanged. digest: of its bytes, for sites that give no validators."""

    validators: Validators
    digest: str


class ConditionalFetcher:
    """Fetches what has changed since it was last seen.

    seen: by address, how it was. found: by address, how it is now, of what was fetched by this. unchanged: addresses
    that are as they were, in the order in which they were asked for.
    """

    def __init__(self, fetcher: Getter, seen: Mapping[str, Version]) -> None:
        self._fetcher = fetcher
        self._seen = seen
        self.found: dict[str, Version] = {}
        self.unchanged: list[str] = []

    def get(self, url: str, known: Validators = NONE) -> Fetched:
        """What is at an address. Raises NotModifiedError where it is as it was, else as `Fetcher.get` does.

        known: counts where the address was never seen.
        """
        before = self._seen.get(url)
        try:
            fetched = self._fetcher.get(url, known if before is None else before.validators)
        except NotModifiedError:
            self.unchanged.append(url)
            raise
        digest = hashlib.sha256(fetched.data).hexdigest()
        if before is not None and before.digest == digest:
            self.unchanged.append(url)
            raise NotModifiedError("it has not changed since it was last fetched")
        self.found[url] = Version(fetched.validators, digest)
        return fetched
