"""How well follow-ups are made to stand alone, on conversations that people held (MTRAG-UN and MTRAG, Apache-2.0).

`python -m tests.bench.followups FOLDER` reads mtrag_un_turns.jsonl.gz, mtrag_un_passages.jsonl.gz and
mtrag_rewrites.jsonl.gz and prints, for either half of the conversations: recall and nDCG at 5 of the passages that bear
on a later turn, asked as it stands alone and in plain ways; how many turns of each kind are asked back; and how the
content words agree with those of a person's rewriting. The rules were made looking at the "seen" half alone.
"""

import gzip
import json
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from qa.conversations.several import several_in
from qa.conversations.standalone import StandingAlone, stand_alone
from qa.language.terms import content_words, key_of
from qa.records import Exchange
from vectorstore.embedding import open_embedding
from vectorstore.identity import article_id
from vectorstore.records import Article, Filters, Source
from vectorstore.store import Store

_DEPTH = 5
Row = dict[str, Any]


def is_seen(conversation: str) -> bool:
    """Whether a conversation is of the half that was looked at."""
    return zlib.crc32(conversation.encode()) % 2 == 0


def exchanges(turns: Sequence[tuple[str, str]]) -> list[Exchange]:
    """Questions and answers as the exchanges of a conversation, each question standing alone by those before it."""
    told: list[Exchange] = []
    for question, answer in turns:
        told.append(Exchange(question, stand_alone(question, told).question, answer))
    return told


def of_turns(row: Row) -> tuple[list[Exchange], str]:
    """What came before the last turn of a row, and that turn's question."""
    pairs, asked = [], ""
    for turn in row["turns"][:-1]:
        if turn["speaker"] == "user":
            asked = turn["text"]
        elif asked:
            pairs.append((asked, turn["text"]))
            asked = ""
    return exchanges(pairs), row["turns"][-1]["text"]


def gains(found: Sequence[str], relevant: set[str]) -> tuple[float, float]:
    """Recall and nDCG at 5."""
    top = found[:_DEPTH]
    gain = sum(1 / np.log2(rank + 2) for rank, one in enumerate(top) if one in relevant)
    best = sum(1 / np.log2(rank + 2) for rank in range(min(_DEPTH, len(relevant))))
    return len(relevant.intersection(top)) / len(relevant), float(gain / best)


def retrieval(store: Store, rows: Sequence[Row], queries: Sequence[str]) -> str:
    """Recall and nDCG at 5 of the queries of some rows."""
    told = []
    for row, query in zip(rows, queries, strict=True):
        found = dict.fromkeys(hit.article.id for hit in store.search(query[:2_000], limit=16).hits)
        told.append(gains(list(found), {article_id(one) for one in row["relevant"]}))
    recall, ndcg = np.mean(told, axis=0)
    return f"{recall:.3f} | {ndcg:.3f}"


def agreement(rows: Sequence[Row], ask: Any) -> str:
    """Recall and precision of content words against a person's rewriting."""
    told = []
    for row in rows:
        *before, last = row["questions"]
        ours = set(map(key_of, content_words(ask(before, last))))
        theirs = set(map(key_of, content_words(row["rewrite"])))
        if ours and theirs:
            told.append((len(ours & theirs) / len(theirs), len(ours & theirs) / len(ours)))
    recall, precision = np.mean(told, axis=0)
    return f"{recall:.3f} | {precision:.3f}"


def _rows(folder: Path, name: str) -> list[Row]:
    with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _alone(before: Sequence[str], last: str) -> str:
    return stand_alone(last, exchanges([(question, "") for question in before])).question


def main(folder: Path) -> None:
    """Print the tables."""
    passages = _rows(folder, "mtrag_un_passages.jsonl.gz")
    turns = _rows(folder, "mtrag_un_turns.jsonl.gz")
    rewrites = [row for row in _rows(folder, "mtrag_rewrites.jsonl.gz") if len(row["questions"]) > 1]
    with tempfile.TemporaryDirectory() as scratch:
        store = Store.open(Path(scratch) / "data", open_embedding("wordllama", None, None, 0))
        store.ingest(
            Source(one["id"], Article(one["id"], one["text"], one["title"] or None))
            for one in passages
            if one["text"].strip()
        )
        for half, seen in (("seen", True), ("apart", False)):
            part = [row for row in turns if is_seen(row["conversation"]) is seen]
            several = several_in(store, Filters(), [])
            asked: list[StandingAlone] = [
                stand_alone(last, before, several=several) for before, last in map(of_turns, part)
            ]
            late = [at for at, row in enumerate(part) if row["relevant"] and len(row["turns"]) > 2]
            rows = [part[at] for at in late]
            said = [[turn["text"] for turn in row["turns"] if turn["speaker"] == "user"] for row in rows]
            print(f"{half}, {len(rows)} later turns | recall@5 | nDCG@5")
            print("standing alone |", retrieval(store, rows, [asked[at].question for at in late]))
            print("last turn alone |", retrieval(store, rows, [one[-1] for one in said]))
            print("all turns |", retrieval(store, rows, [" ".join(one) for one in said]))
            kinds = Counter(row["answerability"] for row in part)
            back = Counter(row["answerability"] for row, one in zip(part, asked, strict=True) if one.unclear)
            print("asked back:", ", ".join(f"{back[kind]} of {count} {kind}" for kind, count in kinds.items()))
            written = [row for row in rewrites if is_seen(row["conversation"]) is seen]
            print(f"{len(written)} rewritings | recall | precision")
            print("standing alone |", agreement(written, _alone))
            print("last turn alone |", agreement(written, lambda _, last: last))
            print("all turns |", agreement(written, lambda before, last: " ".join([*before, last])), "\n")
        store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
