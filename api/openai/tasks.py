"""What chat programs ask of a model for themselves: titles, tags, suggestions. They must not be answered with news.

Open WebUI sends "### Task:", what to do, the JSON that it wants as an example, and the conversation within
<chat_history>. LibreChat sends what to do with "title" and "conversation" in it, and the conversation as lines
"User: ..." and "AI: ...". Both as the only message of the user. They are known by that structure, never by a phrase.
"""

import json
import re

TITLE_CHARACTERS = 60
UNTITLED = "News"

_EMPTY = {
    "tags": ["News"],
    "follow_ups": [],
    "queries": [],
    "prompt": "",
    "text": "",
}
_WANTED = re.compile(r"""\{\s*"(title|tags|follow_ups|queries|prompt|text)"\s*:""")
_HISTORY = re.compile(r"<chat_history>(.*)</chat_history>", re.DOTALL)
_TYPED = re.compile(r"<type>.*</type>\s*<text>.*</text>", re.DOTALL)
_FIRST_SAID = re.compile(r"^\s*USER:\s*(.*?)\s*(?=^\s*(?:ASSISTANT|SYSTEM|TOOL|USER):|\Z)", re.DOTALL | re.MULTILINE)
_TITLING = re.compile(
    r"(?P<order>[^\0]*?)^User:[ ]?(?P<said>.*?)\s*^(?:AI|Assistant):", re.DOTALL | re.MULTILINE | re.IGNORECASE
)
_EMOJI = re.compile(r"emoji\b.*\bMessage:\s*```.*```\s*\Z", re.DOTALL)


def reply_to_task(text: str) -> str | None:
    """What a program gets for a task of its own; None for what is a question.

    text: the only message of the user.
    """
    if text.lstrip().startswith("### Task:"):
        return _for_open_webui(text)
    if _EMOJI.search(text) and text.lstrip().startswith("Your task is"):
        return "📰"
    return _for_librechat(text)


def _for_open_webui(text: str) -> str | None:
    history = _HISTORY.search(text)
    order = text[: history.start()] if history else text
    wanted = _WANTED.search(order)
    if history is None:
        return json.dumps({"text": ""}) if wanted and wanted[1] == "text" and _TYPED.search(text) else None
    said = _FIRST_SAID.search(history[1])
    title = title_of(said[1] if said else "")
    if wanted is None:  # older ones want the title itself
        return title if re.search(r"\btitle\b", order, re.IGNORECASE) else json.dumps([])
    kind = wanted[1]
    return json.dumps({kind: title if kind == "title" else _EMPTY[kind]}, ensure_ascii=False)


def _for_librechat(text: str) -> str | None:
    asked = _TITLING.match(text)
    if asked is None:
        return None
    order = asked["order"].lower()
    if "title" not in order or "conversation" not in order:
        return None
    title = title_of(asked["said"])
    return json.dumps({"title": title}, ensure_ascii=False) if "detected language" in order else title


def title_of(question: str) -> str:
    """The question on one line, cut after a word where it is long.

    >>> title_of("how many were evacuated?\\nand by whom?")
    'how many were evacuated? and by whom?'
    """
    line = " ".join(question.strip().strip('"').split())
    if len(line) <= TITLE_CHARACTERS:
        return line or UNTITLED
    return line[: TITLE_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
