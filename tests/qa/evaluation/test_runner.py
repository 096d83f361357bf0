"""Whole evaluations of made-up sets: the real store and engine, with the local embedding."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qa.engine import PASSAGES_READ, Engine
from qa.evaluation.dataset import Dataset, read_dataset
from qa.evaluation.errors import DatasetError
from qa.evaluation.records import Evaluation
from qa.evaluation.runner import Place, evaluate
from qa.language.similarity import Similarity
from qa.records import Answer, Request, Usage
from qa.writing.generate import Writer
from tests.qa.evaluation.made import answer
from tests.qa.fake_model import FakeChatModel
from vectorstore.embedder import Embedder
from vectorstore.errors import StorageError
from vectorstore.readers import read_paths
from vectorstore.records import SearchResult
from vectorstore.search import READ_CANDIDATES
from vectorstore.store import Store

HARBOUR = "The harbour of Ostend froze in 1963. Sixty boats were caught in the ice."
BRIDGE = "The bridge of Ghent was built by Marie Peeters. It has nine arches."
OPENED: list[Path] = []
ENGINES: list[Engine] = []


@pytest.fixture
def opened(wordllama: Embedder) -> Callable[[Path], Engine]:
    OPENED.clear()
    ENGINES.clear()

    def open_engine(folder: Path) -> Engine:
        OPENED.append(folder)
        ENGINES.append(Engine(Store.open(folder, wordllama), Similarity(wordllama)))
        return ENGINES[-1]

    return open_engine


def _dataset(folder: Path, *records: dict[str, Any], **how: Any) -> Dataset:
    path = folder / "harbours.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")
    return read_dataset(path, **how)


def _values(evaluation: Evaluation) -> dict[str, float]:
    return {measure.name: measure.value for measure in evaluation.summary.measures}


FROZE = {"question": "How many boats were caught in the ice?", "answers": ["60", "sixty"]}
BUILT = {"question": "Who built the bridge of Ghent?", "answers": ["Marie Peeters"]}
NOBODY = {"question": "Who won the hockey final in Montreal?", "answers": None}
THREE: list[dict[str, Any]] = [
    {**FROZE, "context": HARBOUR},
    {**BUILT, "context": BRIDGE},
    {**NOBODY, "context": BRIDGE},
]


def test_over_the_articles_that_a_data_set_brings(tmp_path: Path, opened: Callable[[Path], Engine]) -> None:
    evaluation = evaluate(_dataset(tmp_path, *THREE), Place(opened, tmp_path / "data"), version="1")
    values, summary = _values(evaluation), evaluation.summary
    for name in ("Hits@1", "ans@1", "quotes exact", "sentences cited", "gold article cited", "answered", "abstained"):
        assert values[name] == 1.0, name
    assert (summary.library.articles, summary.cases, summary.tokens, summary.version) == (2, 3, 0, "1")
    assert len(evaluation.latencies_ms) == 2
    assert [outcome.case.line for outcome in evaluation.outcomes] == [1, 2, 3]
    first = evaluation.outcomes[0]
    assert first.ranking[0].relevant
    assert HARBOUR.startswith(first.ranking[0].words)
    assert evaluation.outcomes[2].ranking[0].relevant is None
    assert summary.curve[-1][0] == 1.0
    assert "asked of the articles that the data set brings" in summary.settings
    assert not any("named" in setting for setting in summary.settings)
    assert not OPENED[0].exists()
    with pytest.raises(StorageError):  # a closed store
        ENGINES[0].store.articles()
    assert not (tmp_path / "data").exists()


def test_what_is_ranked_is_read_as_deep_as_for_an_answer(
    tmp_path: Path, opened: Callable[[Path], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for more passages, a search reads more of them, and what an answer never sees may come first."""
    limits: list[int] = []
    search = Store.search

    def counted(store: Store, question: str, *, limit: int, **how: Any) -> SearchResult:
        limits.append(limit)
        return search(store, question, limit=limit, **how)

    monkeypatch.setattr(Store, "search", counted)
    evaluate(_dataset(tmp_path, THREE[0]), Place(opened, tmp_path / "data"), version="1")
    assert limits == [PASSAGES_READ, READ_CANDIDATES]
    assert PASSAGES_READ <= READ_CANDIDATES


def test_where_nothing_is_answerable_there_is_no_curve(tmp_path: Path, opened: Callable[[Path], Engine]) -> None:
    evaluation = evaluate(_dataset(tmp_path, THREE[2]), Place(opened, tmp_path / "data"), version="1")
    assert evaluation.summary.curve == ()
    assert "AURC" not in _values(evaluation)


def test_over_articles_that_each_case_brings(tmp_path: Path, opened: Callable[[Path], Engine]) -> None:
    records = [
        {**FROZE, "documents": [{"text": HARBOUR}]},
        {**BUILT, "documents": [{"text": HARBOUR}]},  # the bridge is not in this library, though in another's
        {**BUILT, "documents": [{"text": BRIDGE}, {"text": "NUL \0 here."}], "wrong_answers": ["Jan Peeters"]},
    ]
    evaluation = evaluate(_dataset(tmp_path, *records), Place(opened, tmp_path / "data"), version="1")
    assert [outcome.verdicts["ans@3"] for outcome in evaluation.outcomes] == [1.0, 0.0, 1.0]
    assert evaluation.latencies_ms == ()
    assert evaluation.summary.library.articles == 3
    assert "articles that could not be taken in: 1" in evaluation.summary.settings
    (failed,) = evaluation.failed
    assert failed.name == "line 3, document-2"
    assert "NUL" in failed.reason
    assert len(set(OPENED)) == 3
    assert not any(folder.exists() for folder in OPENED)
    bad = _dataset(tmp_path, records[0], {**FROZE, "documents": [{"text": " "}]})
    with pytest.raises(DatasetError, match=r"^harbours, line 2: None of the articles"):
        evaluate(bad, Place(opened, tmp_path / "data"), version="1")
    assert not any(folder.exists() for folder in OPENED)


