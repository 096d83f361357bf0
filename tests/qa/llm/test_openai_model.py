"""The model behind an OpenAI-compatible API: what is sent, what comes of it, and what becomes of a server's every whim.

respx shows the protocol; MisbehavingServer, on a real socket, what respx never sees.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx
import pytest
import respx
import tiktoken
from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms.custom import CustomLLM
from pydantic import Field

from qa.errors import (
    ModelCancelledError,
    ModelContextError,
    ModelError,
    ModelRefusedError,
    ModelReplyError,
    ModelUnavailableError,
)
from qa.llm import llamaindex_model
from qa.llm.llamaindex_model import LlamaIndexModel
from qa.llm.model import ChatModel, Deadline, Message, Reply
from qa.llm.model_transport import proxy_for
from qa.llm.openai_model import open_model
from qa.llm.retrying import Breaker, CircuitOpenError, Retries
from qa.records import Usage
from tests.qa.misbehaving import (
    BEHAVIOURS,
    GOOD_EVENTS,
    WHOLE,
    WORDS,
    MisbehavingServer,
    plain,
    reply,
    status,
)

KEY = "s3cret-key"
URL = "http://model.test/v1"
CHAT = f"{URL}/chat/completions"
MESSAGES = (Message("system", "Answer from the sources."), Message("user", "How many?"))
QUICK = Retries(first_s=0.01, most_s=0.02, jitter_s=0.01)
USED = Usage(12, 7)

Call = Callable[[ChatModel, Deadline], Reply]


def complete(model: ChatModel, deadline: Deadline) -> Reply:
    return model.complete(MESSAGES, deadline)


def stream(model: ChatModel, deadline: Deadline) -> Reply:
    return streamed(model, deadline)[1]


def streamed(model: ChatModel, deadline: Deadline) -> tuple[list[str], Reply]:
    deltas, generator = [], model.stream(MESSAGES, deadline)
    while True:
        try:
            deltas.append(next(generator))
        except StopIteration as done:
            return deltas, done.value


CALLS = pytest.mark.parametrize("call", [complete, stream])


@pytest.fixture
def opened() -> Iterator[Callable[..., LlamaIndexModel]]:
    """Opens models, and closes their connections in the end."""
    models: list[LlamaIndexModel] = []

    def opening(url: str = URL, name: str = "some-model", key: str | None = KEY, **options: object) -> LlamaIndexModel:
        models.append(open_model(url, name, key, **{"retries": QUICK, **options}))  # type: ignore[arg-type]
        return models[-1]

    yield opening
    for model in models:
        model.close()


Opened = Callable[..., LlamaIndexModel]


@pytest.fixture(autouse=True)
def _no_proxy_and_no_download(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)

    def never(*_: object) -> None:
        raise AssertionError("tiktoken would download an encoding")

    monkeypatch.setattr(tiktoken, "get_encoding", never)
    monkeypatch.setattr(tiktoken, "encoding_for_model", never)


def events(*parts: str) -> httpx.Response:
    return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, content="".join(parts).encode())


# --- the protocol


@respx.mock
def test_a_whole_reply_all_at_once(opened: Opened) -> None:
    route = respx.post(CHAT).respond(200, text=reply(), content_type="application/json")
    assert opened().complete(MESSAGES, Deadline.at(5)) == Reply(WHOLE, USED)
    request = route.calls.last.request
    assert json.loads(request.content) == {
        "model": "some-model",
        "messages": [
            {"role": "system", "content": "Answer from the sources."},
            {"role": "user", "content": "How many?"},
        ],
        "stream": False,
        "temperature": 0.0,
        "max_tokens": 600,
    }
    assert request.headers["Authorization"] == f"Bearer {KEY}"


@respx.mock
def test_a_streamed_reply(opened: Opened) -> None:
    route = respx.post(CHAT).mock(return_value=events(*GOOD_EVENTS))
    assert streamed(opened(), Deadline.at(5)) == (list(WORDS), Reply(WHOLE, USED))
    sent = json.loads(route.calls.last.request.content)
    assert sent["stream"] is True
    assert sent["stream_options"] == {"include_usage": True}
    assert sent["max_tokens"] == 600


@respx.mock
def test_only_what_the_protocol_needs_is_sent(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "from-the-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.test")
    monkeypatch.setenv("OPENAI_API_BASE", "http://elsewhere.test")
    route = respx.post(CHAT).respond(200, text=reply(), content_type="application/json")
    opened(key=None).complete(MESSAGES, Deadline.at(5))
    headers = route.calls.last.request.headers
    assert "from-the-environment" not in str(headers.raw)
    assert set(headers) == {"host", "authorization", "content-type", "content-length", "accept", "user-agent"}


@respx.mock
def test_a_reasoning_model_is_asked_in_its_own_words(opened: Opened) -> None:
    route = respx.post(CHAT).respond(200, text=reply(), content_type="application/json")
    opened(name="gpt-5-mini", max_tokens=50).complete(MESSAGES, Deadline.at(5))
    sent = json.loads(route.calls.last.request.content)
    assert sent["max_completion_tokens"] == 50
    assert "max_tokens" not in sent


@respx.mock
@CALLS
@pytest.mark.parametrize(
    "error", [httpx.ConnectError(KEY), httpx.ReadTimeout(KEY), httpx.RemoteProtocolError(KEY), httpx.ProxyError(KEY)]
)
def test_connection_errors_are_tried_three_times(opened: Opened, call: Call, error: Exception) -> None:
    route = respx.post(CHAT).mock(side_effect=error)
    with pytest.raises(ModelUnavailableError) as caught:
        call(opened(), Deadline.at(5))
    assert route.call_count == 3
    assert KEY not in str(caught.value)


@respx.mock
@CALLS
def test_a_key_that_is_no_header_is_refused_without_being_shown(opened: Opened, call: Call) -> None:
    respx.post(CHAT).mock(side_effect=httpx.LocalProtocolError(f"Illegal header value b'Bearer {KEY}'"))
    with pytest.raises(ModelRefusedError, match="QA_LLM_API_KEY") as caught:
        call(opened(), Deadline.at(5))
    assert KEY not in str(caught.value)


def test_a_model_without_a_chat_api_is_refused_on_opening(opened: Opened) -> None:
    with pytest.raises(ModelRefusedError, match="QA_LLM_MODEL"):
        opened(name="gpt-5.4-pro")


def test_openai_is_the_default_address(opened: Opened) -> None:
    with respx.mock:
        route = respx.post("https://api.openai.com/v1/chat/completions")
        route.respond(200, text=reply(), content_type="application/json")
        assert opened(None).complete(MESSAGES, Deadline.at(5)).text == WHOLE


def test_a_proxy_that_is_set_is_used_but_not_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert proxy_for("https://api.test/v1") is None
    monkeypatch.setenv("https_proxy", "proxy.test:3128")
    monkeypatch.setenv("no_proxy", "inside.test")
    assert proxy_for("https://api.test/v1") == "http://proxy.test:3128"
    assert proxy_for("https://inside.test/v1") is None
    monkeypatch.setenv("http_proxy", "http://proxy.test:3128")
    assert proxy_for("http://localhost:11434/v1") is None
    assert proxy_for("http://127.0.0.1:11434/v1") is None


def test_a_proxy_is_asked_for_the_models_address(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    with MisbehavingServer.that("good") as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        assert opened("http://model.test/v1").complete(MESSAGES, Deadline.at(3)).text == WHOLE
        assert proxy.seen[0].path == CHAT


def test_a_proxy_of_another_kind_is_refused_without_showing_it(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"ftp://user:{KEY}@proxy.test")
    with pytest.raises(ModelRefusedError, match="HTTPS_PROXY") as caught:
        opened("http://model.test/v1")
    assert KEY not in str(caught.value)


# --- another LLM of LlamaIndex's


class OtherLLM(CustomLLM):
    """Says its parts, with a pause before each; the last says so in Ollama's word."""

    parts: list[str]
    pause_s: float = 0.0
    closed: list[bool] = Field(default_factory=list)

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="other")

    def complete(self, prompt: str, formatted: bool = False, **kwargs: object) -> CompletionResponse:
        assert "How many?" in prompt
        return CompletionResponse(text="".join(self.parts), raw={"done_reason": "stop"})

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: object) -> CompletionResponseGen:
        return self._parts()

    def _parts(self) -> CompletionResponseGen:
        try:
            for part in self.parts:
                time.sleep(self.pause_s)
                yield CompletionResponse(text="", delta=part, raw={})
            yield CompletionResponse(text="", delta="", raw={"done_reason": "stop"})
        finally:
            self.closed.append(True)


