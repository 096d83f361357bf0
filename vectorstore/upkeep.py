"""Looking after a data folder while it is open: is everything in order, and what of it can be made anew?

The library is the truth, and nothing is changed in it but what belongs to nothing. The indexes are made from it.
"""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from vectorstore.backup import copy_library
from vectorstore.database import Database
from vectorstore.diagnosis import Check, Diagnosis
from vectorstore.disk import check_disk, refuse_full
from vectorstore.errors import VectorstoreError
from vectorstore.indexes import Indexes, Lacks
from vectorstore.layout import CHROMA, LIBRARY, SNAPSHOT, TANTIVY
from vectorstore.library_checks import (
    REPAIR,
    RESTORE,
    add_lacking_indexes,
    check_articles,
    check_file,
    check_orphans,
    check_passages,
    check_schema,
)
from vectorstore.orphans import remove_orphans

_OF_THE_LIBRARY = {
    "library file": check_file,
    "schema": check_schema,
    "articles": check_articles,
    "passages": check_passages,
    "orphans": check_orphans,
}
_LOOKED_UP_BY = {CHROMA: "vector", TANTIVY: "words"}


class Upkeep:
    """What `qa doctor` and `qa backup` do to an open data folder.

    writing: the store's lock. catch_up: brings the indexes up to the library. changed: is told that rows have gone.
    """

    def __init__(
        self,
        data_dir: Path,
        database: Database,
        indexes: Indexes,
        writing: threading.RLock,
        catch_up: Callable[[], None],
        changed: Callable[[], None],
    ) -> None:
        self._data_dir = data_dir
        self._database = database
        self._indexes = indexes
        self._writing = writing
        self._catch_up = catch_up
        self._changed = changed

    def examine(self, *, repair: bool = False) -> Diagnosis:
        """Check everything: each text by its hash, each passage by looking it up in both indexes.

        Searches go on meanwhile. Writes do, too, until something seems wrong: then they wait until it is looked at
        again. repair: make anew what can be made from the library, and remove what belongs to nothing.
        """
        checks = list(self._checks())
        if all(check.ok for check in checks):
            return Diagnosis.of(checks)
        with self._writing:  # what looks like a fault may be a write that got between
            checks = list(self._checks())
            repairs = list(self._repair({check.name for check in checks if not check.ok})) if repair else []
            return Diagnosis.of(self._checks() if repairs else checks, repairs)

    def snapshot(self) -> BinaryIO:
        """A copy of the library as it is now, to be read and closed: then it is gone. Reads and writes go on meanwhile.

        Raises BackupError or DiskFullError.
        """
        library = self._data_dir / LIBRARY
        refuse_full(self._data_dir, beside=library.stat().st_size)
        handle, name = tempfile.mkstemp(dir=self._data_dir, prefix=SNAPSHOT)
        os.close(handle)
        try:
            copy_library(library, Path(name))
            return Path(name).open("rb")
        finally:
            Path(name).unlink()

    def _checks(self) -> Iterator[Check]:
        yield check_disk(self._data_dir)
        for name, check in _OF_THE_LIBRARY.items():
            yield self._checked(name, check)
        yield from self._index_checks()

    def _checked(self, name: str, check: Callable[[Connection], Check]) -> Check:
        try:
            with self._database.reading() as connection:
                return check(connection)
        except VectorstoreError as error:
            return Check(name, False, str(error), f"{RESTORE}.")

    def _index_checks(self) -> Iterator[Check]:
        try:
            with self._writing:
                self._catch_up()
            lacks = self._indexes.lacks()
        except VectorstoreError as error:
            lacks = dict.fromkeys(_LOOKED_UP_BY, str(error))
        for name, lack in lacks.items():
            yield _index_check(name, lack)

    def _repair(self, broken: set[str]) -> Iterator[str]:
        """Repair in the order of what depends on what; what was done, in words. Failures show in the checks after."""
        steps: dict[str, Callable[[], str]] = {
            "library file": self._make_sql_indexes_anew,
            "schema": self._add_lacking_indexes,
            "orphans": self._remove_orphans,
            CHROMA: lambda: self._renew(CHROMA),
            TANTIVY: lambda: self._renew(TANTIVY),
        }
        if broken & {"articles", "passages"}:
            del steps["orphans"]  # what seems to belong to nothing may be all that is left of something
        for name, step in steps.items():
            if name not in broken:
                continue
            try:
                yield step()
            except VectorstoreError as error:
                yield f"{name}: not repaired. {error}"
            if name == "library file" and not self._checked(name, check_file).ok:
                return  # nothing is made from what can't be read rightly

    def _make_sql_indexes_anew(self) -> str:
        with self._database.writing() as connection:
            connection.exec_driver_sql("REINDEX")
        return "The indexes of the library's own tables were made anew."

    def _add_lacking_indexes(self) -> str:
        with self._database.writing() as connection:
            add_lacking_indexes(connection)
        return "The lacking indexes of the library's own tables were made."

    def _remove_orphans(self) -> str:
        removed = remove_orphans(self._database)
        self._changed()
        self._catch_up()
        return f"Removed from the library, as they belonged to nothing: {removed}."

    def _renew(self, name: str) -> str:
        self._indexes.renew([name])
        return f"The {name} index was made anew from the library."


def _index_check(name: str, lacks: Lacks | str) -> Check:
    if isinstance(lacks, str):
        return Check(name, False, lacks, f"{REPAIR} makes it anew.")
    if not lacks:
        found = f"{lacks.passages:,} passages, each found by its own {_LOOKED_UP_BY[name]}"
        return Check(name, True, found)
    found = f"{lacks.missing:,} of {lacks.passages:,} passages not found, {lacks.strays:,} that belong to nothing"
    return Check(name, False, found, f"{REPAIR} makes it anew.")
