"""Sentences that a real small model wrote, each with its excerpts and what a person who read both said of it.

`python -m tests.qa.small_model` counts how they are judged. SmolLM2-135M-Instruct was asked questions of SQuADShifts'
Wikipedia paragraphs (Miller et al. 2020, CC BY 4.0), one to three of them as sources, with the prompt as it is. Kept
are those that the verifier let pass on 2026-11-28, and some that it refused for want of words that say so. true: a
careful editor would print it on the strength of the excerpts. false: something in it isn't borne out. nothing: it
states nothing, as a title or an echo of the question. Left out are sentences that were cut off.
"""

import gzip
import json
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from qa.language.similarity import Similarity
from qa.verification.claims import Claim
from qa.verification.fragments import is_fragment
from qa.verification.verify import SourceText, Verdict, verify
from tests.qa import fakes
from vectorstore.embedding import open_embedding

_FILE = Path(__file__).with_name("small_model_claims.jsonl.gz")


@dataclass(frozen=True, slots=True)
class Written:
    """A claim with the question that it answers, its sources by their numbers, and its label."""

    question: str
    claim: Claim
    sources: dict[int, SourceText]
    label: str


@cache
def written() -> tuple[Written, ...]:
    """All of them."""
    with gzip.open(_FILE, "rt", encoding="utf-8") as lines:
        return tuple(_written(json.loads(line)) for line in lines)


def judged(one: Written, similarity: Similarity) -> Verdict:
    """What the verifier says of one."""
    return verify(one.claim, one.sources, similarity, question=one.question)


def _written(row: dict[str, Any]) -> Written:
    told = [(one["text"], one["start"], one["end"]) for one in row["sources"]]
    sources = {
        number: SourceText(number, fakes.article(text, title=row["title"]), start, end)
        for number, (text, start, end) in enumerate(told, 1)
    }
    return Written(row["question"], Claim(row["claim"], tuple(row["cites"]), ()), sources, row["label"])


def main() -> None:
    """Print a row for each label and each kind of claim."""
    similarity = Similarity(open_embedding("wordllama", None, None, 0))
    counted = Counter((is_fragment(one.claim.text), one.label, judged(one, similarity).support) for one in written())
    sys.stdout.write("| kind | label | unsupported | partial | verified |\n| --- | --- | ---: | ---: | ---: |\n")
    for fragment in (True, False):
        for label in ("true", "false", "nothing"):
            numbers = [counted[fragment, label, support] for support in ("unsupported", "partial", "verified")]
            sys.stdout.write(
                f"| {'a few words' if fragment else 'sentence'} | {label} | {' | '.join(map(str, numbers))} |\n"
            )


if __name__ == "__main__":
    main()
