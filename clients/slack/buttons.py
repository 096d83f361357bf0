"""The buttons under an answer, and what they send. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextActionsBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
)

from clients.slack.splitting import MAX_BUTTON, MAX_VALUE, shortened, size
from clients.visible import line
from qa.records import Answer

FEEDBACK, UP, DOWN = "feedback", "feedback_up", "feedback_down"
SOURCES, SHARE, SUGGEST = "sources", "share", "suggest_"
"""The `action_id`s. Each suggestion has one of its own, which begins like the last of these."""
SUGGESTIONS = 5
"""As many suggestions have buttons."""
IN_THREAD = "in:"
"""How the `block_id` of suggestions begins that nobody else sees; their thread's `ts` follows."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What may stand under an answer. plain: without the elements that older workspaces don't take.

    private: given to one person alone, who may share it with the channel; the `ts` of what stands for its thread.
    """

    plain: bool = False
    private: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """Where the service keeps an answer. It goes with a button, as text."""

    conversation: str
    answer: str

    def __str__(self) -> str:
        return f"{self.conversation}:{self.answer}"

    @classmethod
    def read(cls, value: str) -> "AnswerKey":
        """What a button sent."""
        conversation, _, answer = value.partition(":")
        return cls(conversation, answer)


def answer_buttons(answer: Answer, offered: Offered) -> list[Block]:
    """The buttons of an answer: of its suggestions, or its sources, sharing and feedback."""
    if answer.suggestions:
        elements = _suggestions(answer.suggestions)
        name = None if offered.private is None else f"{IN_THREAD}{offered.private}"
        return [ActionsBlock(elements=elements, block_id=name)] if elements else []
    kept = str(AnswerKey(answer.conversation_id, answer.id)) if answer.conversation_id else None
    plain = []
    if kept and answer.citations:
        plain.append(ButtonElement(text="Show sources", action_id=SOURCES, value=kept))
    if kept and offered.private is not None:
        plain.append(ButtonElement(text="Share to channel", action_id=SHARE, value=kept))
    if offered.plain:
        return [ActionsBlock(elements=[*plain, *_thumbs(answer.id)])]
    return [*([ActionsBlock(elements=plain)] if plain else []), _feedback(answer.id)]


def _suggestions(suggestions: Sequence[str]) -> list[ButtonElement]:
    return [
        ButtonElement(text=shortened(line(one), MAX_BUTTON), action_id=f"{SUGGEST}{number}", value=one)
        for number, one in enumerate(suggestions[:SUGGESTIONS])
        if line(one) and size(one) <= MAX_VALUE
    ]


def _thumbs(answer_id: str) -> list[ButtonElement]:
    return [
        ButtonElement(text="Good answer", action_id=UP, value=f"up:{answer_id}"),
        ButtonElement(text="Bad answer", action_id=DOWN, value=f"down:{answer_id}"),
    ]


def _feedback(answer_id: str) -> ContextActionsBlock:
    good = FeedbackButtonObject(text="Good answer", accessibility_label="This answer is good", value=f"up:{answer_id}")
    bad = FeedbackButtonObject(text="Bad answer", accessibility_label="This answer is bad", value=f"down:{answer_id}")
    return ContextActionsBlock(
        elements=[FeedbackButtonsElement(action_id=FEEDBACK, positive_button=good, negative_button=bad)]
    )