@CALLS
def test_any_other_llm_fits(call: Call) -> None:
    assert call(LlamaIndexModel(OtherLLM(parts=list(WORDS)), "other"), Deadline.at(3)) == Reply(WHOLE, None)


def test_any_other_llm_keeps_to_the_deadline_between_two_parts() -> None:
    llm = OtherLLM(parts=["a"] * 100, pause_s=0.02)
    start = time.monotonic()
    with pytest.raises(ModelUnavailableError, match="in time"):
        stream(LlamaIndexModel(llm, "other"), Deadline.at(0.1))
    assert time.monotonic() - start < 0.3
    assert llm.closed == [True]


# --- a server that misbehaves

UNAVAILABLE, REFUSED, NO_REPLY = ModelUnavailableError, ModelRefusedError, ModelReplyError
# behaviour -> what comes of it, and how many requests were made: all at once and streamed, which may differ.
OUTCOMES: dict[str, tuple[type[ModelError], int, int]] = {
    "reset_before_headers": (UNAVAILABLE, 3, 3),
    "close_before_headers": (UNAVAILABLE, 3, 3),
    "hang_before_headers": (UNAVAILABLE, 1, 1),
    "drip_headers": (UNAVAILABLE, 1, 1),
    "endless_headers": (UNAVAILABLE, 3, 3),
    "informed_for_ever": (UNAVAILABLE, 1, 1),
    "not_http": (UNAVAILABLE, 3, 3),
    "status_400": (REFUSED, 1, 1),
    "status_401": (REFUSED, 1, 1),
    "status_403": (REFUSED, 1, 1),
    "status_404": (REFUSED, 1, 1),
    "status_422": (REFUSED, 1, 1),
    "status_429": (UNAVAILABLE, 3, 3),
    "status_500": (UNAVAILABLE, 3, 3),
    "status_503": (UNAVAILABLE, 3, 3),
    "status_529": (UNAVAILABLE, 3, 3),
    "no_credit": (REFUSED, 1, 1),
    "redirect": (REFUSED, 1, 1),
    "retry_after_soon": (UNAVAILABLE, 3, 3),
    "retry_after_late": (UNAVAILABLE, 1, 1),
    "retry_after_date": (UNAVAILABLE, 1, 1),
    "html200": (NO_REPLY, 1, 1),
    "text200": (NO_REPLY, 1, 1),
    "empty_body": (NO_REPLY, 1, 1),
    "garbage_json": (NO_REPLY, 1, 1),
    "garbage_bytes": (NO_REPLY, 1, 1),
    "gzip_garbage": (NO_REPLY, 1, 1),
    "deep_json": (NO_REPLY, 1, 1),
    "json_array": (NO_REPLY, 1, 1),
    "json_string": (NO_REPLY, 1, 1),
    "null_choices": (NO_REPLY, 1, 1),
    "empty_object": (NO_REPLY, 1, 1),
    "empty_choices": (NO_REPLY, 1, 1),
    "null_message": (NO_REPLY, 1, 1),
    "content_of_another_kind": (NO_REPLY, 1, 1),
    "empty_message": (NO_REPLY, 1, 1),
    "null_content": (NO_REPLY, 1, 1),
    "white_message": (NO_REPLY, 1, 1),
    "no_finish_reason": (NO_REPLY, 1, 1),
    "finish_of_another_kind": (NO_REPLY, 1, 1),
    "just_ends": (NO_REPLY, 1, 1),
    "length": (NO_REPLY, 1, 1),
    "content_filter": (NO_REPLY, 1, 1),
    "tool_calls": (NO_REPLY, 1, 1),
    "endless_line": (NO_REPLY, 1, 1),
    "endless_text": (NO_REPLY, 1, 1),
    "drip": (UNAVAILABLE, 1, 1),
    "hang_mid_stream": (UNAVAILABLE, 1, 1),
    # All at once nothing was shown yet, so it is asked again; not so once a word was streamed.
    "reset_mid_stream": (UNAVAILABLE, 3, 1),
    "cut_chunked": (UNAVAILABLE, 3, 1),
}
# These take as long as they are given.
SLOW = {"hang_before_headers", "drip_headers", "informed_for_ever", "drip", "hang_mid_stream"}


