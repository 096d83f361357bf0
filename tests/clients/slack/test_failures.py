"""What a person in Slack is told: one line each, without an address."""

import pytest

from clients.errors import CutOffError, NotDatelineError, ServerError, UnreachableError
from clients.slack.failures import told
from qa.errors import BadFiltersError, BadQuestionError, ModelUnavailableError
from vectorstore.errors import StorageError


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (BadQuestionError("Ask it shorter."), "Ask it shorter."),
        (UnreachableError("No server answers at http://10.0.0.1."), "I can't reach the article service right now."),
        (CutOffError("x"), "The answer was cut off: the article service stopped while it answered."),
        (ServerError("x", status=503), "The article service is busy right now."),
        (ServerError("x", status=429), "The article service is busy right now."),
        (ServerError("x", status=500, retryable=True), "The article service is busy right now."),
        (ModelUnavailableError("x"), "The article service is busy right now."),
        (ServerError("x", status=500), "The article service failed on this question."),
        (NotDatelineError("http://10.0.0.1"), "The article service failed on this question."),
        (BadFiltersError("x"), "The article service failed on this question."),
        (StorageError("/data is full"), "The article service failed on this question."),
    ],
)
def test_each_error_has_its_line(error: Exception, line: str) -> None:
    assert told(error).startswith(line)
    assert "\n" not in told(error)
    assert "10.0.0.1" not in told(error)
