"""`qa ingest`: files and folders into the library, with progress on a terminal and a summary."""

from collections.abc import Iterable
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from clients.client import Client
from clients.terminal import line, standard_error
from vectorstore.readers import read_paths
from vectorstore.records import IngestResult


def ingest_paths(client: Client, paths: Iterable[Path], *, show_progress: bool) -> list[IngestResult]:
    """Read the paths here and give the articles to the client; what became of each, in order.

    show_progress: a bar on stderr, where that is a terminal. It has no end: how many articles a dump holds is known
    when it is read.
    """
    console = standard_error()
    results: list[IngestResult] = []
    columns = (
        SpinnerColumn(),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    visible = show_progress and console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not visible) as bar:
        task = bar.add_task("", total=None)

        def progress(result: IngestResult) -> None:
            results.append(result)
            bar.update(task, advance=1, description=_fitting(result.name))

        client.ingest(read_paths(paths), progress)
    return results


def _fitting(name: str) -> str:
    """The end of a name, which tells most; without what rich would take for markup."""
    return line(name)[-40:].replace("[", "(")
