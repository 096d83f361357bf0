from collections import Counter

import pytest

from qa.engine import Engine
from qa.language.similarity import Similarity
from tests.eval.conversations import Asked, ask, read_conversations
from tests.qa.seeded import open_samples
from vectorstore.embedding import open_embedding


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    embedder = open_embedding("wordllama", None, None, 0)
    folder = tmp_path_factory.mktemp("conversations")
    engine = Engine(open_samples(folder / "data", embedder), Similarity(embedder))
    told = [one for written in read_conversations() for one in ask(engine, written)]
    engine.close()
    return told


def test_there_are_forty_conversations_of_all_kinds() -> None:
    written = read_conversations()
    assert len({one.id for one in written}) == 40
    kinds = {"ellipsis", "pronoun", "correction", "new topic", "false premise", "unclear", "askers"}
    assert {one.kind for one in written} == kinds


@pytest.mark.parametrize(("seen", "least"), [(True, 24), (False, 16)])
def test_follow_ups_come_out_right(asked: list[Asked], seen: bool, least: int) -> None:
    right = Counter(one.right for one in asked if one.written.seen is seen)
    assert right[True] >= least, right
