"""How well a judge tells what a sentence bears out, on pairs of sentences that were kept out of its lessons.

`python -m tests.bench.pairs FILE` reads a gzipped JSON-lines file of {set, premise, hypothesis, label} and prints the
balanced accuracy of "bears it out or not" of each set: label "entailment" against all others. Kept out is a fifth, by
its premise, so that all pairs of a premise are on one side. `--judge verifier` measures the verifier in the judge's
place, with the premise as the one source.
"""

import argparse
import gzip
import importlib
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from qa.language.similarity import Similarity
from qa.verification.claims import Claim
from qa.verification.verify import SourceText, verify
from tests.qa import fakes
from vectorstore.embedding import open_embedding

Judge = Callable[[Sequence[tuple[str, str]]], NDArray[np.float32]]
"""Pairs of a premise and a hypothesis -> (n,) float32, how likely each premise bears its hypothesis out, 0 to 1."""

_PARTS = 5
_BATCH = 256


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences, whether the first bears the second out, and which set they are of."""

    premise: str
    hypothesis: str
    borne_out: bool
    set_name: str


def is_kept_out(premise: str) -> bool:
    """Whether the pairs of a premise are none to learn from: the lessons leave them out by the same rule."""
    return zlib.crc32(premise.encode()) % _PARTS == 0


def kept_out(path: Path) -> list[Pair]:
    """The pairs of a file that were kept out of the lessons."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Pair(row["premise"], row["hypothesis"], row["label"] == "entailment", row["set"])
        for row in rows
        if is_kept_out(row["premise"])
    ]


def shares(pairs: Sequence[Pair], passes: NDArray[np.bool_]) -> tuple[float, float]:
    """Of what is borne out, the share that passes; of what isn't, the share that doesn't; NaN where there is none.

    Their mean is the balanced accuracy.
    """
    labels = np.array([pair.borne_out for pair in pairs], dtype=bool)
    kept, caught = passes[labels], ~passes[~labels]
    return (float(kept.mean()) if kept.size else np.nan, float(caught.mean()) if caught.size else np.nan)


def scores_of(judge: Judge, pairs: Sequence[Pair]) -> NDArray[np.float32]:
    """What a judge says of the pairs, (n,) float32, asked in batches."""
    asked = [(pair.premise, pair.hypothesis) for pair in pairs]
    parts = [judge(asked[start : start + _BATCH]) for start in range(0, len(asked), _BATCH)]
    return np.concatenate(parts)


def trained_judge() -> Judge:
    """The judge that is kept in the package."""
    entailment = importlib.import_module("qa.verification.entailment").packaged()
    return cast("Judge", entailment.scores)


def verifier() -> Judge:
    """The verifier: 1 for verified, 0.5 for partial."""
    similarity = Similarity(open_embedding("wordllama", None, None, 0))
    worth = {"verified": 1.0, "partial": 0.5, "unsupported": 0.0}

    def judge(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        scores = []
        for premise, hypothesis in pairs:
            source = SourceText(1, fakes.article(premise), 0, len(premise))
            scores.append(worth[verify(Claim(hypothesis, (1,), ()), {1: source}, similarity).support])
        return np.array(scores, dtype=np.float32)

    return judge


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pairs")
    parser.add_argument("file", type=Path)
    parser.add_argument("--judge", choices=["entailment", "verifier"], default="entailment")
    parser.add_argument("--threshold", type=float, default=0.5, help="from which score on a pair passes")
    arguments = parser.parse_args()
    pairs = kept_out(arguments.file)
    scores = scores_of(trained_judge() if arguments.judge == "entailment" else verifier(), pairs)
    print("| set | pairs | borne out | of these pass | of the others don't | balanced accuracy |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name in sorted({pair.set_name for pair in pairs}):
        places = [place for place, pair in enumerate(pairs) if pair.set_name == name]
        of_set = [pairs[place] for place in places]
        kept, caught = shares(of_set, scores[places] >= arguments.threshold)
        borne_out = sum(pair.borne_out for pair in of_set)
        print(f"| {name} | {len(of_set)} | {borne_out} | {kept:.3f} | {caught:.3f} | {(kept + caught) / 2:.3f} |")


if __name__ == "__main__":
    main()
