"""A conversation as Markdown, with every answer's sources. Pure."""

from collections.abc import Iterator

from qa.conversations.records import Conversation, Turn
from qa.language.markdown import escaped, linked
from qa.reasons import STANDING
from qa.records import Citation


def as_markdown(conversation: Conversation) -> str:
    """The conversation: a heading, and for each turn the question, what limited it, the answer and its sources."""
    lines = [f"# {escaped(conversation.title)}", ""]
    for turn in conversation.turns:
        lines += [*_turn_lines(turn), ""]
    return "\n".join(lines)


def _turn_lines(turn: Turn) -> Iterator[str]:
    answer = turn.answer
    asked_by = f" ({escaped(turn.asker)})" if turn.asker else ""
    yield f"## {turn.number}. {escaped(turn.question)}{asked_by}"
    yield ""
    if answer.standalone_question != turn.question:
        yield f"*Searched for: {escaped(answer.standalone_question)}*"
        yield ""
    for limits in answer.limits_told:
        yield f"*{escaped(limits)}*"
        yield ""
    yield escaped(answer.text)
    yield from ("", *(f"- {escaped(one)}" for one in answer.suggestions)) if answer.suggestions else ()
    if answer.citations:
        yield ""
        yield from map(_source_line, answer.citations)


def _source_line(citation: Citation) -> str:
    if citation.gone:
        return f"{citation.marker}. (The article was deleted.)"
    title = linked(citation.title or citation.article_id, citation.url)
    about = ", ".join(escaped(part) for part in (citation.source, citation.published_at) if part)
    said = f"{citation.marker}. {title}{f' ({about})' if about else ''}: “{escaped(citation.quote)}”"
    return f"{said} ({STANDING[citation.standing]})" if citation.standing in STANDING else said
