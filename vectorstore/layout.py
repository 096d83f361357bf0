"""What a data folder holds, by name. Imports nothing heavy: those who read articles must know it, too."""

import re
from collections.abc import Iterable
from pathlib import Path

from vectorstore.errors import FolderError

LIBRARY = "library.db"
LOCK = "lock"
NOTE = "owner.json"
NEW_NOTE = ".owner-"  # how the name of a note begins that is not yet in place
CHROMA, TANTIVY = "chroma", "tantivy"

_INDEX = re.compile(rf"(?:{CHROMA}|{TANTIVY})(?:-\d+)?")
_OWN = re.compile(rf"{re.escape(LIBRARY)}(?:-\w+)?|{LOCK}|{re.escape(NOTE)}|{re.escape(NEW_NOTE)}.*|{_INDEX.pattern}")


def index_folders(data_dir: Path) -> list[Path]:
    """The folders of indexes in a data folder, whether they count or not, by name."""
    return sorted(path for path in data_dir.glob("*") if _INDEX.fullmatch(path.name) and path.is_dir())


def is_own(name: str) -> bool:
    """Whether a file or folder of this name, in a data folder, is the data folder's own and nobody's article."""
    return _OWN.fullmatch(name) is not None


def owns(data_dir: Path, path: Path) -> bool:
    """Whether a data folder keeps a file, or would, at a path."""
    folder, place = data_dir.resolve(), path.resolve()
    return folder in place.parents and is_own(place.relative_to(folder).parts[0])


def is_data_folder(names: Iterable[str]) -> bool:
    """Whether a folder with entries of these names is a data folder, by its looks."""
    return {LIBRARY, LOCK} <= set(names)


def refuse_lost(library: Path) -> None:
    """Raise FolderError where the library is gone and its indexes are not: an empty one would take its place silently.

    A library has its tables, and so a size, before its indexes are made.
    """
    if library.exists() and library.stat().st_size:
        return
    if left := [folder.name for folder in index_folders(library.parent) if any(folder.iterdir())]:
        raise FolderError(
            f"{library} is {'empty' if library.exists() else 'missing'}, while the indexes made from it "
            f"({' and '.join(left)}) are there. Put back a copy of it, or remove {library.parent} to begin anew."
        )
