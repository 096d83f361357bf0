"""Engines over the sample articles with a scripted model, and replies that find their sources' numbers themselves."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.llm.model import Message
from qa.writing.generate import Writer
from tests.qa.fake_model import FakeChatModel
from vectorstore.embedder import Embedder
from vectorstore.readers import read_paths
from vectorstore.store import Store

SEEDS = Path(__file__).parents[2] / "seeds"
_SOURCE = re.compile(r"^(<<[0-9a-f]+>>) source (\d+): .*\n([\s\S]*?)\n\1 end$", re.MULTILINE)
_PLACE = re.compile(r"\{([^}]+)\}")


def sources_of(messages: Sequence[Message]) -> dict[int, str]:
    """The sources of a prompt as the model reads them."""
    return {int(found[2]): found[3] for found in _SOURCE.finditer(messages[1].content)}


def says(reply: str) -> Callable[[Sequence[Message]], str]:
    """A reply in which "{as many as 600}" stands for the number of the first source that has these words."""

    def numbered(messages: Sequence[Message]) -> str:
        sources = sources_of(messages)

        def number(place: re.Match[str]) -> str:
            held = [number for number, text in sources.items() if place[1].lower() in text.lower()]
            assert held, f"no source has {place[1]!r}: {sources}"
            return f"[{held[0]}]"

        return _PLACE.sub(number, reply)

    return numbered


def open_samples(folder: Path, embedder: Embedder) -> Store:
    store = Store.open(folder, embedder)
    assert [result.outcome for result in store.ingest(read_paths([SEEDS / "articles"]))] == ["added"] * 4
    return store


def engine_over(store: Store, similarity: Similarity, model: FakeChatModel, *, flag: bool = False) -> Engine:
    return Engine(store, similarity, Writer(model, similarity), flag=flag)
