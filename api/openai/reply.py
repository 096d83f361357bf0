"""What is sent back, whatever asked for it: an answer with its text, or what a program gets for a task of its own."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from api.openai.rendering import Annotation, Rendered, rendered
from qa.records import Answer

_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class Reply:
    """A message and what goes beside it. answer: None where it is no answer of ours."""

    message: Rendered
    answer: Answer | None = None

    @property
    def text(self) -> str:
        """The message's text."""
        return self.message.text

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """Where the text cites what."""
        return self.message.annotations

    @property
    def tokens(self) -> tuple[int, int]:
        """What a model read and wrote for it: zeros where none did."""
        usage = self.answer.usage if self.answer else None
        return (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0)

    def beside(self) -> dict[str, Any]:
        """The answer as every door gives it, under the name that it stands beside OpenAI's fields by."""
        return {"dateline": _ANSWER.dump_python(self.answer, mode="json")} if self.answer else {}

    def pieces(self) -> list[str]:
        """The text in pieces, as a stream sends it: its lines, with the empty ones after them."""
        return re.findall(r"[^\n]+\n*", self.text)


def reply_of(answer: Answer, base_url: str) -> Reply:
    """An answer as it is shown. base_url: of this server, ending with a slash."""
    return Reply(rendered(answer, base_url), answer)
