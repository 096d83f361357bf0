"""A copy of a vector index without the vectors that were removed from it, which Chroma keeps in its files.

They are in the queue of its SQLite, in the pages that this has freed, and in the file of its graph. Making the index
anew takes 42 s of one core for 50,000 passages, a copy 1.3 s (measured).
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from vectorstore.changes import IndexBatch
from vectorstore.chroma import DATABASE, VectorIndex
from vectorstore.errors import IndexDamagedError
from vectorstore.graph_file import HEADER, clear_unset, overwrite_deleted
from vectorstore.guard import guarded
from vectorstore.seal import SEAL, seal

_NO_PASSAGE = 0  # an id that no passage has


def copy_without_removed(old: Path, new: Path, kept: IndexBatch) -> None:
    """Copy an index that nobody writes to meanwhile. kept: a passage that it holds. Raises IndexDamagedError.

    Chroma takes its queue into the graph when as many rows have come as its collection says, which it reads on opening.
    """
    with guarded("Copying the vector index", IndexDamagedError):
        shutil.copytree(old, new, ignore=shutil.ignore_patterns(SEAL))
        with closing(VectorIndex(new, tried=True)) as index:
            index.sync_often(True)
        with closing(VectorIndex(new)) as index:
            for _ in range(2):  # nothing comes of it but that the queue is emptied
                index.add(replace(kept, ids=[_NO_PASSAGE]))
                index.remove([_NO_PASSAGE])
            index.sync_often(False)
        with closing(sqlite3.connect(new / DATABASE)) as connection:
            connection.execute("VACUUM")
        for header in new.glob(f"*/{HEADER}"):
            overwrite_deleted(header.parent)
            clear_unset(header.parent)
        seal(new)
