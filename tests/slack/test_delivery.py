"""Each question is answered once, however often it is delivered, and whoever is killed meanwhile."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from clients.slack.delivered import FILE, Delivered
from clients.slack.presence import Presence
from clients.slack.records import Asked, Key, Thread
from qa.llm.model import ChatModel
from tests.api.web.site import CAPITALS, HOW_MANY, Site
from tests.slack.bots import Bot, Process, running
from tests.slack.models import HeldModel
from tests.slack.people import OverHttp, People, acknowledged, until
from tests.slack.server import Server
from tests.slack.waiting import ANN, BOB, CHANNEL, answers, private_answer, quiet, said
from tests.slack.workspace import TEAM, Failure

Use = Callable[[ChatModel], None]

CUT_OFF = "I was restarted while I answered this"


def deliver(people: People, ts: str, times: int) -> list[object]:
    """Have the mention of a message delivered again and again."""
    event = {**people.space.messages[CHANNEL, ts].as_json(), "type": "app_mention", "channel": CHANNEL, "event_ts": ts}
    body = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A00000001", "event": event}
    return [people.way("events_api", json.loads(json.dumps(body))) for _ in range(times)]


def test_the_same_event_four_times_is_one_answer(bot: Bot, people: People) -> None:
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    for one in deliver(people, asked, 3):
        acknowledged(one)
    answers(people, CHANNEL, asked)
    for one in deliver(people, asked, 1):
        acknowledged(one)
    quiet(people)
    answers(people, CHANNEL, asked)


def test_the_same_event_in_parallel_with_two_bots_is_one_answer(
    bot: Bot, people: People, tmp_path: Path, site: Site, slack: Server
) -> None:
    with running(Bot(tmp_path / "bot", site.url, slack, http=True)) as second:
        over_http = OverHttp(next(word for word in second.ready.split() if word.startswith("http")).rstrip("."))
        by_socket = people.way
        for _ in range(5):
            asked = people.say(CHANNEL, ANN, HOW_MANY)
            people.space.messages[CHANNEL, asked].text = f"<@UBOT00001> {HOW_MANY}"
            for way in (over_http, by_socket, over_http, by_socket):
                people.way = way
                deliver(people, asked, 1)
            answers(people, CHANNEL, asked)
        people.way = by_socket
        quiet(people)
        assert len(people.space.called("chat.postMessage")) == 6


def test_an_event_that_comes_again_after_a_restart_is_not_answered_again(
    people: People, tmp_path: Path, site: Site, slack: Server
) -> None:
    with running(Bot(tmp_path / "bot", site.url, slack)):
        asked = people.ask(CHANNEL, ANN, HOW_MANY)
        answers(people, CHANNEL, asked)
    with running(Bot(tmp_path / "bot", site.url, slack)):
        for one in deliver(people, asked, 2):
            acknowledged(one)
        quiet(people)
        people.say(CHANNEL, BOB, HOW_MANY, asked)
        answers(people, CHANNEL, asked, 2)


def left_by(folder: Path, asked: Asked, *replies: str) -> None:
    """A question that a process has taken that is gone."""
    gone = Presence.begin(folder / "slack")
    with closing(Delivered(folder / "slack", gone.token)) as store:
        assert store.take(asked)
        store.replying(asked.key, replies)
    gone.end()


def asked_by_ann(people: People) -> tuple[str, Asked]:
    ts = people.say(CHANNEL, ANN, f"<@UBOT00001> {HOW_MANY}")
    return ts, Asked(Key(CHANNEL, ts), Thread(CHANNEL, ts), TEAM, ANN, HOW_MANY)


def test_who_was_cut_off_is_told_once(people: People, tmp_path: Path, site: Site, slack: Server) -> None:
    ts, asked = asked_by_ann(people)
    left_by(tmp_path / "bot", asked)
    for _ in range(2):
        with running(Bot(tmp_path / "bot", site.url, slack)):
            (told,) = answers(people, CHANNEL, ts)
            assert said(told).startswith(CUT_OFF)


def test_another_bot_tells_what_a_killed_one_has_left(
    people: People, tmp_path: Path, site: Site, slack: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clients.slack.recovery.EVERY_S", 0.1)
    with running(Bot(tmp_path / "bot", site.url, slack)), running(Bot(tmp_path / "bot", site.url, slack)):
        ts = people.space.add(CHANNEL, ANN, HOW_MANY).ts
        left_by(tmp_path / "bot", Asked(Key(CHANNEL, ts), Thread(CHANNEL, ts), TEAM, ANN, HOW_MANY))
        answers(people, CHANNEL, ts)
        quiet(people)
        (told,) = answers(people, CHANNEL, ts)
    assert said(told).startswith(CUT_OFF)
    assert len(people.space.called("chat.postMessage")) == 2


def test_what_was_shown_before_the_cut_says_so(people: People, tmp_path: Path, site: Site, slack: Server) -> None:
    ts, asked = asked_by_ann(people)
    half = people.space.add(CHANNEL, "UBOT00001", "In Operation", ts, bot=True)
    left_by(tmp_path / "bot", asked, half.ts)
    with running(Bot(tmp_path / "bot", site.url, slack)):
        (told,) = answers(people, CHANNEL, ts)
    assert told is half
    assert said(told).startswith(CUT_OFF)


def test_what_was_answered_before_the_cut_stays(people: People, tmp_path: Path, site: Site, slack: Server) -> None:
    ts, asked = asked_by_ann(people)
    about = {"question": ts, "edited": "", "final": True, "part": 1}
    metadata = {"event_type": "dateline_answer", "event_payload": about}
    people.space.add(CHANNEL, "UBOT00001", "15,000 people.", ts, bot=True, metadata=metadata)
    left_by(tmp_path / "bot", asked)
    with running(Bot(tmp_path / "bot", site.url, slack)):
        quiet(people)
        (answer,) = answers(people, CHANNEL, ts)
    assert answer.text == "15,000 people."


def test_who_typed_a_command_is_told_privately(people: People, tmp_path: Path, site: Site, slack: Server) -> None:
    url = f"{slack.url}/response/R1"
    left_by(tmp_path / "bot", Asked(Key(CHANNEL, "t1"), Thread(CHANNEL, "t1"), TEAM, ANN, HOW_MANY, response_url=url))
    with running(Bot(tmp_path / "bot", site.url, slack)):
        assert private_answer(people, "R1").startswith("I was restarted while I answered you.")
    assert [one["replace_original"] for one in people.space.responses["R1"]] == [False]


def test_what_was_deleted_before_the_cut_is_not_told(people: People, tmp_path: Path, site: Site, slack: Server) -> None:
    ts, asked = asked_by_ann(people)
    half = people.space.add(CHANNEL, "UBOT00001", "In Operation", ts, bot=True)
    left_by(tmp_path / "bot", asked, half.ts)
    with closing(Delivered(tmp_path / "bot" / "slack", "somebody")) as store:
        store.withdraw(asked.key)
    with running(Bot(tmp_path / "bot", site.url, slack)):
        until(lambda: half.deleted)
        quiet(people)
    assert people.space.replies(CHANNEL, ts) == []


def test_a_bot_killed_while_it_answers_tells_so_when_it_is_back(
    people: People, tmp_path: Path, site: Site, slack: Server, with_model: Use
) -> None:
    model = HeldModel(always="In Operation Pitting, 15,000 people were evacuated from Kabul. [1]")
    with_model(model)
    (tmp_path / "bot").mkdir()
    with Process(tmp_path / "bot", site.url, slack) as first:
        asked = people.ask(CHANNEL, ANN, HOW_MANY)
        assert model.begun.acquire(timeout=20)
        first.kill()
    model.released.set()
    with Process(tmp_path / "bot", site.url, slack) as second:
        (told,) = answers(people, CHANNEL, asked)
        assert said(told).startswith(CUT_OFF)
        assert second.stop() == ""


def test_a_bot_killed_between_answering_and_recording_answers_once(
    people: People, tmp_path: Path, site: Site, slack: Server
) -> None:
    (tmp_path / "bot").mkdir()
    with (
        Process(tmp_path / "bot", site.url, slack) as first,
        closing(sqlite3.connect(tmp_path / "bot" / "slack" / FILE, isolation_level=None)) as store,
    ):
        people.space.failures["chat.postMessage"] = [Failure(slow_s=0.5)]
        asked = people.ask(CHANNEL, ANN, HOW_MANY)
        until(lambda: "chat.postMessage" in people.space.arrived)
        store.execute("BEGIN IMMEDIATE")  # from here on nothing can be recorded
        until(lambda: people.space.replies(CHANNEL, asked))
        first.kill()
        store.execute("ROLLBACK")
    with running(Bot(tmp_path / "bot", site.url, slack)):
        quiet(people)
        until(lambda: not people.space.messages[CHANNEL, asked].reactions)
        (answer,) = answers(people, CHANNEL, asked)
    assert "15,000 people" in said(answer)


def test_a_bot_that_is_told_to_stop_finishes_its_answers(
    people: People, tmp_path: Path, site: Site, slack: Server, with_model: Use
) -> None:
    model = HeldModel(always="In Operation Pitting, 15,000 people were evacuated from Kabul. [1]")
    with_model(model)
    bot = Bot(tmp_path / "bot", site.url, slack).start()
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    assert model.begun.acquire(timeout=20)
    model.released.set()
    bot.stop()
    (answer,) = answers(people, CHANNEL, asked)
    assert "15,000 people" in said(answer)


def test_what_takes_too_long_when_the_bot_stops_is_told_to_be_cut_off(
    people: People, tmp_path: Path, site: Site, slack: Server, with_model: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clients.slack.run.LAST_ANSWERS_S", 0.2)
    model = HeldModel(always="In Operation Pitting, 15,000 people were evacuated from Kabul. [1]")
    with_model(model)
    bot = Bot(tmp_path / "bot", site.url, slack).start()
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    assert model.begun.acquire(timeout=20)
    bot.stop()
    model.released.set()
    (told,) = answers(people, CHANNEL, asked)
    assert said(told).startswith(CUT_OFF)


def test_an_answer_that_slack_took_and_did_not_confirm_is_not_said_twice(bot: Bot, people: People) -> None:
    people.space.failures["chat.postMessage"] = [Failure(taken=True), Failure(taken=True)]
    asked = people.ask(CHANNEL, ANN, CAPITALS)
    answers(people, CHANNEL, asked)
    assert len(people.space.called("conversations.replies")) >= 1
    assert len(people.space.called("chat.postMessage")) == 1
