"""What fails around the bot: Slack, and the service. Each person is told in a line, and the bot goes on by itself."""

import logging
from pathlib import Path

import httpx
import pytest

from tests.api.web.site import HOW_MANY, Site
from tests.slack.bots import Bot, running
from tests.slack.people import People, until
from tests.slack.server import Server
from tests.slack.waiting import ANN, CHANNEL, answers, private_answer, quiet, said
from tests.slack.workspace import Failure

ANSWER = "In Operation Pitting, 15,000 people were evacuated from Kabul."


def test_slacks_rate_limit_is_obeyed(bot: Bot, people: People) -> None:
    people.space.failures["chat.postMessage"] = [Failure(status=429, retry_after=1)]
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    answers(people, CHANNEL, asked)
    began = people.space.called("reactions.add")[0].at
    assert people.space.called("chat.postMessage")[0].at - began >= 1


@pytest.mark.parametrize("failure", [Failure(status=500), Failure("internal_error")])
def test_slack_that_fails_is_asked_again(bot: Bot, people: People, failure: Failure) -> None:
    people.space.failures["chat.postMessage"] = [failure]
    (answer,) = answers(people, CHANNEL, people.ask(CHANNEL, ANN, HOW_MANY))
    assert said(answer).startswith(ANSWER)


def test_slack_that_is_slow_is_waited_for(bot: Bot, people: People) -> None:
    for method in ("reactions.add", "chat.postMessage"):
        people.space.failures[method] = [Failure(slow_s=0.5)]
    answers(people, CHANNEL, people.ask(CHANNEL, ANN, HOW_MANY))


def test_a_missing_scope_is_named_once_where_it_is_met(
    bot: Bot, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    people.space.scopes.remove("reactions:write")
    for _ in range(2):
        asked = people.ask(CHANNEL, ANN, HOW_MANY)
        (answer,) = answers(people, CHANNEL, asked)
        assert said(answer).startswith(ANSWER)
    until(lambda: len(people.space.refused) >= 4)
    told = [record.getMessage() for record in caplog.records if "reactions:write" in record.getMessage()]
    assert len(told) == 1
    assert told[0].startswith("Slack refused a reaction: the scope reactions:write is missing. Add it at https://")
    people.space.refused.clear()


def test_a_channel_that_the_bot_is_not_in_is_told_in_the_log(
    bot: Bot, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    people.space.members.discard(CHANNEL)
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    until(lambda: "Slack refused an answer: not_in_channel." in caplog.text)
    people.space.members.add(CHANNEL)
    answers(people, CHANNEL, people.ask(CHANNEL, ANN, HOW_MANY))
    assert people.space.replies(CHANNEL, asked) == []
    people.space.refused.clear()


def test_a_service_that_is_down_is_told_in_a_line_and_found_again(
    people: People, slack: Server, tmp_path: Path, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    with running(Bot(tmp_path / "bot", "http://127.0.0.1:9", slack)):
        asked = people.ask(CHANNEL, ANN, HOW_MANY)
        (told,) = answers(people, CHANNEL, asked)
        assert said(told) == "I can't reach the article service right now. Please ask again in a minute."
        assert "127.0.0.1" not in told.text
        name = people.command(CHANNEL, ANN, HOW_MANY)
        assert private_answer(people, name).startswith("I can't reach the article service")
        people.open_home(ANN)
        until(lambda: people.space.homes.get(ANN))
        channel, thread = people.open_pane(ANN)
        until(lambda: any(one.text.startswith("Ask me") for one in people.space.replies(channel, thread)))
    assert "Questions can't be answered yet. No server answers at http://127.0.0.1:9." in caplog.text
    assert logging.getLogger().level <= logging.WARNING


@pytest.mark.parametrize(
    ("status", "body", "line"),
    [
        (
            503,
            '{"type": "about:blank", "title": "t", "status": 503, "detail": "d", "retryable": true}',
            "is busy right now",
        ),
        (429, '{"type": "about:blank", "title": "t", "status": 429, "detail": "d"}', "is busy right now"),
        (500, '{"type": "about:blank", "title": "t", "status": 500, "detail": "s3cret"}', "failed on this question"),
        (200, "<html>another program</html>", "failed on this question"),
    ],
)
def test_a_service_that_limits_or_fails_is_told_in_a_line(
    bot: Bot, people: People, monkeypatch: pytest.MonkeyPatch, status: int, body: str, line: str
) -> None:
    real = httpx.Client.send

    def send(client: httpx.Client, request: httpx.Request, **more: object) -> httpx.Response:
        if request.url.path == "/ask":
            return httpx.Response(status, text=body, request=request)
        return real(client, request, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(httpx.Client, "send", send)
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    (told,) = answers(people, CHANNEL, asked)
    assert line in said(told)
    assert "s3cret" not in said(told)
    monkeypatch.undo()
    people.say(CHANNEL, ANN, HOW_MANY, asked)
    assert said(answers(people, CHANNEL, asked, 2)[1]).startswith(ANSWER)


def test_a_full_conversation_goes_on_in_a_new_one(bot: Bot, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    answers(people, CHANNEL, asked)
    monkeypatch.setattr("qa.conversations.archive.MAX_TURNS", 1)
    for number in (2, 3):
        people.say(CHANNEL, ANN, HOW_MANY, asked)
        assert said(answers(people, CHANNEL, asked, number)[-1]).startswith(ANSWER)


def test_a_channel_that_is_not_allowed_is_told_to_the_person_alone(
    people: People, slack: Server, tmp_path: Path, site: Site
) -> None:
    with running(Bot(tmp_path / "bot", site.url, slack, channels="C00000002:mention-only")):
        asked = people.ask(CHANNEL, ANN, HOW_MANY)
        told = until(lambda: people.space.ephemeral)
        assert (told[0]["user"], told[0]["text"][:34]) == (ANN, "I may not answer in this channel. ")
        people.command(CHANNEL, ANN, HOW_MANY)
        until(lambda: "I may not answer" in str([one.answer for one in slack.envelopes.values()]))
        there = people.ask("C00000002", ANN, HOW_MANY)
        answers(people, "C00000002", there)
        people.say("C00000002", ANN, HOW_MANY, there)
        quiet(people)
        answers(people, "C00000002", there)
        people.ask("C00000002", ANN, HOW_MANY, there)
        answers(people, "C00000002", there, 2)
        assert people.space.replies(CHANNEL, asked) == []
