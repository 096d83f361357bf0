"""Small articles with questions, after faults that people reported of other systems: how many are answered rightly.

    python -m tests.eval.cases CASES [--reader off] [--all]

CASES: a JSON object a line with `id`, `articles` (title, text, published, source) and `questions` (question, right:
spellings of which one must stand in the answer's first sentence or short answer; null where the articles don't say).
Each case is asked over its own articles alone, without a model.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.engine import Engine
from qa.evaluation.citations import plain, sentences_of
from qa.language.similarity import Similarity
from qa.reading.trained import packaged
from qa.records import Answer, Request
from vectorstore.embedding import open_embedding
from vectorstore.records import Article, Source
from vectorstore.store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a case, what is right, what was answered, and whether it is right."""

    case: str
    question: str
    right: tuple[str, ...] | None
    answer: Answer

    @property
    def is_right(self) -> bool:
        """Whether a right value stands in the first sentence or the short answer; or whether there is none."""
        if self.answer.status != "answered":
            return self.right is None
        told = f"{sentences_of(self.answer)[0].text} {self.answer.short_answer or ''}".casefold()
        return self.right is not None and any(value.casefold() in told for value in self.right)


def ask(path: Path, *, read: bool = True) -> Iterator[Asked]:
    """Ask every question of a file. read: whether the trained reader reads."""
    embedding = open_embedding("wordllama", None, None, 0)
    similarity = Similarity(embedding)
    for line in path.read_text(encoding="utf-8").splitlines():
        case: Mapping[str, Any] = json.loads(line)
        with tempfile.TemporaryDirectory() as folder:
            store = Store.open(Path(folder) / "data", embedding)
            list(store.ingest(Source(one.key, one) for one in map(_article, case["articles"])))
            engine = Engine(store, similarity, reader=packaged() if read else None)
            for one in case["questions"]:
                right = None if one["right"] is None else tuple(one["right"])
                yield Asked(case["id"], one["question"], right, engine.ask(Request(one["question"])))
            engine.close()


def _article(given: Mapping[str, Any]) -> Article:
    title = given.get("title")
    return Article(
        str(title), given["text"], title=title, source=given.get("source"), published_at=given.get("published")
    )


def main() -> None:
    """Print what went wrong, and how many went right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--reader", choices=("on", "off"), default="on")
    parser.add_argument("--all", action="store_true", help="print what went right too")
    given = parser.parse_args()
    told = list(ask(given.cases, read=given.reader == "on"))
    for one in told:
        if given.all or not one.is_right:
            sign = "right" if one.is_right else "WRONG"
            shown = f"{one.answer.short_answer} | {plain(one.answer)}"
            print(f"{sign} {one.case}: {one.question} ({one.right}) -> {shown}")  # noqa: T201
    print(f"{sum(one.is_right for one in told)} of {len(told)} right")  # noqa: T201


if __name__ == "__main__":
    main()
