"""The commands that look after a data folder: doctor. Each returns its exit status."""

from collections.abc import Iterator
from typing import Annotated

import typer
from pydantic import TypeAdapter
from rich.text import Text

from clients.cli.arguments import Json
from clients.cli.session import ERROR, open_client, print_lines
from clients.cli.terminal import write_json
from clients.visible import line
from vectorstore.diagnosis import Check, Diagnosis
from vectorstore.errors import FolderError, FolderLockedError, StorageError


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
