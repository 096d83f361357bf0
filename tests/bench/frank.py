"""How well the verifier agrees with people on FRANK's summary sentences.

`python -m tests.bench.frank FILE` reads a gzipped JSON-lines file of {article, sentence, supported, dataset} (FRANK,
Pagnoni et al. 2021) and prints balanced accuracy and the area under the ROC curve. Thresholds are tuned on the "tuned"
half alone (seed 3).
"""

import gzip
import json
import random
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from qa.language.similarity import Similarity
from qa.verification.claim_facts import facts_of, plain
from qa.verification.claims import Claim
from qa.verification.support import windows_of
from qa.verification.verify import SourceText, verify
from vectorstore.embedding import open_embedding
from vectorstore.records import StoredArticle

_SEED = 3
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "\\'": "'"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with people's verdict and ours. score: by which sentences are ordered for the ROC curve."""

    supported: bool
    support: str
    score: float
    dataset: str


def detokenised(sentence: str) -> str:
    """The sentence as people would write it: the set's are split into tokens ("the palace 's `` gift ''")."""
    for token, mark in _BRACKETS.items():
        sentence = sentence.replace(token, mark)
    sentence = re.sub(r"``\s*|\s*''", '"', sentence)
    sentence = re.sub(r" (?=n't\b|'(?:s|re|ve|m|d|ll)\b)", "", sentence)
    sentence = re.sub(r"` ([^`']*?) '", r"‘\1’", sentence)
    sentence = re.sub(r"# (?=\d)", "£", sentence)
    return re.sub(r" ([.,;:!?)])", r"\1", sentence).replace("( ", "(").strip()


def judge(row: dict[str, str], similarity: Similarity) -> Judged:
    """Judge one sentence by its whole article."""
    article = StoredArticle(
        id="frank",
        revision=1,
        current=True,
        text=row["article"],
        title=None,
        url=None,
        source=None,
        published_at=None,
        ingested_at=datetime(2026, 1, 1, tzinfo=UTC),
        signature=b"",
    )
    source = SourceText(1, article, 0, len(article.text))
    sentence = detokenised(row["sentence"])
    support = verify(Claim(sentence, (1,), ()), {1: source}, similarity).support
    windows = windows_of(facts_of(plain(sentence), None), [source], similarity)
    rank = ("unsupported", "partial", "verified").index(support)
    return Judged(bool(row["supported"]), support, rank / 4 + (windows[0].coverage if windows else 0.0), row["dataset"])


def balanced_accuracy(rows: Sequence[Judged], passing: Sequence[str]) -> float:
    """The mean of the shares of supported sentences that pass and of unsupported ones that don't."""
    shares = []
    for label in (True, False):
        of_label = [row for row in rows if row.supported is label]
        shares.append(sum((row.support in passing) is label for row in of_label) / max(1, len(of_label)))
    return sum(shares) / 2


def area_under_roc(rows: Sequence[Judged]) -> float:
    """The chance that a supported sentence scores higher than an unsupported one; ties count half."""
    good = np.array([row.score for row in rows if row.supported])[:, None]
    bad = np.array([row.score for row in rows if not row.supported])[None]
    return float((good > bad).mean() + (good == bad).mean() / 2)


def main(path: Path) -> None:
    """Print the table."""
    similarity = Similarity(open_embedding("wordllama", None, None, 0))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    began = time.perf_counter()
    judged = [judge(row, similarity) for row in rows]
    each = (time.perf_counter() - began) / len(rows) * 1e3
    order = random.Random(_SEED).sample(range(len(rows)), len(rows))
    half = len(rows) // 2
    parts = {
        "tuned half": [judged[at] for at in order[:half]],
        "held-out half": [judged[at] for at in order[half:]],
        "all": judged,
        "CNN/DM alone": [row for row in judged if row.dataset == "cnndm"],
        "BBC (XSum) alone": [row for row in judged if row.dataset == "bbc"],
    }
    print("| sentences | n | supported | verified passes | verified or partial passes | area under ROC |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, part in parts.items():
        scores = [balanced_accuracy(part, ["verified"]), balanced_accuracy(part, ["verified", "partial"])]
        scores.append(area_under_roc(part))
        supported = sum(row.supported for row in part)
        print(f"| {name} | {len(part)} | {supported} |", " | ".join(f"{score:.3f}" for score in scores), "|")
    print(f"\n{each:.1f} ms a sentence with its whole article")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
