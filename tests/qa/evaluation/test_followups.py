from pathlib import Path

import pytest

from qa.engine import Engine
from qa.evaluation.dialogues import Dialogue
from qa.evaluation.followups import agreement, evaluate_followups, gains
from qa.evaluation.records import Document
from qa.language.similarity import Similarity
from vectorstore.embedder import Embedder
from vectorstore.store import Store

PASSAGES = (
    Document("orley", "The ferry of Orley sank on 3 May 1963 in a storm.", "Orley ferry"),
    Document("brod", "The bridge of Brod was opened on 9 June 1970 by the mayor.", "Brod bridge"),
)
ASKED = (("How did the ferry of Orley sink?", "In a storm."),)


def test_gains_count_the_best_five_alone() -> None:
    assert gains(["a", "b"], ["a", "b"])[1] == pytest.approx(1.0)
    assert gains([*"vwxyz", "a"], ["a"]) == (0.0, 0.0)
    assert gains(["a"], ["a", "b"])[0] == 0.5


def test_agreement_is_of_words_that_carry_meaning() -> None:
    assert agreement("Who sank the ferry?", "Who sank the old ferry?") == pytest.approx((2 / 3, 1.0))
    assert agreement("why?", "Who sank the ferry?") == (0.0, 0.0)


def test_follow_ups_are_measured_beside_the_plain_ways(tmp_path: Path, wordllama: Embedder) -> None:
    dialogues = (
        Dialogue("a", ASKED, "when was that?", ("orley",), "answerable"),
        Dialogue("a", (), "How many?", (), "underspecified"),
        Dialogue("a", ASKED, "when?", rewrite="When did the ferry of Orley sink?"),
    )

    def opened(folder: Path) -> Engine:
        return Engine(Store.open(folder, wordllama), Similarity(wordllama))

    summary = evaluate_followups("made", dialogues, PASSAGES, opened, version="1").summary
    half = dialogues[0].half
    told = {measure.name: measure.value for measure in summary.measures}
    assert told[f"Recall@5, standing alone ({half})"] == 1.0
    assert told[f"underspecified, asked back ({half})"] == 1.0
    assert told[f"answerable, asked back ({half})"] == 0.0
    assert told[f"words recall, standing alone ({half})"] == 1.0
    assert told[f"words recall, last turn alone ({half})"] == 0.0
    assert (summary.cases, summary.library.articles) == (3, 2)
    better = {measure.name: measure.higher_is_better for measure in summary.measures}
    assert not better[f"answerable, asked back ({half})"]