@pytest.mark.parametrize("behaviour", OUTCOMES)
@CALLS
def test_every_misbehaviour_is_a_typed_error_in_time(
    opened: Opened, call: Call, behaviour: str, caplog: pytest.LogCaptureFixture
) -> None:
    kind, at_once, when_streamed = OUTCOMES[behaviour]
    caplog.set_level(logging.DEBUG, "qa")
    allowed = 0.25 if behaviour in SLOW else 3.0
    with MisbehavingServer.that(behaviour) as server:
        start = time.monotonic()
        with pytest.raises(kind) as caught:
            call(opened(server.url), Deadline.at(allowed))
        assert time.monotonic() - start < allowed + 0.5
        assert len(server.chats()) == (at_once if call is complete else when_streamed)
    shown = str(caught.value) + caplog.text
    assert KEY not in shown
    assert "Operation" not in shown
    assert str(caught.value).endswith(".")
    assert caught.value.__suppress_context__


def test_no_misbehaviour_is_left_out() -> None:
    odd = {"good", "hang_after_finish", "no_done", "nan_usage", "keep_alive_comments", "drip_tokens", "error_event"}
    assert set(BEHAVIOURS) == {*OUTCOMES, *odd, "refuses_stream_options", "refuses_old_parameters"}


@CALLS
@pytest.mark.parametrize(
    ("behaviour", "usage"),
    [("good", USED), ("keep_alive_comments", USED), ("no_done", None), ("nan_usage", None)],
)
def test_odd_but_whole_replies_are_whole(opened: Opened, call: Call, behaviour: str, usage: Usage | None) -> None:
    with MisbehavingServer.that(behaviour) as server:
        assert call(opened(server.url), Deadline.at(3)) == Reply(WHOLE, usage)


