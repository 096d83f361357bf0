"""Questions with their answers from a SQuAD file, as the training scripts take them."""

import gzip
import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vectorstore.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the paragraph that it is asked of, its answers there, if there are any, and where they begin."""

    title: str
    context: str
    question: str
    answers: tuple[str, ...]
    starts: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """The sentence in which most of the answers begin."""
        sentences = split_sentences(self.context)
        begins = [sentence.start for sentence in sentences]
        votes = Counter(max(0, bisect_right(begins, start) - 1) for start in self.starts)
        chosen = sentences[votes.most_common(1)[0][0]]
        return self.context[chosen.start : chosen.end]


def read_squad(path: Path) -> list[Example]:
    """Read the questions of a file in SQuAD's own JSON, or with one question a line; .gz or not."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    first = text.split("\n", 1)[0]
    if '"paragraphs"' in first or first.strip() == "{":
        return list(_from_json(json.loads(text)["data"]))
    return list(map(_from_line, map(json.loads, filter(None, text.split("\n")))))


def _from_json(articles: Sequence[dict[str, Any]]) -> Iterator[Example]:
    for article in articles:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                texts = tuple(one["text"] for one in asked["answers"])
                starts = tuple(one["answer_start"] for one in asked["answers"])
                yield Example(article["title"], paragraph["context"], asked["question"], texts, starts)


def _from_line(record: dict[str, Any]) -> Example:
    answers = () if record.get("unanswerable") else tuple(record["answers"])
    return Example(record["title"], record["context"], record["question"], answers, tuple(record["answer_starts"]))
