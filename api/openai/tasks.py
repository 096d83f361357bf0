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
_HISTORY = ("<chat_history>", "</chat_history>")
_SPEAKERS = ("USER:", "ASSISTANT:", "SYSTEM:", "TOOL:")
_LIBRECHATS = ("User:", "AI:", "Assistant:")


def reply_to_task(text: str) -> str | None:
    """What a program gets for a task of its own; None for what is a question.

    text: the only message of the user.
    """
    order = text.lstrip()
    if order.startswith("### Task:"):
        return _for_open_webui(order)
    if order.startswith("Your task is") and "emoji" in order and "Message: ```" in order:
        return "📰"
    return _for_librechat(order)


def _for_open_webui(text: str) -> str | None:
    order, begun, rest = text.partition(_HISTORY[0])
    history, ended, _ = rest.rpartition(_HISTORY[1])
    wanted = _WANTED.search(order)
    if not (begun and ended):
        completes = wanted is not None and wanted[1] == "text" and "<type>" in text and "</text>" in text
        return json.dumps({"text": ""}) if completes else None
    _, said = _first_said(f"{history}\n{_SPEAKERS[1]}", _SPEAKERS)
    title = title_of(said)
    if wanted is None:  # older ones want the title itself
        return title if "title" in order.lower() else json.dumps([])
    kind = wanted[1]
    return json.dumps({kind: title if kind == "title" else _EMPTY[kind]}, ensure_ascii=False)


def _for_librechat(text: str) -> str | None:
    order, said = _first_said(text, _LIBRECHATS)
    order = order.lower()
    if not said or "title" not in order or "conversation" not in order:
        return None
    title = title_of(said)
    return json.dumps({"title": title}, ensure_ascii=False) if "detected language" in order else title


def _first_said(text: str, speakers: tuple[str, ...]) -> tuple[str, str]:
    """What stands before the user's first words, and those words, which end where another speaks; else nothing.

    speakers: how the lines begin in which somebody begins to speak, the user first.
    """
    before: list[str] = []
    said: list[str] = []
    for line in text.splitlines():
        speaker = next((name for name in speakers if line.startswith(name)), None)
        if said and speaker:
            return "\n".join(before), "\n".join(said)
        if said:
            said.append(line)
        elif speaker == speakers[0]:
            said.append(line.removeprefix(speaker))
        else:
            before.append(line)
    return "", ""


def title_of(question: str) -> str:
    """The question on one line, cut after a word where it is long.

    >>> title_of("how many were evacuated?\\nand by whom?")
    'how many were evacuated? and by whom?'
    """
    line = " ".join(question.strip().strip('"').split())
    if len(line) <= TITLE_CHARACTERS:
        return line or UNTITLED
    return line[: TITLE_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
