"""Conversations from a file: turns with the passages that bear on the last, or a person's rewriting of it.

The fields are MTRAG-UN's and MTRAG's: "turns" (each with "speaker" and "text"), "relevant" and "answerability"; or
"questions", the last one last, and "rewrite". "conversation" says which belong together.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from qa.evaluation.dataset import records
from qa.evaluation.errors import DatasetError, LineError
from qa.evaluation.records import Document

Half = Literal["tuned", "apart"]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A follow-up with what came before it, the oldest first.

    before: questions with their answers, which are empty where they are not told. relevant: the passages that bear on
    it. answerability: as the set has it. rewrite: how a person made it stand alone. These are empty where not told.
    """

    conversation: str
    before: tuple[tuple[str, str], ...]
    question: str
    relevant: tuple[str, ...] = ()
    answerability: str = ""
    rewrite: str = ""

    @property
    def half(self) -> Half:
        """Whether the rules may have been made by it: a hash of its conversation tells."""
        return "apart" if zlib.crc32(self.conversation.encode("utf-8", "surrogatepass")) % 2 else "tuned"


def holds_dialogues(path: Path) -> bool:
    """Whether the first line of a file is of a conversation. Raises DatasetError where it can't be read."""
    try:
        first = next((record for _, record in records(path)), {})
    except LineError:
        return False  # whoever reads it as a data set says what is wrong
    return "turns" in first or "rewrite" in first


def read_dialogues(path: Path, limit: int | None = None) -> tuple[Dialogue, ...]:
    """The follow-ups of a file, `limit` at most. Raises DatasetError."""
    try:
        found = tuple(islice((_dialogue(record, line) for line, record in records(path)), limit))
    except LineError as error:
        raise DatasetError(f"{path}, line {error.line}: {error.what}") from None
    if not found:
        raise DatasetError(f"{path} is empty: put one JSON object with a conversation on each line.")
    return found


def read_passages(path: Path) -> tuple[Document, ...]:
    """The passages of a file, each with "id", "text" and "title"; blank ones left out. Raises DatasetError."""
    try:
        found = [_passage(record, line) for line, record in records(path)]
    except LineError as error:
        raise DatasetError(f"{path}, line {error.line}: {error.what}") from None
    return tuple(passage for passage in found if passage.text.strip())


def fingerprint(dialogues: tuple[Dialogue, ...], passages: tuple[Document, ...]) -> str:
    """What changes with any conversation, and any passage."""
    told = [[asdict(one) for one in dialogues], [asdict(one) for one in passages]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _dialogue(record: Mapping[str, object], line: int) -> Dialogue:
    conversation = record.get("conversation", record.get("id", f"line {line}"))
    relevant = record.get("relevant") or []
    if not isinstance(relevant, list):
        raise LineError(line, '"relevant" is no list: name the passages that bear on the last turn, [...].')
    if "rewrite" in record:
        *before, question = _texts(record.get("questions"), line)
        told = tuple((one, "") for one in before)
    else:
        told, question = _turns(record.get("turns"), line)
    return Dialogue(
        conversation=str(conversation),
        before=told,
        question=question,
        relevant=tuple(map(str, relevant)),
        answerability=str(record.get("answerability") or ""),
        rewrite=str(record.get("rewrite") or ""),
    )


def _turns(turns: object, line: int) -> tuple[tuple[tuple[str, str], ...], str]:
    """The questions with their answers, and the question after them; one that nobody answered has an empty answer."""
    pairs: list[tuple[str, str]] = []
    for speaker, text in _spoken(turns, line):
        if speaker == "user":
            pairs.append((text, ""))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {text}".strip())
    if not pairs or pairs[-1][1]:
        raise LineError(line, 'its last turn is no question: end "turns" with one whose "speaker" is "user".')
    return tuple(pairs[:-1]), pairs[-1][0]


def _spoken(turns: object, line: int) -> Iterator[tuple[str, str]]:
    for turn in turns if isinstance(turns, list) else ():
        if not (isinstance(turn, Mapping) and isinstance(text := turn.get("text"), str)):
            raise LineError(line, 'each of "turns" must be an object with "speaker" and "text".')
        yield str(turn.get("speaker")), text


def _texts(questions: object, line: int) -> list[str]:
    if not (isinstance(questions, list) and questions and all(isinstance(one, str) for one in questions)):
        raise LineError(line, '"questions" must be a list of the person\'s turns, the last one last.')
    return questions


def _passage(record: Mapping[str, object], line: int) -> Document:
    text, title = record.get("text"), record.get("title")
    if not isinstance(text, str) or "id" not in record:
        raise LineError(line, 'a passage needs "id" and "text".')
    return Document(str(record["id"]), text, title if isinstance(title, str) and title else None)
