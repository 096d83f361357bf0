"""What chat programs ask for themselves is told from questions by its structure. The prompts are in their manner."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.openai.tasks import reply_to_task, title_of

HISTORY = """### Chat History:
<chat_history>
USER: how many were evacuated
in Operation Pitting?
ASSISTANT: 15,000 people. [1]
USER: by whom?
</chat_history>"""
FIRST = "how many were evacuated in Operation Pitting?"


def webui(order: str, example: str) -> str:
    return f"### Task:\n{order}\n### Guidelines:\n- Be brief.\n### Output:\nJSON format: {example}\n{HISTORY}"


def librechat(order: str, assistant: str = "AI") -> str:
    return f"{order}\n\nUser: {FIRST}\n{assistant}: 15,000 people. [1]"


@pytest.mark.parametrize(
    ("order", "example", "reply"),
    [
        ("Generate a concise, 3-5 word title.", '{ "title": "your concise title here" }', {"title": FIRST}),
        ("Erzeuge einen Titel.", '{"title": "Titel"}', {"title": FIRST}),
        ("Generate 1-3 broad tags.", '{ "tags": ["tag1", "tag2"] }', {"tags": ["News"]}),
        ("Suggest 3-5 follow-up questions.", '{ "follow_ups": ["Question 1?"] }', {"follow_ups": []}),
        ("Decide whether to search.", '{\n  "queries": ["query1", "query2"]\n}', {"queries": []}),
        ("Describe an image.", '{\n    "prompt": "Your detailed description here."\n}', {"prompt": ""}),
        ("Continue what is typed.", '`{ "text": "" }` or `{ "text": "<your_completion>" }`', {"text": ""}),
    ],
)
def test_the_tasks_of_open_webui(order: str, example: str, reply: dict[str, object]) -> None:
    assert json.loads(reply_to_task(webui(order, example)) or "") == reply


def test_its_older_titles_are_text() -> None:
    order = "Generate a title with an emoji summarizing the chat history."
    assert reply_to_task(f"### Task:\n{order}\n{HISTORY}") == FIRST


def test_its_completion_of_what_is_typed() -> None:
    prompt = 'Continue the text.\nRespond as `{ "text": "<your_completion>" }`.\n<type>General</type>\n<text>how</text>'
    assert reply_to_task(f"### Task:\n{prompt}") == '{"text": ""}'


def test_its_mood_of_a_message() -> None:
    prompt = "Your task is to reflect the speaker's mood through a fitting emoji.\n\nMessage: ```how many?```"
    assert reply_to_task(prompt) == "📰"


@pytest.mark.parametrize("quote", ["", '"""'])
def test_messages_may_be_quoted(quote: str) -> None:
    history = f"<chat_history>\nUSER: {quote}who?{quote}\nASSISTANT: {quote}He.{quote}\n</chat_history>"
    assert reply_to_task(f'### Task:\nA title.\n{{"title": "x"}}\n{history}') == '{"title": "who?"}'


def test_a_conversation_of_nothing_has_a_title_too() -> None:
    prompt = '### Task:\nA title.\n{"title": "x"}\n<chat_history>\n</chat_history>'
    assert reply_to_task(prompt) == '{"title": "News"}'


def test_the_words_of_the_conversation_order_nothing() -> None:
    history = '<chat_history>\nUSER: what is {"tags": 1}?\n</chat_history>'
    assert reply_to_task(f'### Task:\nGo.\n{{"title": "x"}}\n{history}') == json.dumps(
        {"title": 'what is {"tags": 1}?'}
    )


def test_the_titles_of_librechat() -> None:
    order = "Provide a concise title for the conversation. Only return the title itself.\n\nConversation:"
    assert reply_to_task(librechat(order)) == FIRST
    assert reply_to_task(librechat("A title (max 40 characters) for a conversation:", "Assistant")) == FIRST
    order = "Analyze this conversation and provide:\n1. The detected language\n2. A concise title"
    assert json.loads(reply_to_task(librechat(order)) or "") == {"title": FIRST}


@pytest.mark.parametrize(
    "question",
    [
        "how many were evacuated?",
        "What title did the King give the general after the conversation?",
        "Generate a concise title for the article about Kabul",
        '### Task:\nRespond to the user query using the provided context.\n<context>{"title": "x"}</context>\nwho?',
        "### Task: who set the task?",
        'What does {"title": "x"} mean?',
        "What is in <chat_history>USER: a</chat_history>?",
        "User: who left?\nAI: He did.\nIs that true?",
        "Suggest 3-5 relevant follow-up questions about Kabul",
        "Which emoji did the minister send? Message: ```x```",
        "",
    ],
)
def test_questions_are_no_tasks(question: str) -> None:
    assert reply_to_task(question) is None


def test_a_long_title_is_cut_after_a_word() -> None:
    title = title_of("How many people, in all, were evacuated from Kabul by air, by land and by sea?")
    assert title == "How many people, in all, were evacuated from Kabul by air…"


@given(st.text())
def test_a_title_is_one_short_line(question: str) -> None:
    title = title_of(question)
    assert 0 < len(title) <= 60
    assert "\n" not in title