def test_a_server_that_hangs_after_the_end_is_not_waited_for(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llamaindex_model, "_USAGE_S", 0.1)
    with MisbehavingServer.that("hang_after_finish") as server:
        start = time.monotonic()
        assert stream(opened(server.url), Deadline.at(20)) == Reply(WHOLE, None)
        assert time.monotonic() - start < 1


@CALLS
def test_an_error_inside_a_reply_is_not_a_reply(opened: Opened, call: Call) -> None:
    with MisbehavingServer.that("error_event") as server, pytest.raises(ModelError) as caught:
        call(opened(server.url), Deadline.at(3))
    assert "overloaded" not in str(caught.value)


@CALLS
@pytest.mark.parametrize(
    "failures", [("status_503",), ("status_429", "close_before_headers"), ("retry_after_soon", "reset_before_headers")]
)
def test_a_server_that_recovers_is_asked_again(opened: Opened, call: Call, failures: tuple[str, ...]) -> None:
    with MisbehavingServer.that(*failures, "good") as server:
        assert call(opened(server.url), Deadline.at(3)).text == WHOLE
        assert len(server.chats()) == len(failures) + 1


@CALLS
def test_nobody_listening(opened: Opened, call: Call) -> None:
    with MisbehavingServer.that("good") as server:
        url = server.url
    with pytest.raises(ModelUnavailableError, match="can't be reached"):
        call(opened(url), Deadline.at(3))


