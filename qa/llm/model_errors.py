"""What a model client raises -> a ModelError in our own words: those of the client may hold the key or the reply."""

import math
import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx
import openai

from qa.errors import ModelContextError, ModelError, ModelRefusedError, ModelReplyError, ModelUnavailableError

_TIMEOUTS = (openai.APITimeoutError, httpx.TimeoutException, httpcore.TimeoutException)
_UNSENDABLE = (
    httpx.LocalProtocolError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    httpcore.LocalProtocolError,
    httpcore.UnsupportedProtocol,
)
_CONNECTION = (
    openai.APIConnectionError,
    httpx.TransportError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    OSError,
)
_BUSY = {408, 409, 425, 429}
_ABOUT_ONE_REQUEST = {400, 413, 422}
# OpenAI says "too many requests" of an account without money, too; waiting does not help there.
_NO_CREDIT = {"insufficient_quota", "billing_hard_limit_reached"}

# As OpenAI, vLLM, llama.cpp, Ollama and gateways say that a prompt is too long.
_TOO_LONG = re.compile(
    r"context[_ ](?:length|window|size)|maximum (?:model |context )?length|exceeds? the available context"
    r"|(?:prompt|input|messages?) (?:is|are) too long|too many (?:input )?tokens|exceed_context",
    re.IGNORECASE,
)
_READ_CHARS = 2_000


def model_error(error: Exception, name: str) -> ModelError:
    """What an exception of a model client means for the user. name: the model's."""
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, ModelError):
            return cause
    if isinstance(error, openai.APIStatusError):
        if error.status_code in _ABOUT_ONE_REQUEST and _TOO_LONG.search(f"{error.code} {error.body}"[:_READ_CHARS]):
            return ModelContextError(
                f"The context of the model {name} is too small for the sources. Serve it with a larger one, or set "
                "another QA_LLM_MODEL."
            )
        return status_error(error.status_code, name, code=error.code, retry_after=error.response.headers)
    if any(isinstance(cause, _TIMEOUTS) for cause in causes):
        return ModelUnavailableError(
            f"The model {name} did not answer in time. Try again later, or raise QA_ANSWER_DEADLINE."
        )
    if any(isinstance(cause, _UNSENDABLE) for cause in causes):
        return ModelRefusedError(
            "The model's address or key can't be put into a request. Check QA_LLM_BASE_URL and QA_LLM_API_KEY."
        )
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return ModelRefusedError(
            "The certificate of the model's server is not trusted. Check QA_LLM_BASE_URL; for a certificate of your "
            "own, set SSL_CERT_FILE."
        )
    if any(isinstance(cause, _CONNECTION) for cause in causes):
        return ModelUnavailableError(
            f"The model {name} can't be reached, or the connection broke. Check that its server runs, and "
            "QA_LLM_BASE_URL."
        )
    if isinstance(error, openai.APIError) and not isinstance(error, openai.APIResponseValidationError):
        return ModelUnavailableError(f"The model {name} reported an error instead of a reply. Try again later.")
    return ModelReplyError(
        f"The model {name} gave what is no reply ({type(error).__name__}). Check that QA_LLM_BASE_URL is the address "
        "of an OpenAI-compatible API."
    )


def status_error(
    status: int, name: str, *, code: object = None, retry_after: httpx.Headers | None = None
) -> ModelError:
    """What an HTTP status means for the user. code: OpenAI's word for the error. retry_after: the reply's headers."""
    if status == 402 or (isinstance(code, str) and code in _NO_CREDIT):
        return ModelRefusedError(
            f"The account of the model {name} has no credit left (HTTP {status}). Top it up, or set another "
            "QA_LLM_API_KEY."
        )
    if status in _BUSY or status >= 500:
        what = "is too busy" if status in _BUSY else "fails"
        wait = None if retry_after is None else retry_after_s(retry_after.get("retry-after"))
        return ModelUnavailableError(f"The model {name} {what} (HTTP {status}). Try again later.", retry_after_s=wait)
    match status:
        case 401:
            advice = "The key is refused: check QA_LLM_API_KEY."
        case 403:
            advice = "Check that the key (QA_LLM_API_KEY) may use this model."
        case 404:
            advice = "There is no such model, or no API at this address: check QA_LLM_MODEL and QA_LLM_BASE_URL."
        case _ if 300 <= status < 400:
            advice = "It points to another address: set QA_LLM_BASE_URL to where the API is."
        case _:
            advice = "Check QA_LLM_MODEL, and that it takes chat messages of this length."
    return ModelRefusedError(
        f"The model {name} refused with HTTP status {status}. {advice}", lasting=status not in _ABOUT_ONE_REQUEST
    )


def retry_after_s(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, from a number or an HTTP date; None where it says neither."""
    if value is None or len(value) > 64:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = (moment - datetime.now(UTC)).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and those that it was raised from: the client wraps what its transport raises."""
    cause: BaseException | None = error
    for _ in range(8):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__
