"""Files, folders and web addresses -> articles, in the order in which they are named."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from vectorstore.errors import ReadError
from vectorstore.fetching import Fetcher
from vectorstore.readers.paths import read_paths
from vectorstore.readers.web import WebReader
from vectorstore.records import Source

Place = Path | str
"""A path, or a web address."""


def read_places(
    places: Iterable[Place], fetcher: Fetcher, on_other: Callable[[Path], None], columns: Mapping[str, str]
) -> Iterator[Source]:
    """The articles of each; what can't be read is a Source with a reason. on_other, columns: see `read_paths`."""
    web = WebReader(fetcher, columns)
    for is_address, some in groupby(places, lambda place: isinstance(place, str)):
        if is_address:
            for address in map(str, some):
                try:
                    yield from web.read(address)
                except ReadError as error:
                    yield Source(address, reason=str(error))
        else:
            yield from read_paths(map(Path, some), on_other, columns)
