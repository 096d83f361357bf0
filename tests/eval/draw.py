"""Draw `squad_small.jsonl` from SQuAD 2.0: which questions it holds is settled by hashes, not by how they are answered.

    python -m tests.eval.draw squad2.jsonl.gz > tests/eval/squad_small.jsonl

The file to draw from has one JSON object a line with id, title, paragraph (its number in the title), context, question,
answers (a list) and unanswerable.
"""

import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

TITLES = 4
ANSWERABLE, UNANSWERABLE = 25, 20  # of each title


def draw(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first questions of both kinds by the hash of their id, of the first titles by the hash of their name."""
    titles = sorted({row["title"] for row in rows}, key=_rank)[:TITLES]
    drawn = []
    for title in titles:
        for unanswerable, count in ((False, ANSWERABLE), (True, UNANSWERABLE)):
            of_kind = [row for row in rows if row["title"] == title and row["unanswerable"] is unanswerable]
            drawn += sorted(of_kind, key=lambda row: _rank(row["id"]))[:count]
    return [_case(row) for row in drawn]


def _rank(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _case(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: row[name] for name in ("id", "title", "paragraph", "context", "question")}
    return kept | {"answers": list(dict.fromkeys(row["answers"])), "unanswerable": row["unanswerable"]}


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    for case in draw(read(Path(sys.argv[1]))):
        sys.stdout.write(json.dumps(case, ensure_ascii=False) + "\n")
