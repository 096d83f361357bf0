"""A short form of `make crash-test`, and its own parts: a test that can't fail would prove nothing."""

import random
from contextlib import closing
from pathlib import Path

from tests.crash.kills import Outcome, ask, killed_again_and_again, look_up
from tests.crash.ledger import Expected, Ledger
from tests.crash.writing import HashEmbedder, text_of
from vectorstore.identity import article_id
from vectorstore.records import Article, Source
from vectorstore.store import Store


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    outcome = killed_again_and_again(tmp_path, 12, seed=1, at_most_s=1)
    assert outcome.kills.total() == 12
    assert outcome.acknowledged > 0
    assert outcome.well, outcome


def test_a_ledger_tells_what_may_be(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    ledger.begun("put", {"a": "v1", "b": "v1"})
    ledger.kept("a", "v1")
    ledger.begun("delete", {"a": None})
    ledger.failed("why")
    expected = Expected()
    expected.read((tmp_path / "ledger").read_text().splitlines())
    assert (expected.doing, expected.acknowledged, expected.failures) == ("delete", 1, ["why"])
    assert expected.may == {"a": ["v1", None], "b": [None, "v1"]}
    assert not expected.settle("a", "v2")
    assert expected.settle("a", "v2")
    assert expected.settle("b", "v1")
    assert not expected.settle("b", None)
    assert not expected.settle("c", "v1")


def test_what_is_lost_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "ledger-0").write_text('{"kept": "k1", "version": "v9"}\n')
    outcome = killed_again_and_again(tmp_path, 1, seed=3, at_most_s=0)
    assert any(lost.startswith("k1: v9 was acknowledged") for lost in outcome.lost)


def test_a_folder_that_does_not_open_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "library.db").write_text("no library at all, and longer than a header of one would be" * 9)
    outcome = killed_again_and_again(tmp_path, 1, seed=3, at_most_s=0)
    assert "FolderError" in str(outcome.repairs)


def test_what_is_not_found_and_what_should_not_be_is_noticed(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, HashEmbedder())) as store:
        store.ingest([Source("k1", Article("k1", text_of("k1", "v1")))])
        outcome = Outcome()
        look_up(store, outcome)
        ask(store, {"k1": "v1", "k2": None, "k3": None, "k4": None}, outcome, random.Random(1))
        assert outcome.well
        ask(store, {"k1": "v2", "k2": None, "k3": None, "k4": None}, outcome, random.Random(1))
        assert set(outcome.cited) == {article_id("k1")}
        with store._indexes.searching() as (vectors, lexical):
            vectors.remove([1])
            lexical.remove([1])
            lexical.commit()
        look_up(store, outcome)
        assert outcome.unfound == ["passage 1", "passage 1"]


def test_texts_tell_which_they_are() -> None:
    assert len({text_of(key, version) for key in ("a", "b") for version in ("v1", "v2")}) == 4
