"""What an engine tells on the way to an answer: the evidence, the text as it is written, and the answer that counts."""

from dataclasses import dataclass

from qa.records import Answer, Excerpt


@dataclass(frozen=True, slots=True)
class EvidenceEvent:
    """The numbered sources that an answer is being written from, first of all; [1] in the text to come is the first."""

    sources: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class TextEvent:
    """More of the text as the model writes it: not checked, and never the last word."""

    delta: str


@dataclass(frozen=True, slots=True)
class AnswerEvent:
    """The verified answer: last, and always. It wins over all text before it."""

    answer: Answer


Event = EvidenceEvent | TextEvent | AnswerEvent
