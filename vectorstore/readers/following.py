"""A round of a watch: what is new or has changed at some places since the last one, and what is gone."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from vectorstore.errors import NotModifiedError, ReadError
from vectorstore.fetching.conditional import ConditionalFetcher, Getter
from vectorstore.readers.paths import read_paths
from vectorstore.readers.places import Place
from vectorstore.readers.seen import Seen, Stamp
from vectorstore.readers.web import WebReader
from vectorstore.records import Source


class Round:
    """Reads places once, as far as they have changed. `settle` says what is seen with it.

    seen: in the rounds before. columns: see `Document`.
    """

    def __init__(self, places: Iterable[Place], seen: Seen, fetcher: Getter, columns: Mapping[str, str]) -> None:
        self._places = list(places)
        self._seen = seen
        self._fetcher = ConditionalFetcher(fetcher, seen.pages)
        self._columns = columns
        self._stamps: dict[str, Stamp] = {}
        self._owners: dict[str, str] = {}  # the name of a source -> the file or page that it is of
        self._listings: dict[str, set[str]] = {}  # a place -> the pages that were fetched for it
        self._unfinished: set[str] = set()  # places that list more pages than a round takes

    def read(self) -> Iterator[Source]:
        """The articles of what is new or has changed; what can't be read is a Source with a reason."""
        yield from self._files([place for place in self._places if isinstance(place, Path)])
        for address in (place for place in self._places if isinstance(place, str)):
            yield from self._address(address)

    def gone(self) -> list[str]:
        """The files below these places that were seen before and are not there any more, by path."""
        above = [place.resolve() for place in self._places if isinstance(place, Path)]
        known = (Path(path) for path in self._seen.files)
        below = [path for path in known if any(path == place or place in path.parents for place in above)]
        return sorted(str(path) for path in below if not path.exists())

    def settle(self, failed: Collection[str], seen: Seen) -> None:
        """Take for seen what was read, but for what the sources of these names are of: that is read again next time.

        seen: gets it; loaded just before, since another watch of other places may have kept something meanwhile.
        A page that lists others is seen only once none of them has failed or was left, or they would not be asked for
        again. The pages that were not asked for the longest stand first.
        """
        again = {self._owners[name] for name in failed if name in self._owners} | self._unfinished
        for path in self.gone():
            seen.files.pop(path, None)
        seen.files |= {path: stamp for path, stamp in self._stamps.items() if path not in again}
        owning = set(self._owners.values())
        for pages in self._listings.values():
            whole = not pages & again
            for page in pages - again:
                if page in self._fetcher.found and (whole or page in owning):
                    seen.pages.pop(page, None)
                    seen.pages[page] = self._fetcher.found[page]
        for page in self._fetcher.unchanged:
            if page in seen.pages:
                seen.pages[page] = seen.pages.pop(page)

    def _files(self, paths: list[Path]) -> Iterator[Source]:
        current = ""

        def changed(path: Path) -> bool:
            nonlocal current
            current = str(path)
            with suppress(OSError):
                status = path.stat()
                stamp = (status.st_mtime_ns, status.st_size)
                if self._seen.files.get(current) == stamp:
                    return False
                self._stamps[current] = stamp
            return True

        for source in read_paths(paths, columns=self._columns, wanted=changed):
            self._owners[source.name] = current
            yield source

    def _address(self, address: str) -> Iterator[Source]:
        before = set(self._fetcher.found)
        turns = {page: turn for turn, page in enumerate(self._seen.pages)}
        reader = WebReader(self._fetcher, self._columns, turn=lambda page: turns.get(page, -1))
        try:
            for source in reader.read(address):
                self._owners[source.name] = next(reversed(self._fetcher.found), address) if source.article else address
                yield source
            if reader.left:
                self._unfinished.add(address)
        except NotModifiedError:
            return
        except ReadError as error:
            self._owners[address] = address
            yield Source(address, reason=str(error))
        finally:
            self._listings[address] = {address, *(set(self._fetcher.found) - before)}
