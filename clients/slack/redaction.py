"""The log, without secrets: no token, no signing secret and no address that is one leaves the process."""

import logging
import re
from collections.abc import Iterable

HIDDEN = "(hidden)"

_SECRET = re.compile(r"\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]+|(?<=ticket=)[\w-]+|(?<=://hooks\.slack\.com/)\S+")


class Redacted(logging.Formatter):
    """A formatter whose lines hold no secret, wherever it came from: messages, arguments and tracebacks alike."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return _SECRET.sub(HIDDEN, line)


def log_without(secrets: Iterable[str]) -> None:
    """Have the process log to stderr, warnings and worse, without these secrets."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacted(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
