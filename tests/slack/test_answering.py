"""What people expect of the bot, each by name: the real app, a Slack of our own, and a real service."""

import pytest

from tests.api.web.site import HOW_MANY, QUOTE
from tests.slack.bots import Bot
from tests.slack.people import People, until
from tests.slack.validation import words
from tests.slack.workspace import Said

CHANNEL, PRIVATE = "C00000001", "G00000001"
ANN, BOB = "UANN00001", "UBOB00001"


def answers(people: People, channel: str, thread: str, count: int = 1) -> list[Said]:
    """The final messages of the bot in a thread, once there are so many and nothing is under way."""

    def settled() -> list[Said]:
        replies = people.space.replies(channel, thread)
        final = [one for one in replies if one.metadata and one.metadata["event_payload"]["final"]]
        busy = [one for one in people.space.thread(channel, thread) if one.reactions or one.streaming]
        return final if len(final) >= count and not busy else []

    found: list[Said] = until(settled)
    assert len(found) == count
    return found


def said(one: Said) -> str:
    return words({"blocks": one.blocks})


@pytest.mark.parametrize("channel", [CHANNEL, PRIVATE])
def test_a_mention_is_answered_in_its_thread(bot: Bot, people: People, channel: str) -> None:
    asked = people.ask(channel, ANN, HOW_MANY)
    (answer,) = answers(people, channel, asked)
    assert answer.thread_ts == asked
    assert said(answer).startswith("In Operation Pitting, 15,000 people were evacuated from Kabul. [1]")
    assert QUOTE in said(answer)
    assert (answer.unfurl_links, answer.unfurl_media) == (False, False)
    assert "15,000 people" in answer.text
    assert [call.args["name"] for call in people.space.called("reactions.add")] == ["eyes"]
    assert [call.args["timestamp"] for call in people.space.called("reactions.remove")] == [asked]
