"""POST /v1/chat/completions, by OpenAI's own client: whole, streamed, asynchronous, and with its errors."""

import json
from typing import Any

import anyio
import httpx
import openai
import pytest
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam
from pydantic import TypeAdapter

from api.openai.rendering import rendered
from qa.errors import ModelCancelledError
from qa.events import Event, EvidenceEvent, TextEvent
from qa.records import Answer, Exchange, Usage
from tests.api.fakes import QUOTE, FakeEngine, SlowEngine, answer, no_answer
from tests.api.live import served, until
from tests.api.openai.test_tasks import FIRST, webui
from vectorstore.errors import EmbeddingError, StorageError

ASKED: list[ChatCompletionMessageParam] = [{"role": "user", "content": "how many?"}]
WRITTEN = answer(mode="generated", model="m", usage=Usage(300, 20))
TOLD: list[Event | BaseException] = [EvidenceEvent(()), TextEvent("Some 99,000 "), TextEvent("people [1]")]


def text_of(told: Answer) -> str:
    return rendered(told, "http://x/").text


def as_json(told: Answer) -> dict[str, Any]:
    dumped: dict[str, Any] = TypeAdapter(Answer).dump_python(told, mode="json")
    return dumped


def test_the_models_are_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["dateline", "dateline-extractive"]
    assert client.models.retrieve("dateline-extractive").owned_by == "dateline"
    with pytest.raises(openai.NotFoundError) as raised:
        client.models.retrieve("gpt-4o")
    assert raised.value.code == "model_not_found"


@pytest.mark.parametrize("reply", [WRITTEN, answer(), no_answer(text="The articles don't say.")])
def test_an_answer_in_one_piece(client: openai.OpenAI, fake: FakeEngine, reply: Answer) -> None:
    fake.replies = [reply]
    completion = client.chat.completions.create(model="dateline", messages=ASKED)
    (choice,) = completion.choices
    assert (choice.message.content, choice.finish_reason) == (text_of(reply), "stop")
    cited = [one.url_citation for one in choice.message.annotations or []]
    assert [text_of(reply)[one.start_index : one.end_index] for one in cited] == ["[1]"] * len(reply.citations)
    assert completion.usage
    assert (completion.usage.prompt_tokens, completion.usage.completion_tokens) == (
        (300, 20) if reply.usage else (0, 0)
    )
    assert completion.model_extra
    assert completion.model_extra["dateline"] == as_json(reply)


def test_the_messages_are_the_question_and_what_it_follows(client: openai.OpenAI, fake: FakeEngine) -> None:
    fake.replies = [answer()]
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "Answer like a pirate."},
        *ASKED,
        {"role": "assistant", "content": text_of(answer())},
        {"role": "user", "content": [{"type": "text", "text": "by whom?"}]},
    ]
    client.chat.completions.create(model="dateline-extractive", messages=messages)
    (request,) = fake.asked
    assert (request.question, request.mode) == ("by whom?", "extractive")
    assert request.before == (Exchange("how many?", "how many?", QUOTE),)


def streamed(client: openai.OpenAI, **options: Any) -> list[ChatCompletionChunk]:
    return list(client.chat.completions.create(model="dateline", messages=ASKED, stream=True, **options))


@pytest.mark.parametrize("told", [[], TOLD])
def test_a_stream_tells_the_checked_answer_and_nothing_else(
    client: openai.OpenAI, fake: FakeEngine, told: list[Any]
) -> None:
    fake.replies, fake.told = [WRITTEN], list(told)
    chunks = streamed(client)
    assert chunks[0].choices[0].delta.role == "assistant"
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == text_of(WRITTEN)
    assert [chunk.choices[0].finish_reason for chunk in chunks[:-1]] == [None] * (len(chunks) - 1)
    assert len({chunk.id for chunk in chunks}) == 1
    last = chunks[-1]
    assert last.choices[0].finish_reason == "stop"
    assert last.model_extra
    assert last.model_extra["dateline"] == as_json(WRITTEN)
    assert last.choices[0].delta.model_extra
    (one,) = last.choices[0].delta.model_extra["annotations"]
    cited = one["url_citation"]
    assert text_of(WRITTEN)[cited["start_index"] : cited["end_index"]] == "[1]"


def test_the_usage_comes_last_where_it_is_wanted(client: openai.OpenAI, fake: FakeEngine) -> None:
    fake.replies = [WRITTEN]
    *chunks, last = streamed(client, stream_options={"include_usage": True})
    assert all(chunk.usage is None and "dateline" not in (chunk.model_extra or {}) for chunk in chunks)
    assert last.choices == []
    assert last.usage
    assert last.usage.total_tokens == 320
    assert last.model_extra
    assert last.model_extra["dateline"]["id"] == "a1"


def test_the_helper_of_the_client_reads_the_stream(client: openai.OpenAI, fake: FakeEngine) -> None:
    fake.replies = [WRITTEN]
    with client.chat.completions.stream(model="dateline", messages=ASKED) as stream:
        assert stream.get_final_completion().choices[0].message.content == text_of(WRITTEN)


