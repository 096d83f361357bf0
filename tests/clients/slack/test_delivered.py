"""Each question is taken once: by whom, after what, and from whom it may be taken over."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clients.errors import BotStoreError
from clients.slack.delivered import FILE, KEEP_S, Delivered
from clients.slack.presence import Presence
from clients.slack.records import Asked, Kept, Key, Thread

KEY = Key("C1", "100.1")
ASKED = Asked(KEY, Thread("C1", "100.1"), "T1", "U1", "how many?")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Delivered]:
    opened = Delivered(tmp_path, "one")
    yield opened
    opened.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Delivered]:
    opened = Delivered(tmp_path, "two")
    yield opened
    opened.close()


def test_a_question_is_taken_once(store: Delivered, other: Delivered) -> None:
    assert [store.take(ASKED), store.take(ASKED), other.take(ASKED)] == [True, False, False]
    assert store.find(KEY) == Kept(ASKED)


def test_many_at_once_take_it_once(store: Delivered, other: Delivered) -> None:
    taken = []
    threads = [
        threading.Thread(target=lambda one=one: taken.append(one.take(ASKED)))
        for one in (store, other)
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 39 + [True]


def test_what_is_done_stays_taken_and_keeps_no_words(store: Delivered, other: Delivered, tmp_path: Path) -> None:
    private = replace(ASKED, response_url="https://hooks.example/s3cret")
    store.take(private)
    assert store.finish(private, "c1", "a1") is None
    assert not other.take(ASKED)
    kept = store.find(KEY)
    assert kept is not None
    assert (kept.asked.text, kept.asked.response_url, kept.conversation, kept.answer) == ("", None, "c1", "a1")


def test_an_edit_of_what_is_done_is_answered_anew_by_one(store: Delivered, other: Delivered) -> None:
    store.take(ASKED)
    store.replying(KEY, ("100.2", "100.3"))
    store.finish(ASKED, "c1", "a1")
    again = other.edit(KEY, "how few?", "101")
    assert again == Kept(replace(ASKED, text="how few?", edited="101"), False, ("100.2", "100.3"), "c1", "a1")
    assert store.edit(KEY, "how few?", "101") is None


def test_an_edit_of_what_is_being_answered_is_left_to_who_answers(store: Delivered, other: Delivered) -> None:
    store.take(ASKED)
    assert other.edit(KEY, "how few?", "101") is None
    now = store.finish(ASKED)
    assert now is not None
    assert now.asked == replace(ASKED, text="how few?", edited="101")
    assert store.finish(now.asked) is None


def test_an_older_edit_and_one_of_an_unknown_question_do_nothing(store: Delivered) -> None:
    assert store.edit(KEY, "x", "101") is None
    store.take(replace(ASKED, edited="105"))
    assert store.edit(KEY, "x", "101") is None
    assert store.finish(replace(ASKED, edited="105")) is None


def test_what_is_deleted_while_it_is_answered_is_told(store: Delivered, other: Delivered) -> None:
    store.take(ASKED)
    other.withdraw(KEY)
    now = store.finish(ASKED)
    assert now is not None
    assert now.withdrawn
    store.drop(KEY)
    assert store.left_open() == other.left_open() == []


def test_what_was_answered_can_not_be_withdrawn(store: Delivered) -> None:
    store.take(ASKED)
    store.finish(ASKED)
    store.withdraw(KEY)
    kept = store.find(KEY)
    assert kept is not None
    assert not kept.withdrawn


def test_only_one_takes_over(store: Delivered, other: Delivered, tmp_path: Path) -> None:
    store.take(ASKED)
    third = Delivered(tmp_path, "three")
    assert other.left_open() == [("one", Kept(ASKED))]
    assert store.left_open() == []
    assert [other.adopt(KEY, "one"), third.adopt(KEY, "one")] == [True, False]
    third.close()


def test_a_thread_has_one_conversation(store: Delivered, other: Delivered) -> None:
    thread = Thread("C1", "100.1")
    assert (store.has_joined(thread), store.conversation(thread)) == (False, None)
    store.take(ASKED)
    assert (other.has_joined(thread), other.conversation(thread)) == (True, None)
    assert [store.converse(thread, "c1"), other.converse(thread, "c2")] == ["c1", "c1"]
    assert other.converse(thread, "c3", instead_of="c1") == "c3"
    assert store.converse(thread, "c4", instead_of="c1") == "c3"
    assert store.conversation(thread) == "c3"


def test_a_deed_is_done_once(store: Delivered, other: Delivered) -> None:
    assert [store.once("share a1 C1"), other.once("share a1 C1"), other.once("share a2 C1")] == [True, False, True]


def test_what_was_answered_long_ago_is_forgotten(
    store: Delivered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.take(ASKED)
    store.take(replace(ASKED, key=Key("C1", "200.1")))
    store.finish(ASKED)
    later = __import__("time").time() + KEEP_S + 1
    monkeypatch.setattr("clients.slack.delivered.time.time", lambda: later)
    store.prune()
    assert store.find(KEY) is None
    assert store.find(Key("C1", "200.1")) is not None


def test_a_store_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("no database" * 100)
    with pytest.raises(BotStoreError, match=r"can't be used: .*not a database.* QA_DATA_DIR names another"):
        Delivered(tmp_path, "one")
    (tmp_path / "file").touch()
    with pytest.raises(BotStoreError, match="can't be used"):
        Delivered(tmp_path / "file", "one")


def test_a_disk_that_fails_is_told(store: Delivered, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as broken:
        broken.execute("DROP TABLE questions")
    broken.close()
    with pytest.raises(BotStoreError, match="no such table"):
        store.take(ASKED)


def test_who_lives_and_who_is_gone(tmp_path: Path) -> None:
    one, two = Presence.begin(tmp_path), Presence.begin(tmp_path)
    assert not one.is_gone(one.token)
    assert not one.is_gone(two.token)
    two.end()
    assert one.is_gone(two.token)
    assert one.is_gone("never-there")
    one.end()
    assert list((tmp_path / "bots").iterdir()) == []


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "bots").touch()
    with pytest.raises(BotStoreError, match="can't be used"):
        Presence.begin(tmp_path)
