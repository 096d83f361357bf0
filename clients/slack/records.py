"""What the bot knows of a question in Slack, from its arrival to its answer."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Key:
    """What makes a question one question, however often Slack delivers it: its channel and its message's `ts`.

    A slash command is no message; its `trigger_id` takes the place of the `ts`. A suggestion that a person chose is
    known by the message that it stood in, its button and the person: see `of_choice`.
    """

    channel: str
    ts: str

    @classmethod
    def of_choice(cls, channel: str, ts: str, button: str, person: str) -> Self:
        """The key of a suggestion, chosen by a person under a message."""
        return cls(channel, f"{ts}/{button}/{person}")

    @property
    def message(self) -> str:
        """The `ts` of the message in which the question stands."""
        return self.ts.partition("/")[0]

    @property
    def is_choice(self) -> bool:
        """Whether it is a suggestion that was chosen, and no message of the person's own."""
        return "/" in self.ts


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread: its channel and its first message's `ts`. Each is one conversation of the service."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it came.

    team, person: who asks. text: in plain words. edited: the `ts` of the edit that gave it this text; "" for none.
    pane: whether it was asked where Slack shows a status: in a direct message's thread. response_url: where to answer
    the person alone, for a slash command.
    """

    key: Key
    thread: Thread
    team: str | None
    person: str
    text: str
    edited: str = ""
    pane: bool = False
    response_url: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A question as it is kept while it is answered, and after.

    withdrawn: it was deleted. replies: the `ts` of the messages that answer it, or are about to; the first is the one
    that is updated. conversation, answer: where the service keeps the last answer.
    """

    asked: Asked
    withdrawn: bool = False
    replies: tuple[str, ...] = ()
    conversation: str | None = None
    answer: str | None = None
