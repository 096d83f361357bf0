"""What Slack refuses, for the log of whoever runs the bot: each once, with what to change. Never a token."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from clients.slack.settings import APPS

_log = logging.getLogger(__name__)

MISSING_SCOPE = "missing_scope"
_SCOPES = (
    'Add it at {apps}, "OAuth & Permissions", "Scopes", and install the app anew (docs/slack-manifest.yaml has all).'
)


class Complaints:
    """Tells each complaint once: a scope that is missing is met with every message."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()

    def tell(self, error: SlackApiError, doing: str) -> None:
        """Put on record that Slack refused something. doing: what, in words."""
        words = refusal(error, doing)
        key = (error_of(error), doing)
        if key not in self._told:
            self._told.add(key)
            _log.warning("%s", words)


def refusal(error: SlackApiError, doing: str) -> str:
    """Why Slack refused something, and what to do."""
    code = error_of(error)
    if code == MISSING_SCOPE:
        scope = _data(error).get("needed") or "a scope that the method needs"
        return f"Slack refused {doing}: the scope {scope} is missing. {_SCOPES.format(apps=APPS)}"
    return f"Slack refused {doing}: {code}."


def error_of(error: SlackApiError) -> str:
    """Slack's name for an error: "not_in_channel"; the status where it gave none."""
    return str(_data(error).get("error") or f"status {status_of(error)}")


def status_of(error: SlackApiError) -> int:
    """The HTTP status; 200 for most errors."""
    status = getattr(error.response, "status_code", None) or getattr(error.response, "status", None)
    return status if isinstance(status, int) else 0


def _data(error: SlackApiError) -> Mapping[str, Any]:
    data = getattr(error.response, "data", None)
    return data if isinstance(data, Mapping) else {}
