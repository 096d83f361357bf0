"""Messages become a question and the conversation before it."""

from typing import Any

import pytest

from api.openai.errors import OpenAIError
from api.openai.messages import REMEMBERED, asked_in
from api.openai.rendering import rendered
from qa.records import Exchange
from tests.api.fakes import QUOTE, answer, no_answer

ANSWERED = rendered(answer(), "http://here/").text
REFUSED = rendered(no_answer(text="The articles don't say."), "http://here/").text


def user(content: object) -> dict[str, Any]:
    return {"role": "user", "content": content}


def assistant(content: object) -> dict[str, Any]:
    return {"role": "assistant", "content": content}


def test_the_last_message_of_the_user_is_the_question() -> None:
    asked = asked_in([user("how many?"), assistant(ANSWERED), user("by whom?")], "messages")
    assert asked.question == "by whom?"
    assert asked.before == (Exchange("how many?", "how many?", QUOTE),)


def test_what_is_no_question_or_answer_is_left_out_of_account() -> None:
    messages: list[dict[str, Any]] = [
        {"role": "system", "content": "Be brief."},
        {"role": "developer", "content": [{"type": "text", "text": "Be kind."}]},
        assistant("Hello, ask me anything."),
        user("who?"),
        assistant(REFUSED),
        {"role": "tool", "tool_call_id": "t", "content": "{}"},
        {"type": "reasoning", "summary": []},
        user(""),
        user("x" * 2001),
        user("unanswered"),
        user("when?"),
        assistant(None),
        {"role": "assistant", "content": None, "tool_calls": []},
    ]
    asked = asked_in(messages, "messages")
    assert asked.question == "when?"
    assert [(one.question, one.text) for one in asked.before] == [("who?", ""), ("unanswered", "")]


def test_parts_of_text_are_joined() -> None:
    parts = [{"type": "text", "text": "how"}, {"type": "input_text", "text": "many?"}]
    before = [user([*parts, {"type": "image_url"}]), assistant([{"type": "output_text", "text": ANSWERED}])]
    asked = asked_in([*before, user(parts)], "input")
    assert asked.question == "how\nmany?"
    assert asked.before == (Exchange("how\nmany?", "how\nmany?", QUOTE),)


def test_the_nearest_exchanges_are_looked_at() -> None:
    many = [message for n in range(20) for message in (user(f"q{n}"), assistant("a"))]
    before = asked_in([*many, user("last")], "messages").before
    assert [one.question for one in before] == [f"q{n}" for n in range(20 - REMEMBERED, 20)]


@pytest.mark.parametrize(
    ("messages", "param", "said"),
    [
        ([assistant("a")], "messages", "No message is the user's"),
        ([user(None)], "messages[0].content", "must be a string, or a list of parts"),
        ([assistant("a"), user(7)], "messages[1].content", "must be a string, or a list of parts"),
        ([user([{"type": "text", "text": "a"}, {"type": "image_url"}])], "messages[0].content[1]", "'image_url' can't"),
        ([user([{"type": "input_audio", "text": "x"}])], "messages[0].content[0]", "'input_audio' can't be read"),
        ([user(["a"])], "messages[0].content[0]", "What is no part with a type"),
        ([user([{"type": "text"}])], "messages[0].content[0]", "'text' can't be read"),
    ],
)
def test_what_is_wrong_is_named(messages: list[dict[str, Any]], param: str, said: str) -> None:
    with pytest.raises(OpenAIError, match=said) as raised:
        asked_in(messages, "messages")
    assert raised.value.param == param


def test_what_was_asked_before_stands_alone_as_it_did_when_it_was_asked() -> None:
    messages = [user("How many UK troops were sent?"), assistant(ANSWERED), user("what about the US?"), assistant("a")]
    before = asked_in([*messages, user("when?")], "messages").before
    assert [one.standalone for one in before] == ["How many UK troops were sent?", "How many US troops were sent?"]
