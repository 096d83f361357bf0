"""An article that is replaced again and again, while others read: it is never missing, nor mixed of two revisions."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.identity import article_id
from vectorstore.store import Store

_REPLACED = 25


def version(number: int) -> str:
    """A text of one to three passages, of words that say which version it is."""
    return f"Troops of version{number} left the city. " * (30 * (1 + number % 3))


@pytest.mark.parametrize("filler", [0, 300])
def test_an_article_is_never_missing_and_never_mixed(tmp_path: Path, filler: int) -> None:
    with closing(Store.open(tmp_path, FakeEmbedder())) as store:
        store.ingest([source(f"k{number}", f"Other words {number}") for number in range(filler)])
        store.ingest([source("a", version(0))])
        done, looked = threading.Event(), [0]

        def reading() -> None:
            while not done.is_set():
                hits = [hit for hit in store.search("troops left the city").hits if hit.article.id == article_id("a")]
                assert hits
                assert len({hit.article.revision for hit in hits}) == 1
                assert all(hit.text in hit.article.text for hit in hits)
                article = store.article(article_id("a"))
                assert article.text == version(article.revision - 1)
                looked[0] += 1

        with ThreadPoolExecutor(3) as pool:
            readers = [pool.submit(reading) for _ in range(3)]
            try:
                for number in range(1, _REPLACED):
                    store.ingest([source("a", version(number)), source(f"n{number}", f"New words {number}")])
            finally:
                done.set()
        for reader in readers:
            reader.result()
        assert looked[0] > _REPLACED
        assert store.article(article_id("a")).revision == _REPLACED
        assert store.check().ready
