"""The seam to the model: deadlines, errors, and a reply as it grows."""

import ssl
import threading
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.base.llms.types import ChatResponse

from qa.errors import (
    ModelCancelledError,
    ModelError,
    ModelRefusedError,
    ModelReplyError,
    ModelUnavailableError,
    QAError,
)
from qa.llm.model import Deadline
from qa.llm.model_errors import model_error, retry_after_s, status_error
from qa.llm.retrying import Breaker, CircuitOpenError, Retries
from qa.llm.transcript import MAX_CHARS, Transcript
from qa.records import Usage

QUICK = Retries(first_s=0.001, most_s=0.002, jitter_s=0.001)


def part(text: str = "", finish: object = None, usage: object = None) -> tuple[ChatResponse, str]:
    raw = {"choices": [{"finish_reason": finish}], "usage": usage}
    return ChatResponse(message={"role": "assistant", "content": text}, raw=raw), text


def test_a_deadline_is_a_point_in_time() -> None:
    deadline = Deadline.at(0.05)
    assert 0 < deadline.remaining() <= 0.05
    time.sleep(0.06)
    assert deadline.remaining() == 0


def test_a_sleep_ends_when_the_call_is_given_up() -> None:
    cancelled = threading.Event()
    deadline = Deadline.at(10, cancelled)
    assert not deadline.is_cancelled()
    threading.Timer(0.05, cancelled.set).start()
    start = time.monotonic()
    deadline.sleep(5)
    assert time.monotonic() - start < 1
    assert deadline.is_cancelled()


def test_only_an_unavailable_model_is_worth_another_try() -> None:
    assert ModelUnavailableError("").retryable
    for kind in (ModelRefusedError, ModelReplyError, ModelCancelledError):
        assert issubclass(kind, ModelError)
        assert issubclass(kind, QAError)
        assert not kind.retryable


# --- errors


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (302, ModelRefusedError, "QA_LLM_BASE_URL"),
        (400, ModelRefusedError, "QA_LLM_MODEL"),
        (401, ModelRefusedError, "QA_LLM_API_KEY"),
        (402, ModelRefusedError, "credit"),
        (403, ModelRefusedError, "QA_LLM_API_KEY"),
        (404, ModelRefusedError, "QA_LLM_MODEL and QA_LLM_BASE_URL"),
        (408, ModelUnavailableError, "busy"),
        (429, ModelUnavailableError, "busy"),
        (500, ModelUnavailableError, "fails"),
        (529, ModelUnavailableError, "fails"),
    ],
)
def test_each_status_says_what_to_do(status: int, kind: type[ModelError], words: str) -> None:
    error = status_error(status, "some-model")
    assert type(error) is kind
    assert words in str(error)
    assert str(status) in str(error)


def test_what_nobody_knows_is_no_reply_and_none_of_its_words_are_shown() -> None:
    error = model_error(RuntimeError("s3cret"), "some-model")
    assert isinstance(error, ModelReplyError)
    assert "s3cret" not in str(error)


def test_a_certificate_that_is_not_trusted_is_no_matter_of_trying_again() -> None:
    error = ConnectionError("wrapped")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed")
    assert "SSL_CERT_FILE" in str(model_error(error, "some-model"))
    assert isinstance(model_error(error, "some-model"), ModelRefusedError)


