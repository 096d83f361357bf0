"""The commands that look after a data folder: doctor, backup, restore. Each returns its exit status."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import TypeAdapter
from rich.text import Text

from clients.cli import arguments
from clients.cli.arguments import Json
from clients.cli.session import ERROR, open_client, print_lines, terminable
from clients.cli.terminal import write_json
from clients.connect import refuse_none, server_of
from clients.errors import ClientError
from clients.visible import line
from clients.wording import counted
from qa.settings import load_settings
from vectorstore.diagnosis import Check, Diagnosis
from vectorstore.errors import FolderError, FolderLockedError, StorageError
from vectorstore.layout import LIBRARY
from vectorstore.lock import FolderLock

if TYPE_CHECKING:
    from vectorstore.backup import Backup


def doctor(
    repair: Annotated[
        bool, typer.Option("--repair", help="Make anew what is broken, from the library, and remove what is left over.")
    ] = False,
    as_json: Json = False,
) -> int:
    """Check everything: the library, every passage in both indexes, the disk. Exit status 1 where something fails."""
    try:
        with open_client(reindexing=True) as client:
            diagnosis = client.examine(repair=repair)
    except FolderLockedError:
        raise
    except (FolderError, StorageError) as error:  # the folder does not even open: that is what is wrong with it
        diagnosis = Diagnosis.of([Check("data folder", False, str(error))])
    if as_json:
        write_json(TypeAdapter(Diagnosis).dump_json(diagnosis, indent=2))
    else:
        print_lines(diagnosis_lines(diagnosis))
    return 0 if diagnosis.ok else ERROR


def backup(
    folder: Annotated[
        Path, typer.Argument(parser=arguments.path, metavar="DIR", help="A folder that is new or empty.")
    ],
) -> int:
    """Back the library up: articles, conversations, feedback. Through a running server it goes on answering."""
    from vectorstore.backup import back_up, copy_library  # sqlite3 and hashlib: no other command needs them

    settings = load_settings()

    def copy_here(target: Path) -> None:
        refuse_none(settings)
        lock = FolderLock.acquire(settings.data_dir)
        try:
            copy_library(settings.data_dir / LIBRARY, target)
        finally:
            lock.release()

    with terminable():
        if (through := server_of(settings)) is None:
            made = back_up(folder, copy_here)
        else:
            with through:
                made = back_up(folder, through.download_backup)
    print_lines([Text(f"Backed up {_holding(made)} to {line(str(folder))}.")])
    return 0


def restore(
    folder: Annotated[Path, typer.Argument(parser=arguments.path, metavar="DIR", help="As `qa backup` made it.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a library that holds something.")] = False,
) -> int:
    """Put a backup in the place of the library. The server must be stopped; the next command makes the indexes anew."""
    settings = load_settings()
    if settings.server is not None:
        raise ClientError(
            "A restore replaces the data folder itself: stop the server, then restore on its machine without QA_SERVER."
        )
    from vectorstore.restoring import restore as put_back  # a tenth of a second of imports (SQLAlchemy)

    try:
        with terminable():
            made = put_back(folder, settings.data_dir, force=force)
    except FolderLockedError as error:
        where = f"the server at {error.url}" if error.url else "another process"
        raise FolderLockedError(f"The data folder is in use by {where}. Stop it, then restore.", error.url) from None
    print_lines([Text(f"Restored {_holding(made)}, as of {made.made_at}.")])
    return 0


def _holding(made: "Backup") -> str:
    return f"{counted(made.articles, 'article')} ({counted(made.passages, 'passage')}, {made.size / 1e6:,.1f} MB)"


def diagnosis_lines(diagnosis: Diagnosis) -> Iterator[Text]:
    """A line for each repair and each check, what to do below those that failed, and the verdict."""
    for repaired in diagnosis.repairs:
        yield Text(line(repaired))
    width = max(len(check.name) for check in diagnosis.checks)
    for check in diagnosis.checks:
        mark = ("ok   ", "green") if check.ok else ("wrong", "bold red")
        yield Text.assemble(mark, f"  {check.name:<{width}}  {line(check.found)}")
        if check.advice is not None:
            yield Text(f"{'':<{width + 9}}{line(check.advice)}")
    wrong = sum(not check.ok for check in diagnosis.checks)
    yield Text("All is well." if diagnosis.ok else f"{wrong} of {len(diagnosis.checks)} checks failed.")
