"""A disk that runs full, on a small tmpfs where one may be mounted: reading goes on, and all is well afterwards."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from qa.engine import Engine
from qa.language.similarity import Similarity
from tests.crash.writing import HashEmbedder, text_of
from vectorstore.errors import DiskFullError
from vectorstore.identity import article_id
from vectorstore.records import Article, Source
from vectorstore.store import Store

_SIZE = 96 << 20
QUESTION = "Which boats did station k7 see?"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    mounted = tmp_path / "disk"
    mounted.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(mounted)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no tmpfs may be mounted here; test_disk.py has the rest")
    yield mounted
    subprocess.run(["umount", "-l", str(mounted)], check=True)


def fill(disk: Path, leaving: int = 0) -> None:
    """Write until nothing more goes, then give so many bytes back."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        while True:
            try:
                filler.write(bytes(4096))
            except OSError:
                break
        filler.truncate(filler.tell() - leaving)


def sources(*keys: str) -> list[Source]:
    return [Source(key, Article(key, text_of(key, "v1"))) for key in keys]


@pytest.fixture
def store(disk: Path) -> Iterator[Store]:
    with closing(Store.open(disk / "data", HashEmbedder())) as store:
        store.ingest(sources(*(f"k{number}" for number in range(40))))
        yield store


def found(store: Store) -> int:
    return len(store.search(QUESTION).hits)


def test_reading_goes_on_and_writing_is_refused(store: Store, disk: Path) -> None:
    fill(disk)
    assert os.statvfs(disk).f_bavail == 0
    for _ in range(2):
        with pytest.raises(DiskFullError, match="Free some space and do it again"):
            store.ingest(sources("new"))
        with pytest.raises(DiskFullError, match="Free some space and do it again"):
            store.delete(article_id("k1"))
        with pytest.raises(DiskFullError, match="Free some space and do it again"):
            store.reindex()
        assert found(store) == 10
        assert store.check().ready
    assert [check.name for check in store.upkeep.examine().checks if not check.ok] == ["disk"]
    (disk / "filler").unlink()
    assert [result.outcome for result in store.ingest(sources("new"))] == ["added"]
    store.delete(article_id("k1"))
    assert store.upkeep.examine().ok
    assert store.counts().articles == 40


def test_what_was_taken_in_before_it_was_full_is_kept(store: Store, disk: Path) -> None:
    fill(disk, leaving=34 << 20)
    kept: list[str] = []
    many = sources(*(f"n{number}" for number in range(4_000)))
    with pytest.raises(DiskFullError):
        store.ingest(many, lambda result: kept.append(result.name))
    assert 0 < len(kept) < len(many)
    assert store.counts().articles == 40 + len(kept)
    assert found(store) == 10
    (disk / "filler").unlink()
    assert store.upkeep.examine().ok


def test_a_full_disk_is_507(store: Store, disk: Path) -> None:
    app = create_app(Engine(store, Similarity(HashEmbedder())))
    article = {"key": "new", "text": "New words."}
    with TestClient(app) as http:
        fill(disk)
        refused = [
            http.post("/articles", json={"articles": [article]}),
            http.delete(f"/articles/{article_id('k1')}"),
            http.post("/articles/reindex"),
            http.post("/conversations", json={}),
        ]
        for response in refused:
            assert response.status_code == 507
            assert response.headers["content-type"] == "application/problem+json"
            assert response.json()["type"] == "urn:dateline:problem:disk-full"
            assert "Free some space there" in response.json()["detail"]
            assert "Retry-After" not in response.headers
        assert http.post("/ask", json={"question": QUESTION}).status_code == 200
        assert http.get(f"/articles/{article_id('k1')}").status_code == 200
        assert http.get("/readyz").status_code == 200
        (disk / "filler").unlink()
        assert http.post("/articles", json={"articles": [article]}).json()["results"][0]["outcome"] == "added"


def test_opening_on_a_full_disk_says_so_and_harms_nothing(store: Store, disk: Path) -> None:
    fill(disk)
    store.close()
    with pytest.raises(DiskFullError, match="Free some space"):
        Store.open(disk / "data", HashEmbedder())
    (disk / "filler").unlink()
    with closing(Store.open(disk / "data", HashEmbedder())) as opened:
        assert opened.upkeep.examine().ok
        assert found(opened) == 10
