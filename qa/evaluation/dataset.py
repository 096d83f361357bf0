"""A data set from a file: one JSON object a line, gzipped or not."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from qa.evaluation.cases import Entry, Record, read_case, unanswerable
from qa.evaluation.errors import DatasetError, LineError
from qa.evaluation.records import Case, Document

_GZIP = b"\x1f\x8b"
_SUFFIXES = (".gz", ".jsonl", ".ndjson", ".json")


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions with what answers them.

    name: the file's, without its suffixes, and what was made of it. documents: the library that the data set brings;
    empty: it is elsewhere, or each case has its own. fingerprint: of the cases and of
    the articles that the data set brings.
    """

    name: str
    cases: tuple[Case, ...]
    documents: tuple[Document, ...]
    fingerprint: str

    @property
    def brings_articles(self) -> bool:
        """Whether there is no need of other articles."""
        return bool(self.documents) or any(case.documents for case in self.cases)


def read_dataset(path: Path, *, limit: int | None = None, leave_out: str | None = None) -> Dataset:
    """Read a data set.

    limit: put only the first questions; the articles stay all of them. leave_out: a field of the records: the articles
    of every second one of its values are left out, and the questions about them are no longer answerable. Which ones
    depends on the values alone. Raises DatasetError.
    """
    try:
        return _dataset(path, limit, leave_out)
    except LineError as error:
        raise DatasetError(f"{path}, line {error.line}: {error.what}") from None


def _dataset(path: Path, limit: int | None, leave_out: str | None) -> Dataset:
    entries = [read_case(record, line) for line, record in records(path)]
    if not entries:
        raise DatasetError(f"{path} is empty: put one JSON object with a question and its answers on each line.")
    _refuse_mixed(entries)
    gone = _every_second(entries, leave_out) if leave_out is not None else frozenset[str]()
    documents, keys = _library([entry for entry in entries if _value(entry, leave_out) not in gone])
    if leave_out is not None:  # what was not answerable before is another kind of missing
        entries = [entry for entry in entries if entry.case.answerable]
    cases = [
        unanswerable(entry.case) if _value(entry, leave_out) in gone else _with_own(entry, keys) for entry in entries
    ]
    if not cases:
        raise DatasetError("No question of the data set is answerable, so leaving articles out shows nothing.")
    cases, name = cases[:limit], _name(path, cases, limit, leave_out)
    return Dataset(name, tuple(cases), documents, _fingerprint(cases, documents))


def _name(path: Path, cases: Sequence[Case], limit: int | None, leave_out: str | None) -> str:
    name = path.name
    while name.lower().endswith(_SUFFIXES):
        name = name.rpartition(".")[0]
    without = f", every second {leave_out} left out" if leave_out is not None else ""
    first = f", the first {limit:,}" if limit is not None and limit < len(cases) else ""
    return f"{name}{without}{first}"


def records(path: Path) -> Iterator[tuple[int, Record]]:
    """The objects of a file with their lines, from 1; blank lines are passed over."""
    try:
        with path.open("rb") as file:
            packed = file.read(len(_GZIP)) == _GZIP
            file.seek(0)
            if packed:
                with gzip.open(file) as unpacked:
                    yield from _parsed(unpacked)
            else:
                yield from _parsed(file)
    except FileNotFoundError:
        raise DatasetError(f"There is no file {path}. Check how it is spelled.") from None
    except IsADirectoryError:
        raise DatasetError(f"{path} is a folder. Name a file with one JSON object a line.") from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise DatasetError(f"{path} is damaged and can't be unpacked to its end. Get it anew.") from None
    except OSError as error:
        raise DatasetError(f"{path} can't be read: {error.strerror or 'input/output error'}. Check it.") from None


def _parsed(stream: BinaryIO | gzip.GzipFile) -> Iterator[tuple[int, Record]]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise LineError(number, "it is not UTF-8 text. Save the file as UTF-8.") from None
        except (ValueError, RecursionError) as error:
            why = f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
            raise LineError(number, f"it is not valid JSON ({why}). {_hint(line)}") from None
        if not isinstance(record, dict):
            raise LineError(number, f"it is not a JSON object. {_hint(line)}")
        yield number, record


def _hint(line: bytes) -> str:
    """What to do about a line that is no object: it may be the beginning of a document over several lines."""
    if line.lstrip().startswith(b"["):
        return "Write one object a line, without a list around them, as `jq -c '.[]' FILE` does."
    return "Write one object a line, and each whole on its line, as `jq -c . FILE` does."


def _refuse_mixed(entries: Sequence[Entry]) -> None:
    """Every case must look in the same kind of library."""
    kinds = [("context" if entry.passage else "documents" if entry.case.documents else None) for entry in entries]
    for entry, kind in zip(entries, kinds, strict=True):
        if kind != kinds[0]:
            raise LineError(
                entry.case.line,
                f"it has {_kind(kind)}, and the lines before have {_kind(kinds[0])}. Make two data sets of them.",
            )


def _kind(kind: str | None) -> str:
    return f'"{kind}"' if kind else "no articles of its own"


def _library(entries: Sequence[Entry]) -> tuple[tuple[Document, ...], dict[tuple[str | None, str], str]]:
    """The distinct articles that cases bring, and the key of each."""
    keys: dict[tuple[str | None, str], str] = {}
    for entry in entries:
        if entry.passage is not None and entry.passage not in keys:
            keys[entry.passage] = f"{entry.passage[0] or 'passage'}#{len(keys) + 1}"
    return tuple(Document(key, text, title) for (title, text), key in keys.items()), keys


def _with_own(entry: Entry, keys: dict[tuple[str | None, str], str]) -> Case:
    """The case, its own article being the one that holds the answer."""
    if entry.passage is None or not entry.case.answerable:
        return entry.case
    return replace(entry.case, relevant=(keys[entry.passage],))


def _value(entry: Entry, field: str | None) -> str | None:
    return None if field is None else str(entry.record[field])


def _every_second(entries: Sequence[Entry], field: str) -> frozenset[str]:
    """Every second value of a field, in the order of their hashes."""
    for entry in entries:
        if entry.passage is None:
            raise DatasetError('--leave-out needs questions that bring their articles, each in its field "context".')
        if field not in entry.record:
            raise LineError(entry.case.line, f"it has no field {field!r} to leave out by. Name another, or add it.")
    values = {str(entry.record[field]) for entry in entries}
    ordered = sorted(values, key=lambda value: hashlib.sha256(value.encode("utf-8", "surrogatepass")).digest())
    if len(ordered) < 2:
        raise DatasetError(f"All lines have the same {field!r}: half of it can't be left out.")
    return frozenset(ordered[1::2])


def _fingerprint(cases: Sequence[Case], documents: Sequence[Document]) -> str:
    """What changes with any question, anything that answers it, and any article that the data set brings."""
    told = [
        *((case.question, case.golds, case.wrong, case.relevant, case.answerable) for case in cases),
        *((one.key, one.title, one.text) for of in (documents, *(case.documents for case in cases)) for one in of),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
