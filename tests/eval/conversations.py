"""The written conversations of seeds/conversations.jsonl, asked of the sample articles without a model.

`python -m tests.eval.conversations` prints, for either half, how many follow-ups came out right, and those of the half
that may be looked at that did not. A turn is right where it is asked back and should be, is refused and should be, or
names an answer's words; a follow-up is any turn but the first.
"""

import json
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qa.conversations.records import Turn as Kept
from qa.conversations.records import exchange_of
from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.records import Answer, Exchange, Request
from tests.qa.seeded import SEEDS, open_samples
from vectorstore.embedding import open_embedding

FILE = SEEDS / "conversations.jsonl"


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a written conversation. answers: spellings, any of which is right; None: the articles don't say.

    unclear: whether it is to be asked back.
    """

    question: str
    answers: tuple[str, ...] | None
    unclear: bool
    asker: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """A written conversation. kind: what it tries."""

    id: str
    kind: str
    turns: tuple[Turn, ...]

    @property
    def seen(self) -> bool:
        """Whether it is of the half that the rules were made by."""
        return zlib.crc32(self.id.encode()) % 2 == 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a follow-up."""

    written: Written
    turn: Turn
    answer: Answer

    @property
    def right(self) -> bool:
        """Whether it was asked back, refused or answered as it should be."""
        if self.turn.unclear or self.answer.reason == "unclear":
            return self.turn.unclear and self.answer.reason == "unclear"
        if self.turn.answers is None or self.answer.status == "no_answer":
            return self.turn.answers is None and self.answer.status == "no_answer"
        told = self.answer.text.casefold()
        return any(spelling.casefold() in told for spelling in self.turn.answers)


def read_conversations() -> list[Written]:
    """All of the file."""
    return [_written(json.loads(line)) for line in FILE.read_text(encoding="utf-8").splitlines()]


def _written(record: dict[str, object]) -> Written:
    turns = record["turns"]
    assert isinstance(turns, list)
    return Written(str(record["id"]), str(record["kind"]), tuple(map(_turn, turns)))


def _turn(record: dict[str, object]) -> Turn:
    groups = record.get("answers")
    spellings = tuple(str(one) for group in groups for one in group) if isinstance(groups, list) else None
    asker = record.get("asker")
    return Turn(str(record["question"]), spellings, bool(record.get("unclear")), str(asker) if asker else None)


def ask(engine: Engine, written: Written) -> Iterator[Asked]:
    """Hold a conversation; what came of its follow-ups."""
    before: list[Exchange] = []
    for number, turn in enumerate(written.turns, start=1):
        answer = engine.ask(Request(turn.question, before=tuple(before), asker=turn.asker))
        if number > 1:
            yield Asked(written, turn, answer)
        before.append(exchange_of(Kept(number, turn.question, turn.asker, datetime.now(UTC), answer)))


def main() -> None:
    """Print the figures."""
    embedder = open_embedding("wordllama", None, None, 0)
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(open_samples(Path(folder) / "data", embedder), Similarity(embedder))
        asked = [one for written in read_conversations() for one in ask(engine, written)]
        engine.close()
    for half, seen in (("seen", True), ("apart", False)):
        part = [one for one in asked if one.written.seen is seen]
        print(f"{half}: {sum(one.right for one in part)} of {len(part)} follow-ups are right")
        for one in part:
            if seen and not one.right:
                print(f"  {one.written.id}: {one.answer.standalone_question} -> {one.answer.reason} {one.answer.text}")


if __name__ == "__main__":
    main()
