"""Articles that wait for their job's turn: in a temporary file, since eight requests of 64 MiB fill memory."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from vectorstore.records import Article, Source
from vectorstore.scratch import scratch_errors, scratch_file


class Spool:
    """Sources in a file without a name. Close it."""

    def __init__(self, sources: Iterable[Source]) -> None:
        """Write them. Raises StorageError."""
        self._file = scratch_file()
        try:
            with scratch_errors():
                for source in sources:
                    self._file.write(json.dumps(asdict(source)).encode() + b"\n")
                self._file.flush()
        except BaseException:
            self._file.close()
            raise

    def __iter__(self) -> Iterator[Source]:
        """The sources, in their order."""
        self._file.seek(0)
        for line in self._file:
            fields = json.loads(line)
            article = fields["article"]
            yield Source(fields["name"], article and Article(**article), fields["reason"])

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
