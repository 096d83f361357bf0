"""Files, folders and web addresses -> articles, in the order in which they are named."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from vectorstore.errors import ReadError
from vectorstore.fetching import Fetcher
from vectorstore.readers.meter import Meter
from vectorstore.readers.paths import files_read, read_paths
from vectorstore.readers.web import WebReader
from vectorstore.records import Source

Place = Path | str
"""A path, or a web address."""


class PlacesReader:
    """Reads places once. on_other, columns: see `read_paths`. measured: whether `share` is to be asked."""

    def __init__(
        self,
        places: Iterable[Place],
        fetcher: Fetcher,
        on_other: Callable[[Path], None],
        columns: Mapping[str, str],
        *,
        measured: bool = False,
    ) -> None:
        self._places = list(places)
        self._on_other = on_other
        self._columns = columns
        self._web = WebReader(fetcher, columns)
        paths = [place for place in self._places if isinstance(place, Path)]
        self._meter = Meter(_bytes(paths)) if measured and len(paths) == len(self._places) else None

    def read(self) -> Iterator[Source]:
        """The articles of each place; what can't be read is a Source with a reason."""
        for is_address, some in groupby(self._places, lambda place: isinstance(place, str)):
            if is_address:
                for address in map(str, some):
                    try:
                        yield from self._web.read(address)
                    except ReadError as error:
                        yield Source(address, reason=str(error))
            else:
                yield from read_paths(map(Path, some), self._on_other, self._columns, self._meter)

    def share(self) -> float | None:
        """How much of the places has been read, 0 to 1: of files by their bytes, of one feed or sitemap by its pages.

        None where that can't be told: of several addresses nobody knows how many pages the last of them lists.
        """
        if self._meter is not None:
            return self._meter.share()
        return self._web.share() if len(self._places) == 1 else None


def _bytes(paths: Iterable[Path]) -> int:
    """How much there is to read, as far as it can be seen."""
    total = 0
    for path in files_read(paths):
        with suppress(OSError):
            total += path.stat().st_size
    return total
