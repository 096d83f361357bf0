"""POST /v1/responses, by OpenAI's own client."""

from typing import Any

import anyio
import openai
import pytest

from qa.errors import ModelCancelledError
from qa.records import Answer, Exchange
from tests.api.fakes import QUOTE, FakeEngine, answer, no_answer
from tests.api.openai.test_chat import TOLD, WRITTEN, as_json, text_of
from tests.api.openai.test_tasks import FIRST, webui

OPENING = ["response.created", "response.in_progress", "response.output_item.added", "response.content_part.added"]
CLOSING = [
    "response.output_text.annotation.added",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
]


@pytest.mark.parametrize("reply", [WRITTEN, answer(), no_answer(text="The articles don't say.")])
def test_an_answer_in_one_piece(client: openai.OpenAI, fake: FakeEngine, reply: Answer) -> None:
    fake.replies = [reply]
    response = client.responses.create(model="dateline", input="how many?", metadata={"a": "b"})
    assert (response.output_text, response.status) == (text_of(reply), "completed")
    (item,) = response.output
    assert item.type == "message"
    (part,) = item.content
    assert part.type == "output_text"
    cited = [one for one in part.annotations if one.type == "url_citation"]
    assert [part.text[one.start_index : one.end_index] for one in cited] == ["[1]"] * len(reply.citations)
    assert response.usage
    assert response.usage.total_tokens == (320 if reply.usage else 0)
    assert response.metadata == {"a": "b"}
    assert response.model_extra
    assert response.model_extra["dateline"] == as_json(reply)


def test_the_messages_are_the_question_and_what_it_follows(client: openai.OpenAI, fake: FakeEngine) -> None:
    fake.replies = [answer(), answer()]
    first = client.responses.create(model="dateline", input="how many?")
    messages: Any = [
        {"role": "user", "content": "how many?"},
        *[item.to_dict() for item in first.output],
        {"role": "user", "content": [{"type": "input_text", "text": "by whom?"}]},
    ]
    client.responses.create(model="dateline-extractive", input=messages, instructions="Be brief.")
    assert fake.asked[1].question == "by whom?"
    assert fake.asked[1].mode == "extractive"
    assert fake.asked[1].before == (Exchange("how many?", "how many?", QUOTE),)


@pytest.mark.parametrize("told", [[], TOLD])
def test_a_stream_has_openais_events_in_their_order(client: openai.OpenAI, fake: FakeEngine, told: list[Any]) -> None:
    fake.replies, fake.told = [WRITTEN], list(told)
    events: list[Any] = list(client.responses.create(model="dateline", input="how many?", stream=True))
    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    names = [event.type for event in events]
    assert names == [*OPENING, *["response.output_text.delta"] * len(deltas), *CLOSING]
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert "".join(deltas) == text_of(WRITTEN)
    done = events[-1].response
    assert done.id == events[0].response.id
    assert done.output_text == text_of(WRITTEN)
    assert done.model_extra["dateline"] == as_json(WRITTEN)


def test_the_helper_of_the_client_reads_the_stream(client: openai.OpenAI, fake: FakeEngine) -> None:
    fake.replies = [WRITTEN]
    with client.responses.stream(model="dateline", input="how many?") as stream:
        assert stream.get_final_response().output_text == text_of(WRITTEN)


def test_the_asynchronous_client(base_url: str, fake: FakeEngine) -> None:
    fake.replies = [answer(), WRITTEN]

    async def ask() -> tuple[str, str]:
        own = openai.DefaultAsyncHttpxClient(trust_env=False)
        async with openai.AsyncOpenAI(base_url=base_url, api_key="any", http_client=own) as client:
            whole = await client.responses.create(model="dateline", input="how many?")
            stream = await client.responses.create(model="dateline", input="how many?", stream=True)
            pieces = [event.delta async for event in stream if event.type == "response.output_text.delta"]
        return whole.output_text, "".join(pieces)

    assert anyio.run(ask) == (text_of(answer()), text_of(WRITTEN))


def test_a_task_of_a_chat_program_is_not_asked(client: openai.OpenAI, fake: FakeEngine) -> None:
    prompt = webui("A title.", '{ "title": "x" }')
    expected = f'{{"title": "{FIRST}"}}'
    assert client.responses.create(model="dateline", input=prompt).output_text == expected
    with client.responses.stream(model="dateline", input=prompt) as stream:
        assert stream.get_final_response().output_text == expected
    assert fake.asked == []


@pytest.mark.parametrize(
    ("options", "param", "said"),
    [
        ({"previous_response_id": "resp_1"}, "previous_response_id", "send the messages of the conversation"),
        ({"conversation": "conv_1"}, "conversation", "send the messages of the conversation"),
        ({"background": True}, "background", "leave background out"),
        ({"text": {"format": {"type": "json_object"}}}, "text.format", "`dateline`"),
        ({"input": []}, "input", "No message is the user's"),
        ({"input": ""}, "input", "The question is empty"),
        ({"input": 7}, "input", "valid"),
        ({"input": [{"role": "user", "content": [{"type": "input_image"}]}]}, "input[0].content[0]", "only text"),
        ({"temperature": -1}, "temperature", "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_is_named(
    client: openai.OpenAI, fake: FakeEngine, options: dict[str, Any], param: str, said: str
) -> None:
    with pytest.raises(openai.BadRequestError, match=said) as raised:
        client.responses.create(model="dateline", input="how many?", extra_body=options)
    assert raised.value.param == param


def test_what_fails_within_a_stream_is_raised_by_the_client(client: openai.OpenAI, fake: FakeEngine) -> None:
    fake.told, fake.replies = [*TOLD, ModelCancelledError("s3cret")], [answer()]
    with pytest.raises(openai.APIError, match="Something went wrong here"):
        list(client.responses.create(model="dateline", input="how many?", stream=True))
