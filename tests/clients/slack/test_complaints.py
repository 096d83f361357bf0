"""What Slack refuses, for the log."""

import logging
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from clients.slack.complaints import Complaints, error_of, refusal, status_of


def refused(data: Any, status: int = 200) -> SlackApiError:
    response = AsyncSlackResponse(
        client=AsyncWebClient(), http_verb="POST", api_url="", req_args={}, data=data, headers={}, status_code=status
    )
    return SlackApiError("refused", response)


def test_a_missing_scope_is_named_with_its_place() -> None:
    words = refusal(refused({"ok": False, "error": "missing_scope", "needed": "chat:write"}), "an answer")
    assert words.startswith("Slack refused an answer: the scope chat:write is missing. Add it at https://api.slack.com")
    assert "a scope that the method needs" in refusal(refused({"ok": False, "error": "missing_scope"}), "x")


def test_other_errors_go_by_slacks_names() -> None:
    assert (
        refusal(refused({"ok": False, "error": "is_archived"}), "an answer") == "Slack refused an answer: is_archived."
    )
    assert (error_of(refused("<html>", 502)), status_of(refused("<html>", 502))) == ("status 502", 502)


def test_each_complaint_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    complaints = Complaints()
    with caplog.at_level(logging.WARNING):
        for doing in ("a reaction", "a reaction", "a status"):
            complaints.tell(refused({"ok": False, "error": "is_archived"}), doing)
    assert len(caplog.records) == 2
