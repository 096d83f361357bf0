"""`qa ingest`: files, folders and web addresses into the library, with progress on a terminal and a summary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from clients.cli.session import INTERRUPTED, TERMINATED, terminable
from clients.cli.terminal import standard_error
from clients.client import Client
from clients.errors import ClientError
from clients.visible import line
from vectorstore.errors import DiskFullError
from vectorstore.fetching import Fetcher
from vectorstore.readers.places import Place, read_places
from vectorstore.records import IngestResult


@dataclass(slots=True)
class Ingested:
    """What became of each article, in order. others: how many files of other kinds the folders held.

    stopped: the exit status that a signal asks for which came before the end, else 0. failure: what ended it early.
    """

    results: list[IngestResult] = field(default_factory=list)
    others: int = 0
    stopped: int = 0
    failure: ClientError | DiskFullError | None = None


def ingest_places(
    client: Client, places: Iterable[Place], fetcher: Fetcher, columns: Mapping[str, str], *, show_progress: bool
) -> Ingested:
    """Read the places here and give the articles to the client, until the end, a signal to stop or a failure.

    Raises ClientError or DiskFullError where that comes before the first result.

    columns: our field -> the name that the dumps have for it. show_progress: a bar on stderr, where that is a terminal.
    It has no end: how many articles a dump holds is known when it is read.
    """
    console = standard_error()
    done = Ingested()
    shown = (
        SpinnerColumn(),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    visible = show_progress and console.is_terminal
    with Progress(*shown, console=console, transient=True, disable=not visible) as bar:
        task = bar.add_task("", total=None)

        def progress(result: IngestResult) -> None:
            done.results.append(result)
            bar.update(task, advance=1, description=_fitting(result.name))

        def other(_: Path) -> None:
            done.others += 1

        try:
            with terminable():
                client.ingest(read_places(places, fetcher, other, columns), progress)
        except KeyboardInterrupt:
            done.stopped = INTERRUPTED
        except SystemExit:
            done.stopped = TERMINATED
        except (ClientError, DiskFullError) as error:
            if not done.results:
                raise
            done.failure = error
    return done


def _fitting(name: str) -> str:
    """The end of a name, which tells most; without what rich would take for markup."""
    return line(name)[-40:].replace("[", "(")