@CALLS
def test_an_unknown_host(opened: Opened, call: Call) -> None:
    with pytest.raises(ModelUnavailableError):
        call(opened("http://nowhere.invalid/v1"), Deadline.at(1))


def test_a_slow_name_look_up_ends_by_the_deadline(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr("vectorstore.name_lookup.socket.getaddrinfo", lambda *_, **__: released.wait(5) and [])
    start = time.monotonic()
    with pytest.raises(ModelUnavailableError, match="in time"):
        complete(opened("http://model.test/v1"), Deadline.at(0.2))
    assert time.monotonic() - start < 0.7
    released.set()


@CALLS
def test_a_deadline_that_has_passed_makes_no_request(opened: Opened, call: Call) -> None:
    with MisbehavingServer.that("good") as server:
        with pytest.raises(ModelUnavailableError):
            call(opened(server.url), Deadline.at(0))
        assert not server.seen


def test_a_stream_of_slow_words_ends_by_the_deadline(opened: Opened) -> None:
    with MisbehavingServer.that("drip_tokens") as server:
        deltas: list[str] = []
        start = time.monotonic()
        with pytest.raises(ModelUnavailableError, match="in time"):
            deltas.extend(opened(server.url).stream(MESSAGES, Deadline.at(0.3)))
        assert time.monotonic() - start < 0.5
        assert len(deltas) > 3
        assert len(server.chats()) == 1
        assert server.left.wait(1)


@pytest.mark.parametrize("behaviour", ["hang_mid_stream", "drip_tokens"])
def test_closing_the_stream_closes_the_connection_at_once(opened: Opened, behaviour: str) -> None:
    with MisbehavingServer.that(behaviour) as server:
        generator = opened(server.url).stream(MESSAGES, Deadline.at(20))
        assert next(generator) in {"In ", "word "}
        assert not server.left.is_set()
        generator.close()
        assert server.left.wait(1)
        assert len(server.chats()) == 1


@CALLS
@pytest.mark.parametrize("behaviour", ["hang_before_headers", "drip_headers", "hang_mid_stream", "status_503"])
def test_a_silent_call_can_be_given_up_from_another_thread(opened: Opened, call: Call, behaviour: str) -> None:
    cancelled = threading.Event()
    patient = Retries(first_s=10, most_s=10)
    with MisbehavingServer.that(behaviour) as server:
        model = opened(server.url, retries=patient)
        threading.Timer(0.2, cancelled.set).start()
        start = time.monotonic()
        with pytest.raises(ModelCancelledError):
            call(model, Deadline.at(20, cancelled))
        assert time.monotonic() - start < 0.7
        assert len(server.chats()) == 1


def _cuts(content: str) -> list[int]:
    """Places to cut at: all around the ends of lines, and every seventh within them, where one is like the next."""
    return [cut for cut in range(len(content)) if cut % 7 == 0 or "\n" in content[max(0, cut - 3) : cut + 3]]


def test_a_stream_cut_anywhere_is_never_whole_unless_all_of_it_came(opened: Opened) -> None:
    content = "".join(GOOD_EVENTS)
    ended = content.index('"finish_reason": "stop"')
    whole_from = content.index("\n\n", ended) + 2
    model = opened()
    with respx.mock:
        route = respx.post(CHAT)
        for cut in _cuts(content):
            route.mock(return_value=events(content[:cut]))
            if cut < whole_from:
                with pytest.raises(ModelReplyError, match="broke off"):
                    stream(model, Deadline.at(5))
            else:
                assert stream(model, Deadline.at(5)).text == WHOLE


# --- options that a server doesn't know


@CALLS
def test_an_option_that_is_refused_is_given_up_for_good(opened: Opened, call: Call) -> None:
    with MisbehavingServer.that("refuses_stream_options") as server:
        model = opened(server.url)
        assert call(model, Deadline.at(3)).text == WHOLE
        assert stream(model, Deadline.at(3)).text == WHOLE
        assert stream(model, Deadline.at(3)).text == WHOLE
        refused = [seen for seen in server.chats() if "stream_options" in seen.body]
        assert len(refused) == 1
        assert refused[0].body["stream"] is True


@CALLS
def test_a_newer_models_words_are_found_out(opened: Opened, call: Call) -> None:
    with MisbehavingServer.that("refuses_old_parameters") as server:
        model = opened(server.url, max_tokens=77)
        assert call(model, Deadline.at(3)).text == WHOLE
        assert len(server.chats()) == 3
        assert call(model, Deadline.at(3)).text == WHOLE
        assert len(server.chats()) == 4
        last = server.chats()[-1].body
        assert last["max_completion_tokens"] == 77
        assert not {"max_tokens", "temperature"} & set(last)


@CALLS
def test_an_option_that_is_refused_over_and_over_ends(opened: Opened, call: Call) -> None:
    nagging = status(400, body={"error": {"message": "stream_options, max_tokens and temperature"}})
    with MisbehavingServer([nagging]) as server:
        with pytest.raises(ModelRefusedError):
            call(opened(server.url), Deadline.at(3))
        assert len(server.chats()) <= 4


# --- the circuit


@CALLS
def test_a_dead_server_is_left_alone(opened: Opened, call: Call) -> None:
    with MisbehavingServer.that("status_503") as server:
        model = opened(server.url, breaker=Breaker(failures=4, open_s=0.5))
        for _ in range(5):
            with pytest.raises(ModelUnavailableError):
                call(model, Deadline.at(3))
        assert len(server.chats()) == 4
        start = time.monotonic()
        with pytest.raises(CircuitOpenError):
            call(model, Deadline.at(3))
        assert time.monotonic() - start < 0.2
        server.scripts[:] = [BEHAVIOURS["good"]]
        time.sleep(0.51)
        assert call(model, Deadline.at(3)).text == WHOLE
        assert len(server.chats()) == 5


def test_a_server_that_refuses_is_not_dead(opened: Opened) -> None:
    with MisbehavingServer.that("status_401") as server:
        model = opened(server.url, breaker=Breaker(failures=2))
        for _ in range(4):
            with pytest.raises(ModelRefusedError, match="QA_LLM_API_KEY"):
                complete(model, Deadline.at(3))
        assert len(server.chats()) == 4


def test_a_stream_that_is_closed_leaves_the_circuit_as_it_was(opened: Opened) -> None:
    with MisbehavingServer.that("status_503", "hang_mid_stream") as server:
        model = opened(server.url, breaker=Breaker(failures=1, open_s=0.1), retries=Retries(attempts=1))
        with pytest.raises(ModelUnavailableError):
            stream(model, Deadline.at(3))
        time.sleep(0.11)
        for _ in range(2):
            with closing(model.stream(MESSAGES, Deadline.at(3))) as generator:
                assert next(generator) == "In "


def test_many_calls_at_once(opened: Opened) -> None:
    with MisbehavingServer.that("good") as server:
        model = opened(server.url)
        with ThreadPoolExecutor(12) as pool:
            calls = [pool.submit(stream if number % 2 else complete, model, Deadline.at(10)) for number in range(48)]
            assert {call.result().text for call in calls} == {WHOLE}


# --- the check


@pytest.mark.parametrize(
    ("models", "words"),
    [
        (plain('{"data": []}'), None),
        (plain('{"data": [{"id": "other"}, {"id": "some-model"}]}'), None),
        (plain('{"data": [{"id": "some-model:latest"}]}'), None),
        (
            plain('{"data": [{"id": "other"}]}'),
            "lists no model some-model. Set QA_LLM_MODEL to one that it has: other.",
        ),
        (plain(json.dumps({"data": [{"id": f"m{n}"} for n in range(9)]})), "m0, m1, m2, m3, m4, ...."),
        (plain('{"data": [{"id": "\\u001b[31mred"}]}'), None),
        (plain('{"models": "of another form"}'), None),
        (plain('{"data": []}', "application/json; charset=utf-8"), None),
        (status(401), "QA_LLM_API_KEY"),
        (status(403), "QA_LLM_API_KEY"),
        (status(503), "fails"),
        (status(302, "Location: /elsewhere"), "QA_LLM_BASE_URL"),
        (plain("<p>hello", "text/html"), "QA_LLM_BASE_URL"),
        (plain("hello", "text/plain"), "QA_LLM_BASE_URL"),
        (BEHAVIOURS["reset_before_headers"], "can't be reached"),
        (BEHAVIOURS["not_http"], "can't be reached"),
    ],
)
def test_the_check_says_what_is_wrong(opened: Opened, models: Callable[..., None], words: str | None) -> None:
    with MisbehavingServer.that("good", models=models) as server:
        told = opened(server.url).check()
        assert (told is None) if words is None else (told is not None and words in told and KEY not in told)
        assert [seen.method + " " + seen.path for seen in server.seen] == ["GET /v1/models"]
        assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("chat", "words"), [("good", None), ("length", None), ("status_401", "QA_LLM_API_KEY"), ("status_404", "no such")]
)
def test_without_a_list_of_models_one_token_is_asked_for(opened: Opened, chat: str, words: str | None) -> None:
    with MisbehavingServer.that(chat, models=status(404)) as server:
        told = opened(server.url).check()
        assert (told is None) if words is None else words in (told or "")
        assert [seen.body["max_tokens"] for seen in server.chats()] == [1]


