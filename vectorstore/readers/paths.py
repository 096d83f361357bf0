"""Files and folders -> articles, each file by the reader for its kind; a bad one never stops the rest."""

import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import ReadError
from vectorstore.layout import is_data_folder, is_own
from vectorstore.readers import kinds, markdown
from vectorstore.readers.document import Document
from vectorstore.readers.dump import NotArticlesError
from vectorstore.readers.files import file_name, of_path
from vectorstore.readers.meter import Meter
from vectorstore.readers.reading import read_document
from vectorstore.readers.sniff import by_content
from vectorstore.records import Source


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read. in_folder: whether it may be passed over, since nobody named it."""

    path: Path
    in_folder: bool


def _ignore(_: Path) -> None:
    """For callers that don't ask what was passed over."""


def read_paths(
    paths: Iterable[Path],
    on_other: Callable[[Path], None] = _ignore,
    columns: Mapping[str, str] | None = None,
    meter: Meter | None = None,
    wanted: Callable[[Path], bool] | None = None,
) -> Iterator[Source]:
    """Read articles from files and folders: one Source a file, or a line of a dump, in order; read as it is asked for.

    A folder is read with all folders in it, by name. There, what is no article is passed over: hidden files, those that
    neither their name nor their content shows to be of a kind that is read, a README without front matter, dumps of
    other data, what a data folder keeps, and folders that a link leads back to. A file that is named itself is always
    answered for. What can't be read is a Source with a reason, never an exception. No file is read twice.

    on_other: told of each file that was passed over for its kind. columns: see `Document`. meter: tells how far it is.
    wanted: whether a file is to be read, by its path without links; asked for each just before that.
    """
    seen: set[Path] = set()
    for found in _found(paths, on_other):
        if isinstance(found, Source):
            yield found
        else:
            yield from _read(found, seen, columns or {}, meter, wanted)


def files_read(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that `read_paths` opens, without links; nothing is read."""
    for found in _found(paths, _ignore):
        if isinstance(found, _File):
            with suppress(OSError, RuntimeError):  # a loop of links is a RuntimeError
                yield found.path.resolve()


def would_read(folder: Path, path: Path) -> bool:
    """Whether `read_paths` of a folder would open a file that is not there yet, by its place and name."""
    place, above = path.resolve(), folder.resolve()
    if above not in place.parents or kinds.kind_by_name(place.name) is None:
        return False
    return not any(part.startswith(".") for part in place.relative_to(above).parts)


def _found(paths: Iterable[Path], on_other: Callable[[Path], None]) -> Iterator[_File | Source]:
    """The files to read in their order, and a Source for each path that leads to none."""
    folders: set[Path] = set()
    for path in paths:
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            yield Source(file_name(path), reason="there is no such file or folder; check how it is spelled")
        except (OSError, ValueError) as error:  # a NUL in a path is a ValueError
            yield Source(file_name(path), reason=_why(error))
        else:
            if stat.S_ISDIR(mode):
                yield from _in_folder(path, folders, on_other)
            elif not stat.S_ISREG(mode):
                yield Source(file_name(path), reason="it is not a file or folder; save what it gives to a file first")
            else:
                yield _File(path, in_folder=False)


def _in_folder(folder: Path, seen: set[Path], on_other: Callable[[Path], None]) -> Iterator[_File | Source]:
    try:
        resolved = folder.resolve()
        if resolved in seen:
            return
        seen.add(resolved)
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Source(file_name(folder), reason=_why(error))
        return
    keeps_data = is_data_folder(entry.name for entry in entries)
    for entry in entries:
        if entry.name.startswith(".") or (keeps_data and is_own(entry.name)):
            continue
        try:
            is_folder = entry.is_dir()
            is_file = entry.is_file() or entry.is_symlink()  # a link that leads nowhere is told of
        except OSError as error:
            yield Source(file_name(entry), reason=_why(error))
            continue
        if is_folder:
            yield from _in_folder(entry, seen, on_other)
        elif is_file and (kinds.kind_by_name(entry.name) or _shows_its_kind(entry)):
            yield _File(entry, in_folder=True)
        elif is_file:
            on_other(entry)


def _read(
    file: _File,
    seen: set[Path],
    columns: Mapping[str, str],
    meter: Meter | None,
    wanted: Callable[[Path], bool] | None,
) -> Iterator[Source]:
    """What a file holds. seen: the files that were read."""
    path = file.path
    try:
        resolved = path.resolve()
        if resolved in seen or (wanted is not None and not wanted(resolved)):
            return
        document = of_path(path, columns)
        if file.in_folder and _is_readme(path, document):
            return
        seen.add(resolved)
        yield from read_document(document if meter is None else meter.of(document))
    except NotArticlesError as error:
        if file.in_folder:
            seen.discard(path.resolve())  # it may be named itself later
        else:
            yield Source(file_name(path), reason=str(error))
    except (ReadError, OSError, RuntimeError) as error:  # a loop of links is a RuntimeError
        yield Source(file_name(path), reason=_why(error))


def _shows_its_kind(path: Path) -> bool:
    """Whether a file whose name says nothing is of a kind that is read, by its content."""
    try:
        return by_content(of_path(path)) is not None
    except (ReadError, OSError):
        return False


def _is_readme(path: Path, document: Document) -> bool:
    return path.stem.lower() == "readme" and (path.suffix.lower() == ".txt" or not markdown.has_front_matter(document))


def _why(error: Exception) -> str:
    if isinstance(error, ReadError):
        return str(error)
    if isinstance(error, PermissionError):
        return "it may not be read; give yourself permission to read it"
    if isinstance(error, FileNotFoundError):
        return "it is gone, or the link leads nowhere; remove or mend it"
    if isinstance(error, OSError):
        return f"it can't be read: {error.strerror or 'input/output error'}; check the disk and the path"
    return "its path can't be followed; check how it is spelled and its links"