def test_over_other_articles(tmp_path: Path, opened: Callable[[Path], Engine]) -> None:
    dump = tmp_path / "dump.jsonl"
    articles = [{"_id": "be/ostend.html", "text": HARBOUR}, {"_id": "be/ghent.html", "text": BRIDGE}, {"text": " "}]
    dump.write_text("".join(f"{json.dumps(article)}\n" for article in articles), "utf-8")
    records = [{**FROZE, "relevant": ["be/ostend.html"]}, {**BUILT, "relevant": ["be/gone.html"]}]
    told: list[tuple[str, int]] = []
    evaluation = evaluate(
        _dataset(tmp_path, *records),
        Place(opened, tmp_path / "data", dump),
        version="1",
        progress=lambda what, done: told.append((what, done)),
    )
    assert [outcome.verdicts["Hits@10"] for outcome in evaluation.outcomes] == [1.0, 0.0]
    assert [outcome.missing for outcome in evaluation.outcomes] == [(), ("be/gone.html",)]
    assert evaluation.missing == ("be/gone.html",)
    assert [article.name for article in evaluation.failed] == [f"{dump}, line 3"]
    assert told == [("articles", 1), ("articles", 2), ("articles", 3), ("questions", 1), ("questions", 2)]
    assert "asked of the articles in 'dump.jsonl'" in evaluation.summary.settings
    assert "articles named that aren't in the library: 1" in evaluation.summary.settings
    assert not OPENED[0].exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such file or folder; check how it is spelled"),
        ("", "it is empty; remove it or put articles in, one JSON object a line"),
    ],
)
def test_other_articles_that_are_none(
    tmp_path: Path, opened: Callable[[Path], Engine], content: str | None, words: str
) -> None:
    dump = tmp_path / "dump.jsonl"
    if content is not None:
        dump.write_text(content, "utf-8")
    with pytest.raises(DatasetError, match=rf"^Nothing in .*/dump.jsonl can be taken in: {words}\.$"):
        evaluate(_dataset(tmp_path, FROZE), Place(opened, tmp_path / "data", dump), version="1")
    assert not OPENED[0].exists()


def test_other_articles_in_a_folder_without_any(tmp_path: Path, opened: Callable[[Path], Engine]) -> None:
    (tmp_path / "news").mkdir()
    with pytest.raises(DatasetError, match=r"^There are no articles in .*/news. Give --articles what `qa ingest`"):
        evaluate(_dataset(tmp_path, FROZE), Place(opened, tmp_path / "data", tmp_path / "news"), version="1")


def test_over_the_library_of_the_data_folder(tmp_path: Path, opened: Callable[[Path], Engine]) -> None:
    data = tmp_path / "data"
    asked = _dataset(tmp_path, {**FROZE, "article": "ostend|bruges"})
    with pytest.raises(DatasetError, match="The library is empty"):
        evaluate(asked, Place(opened, data), version="1")
    (tmp_path / "ostend.txt").write_text(HARBOUR, "utf-8")
    engine = opened(data)
    engine.store.ingest(read_paths([tmp_path / "ostend.txt"]))
    engine.close()
    evaluation = evaluate(asked, Place(opened, data), version="1")
    assert _values(evaluation)["Hits@1"] == _values(evaluation)["ans@1"] == 1.0
    assert "articles named that aren't in the library: 1" in evaluation.summary.settings
    engine = opened(data)  # it was let go, and is as it was
    assert engine.store.counts().articles == 1
    engine.close()


def test_the_same_again_gives_the_same_figures(tmp_path: Path, opened: Callable[[Path], Engine]) -> None:
    asked = _dataset(tmp_path, *THREE)
    one, other = (evaluate(asked, Place(opened, tmp_path / "data"), version="1").summary for _ in range(2))
    assert [measure for measure in one.measures if measure.group != "latency"] == [
        measure for measure in other.measures if measure.group != "latency"
    ]
    assert one.fingerprint == other.fingerprint


def test_what_a_model_cost(tmp_path: Path, wordllama: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [answer(usage=Usage(100, 20), confidence=1.0), answer(usage=None), answer(usage=Usage(10, 2))]

    def ask(_: Engine, request: Request) -> Answer:
        return replace(told.pop(0), question=request.question)

    def open_engine(folder: Path) -> Engine:
        similarity = Similarity(wordllama)
        return Engine(Store.open(folder, wordllama), similarity, Writer(FakeChatModel(), similarity))

    monkeypatch.setattr(Engine, "ask", ask)
    asked = _dataset(tmp_path, *[{**FROZE, "context": HARBOUR}] * 3)
    summary = evaluate(asked, Place(open_engine, tmp_path / "data"), version="1").summary
    assert summary.tokens == 132
    assert any(setting.startswith("answered by ") for setting in summary.settings)
