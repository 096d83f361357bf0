"""An evaluation as JSON: its summary, and what came of each case, to compare two runs by. Pure."""

import json
from dataclasses import asdict

from qa.evaluation.records import Evaluation, Outcome


def to_json(evaluation: Evaluation) -> bytes:
    """Return what `qa eval --json` prints: the fields of the summary, and what it was made of.

    "failed" are the articles that could not be taken in, each with "name" and "reason"; "missing" the names that the
    data set has for articles and that no article has; "outcomes" has an object for each case:

    - "id", "line", "question", "answerable": the case's.
    - "answered", "confidence", "chance" (its `answerable`), "short_answer": the answer's.
    - "ranks": where the articles that hold the answer stand among the first ten, from 1; null: it is not known.
    - "verdicts": by a measure's name what the case adds to it. The measure is the mean over the cases that have it;
      the others are of confidence or latency.
    - "latency_ms": of `Engine.ask`.
    """
    document = {
        **asdict(evaluation.summary),
        "failed": [asdict(article) for article in evaluation.failed],
        "missing": evaluation.missing,
        "outcomes": [_row(outcome) for outcome in evaluation.outcomes],
    }
    # Half of a surrogate pair, which UTF-8 can't hold, becomes an escape of JSON.
    return json.dumps(document, indent=2, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _row(outcome: Outcome) -> dict[str, object]:
    case, answer = outcome.case, outcome.answer
    ranks = [rank for rank, article in enumerate(outcome.ranking, start=1) if article.relevant]
    return {
        "id": case.id,
        "line": case.line,
        "question": case.question,
        "answerable": case.answerable,
        "answered": answer.status == "answered",
        "confidence": answer.confidence,
        "chance": answer.answerable,
        "short_answer": answer.short_answer,
        "ranks": ranks if case.relevant else None,
        "verdicts": dict(sorted(outcome.verdicts.items())),
        "latency_ms": round(outcome.seconds * 1000, 3),
    }