def test_the_asynchronous_client(base_url: str, fake: FakeEngine) -> None:
    fake.replies = [answer(), WRITTEN]

    async def ask() -> tuple[str | None, str]:
        own = openai.DefaultAsyncHttpxClient(trust_env=False)
        async with openai.AsyncOpenAI(base_url=base_url, api_key="any", http_client=own) as client:
            whole = await client.chat.completions.create(model="dateline", messages=ASKED)
            stream = await client.chat.completions.create(model="dateline", messages=ASKED, stream=True)
            pieces = [chunk.choices[0].delta.content or "" async for chunk in stream]
        return whole.choices[0].message.content, "".join(pieces)

    assert anyio.run(ask) == (text_of(answer()), text_of(WRITTEN))


@pytest.mark.parametrize("stream", [False, True])
def test_a_task_of_a_chat_program_is_not_asked(base_url: str, fake: FakeEngine, stream: bool) -> None:
    prompt = webui("A title.", '{ "title": "x" }')
    body = {"model": "dateline", "messages": [{"role": "user", "content": prompt}], "stream": stream}
    response = httpx.post(f"{base_url}/chat/completions", json=body, trust_env=False)
    expected = json.dumps({"title": FIRST})
    assert fake.asked == []
    assert "dateline" not in response.text.replace('"model": "dateline"', "").replace('"model":"dateline"', "")
    if stream:
        assert response.headers["content-type"].startswith("text/event-stream")
        events = [line.removeprefix("data: ") for line in response.text.split("\n\n") if line]
        assert events.pop() == "[DONE]"
        told = [json.loads(event)["choices"][0]["delta"].get("content", "") for event in events]
        assert "".join(told) == expected
    else:
        assert response.json()["choices"][0]["message"]["content"] == expected


def test_what_is_not_acted_on_is_taken(client: openai.OpenAI, fake: FakeEngine) -> None:
    fake.replies = [answer()]
    client.chat.completions.create(
        model="dateline",
        messages=ASKED,
        n=1,
        temperature=0,
        top_p=1,
        max_tokens=10,
        max_completion_tokens=10,
        seed=7,
        stop=["x"],
        user="ada",
        store=False,
        metadata={"a": "b"},
        tools=[],
        tool_choice="auto",
        presence_penalty=0.5,
        frequency_penalty=-0.5,
        logprobs=False,
        response_format={"type": "text"},
        reasoning_effort="low",
        extra_body={"chat_id": "c", "options": {}},
    )
    assert fake.asked[0].question == "how many?"


@pytest.mark.parametrize(
    ("options", "param", "said"),
    [
        ({"n": 2}, "n", "one answer to a question"),
        ({"temperature": 3}, "temperature", "less than or equal to 2"),
        ({"temperature": "hot"}, "temperature", "valid number"),
        ({"max_tokens": 0}, "max_tokens", "greater than or equal to 1"),
        ({"stream_options": {"include_usage": "yes"}}, "stream_options.include_usage", "valid boolean"),
        ({"metadata": {"a": 1}}, "metadata.a", "valid string"),
        ({"messages": []}, "messages", "at least 1 item"),
        ({"messages": ["a"]}, "messages[0]", "valid dictionary"),
        ({"messages": [{"role": "user", "content": " "}]}, "messages", "The question is empty"),
        ({"messages": [{"role": "system", "content": "a"}]}, "messages", "No message is the user's"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "messages[0].content[0]", "only text"),
        ({"response_format": {"type": "json_object"}}, "response_format", "`dateline`"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_is_wrong_is_named(
    client: openai.OpenAI, fake: FakeEngine, options: dict[str, Any], param: str, said: str, stream: bool
) -> None:
    with pytest.raises(openai.BadRequestError, match=said) as raised:
        client.chat.completions.create(
            model="dateline", messages=ASKED, stream=stream, extra_body=options
        )  # extra_body wins over the arguments
    assert (raised.value.param, raised.value.type) == (param, "invalid_request_error")


def test_another_model_is_not_found(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="`dateline` and `dateline-extractive`") as raised:
        client.chat.completions.create(model="gpt-4o", messages=ASKED)
    assert (raised.value.param, raised.value.code) == ("model", "model_not_found")


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("error", "status", "again"),
    [
        (EmbeddingError("s3cret"), 502, "false"),
        (StorageError("/s3cret"), 503, "true"),
        (ValueError("s3cret"), 500, "false"),
    ],
)
def test_what_fails_has_its_status(
    client: openai.OpenAI, fake: FakeEngine, error: Exception, status: int, again: str, stream: bool
) -> None:
    fake.replies = [error]
    with pytest.raises(openai.InternalServerError) as raised:
        client.chat.completions.create(model="dateline", messages=ASKED, stream=stream)
    assert raised.value.status_code == status
    assert raised.value.response.headers["x-should-retry"] == again
    assert "s3cret" not in raised.value.message
    assert raised.value.type == "server_error"


def test_what_fails_within_a_stream_is_raised_by_the_client(client: openai.OpenAI, fake: FakeEngine) -> None:
    fake.told, fake.replies = [*TOLD, ModelCancelledError("s3cret")], [answer()]
    with pytest.raises(openai.APIError, match="Something went wrong here"):
        streamed(client)


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_leaves_stops_the_model(stream: bool) -> None:
    slow = SlowEngine()
    with served(slow.as_engine()) as address, httpx.Client(trust_env=False, timeout=0.3) as client:
        body = {"model": "dateline", "messages": ASKED, "stream": stream}
        sent = client.build_request("POST", f"{address}/v1/chat/completions", json=body)
        with pytest.raises(httpx.ReadTimeout):
            client.send(sent)
        assert slow.begun.is_set()
        assert until(slow.given_up.is_set)
