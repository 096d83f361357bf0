"""Records of an evaluation, made by hand."""

from collections.abc import Sequence
from typing import Any

from qa.evaluation.records import Case, Evaluation, LibrarySize, Measure, Outcome, Retrieved, Summary
from qa.records import Answer, Citation, Searched


def citation(article_id: str = "harbour", quote: str = "The harbour froze in 1963.", marker: int = 1) -> Citation:
    return Citation(
        marker=marker, article_id=article_id, revision=1, title=None, url=None, source=None, published_at=None,
        quote=quote, start=10, end=10 + len(quote), support="verified",
    )  # fmt: skip


def answer(
    text: str = "The harbour froze in 1963. [1]",
    *,
    status: Any = "answered",
    reason: Any = None,
    confidence: float = 0.5,
    citations: Sequence[Citation] = (),
    **others: Any,
) -> Answer:
    known: dict[str, Any] = {
        "id": "a", "question": "When?", "standalone_question": "When?", "short_answer": None, "figures": (),
        "independent_sources": 1, "mode": "extractive", "model": None, "degraded": False, "searched": Searched(1, 1),
        "nearest": (), "timings_ms": {},
    }  # fmt: skip
    return Answer(
        text=text,
        status=status,
        reason=reason,
        confidence=confidence,
        answerable=confidence,
        citations=tuple(citations),
        **known | others,
    )


def refused(reason: str = "weak_evidence", confidence: float = 0.2) -> Answer:
    return answer("The articles don't say.", status="no_answer", reason=reason, confidence=confidence)


def retrieved(*relevant: bool | None, title: str | None = None, words: str = "It was cold.") -> tuple[Retrieved, ...]:
    """Articles a0, a1, ...: whether each holds the answer."""
    return tuple(
        Retrieved(f"a{place}", title, words, 1 / (place + 1), 4.0, 0.5, holds) for place, holds in enumerate(relevant)
    )


def outcome(
    told: Answer,
    *,
    ranking: tuple[Retrieved, ...] = (),
    seconds: float = 0.01,
    verdicts: dict[str, float] | None = None,
    **case: Any,
) -> Outcome:
    known: dict[str, Any] = {"id": "q1", "line": 1, "question": "When did the harbour freeze?", "golds": (("1962",),)}
    return Outcome(Case(**known | case), told, ranking, seconds, verdicts if verdicts is not None else {"ans@3": 0.0})


def measure(name: str = "ans@3", value: float = 0.75, low: float = 0.7, high: float = 0.8, **others: Any) -> Measure:
    known: dict[str, Any] = {"group": "answers", "cases": 40}
    return Measure(name=name, value=value, low=low, high=high, **known | others)


def summary(*measures: Measure, **others: Any) -> Summary:
    known: dict[str, Any] = {
        "dataset": "harbours", "cases": 40, "fingerprint": "f", "curve": ((0.5, 0.1), (1.0, 0.3)), "seconds": 2.0,
        "tokens": 0, "library": LibrarySize(4, 10), "version": "0.1.0", "settings": ("embedded by wordllama",),
    }  # fmt: skip
    return Summary(measures=measures, **known | others)


def evaluation(*outcomes: Outcome, of: Summary | None = None) -> Evaluation:
    return Evaluation(of or summary(measure()), outcomes, tuple(one.seconds * 1000 for one in outcomes))
