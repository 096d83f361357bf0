"""`qa slack --http`: only what Slack has signed, and only just now, is heard."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.web.site import HOW_MANY, Site
from tests.slack.bots import Bot, running
from tests.slack.people import OverHttp, People, signed, until
from tests.slack.server import Server
from tests.slack.validation import words
from tests.slack.waiting import ANN, CHANNEL, answers, private_answer, said
from tests.slack.workspace import SECRET

CHECK = json.dumps({"type": "url_verification", "challenge": "c0ffee", "token": "x"})


@pytest.fixture
def url(tmp_path: Path, site: Site, slack: Server) -> Iterator[str]:
    with running(Bot(tmp_path / "bot", site.url, slack, http=True)) as bot:
        yield next(word for word in bot.ready.split() if word.startswith("http")).rstrip(".")
        assert slack.space.refused == []


def test_everything_goes_over_http_too(url: str, slack: Server) -> None:
    people = People(slack, OverHttp(url))
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    (answer,) = answers(people, CHANNEL, asked)
    assert "15,000 people" in said(answer)
    name = people.command(CHANNEL, ANN, HOW_MANY)
    assert "15,000 people" in private_answer(people, name)
    people.press(answer, "sources", ANN)
    assert private_answer(people, people.press(answer, "feedback:positive", ANN)) == "Thank you, that is noted."
    until(lambda: any("revision 1" in words(view) for view in slack.space.views.values()))
    assert isinstance(people.way, OverHttp)
    assert max(people.way.took_s) < 1


def test_slack_proves_the_address(url: str) -> None:
    told = httpx.post(url, content=CHECK, headers=signed(CHECK))
    assert (told.status_code, told.json()) == (200, {"challenge": "c0ffee"})


def tampered(headers: dict[str, str], **changes: str | None) -> dict[str, str]:
    names = {"stamp": "X-Slack-Request-Timestamp", "signature": "X-Slack-Signature"}
    changed = headers | {names[name]: value for name, value in changes.items() if value is not None}
    return {
        name: value
        for name, value in changed.items()
        if name not in {names[n] for n, v in changes.items() if v is None}
    }


FORGED = {
    "another secret": lambda: signed(CHECK, secret="another"),
    "301 s old": lambda: signed(CHECK, at=time.time() - 301),
    "301 s in the future": lambda: signed(CHECK, at=time.time() + 302),
    "of another body": lambda: signed(f"{CHECK} "),
    "no signature": lambda: tampered(signed(CHECK), signature=None),
    "an empty signature": lambda: tampered(signed(CHECK), signature=""),
    "no timestamp": lambda: tampered(signed(CHECK), stamp=None),
    "no number": lambda: tampered(signed(CHECK), stamp="soon"),
    "a fraction": lambda: tampered(signed(CHECK), stamp=f"{time.time()}"),
    "a negative number": lambda: tampered(signed(CHECK), stamp="-1"),
    "a number without end": lambda: tampered(signed(CHECK), stamp="9" * 5000),
    "digits of another script": lambda: tampered(signed(CHECK), stamp="١٢٣".encode().decode("latin-1")),
    "another version": lambda: tampered(
        signed(CHECK), signature=signed(CHECK)["X-Slack-Signature"].replace("v0", "v1")
    ),
    "no ASCII": lambda: tampered(signed(CHECK), signature="v0=\xe9"),
}


@pytest.mark.parametrize("how", FORGED)
def test_what_slack_has_not_signed_just_now_is_refused(url: str, how: str) -> None:
    headers = httpx.Headers([(name.encode(), value.encode("latin-1")) for name, value in FORGED[how]().items()])
    told = httpx.post(url, content=CHECK, headers=headers)
    assert told.status_code == 401
    assert "c0ffee" not in told.text


def test_a_signature_that_is_wrong_by_one_byte_is_refused(url: str) -> None:
    right = signed(CHECK)
    signature = right["X-Slack-Signature"]
    for at in range(3, len(signature), 9):
        wrong = signature[:at] + ("0" if signature[at] != "0" else "1") + signature[at + 1 :]
        assert httpx.post(url, content=CHECK, headers=right | {"X-Slack-Signature": wrong}).status_code == 401
    assert httpx.post(url, content=CHECK, headers=right).status_code == 200


def test_the_age_is_counted_in_both_directions(url: str) -> None:
    for apart in (-290, 290):
        assert httpx.post(url, content=CHECK, headers=signed(CHECK, at=time.time() + apart)).status_code == 200


@pytest.mark.parametrize("body", [b"\xff\xfe", b"", b"not json", b"[]", b"null", b"{}", b'{"type": "event_callback"}'])
def test_what_is_no_event_is_no_error_of_ours(url: str, body: bytes) -> None:
    text = body.decode("latin-1")
    told = httpx.post(url, content=body, headers=signed(text))
    assert told.status_code in {200, 400, 401, 404}


def test_bodies_of_ten_megabytes_are_refused(url: str) -> None:
    body = "x" * 10_000_000
    assert httpx.post(url, content=body, headers=signed(body)).status_code == 413


def test_nothing_else_is_served(url: str) -> None:
    assert httpx.get(url).status_code == 405
    assert httpx.post(url.replace("/slack/events", "/"), content=CHECK, headers=signed(CHECK)).status_code == 404
    assert SECRET not in httpx.get(url).text


def test_an_unsigned_check_of_certificates_is_not_answered(url: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert httpx.post(url, content="ssl_check=1&token=x", headers=form).status_code == 401
