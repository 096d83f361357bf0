"""A process that ingests, replaces, deletes, cleans and reindexes without end, until it is killed.

`python -m tests.crash.writing` imports all that takes time once, and forks such a process for each line on stdin.
"""

import hashlib
import json
import os
import random
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.crash.ledger import Ledger, Version
from vectorstore.errors import ArticleNotFoundError
from vectorstore.identity import article_id
from vectorstore.records import Article, IngestResult, Source
from vectorstore.store import Store

ARTICLES = 120
_DIMENSIONS = 16
_LARGE = 90  # articles at once: more than are committed together


class HashEmbedder:
    """A direction of its own for each text, by its hash: cheap, and no two alike."""

    name = "hash"
    dimensions: int | None = _DIMENSIONS

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        digests = (hashlib.sha256(text.encode()).digest()[:_DIMENSIONS] for text in texts)
        vectors = np.array([list(digest) for digest in digests], np.float32).reshape(-1, _DIMENSIONS) - 127.5
        normed: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normed

    def embed_question(self, text: str) -> NDArray[np.float32]:
        first: NDArray[np.float32] = self.embed_passages([text])[0]
        return first


def text_of(key: str, version: str) -> str:
    """An article of one to three passages, whose words tell which it is."""
    sentences = 12 + 24 * (int(hashlib.sha256(f"{key}{version}".encode()).hexdigest(), 16) % 3)
    return " ".join(
        f"Station {key} saw boat {number} of fleet {version} leave the harbour at dawn." for number in range(sentences)
    )


def write_on(folder: Path, ledger: Ledger, seed: int) -> None:
    """Open a data folder and write to it without end, what is random by a seed."""
    chance = random.Random(seed)
    store = Store.open(folder, HashEmbedder())
    for turn in range(sys.maxsize):
        kind = chance.choices(("put", "put many", "delete", "clean", "reindex", "reopen"), (46, 8, 25, 8, 7, 6))[0]
        if kind in {"put", "put many"}:
            keys = chance.sample(range(ARTICLES), _LARGE if kind == "put many" else chance.randint(1, 8))
            _put(store, ledger, {f"k{key}": f"v{seed}x{turn}" for key in keys})
        elif kind == "delete":
            _delete(store, ledger, f"k{chance.randrange(ARTICLES)}")
        elif kind == "clean":
            ledger.begun("clean", {})
            store.cleaning.clean()
        elif kind == "reindex":
            ledger.begun("reindex", {})
            store.reindex()
        else:
            ledger.begun("reopen", {})
            store.close()
            store = Store.open(folder, HashEmbedder())


def _put(store: Store, ledger: Ledger, versions: dict[str, str]) -> None:
    begun: dict[str, Version] = dict(versions)
    ledger.begun("put", begun)

    def progress(result: IngestResult) -> None:
        if result.outcome == "failed":
            ledger.failed(f"{result.name}: {result.reason}")
        else:
            ledger.kept(result.name, versions[result.name])

    store.ingest((Source(key, Article(key, text_of(key, version))) for key, version in versions.items()), progress)


def _delete(store: Store, ledger: Ledger, key: str) -> None:
    ledger.begun("delete", {key: None})
    with suppress(ArticleNotFoundError):
        store.delete(article_id(key))
    ledger.kept(key, None)


def main() -> None:
    """For each line on stdin (folder, ledger, seed), fork a process that writes; its id, then how it ended."""
    for line in sys.stdin:
        folder, ledger, seed = json.loads(line)
        child = os.fork()
        if not child:
            told = Ledger(Path(ledger))
            try:
                write_on(Path(folder), told, seed)
            except BaseException:  # noqa: BLE001 - a panic of a Rust library is told, too
                told.failed(traceback.format_exc())
            os._exit(1)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
