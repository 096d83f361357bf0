"""Socket Mode: connections that end, break or are refused lose no question."""

import threading
import time
from pathlib import Path

import pytest

from tests.api.web.site import HOW_MANY, Site
from tests.slack.bots import Bot, running
from tests.slack.people import People, acknowledged, until
from tests.slack.server import Server
from tests.slack.waiting import ANN, CHANNEL, answers


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clients.slack.socket.PING_S", 0.5)
    monkeypatch.setattr("clients.slack.socket.PATIENCE_S", 2.0)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_notice_of_disconnection_brings_a_new_connection(
    bot: Bot, people: People, slack: Server, reason: str
) -> None:
    slack.notice(reason)
    until(lambda: slack.links == 2)
    answers(people, CHANNEL, people.ask(CHANNEL, ANN, HOW_MANY))


def test_a_connection_that_breaks_is_opened_anew_and_loses_nothing(bot: Bot, people: People, slack: Server) -> None:
    assert slack.cut() == 1
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    answers(people, CHANNEL, asked)
    for envelope in slack.envelopes.values():
        acknowledged(envelope)
    assert slack.links == 2


def test_a_connection_that_is_refused_is_tried_with_a_new_address(bot: Bot, people: People, slack: Server) -> None:
    slack.connections_refused = 3
    slack.cut()
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    answers(people, CHANNEL, asked)


def cut_again_and_again(slack: Server, people: People, seconds: float, every_s: float) -> list[str]:
    """Ask a question every half second while the socket is cut again and again: the questions."""
    over = threading.Event()

    def cut() -> None:
        while not over.wait(every_s):
            slack.cut()

    cutting = threading.Thread(target=cut)
    cutting.start()
    asked = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        asked.append(people.ask(CHANNEL, ANN, HOW_MANY))
        time.sleep(0.5)
    over.set()
    cutting.join()
    return asked


def test_a_socket_that_is_cut_all_the_time_loses_no_question(
    people: People, slack: Server, tmp_path: Path, site: Site
) -> None:
    with running(Bot(tmp_path / "bot", site.url, slack)):
        asked = cut_again_and_again(slack, people, seconds=4, every_s=0.9)
        assert slack.links >= 3
        for one in asked:
            answers(people, CHANNEL, one)
