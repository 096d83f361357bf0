"""In which channels the bot may answer, and in which it follows a thread without being named again. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Mode = Literal["follow", "mention-only"]

EVERYWHERE = "*"
_CHANNEL = re.compile(r"[CG][A-Z0-9]{5,}")


@dataclass(frozen=True, slots=True)
class Channels:
    """modes: by channel id, or `EVERYWHERE` for all others; a channel without one is none of the bot's."""

    modes: Mapping[str, Mode] = field(default_factory=lambda: {EVERYWHERE: "follow"})

    @classmethod
    def read(cls, text: str) -> "Channels":
        """From the setting: "C0123456, C0456789:mention-only", "*:mention-only"; empty for everywhere.

        Raises ValueError, with what to write instead.
        """
        modes: dict[str, Mode] = {}
        for entry in filter(None, (one.strip() for one in text.split(","))):
            channel, _, mode = (part.strip() for part in entry.partition(":"))
            if channel != EVERYWHERE and not _CHANNEL.fullmatch(channel):
                raise ValueError(
                    f"{channel[:40]!r} is no channel's id. It begins with C or G and stands at the end of its "
                    'details in Slack (click its name, then "About"); * stands for all others'
                )
            if mode and mode not in get_args(Mode):
                raise ValueError(f"{mode[:40]!r} is no mode; there are: {', '.join(get_args(Mode))}")
            modes[channel] = "mention-only" if mode == "mention-only" else "follow"
        return cls(modes) if modes else cls()

    def allow(self, channel: str) -> bool:
        """Whether the bot may answer there. Direct messages are always allowed."""
        return channel.startswith("D") or self._mode(channel) is not None

    def follow(self, channel: str) -> bool:
        """Whether the bot answers in its threads there without being named again."""
        return self._mode(channel) == "follow"

    def _mode(self, channel: str) -> Mode | None:
        return self.modes.get(channel, self.modes.get(EVERYWHERE))
