"""What a person in Slack is told when a question can't be answered: one line, without an address or a stack. Pure."""

from clients.errors import CutOffError, ServerError, UnreachableError
from qa.errors import BadQuestionError, QAError

CUT_OFF = "I was restarted while I answered this, and the answer was cut off. Please ask again."
PRIVATELY_CUT_OFF = "I was restarted while I answered you. If no answer stands above, please ask again."
EMPTY = "Ask me something about the news, such as: how many people were evacuated?"
NOT_HERE = "I may not answer in this channel. Write to me directly, or ask whoever runs me to let me answer here."

BROKEN = "The article service failed on this question. Please ask again; if it fails again, tell whoever runs me."
_BUSY = "The article service is busy right now. Please ask again in a minute."
_DOWN = "I can't reach the article service right now. Please ask again in a minute."
_OVERLOADED = {429, 503}


def told(error: Exception) -> str:
    """The line for an error of the service."""
    match error:
        case BadQuestionError():
            return str(error)
        case UnreachableError():
            return _DOWN
        case CutOffError():
            return "The answer was cut off: the article service stopped while it answered. Please ask again."
        case ServerError() if error.status in _OVERLOADED or error.retryable:
            return _BUSY
        case QAError() if error.retryable:
            return _BUSY
        case _:
            return BROKEN
