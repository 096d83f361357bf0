"""`qa watch`: places whose articles are taken in as they come and change, until it is stopped."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rich.text import Text

from clients.cli.outcomes import Outcomes
from clients.cli.render import summary_lines
from clients.cli.session import ERROR, TERMINATED, open_client, print_lines, terminable
from clients.cli.start import INTERRUPTED
from clients.cli.terminal import complain, standard_output
from clients.errors import ClientError
from clients.visible import line
from clients.wording import counted
from qa.errors import QAError
from qa.settings import Settings
from vectorstore.errors import VectorstoreError
from vectorstore.fetching import Fetcher
from vectorstore.readers.following import Round
from vectorstore.readers.places import Place
from vectorstore.readers.seen import SeenFile
from vectorstore.records import IngestResult


@dataclass(slots=True)
class Watch:
    """Rounds over some places. columns: our field -> the name that the dumps have for it."""

    settings: Settings
    places: list[Place]
    columns: Mapping[str, str]
    _told: set[IngestResult] = field(default_factory=set)  # what failed in the last round

    def follow(self, every_s: float, sleep: Callable[[float], None] = time.sleep) -> int:
        """Go round and round until a signal ends it; returns the exit status for that. every_s: from start to start."""
        print_lines([Text(f"Watching {counted(len(self.places), 'place')} every {words_of(every_s)}. Ctrl-C ends it.")])
        standard_output().file.flush()
        try:
            with terminable():
                while True:
                    began = time.monotonic()
                    self._try_round(every_s)
                    sleep(max(0.0, began + every_s - time.monotonic()))
        except KeyboardInterrupt:
            return INTERRUPTED
        except SystemExit:
            return TERMINATED

    def once(self) -> int:
        """Go one round; returns the exit status."""
        print_lines(summary_lines(self.round()))
        return ERROR if self._told else 0

    def round(self) -> Outcomes:
        """Take in what is new or has changed; what failed in the last round too is left out of the outcomes.

        Raises QAError, VectorstoreError or ClientError.

        Where something ends it early, all of it is read again the next time, and what is in is known then.
        """
        kept = SeenFile(self.settings.data_dir, self.settings.server or "")
        fetcher = Fetcher(allow_private=self.settings.allow_private_fetch)
        going = Round(self.places, kept.load(), fetcher, self.columns)
        outcomes = Outcomes()
        with open_client(making=True) as client:
            client.ingest(going.read(), outcomes.add)
        for path in going.gone():
            complain(f"{line(path)} is gone. Its articles stay until `qa delete` takes them away.")
        seen = kept.load()
        going.settle({result.name for result in outcomes.failures}, seen)
        kept.save(seen)
        fresh = [failure for failure in outcomes.failures if failure not in self._told]
        self._told = set(outcomes.failures)
        outcomes.counts["failed"], outcomes.failures = len(fresh), fresh
        return outcomes

    def _try_round(self, every_s: float) -> None:
        try:
            outcomes = self.round()
        except (QAError, VectorstoreError, ClientError) as error:
            complain(f"{error} The next round, in {words_of(every_s)}, tries again.")
            return
        if outcomes.total > outcomes.counts["unchanged"]:
            first, *others = summary_lines(outcomes)
            print_lines([Text(f"{datetime.now():%H:%M:%S} ").append_text(first), *others])
            standard_output().file.flush()


def words_of(seconds: float) -> str:
    """A time in words: "5 min", "90 s"."""
    for unit, name in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= unit and seconds % unit == 0:
            return f"{seconds / unit:g} {name}"
    return f"{seconds:g} s"