def test_the_check_is_bounded(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llamaindex_model, "CHECK_S", 0.2)
    with MisbehavingServer.that("good", models=BEHAVIOURS["drip_headers"]) as server:
        start = time.monotonic()
        assert "in time" in (opened(server.url).check() or "")
        assert time.monotonic() - start < 0.5


def test_the_check_is_made_once_a_minute(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    with MisbehavingServer.that("good") as server:
        model = opened(server.url)
        assert [model.check() for _ in range(5)] == [None] * 5
        assert len(server.seen) == 1
        monkeypatch.setattr(llamaindex_model, "CHECK_VALID_S", 0.0)
        assert model.check() is None
        assert len(server.seen) == 2


def test_a_call_that_was_refused_counts_more_than_a_list_of_models(opened: Opened) -> None:
    with MisbehavingServer.that("status_401", "status_400", "good") as server:
        model = opened(server.url)
        assert model.check() is None
        with pytest.raises(ModelRefusedError):
            complete(model, Deadline.at(3))
        assert "QA_LLM_API_KEY" in (model.check() or "")
        with pytest.raises(ModelRefusedError):
            complete(model, Deadline.at(3))
        complete(model, Deadline.at(3))
        assert model.check() is None


def test_a_question_that_was_too_long_says_nothing_of_the_model(opened: Opened) -> None:
    with MisbehavingServer.that("status_400") as server:
        model = opened(server.url)
        with pytest.raises(ModelRefusedError):
            complete(model, Deadline.at(3))
        assert model.check() is None


@pytest.mark.parametrize(
    "error",
    [
        {"message": "This model's maximum context length is 8192 tokens.", "code": "context_length_exceeded"},
        {"message": "the request exceeds the available context size", "type": "exceed_context_size_error", "code": 400},
        {"message": "Prompt is too long: 9,000 tokens", "code": None},
    ],
)
def test_a_context_that_is_too_small_is_an_error_of_its_own(opened: Opened, error: dict[str, object]) -> None:
    with MisbehavingServer([status(400, body={"error": error})]) as server:
        for call in (complete, stream):
            with pytest.raises(ModelContextError, match="context"):
                call(opened(server.url), Deadline.at(3))
        assert len(server.chats()) == 2


def test_a_reply_that_is_cut_off_is_given_as_far_as_it_goes(opened: Opened) -> None:
    cut = MisbehavingServer([lambda talk: talk.respond(200, reply(finish="length"))])
    with cut as server:
        assert complete(opened(server.url), Deadline.at(3)) == Reply(WHOLE, USED, cut=True)
