"""Waiting for what the bot does, and reading it."""

from tests.slack.people import People, until
from tests.slack.validation import words
from tests.slack.workspace import Said

CHANNEL, OTHER, PRIVATE = "C00000001", "C00000002", "G00000001"
ANN, BOB, CAY = "UANN00001", "UBOB00001", "UCAY00001"


def answers(people: People, channel: str, thread: str, count: int = 1) -> list[Said]:
    """The final messages of the bot in a thread, once there are so many and nothing is under way; no other is there."""

    def settled() -> list[Said]:
        replies = people.space.replies(channel, thread)
        final = [one for one in replies if is_final(one)]
        busy = [one for one in people.space.thread(channel, thread) if one.reactions or one.streaming]
        return final if len(final) >= count and len(final) == len(replies) and not busy else []

    found: list[Said] = until(settled)
    assert len(found) == count
    return found


def is_final(one: Said) -> bool:
    return bool(one.metadata and one.metadata["event_payload"].get("final"))


def said(one: Said) -> str:
    """What a message shows."""
    return words({"blocks": one.blocks})


def private_answer(people: People, name: str) -> str:
    """What the last message under a response URL shows, once there is one."""
    told = until(lambda: people.space.responses[name])
    return words(told[-1])


def quiet(people: People, sentinel_thread: str = "") -> None:
    """Wait until the bot has dealt with all that came before, by a question that it is sure to answer."""
    channel = people.space.direct("UZED00001")
    asked = people.say(channel, "UZED00001", "How many people were evacuated from Kabul?")
    answers(people, channel, asked)
