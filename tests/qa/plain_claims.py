"""Plain sentences as good models write them: short true ones, and false ones with one small change of meaning.

`python -m tests.qa.plain_claims` prints how each file's are judged. What is named "apart" is counted only, and not
looked at while the verifier is worked on. The sentences over SQuAD's paragraphs need `../shared/eval/squad2.jsonl.gz`,
which is not in the repository (SQuAD 2.0: Rajpurkar, Jia and Liang 2018, CC BY-SA 4.0); without it they are left out.
"""

import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from qa.language.similarity import Similarity
from qa.verification.claims import Claim
from qa.verification.verify import SourceText, verify
from tests.qa import fakes
from tests.qa.lies import Case, articles, sources_for, table, tally
from vectorstore.embedding import open_embedding
from vectorstore.records import StoredArticle

_HERE = Path(__file__).parent
SQUAD = _HERE.parents[2] / "shared" / "eval" / "squad2.jsonl.gz"

TRUE_OF_ARTICLES = ("plain_claims.tsv", "plain_claims_apart.tsv")
TRUE_OF_SQUAD = ("plain_squad_claims.tsv", "plain_squad_claims_apart.tsv")
LIES = ("plain_lies.tsv", "plain_lies_apart.tsv")


def cases_of(file: str) -> list[Case]:
    """The sentences of one of the files, with their sources; of one over SQuAD none where SQuAD isn't there."""
    if file in TRUE_OF_SQUAD:
        return list(_of_squad(file))
    return [_of_article(*row) if file in LIES else _of_article(file, *row) for row in _rows(file)]


def _of_article(kind: str, name: str, numbers: str, claim: str) -> Case:
    cited = [int(number) for number in numbers.split(",")]
    return Case(kind, f"{claim} [1]", sources_for(name, cited[0], cited[-1]))


def _of_squad(file: str) -> Iterator[Case]:
    paragraphs = squad_paragraphs()
    if paragraphs:
        for question, claim in _rows(file):
            article = paragraphs[question]
            yield Case(file, f"{claim} [1]", {1: SourceText(1, article, 0, len(article.text))})


@cache
def squad_paragraphs() -> dict[str, StoredArticle]:
    """SQuAD's paragraphs by the ids of their questions; none where the file isn't there."""
    if not SQUAD.exists():
        return {}
    with gzip.open(SQUAD, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["id"]: fakes.article(row["context"], title=row["title"].replace("_", " ")) for row in rows}


def _rows(file: str) -> Iterator[Sequence[str]]:
    for line in (_HERE / file).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def judged(file: str, similarity: Similarity) -> dict[str, Counter[str]]:
    """How many sentences of a file got which verdict, by kind and, after the kinds, together."""
    counts = tally(cases_of(file), similarity)
    return counts if len(counts) < 2 else {**counts, file: sum(counts.values(), Counter())}


def cost_ms(similarity: Similarity, sources: int) -> float:
    """The mean CPU time of judging a true sentence of an article by so many sources, each cited: itself, and others."""
    seconds = []
    for case in (case for file in TRUE_OF_ARTICLES for case in cases_of(file)):
        own = case.sources[1]
        others = [article for article in articles().values() if article.id != own.article.id][: sources - 1]
        known = {1: own} | {
            number: SourceText(number, article, 0, len(article.text)) for number, article in enumerate(others, start=2)
        }
        claim = Claim(case.text.removesuffix(" [1]"), tuple(known), ())
        began = time.process_time()
        verify(claim, known, similarity)
        seconds.append(time.process_time() - began)
    return 1000 * sum(seconds[1:]) / len(seconds[1:])  # the first one loads the models


if __name__ == "__main__":
    local = Similarity(open_embedding("wordllama", None, None, 0))
    for each in (*TRUE_OF_ARTICLES, *TRUE_OF_SQUAD, *LIES):
        print(f"{table(judged(each, local))}\n")  # noqa: T201
    for sources in (1, 3):
        print(f"CPU of judging a sentence by {sources} of its sources: {cost_ms(local, sources):.1f} ms")  # noqa: T201
