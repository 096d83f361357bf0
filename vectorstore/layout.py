"""What a data folder holds, by name. Imports nothing heavy: those who read articles must know it, too."""

import re
from collections.abc import Iterable
from pathlib import Path

LIBRARY = "library.db"
LOCK = "lock"
NOTE = "owner.json"
NEW_NOTE = ".owner-"  # how the name of a note begins that is not yet in place
WATCHED = "watched.json"
NEW_WATCHED = ".watched-"
CHROMA, TANTIVY = "chroma", "tantivy"

_INDEX = re.compile(rf"(?:{CHROMA}|{TANTIVY})(?:-\d+)?")
_FILES = "|".join([LOCK, *map(re.escape, (NOTE, WATCHED)), *(f"{re.escape(new)}.*" for new in (NEW_NOTE, NEW_WATCHED))])
_OWN = re.compile(rf"{re.escape(LIBRARY)}(?:-\w+)?|{_FILES}|{_INDEX.pattern}")


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