def test_an_error_of_ours_inside_another_is_kept() -> None:
    inner = ModelReplyError("too long")
    outer = ConnectionError("wrapped")
    outer.__cause__ = inner
    assert model_error(outer, "some-model") is inner


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        ("1.5", 1.5),
        ("-3", 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("9" * 100, None),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert retry_after_s(header) == seconds


def test_retry_after_a_date() -> None:
    assert (retry_after_s("Wed, 21 Oct 2099 07:28:00 GMT") or 0) > 3600


@given(st.text(max_size=80))
def test_retry_after_takes_anything(header: str) -> None:
    seconds = retry_after_s(header)
    assert seconds is None or seconds >= 0


# --- retries


class Attempts:
    """Fails with the given errors, one after the other, then succeeds."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        if self.errors:
            raise self.errors.pop(0)
        return "fine"


def test_two_more_attempts_at_most() -> None:
    attempts = Attempts(*[ModelUnavailableError(str(number)) for number in range(9)])
    with pytest.raises(ModelUnavailableError, match="2"):
        QUICK.call(attempts, Deadline.at(5))
    assert attempts.count == 3


def test_it_may_succeed_the_third_time() -> None:
    assert QUICK.call(Attempts(ModelUnavailableError("a"), ModelUnavailableError("b")), Deadline.at(5)) == "fine"


@pytest.mark.parametrize(
    "error", [ModelRefusedError(""), ModelReplyError(""), ModelCancelledError(""), CircuitOpenError(""), KeyError()]
)
def test_nothing_else_is_tried_again(error: Exception) -> None:
    attempts = Attempts(error)
    with pytest.raises(type(error)):
        QUICK.call(attempts, Deadline.at(5))
    assert attempts.count == 1


def test_retry_after_is_waited_for_where_it_fits() -> None:
    start = time.monotonic()
    assert QUICK.call(Attempts(ModelUnavailableError("", retry_after_s=0.2)), Deadline.at(5)) == "fine"
    assert 0.2 <= time.monotonic() - start < 1


def test_retry_after_that_does_not_fit_fails_at_once() -> None:
    attempts = Attempts(ModelUnavailableError("", retry_after_s=3))
    start = time.monotonic()
    with pytest.raises(ModelUnavailableError):
        QUICK.call(attempts, Deadline.at(2))
    assert time.monotonic() - start < 0.5
    assert attempts.count == 1


def test_the_backoff_never_outlives_the_deadline() -> None:
    attempts = Attempts(*[ModelUnavailableError("")] * 9)
    start = time.monotonic()
    with pytest.raises(ModelUnavailableError):
        Retries(attempts=9, first_s=0.05, most_s=1, jitter_s=0).call(attempts, Deadline.at(0.3))
    assert time.monotonic() - start < 0.3
    assert 2 <= attempts.count <= 4


# --- the circuit breaker


def fail(breaker: Breaker, error: BaseException) -> None:
    with pytest.raises(type(error)), breaker.attempt():
        raise error


def test_it_opens_after_several_failures_in_a_row_and_closes_after_a_success() -> None:
    breaker = Breaker(failures=3, open_s=0.1)
    for _ in range(3):
        fail(breaker, ModelUnavailableError(""))
    with pytest.raises(CircuitOpenError, match="left alone"), breaker.attempt():
        pytest.fail("not asked while open")
    time.sleep(0.11)
    with breaker.attempt():
        pass
    fail(breaker, ModelUnavailableError(""))
    with breaker.attempt():
        pass


def test_a_failed_try_opens_it_again() -> None:
    breaker = Breaker(failures=2, open_s=0.1)
    fail(breaker, ModelUnavailableError(""))
    fail(breaker, ModelUnavailableError(""))
    time.sleep(0.11)
    fail(breaker, ModelUnavailableError(""))
    with pytest.raises(CircuitOpenError), breaker.attempt():
        pass


@pytest.mark.parametrize("between", [ModelRefusedError(""), ModelReplyError("")])
def test_a_server_that_refuses_is_there(between: ModelError) -> None:
    breaker = Breaker(failures=2)
    for _ in range(3):
        fail(breaker, ModelUnavailableError(""))
        fail(breaker, between)


@pytest.mark.parametrize("between", [ModelCancelledError(""), GeneratorExit()])
def test_a_call_that_was_given_up_counts_neither_way(between: BaseException) -> None:
    breaker = Breaker(failures=2)
    fail(breaker, ModelUnavailableError(""))
    fail(breaker, between)
    fail(breaker, ModelUnavailableError(""))
    with pytest.raises(CircuitOpenError), breaker.attempt():
        pass


def test_calls_run_at_the_same_time_and_one_alone_tries_again() -> None:
    breaker = Breaker(failures=1, open_s=0.05)
    together = threading.Barrier(3, timeout=2)

    def call() -> None:
        with suppress(ModelUnavailableError), breaker.attempt():
            together.wait()  # a breaker that holds its lock while a call is under way would never get here
            raise ModelUnavailableError("")

    threads = [threading.Thread(target=call) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not together.broken
    time.sleep(0.06)
    with breaker.attempt(), pytest.raises(CircuitOpenError), breaker.attempt():
        pytest.fail("a second one while the first still tries")


# --- a reply as it grows


def test_a_whole_reply() -> None:
    transcript = Transcript("m")
    texts = [transcript.add(*part("15,000 ")), transcript.add(*part("people", "stop"))]
    transcript.add(*part("", usage={"prompt_tokens": 3, "completion_tokens": 2}))
    assert texts == ["15,000 ", "people"]
    assert transcript.reply().text == "15,000 people"
    assert transcript.reply().usage == Usage(3, 2)


@pytest.mark.parametrize(
    ("finish", "words"),
    [(None, "broke off"), ("content_filter", "filter"), ("tool_calls", "no answer"), (1, "off")],
)
def test_what_is_not_whole_is_an_error_that_says_why(finish: object, words: str) -> None:
    transcript = Transcript("m")
    transcript.add(*part("15,000 people", finish))
    with pytest.raises(ModelReplyError, match=words) as caught:
        transcript.reply()
    assert "15,000" not in str(caught.value)


def test_text_after_the_end_is_not_part_of_it() -> None:
    transcript = Transcript("m")
    transcript.add(*part("15,000 people", "STOP"))
    assert transcript.add(*part(" and more")) == ""
    assert transcript.reply().text == "15,000 people"


def test_a_reply_is_bounded() -> None:
    transcript = Transcript("m")
    transcript.add(*part("a" * MAX_CHARS))
    with pytest.raises(ModelReplyError, match="too long"):
        transcript.add(*part("a"))


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {},
        [],
        "12",
        {"prompt_tokens": 1},
        {"prompt_tokens": float("nan"), "completion_tokens": 1},
        {"prompt_tokens": float("inf"), "completion_tokens": 1},
        {"prompt_tokens": -1, "completion_tokens": 1},
        {"prompt_tokens": True, "completion_tokens": 1},
        {"prompt_tokens": "1", "completion_tokens": 1},
        {"prompt_tokens": 10**30, "completion_tokens": 1},
        {"prompt_tokens": 1.5, "completion_tokens": 1},
    ],
)
def test_usage_that_cannot_be_is_none(usage: object) -> None:
    transcript = Transcript("m")
    transcript.add(*part("fine", "stop", usage))
    assert transcript.reply().usage is None


@given(st.text(min_size=1).filter(str.strip), st.data())
def test_text_is_the_same_wherever_it_is_cut_even_inside_an_emoji(text: str, data: st.DataObject) -> None:
    halves = text.encode("utf-16-le", "surrogatepass")
    units = [halves[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(halves), 2)]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(units)), max_size=4)))
    transcript, given_out = Transcript("m"), ""
    for start, end in zip([0, *cuts], [*cuts, len(units)], strict=True):
        given_out += transcript.add(*part_of(units[start:end]))
    transcript.add(*part(finish="stop"))
    assert (
        transcript.reply().text == given_out == text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    )


def part_of(units: list[str]) -> tuple[ChatResponse, str]:
    response, _ = part()
    return response, "".join(units)


def test_half_an_emoji_is_never_given_out() -> None:
    transcript = Transcript("m")
    assert transcript.add(*part_of(["a", "\ud83d"])) == "a"
    assert transcript.add(*part_of(["\ude00"])) == "\N{GRINNING FACE}"
    assert transcript.add(*part_of(["\ude00"])) == "�"
