"""What a follow-up costs beside the question before it, and what stored turns cost: in process, without a model."""

import gc
import shutil
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from uuid import uuid4

from qa.bootstrap import open_engine
from qa.conversations.records import MAX_TURNS
from qa.engine import Engine
from qa.records import Answer, Request
from qa.settings import Settings
from tests.bench.material import Material

STORED_TURNS = 10_000
_FOLLOW_UPS = (
    "when was that?",
    "why?",
    "and where did it happen?",
    "how many of them were there?",
    "what about the US?",
    "who said so?",
)
_WARMING = 4  # one question of so many only warms


@dataclass(frozen=True, slots=True)
class ConversationFigures:
    """Milliseconds a question, in pairs. followed: the first turn of a conversation and the one after it, asked for the
    first time; again: once more, when what was read is kept. asked_back: follow-ups that were not searched for, and are
    left out. stored: the same question of a library without turns, and of one with STORED_TURNS."""

    followed: Sequence[tuple[float, float]]
    again: Sequence[tuple[float, float]]
    asked_back: int
    stored: Sequence[tuple[float, float]]

    def __str__(self) -> str:
        return (
            f"follow-up: {_compared(self.again, 'first question')} (at most 1.2); {self.asked_back} asked back\n"
            f"follow-up for the first time: {_compared(self.followed, 'first question')}\n"
            f"{STORED_TURNS:,} stored turns: {_compared(self.stored, 'none')} (1)"
        )


def measure_conversing(material: Material, folder: Path) -> ConversationFigures:
    """Ask every question with a follow-up, then each of two libraries in turn. folder: has "data", which is copied."""
    shutil.copytree(folder / "data", folder / "full")
    empty, full = (open_engine(Settings(data_dir=folder / name)) for name in ("data", "full"))
    try:
        _store_turns(full, empty.ask(Request(material.questions[0])))
        for question in material.questions[::_WARMING]:
            _followed(empty, question, _FOLLOW_UPS[0])
            full.ask(Request(question))
        gc.freeze()  # as `qa serve` does
        asked = list(zip(material.questions, cycle(_FOLLOW_UPS), strict=False))
        first, again = ([_followed(empty, question, more) for question, more in asked] for _ in range(2))
        stored = [(_turn(empty, question), _turn(full, question)) for question in material.questions]
    finally:
        empty.close()
        full.close()
    return ConversationFigures(
        followed=[pair for pair in first if pair is not None],
        again=[pair for pair in again if pair is not None],
        asked_back=first.count(None),
        stored=stored,
    )


def _followed(engine: Engine, question: str, more: str) -> tuple[float, float] | None:
    """What a question and its follow-up took; None where the follow-up was asked back."""
    name = engine.conversations.start().id
    _, first = _timed(engine, Request(question, conversation_id=name))
    answer, following = _timed(engine, Request(more, conversation_id=name))
    return None if answer.reason == "unclear" else (first, following)


def _turn(engine: Engine, question: str) -> float:
    """What the first turn of a new conversation took."""
    return _timed(engine, Request(question, conversation_id=engine.conversations.start().id))[1]


def _timed(engine: Engine, request: Request) -> tuple[Answer, float]:
    started = time.perf_counter()
    answer = engine.ask(request)
    return answer, (time.perf_counter() - started) * 1000


def _store_turns(engine: Engine, answer: Answer) -> None:
    """Fill conversations with turns that all give this answer."""
    for _ in range(STORED_TURNS // MAX_TURNS):
        name = engine.conversations.start().id
        for _ in range(MAX_TURNS):
            engine.conversations.add(name, answer.question, None, replace(answer, id=uuid4().hex))


def _compared(pairs: Sequence[tuple[float, float]], name: str) -> str:
    before, now = (statistics.median(values) for values in zip(*pairs, strict=True))
    return f"{name} p50 {before:.2f} ms, p50 {now:.2f} ms, ratio {now / before:.2f} of {len(pairs)} pairs"
