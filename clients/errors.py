"""What can go wrong between a client and a server, a terminal or Slack. Every message says what to do.

ClientError
├── UnreachableError     nothing answers there, or not in time
├── NotDatelineError     something answers there, but no Dateline server
├── CutOffError          the answer broke off before it was whole
├── ServerError          the server refused the request or failed; `retryable` says whether to try again
├── JobEndedError        a job of the server ended before it was done
├── NoLibraryError       there is no library where one was looked for
├── OutputError          what was to be printed can't be written
├── BotStoreError        the Slack bot's own store can't be read or written
└── SlackSetupError      Slack refuses the bot: a token, a scope or a setting of the app is wrong
"""

from pathlib import Path
from typing import Self


class ClientError(Exception):
    """The root."""


class UnreachableError(ClientError):
    """Nothing answers at the server's address, or not in time."""


class NotDatelineError(ClientError):
    """What answers at the address is no Dateline server."""


class CutOffError(ClientError):
    """The stream of an answer ended before the answer came. What was shown of it is not an answer."""


class ServerError(ClientError):
    """The server refused the request or failed. status: of the HTTP answer."""

    def __init__(self, message: str, *, status: int, retryable: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.retryable = retryable


class JobEndedError(ClientError):
    """A job of the server failed, was stopped there, or ended with the server."""


class NoLibraryError(ClientError):
    """There is no library where one was looked for, and the command makes none."""


class OutputError(ClientError):
    """What was to be printed can't be written: the disk that stdout leads to is full."""


class BotStoreError(ClientError):
    """The folder in which the Slack bot keeps what was delivered can't be read or written."""

    @classmethod
    def of(cls, folder: Path, why: str | None) -> Self:
        """From what the system says."""
        return cls(
            f"The bot's store in {folder} can't be used: {why or 'an unknown error'}. Make room there, or let the bot "
            "write there; QA_DATA_DIR names another folder."
        )


class SlackSetupError(ClientError):
    """Slack refuses the bot. The message says what in Slack's settings is wrong, and where."""
