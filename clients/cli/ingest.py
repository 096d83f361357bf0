"""`qa ingest`: files, folders and web addresses into the library, with progress on a terminal and a summary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clients.cli.outcomes import Outcomes
from clients.cli.progress import shown
from clients.cli.session import TERMINATED, terminable
from clients.cli.start import INTERRUPTED
from clients.client import Client
from clients.errors import ClientError
from vectorstore.errors import DiskFullError
from vectorstore.fetching import Fetcher
from vectorstore.readers.places import Place, PlacesReader
from vectorstore.records import IngestResult


@dataclass(slots=True)
class Ingested:
    """What became of the articles. others: how many files of other kinds the folders held.

    stopped: the exit status that a signal asks for which came before the end, else 0. failure: what ended it early.
    """

    outcomes: Outcomes = field(default_factory=Outcomes)
    others: int = 0
    stopped: int = 0
    failure: ClientError | DiskFullError | None = None


def ingest_places(
    client: Client, places: Iterable[Place], fetcher: Fetcher, columns: Mapping[str, str], *, quiet: bool
) -> Ingested:
    """Read the places here and give the articles to the client, until the end, a signal to stop or a failure.

    Raises ClientError or DiskFullError where that comes before the first result.

    columns: our field -> the name that the dumps have for it. quiet: show no progress.
    """
    done = Ingested()

    def other(_: Path) -> None:
        done.others += 1

    with shown("article", quiet=quiet) as bar:
        reader = PlacesReader(places, fetcher, other, columns, measured=not quiet)

        def progress(result: IngestResult) -> None:
            done.outcomes.add(result)
            bar.update(done.outcomes.total, reader.share(), result.name)

        try:
            with terminable():
                client.ingest(reader.read(), progress)
        except KeyboardInterrupt:
            done.stopped = INTERRUPTED
        except SystemExit:
            done.stopped = TERMINATED
        except (ClientError, DiskFullError) as error:
            if not done.outcomes.total:
                raise
            done.failure = error
    return done
