"""The plain sentences are what they say they are; `python -m tests.qa.plain_claims` prints how they are judged."""

import pytest

from qa.language.similarity import Similarity
from qa.verification.claims import parse_claims
from tests.qa.plain_claims import LIES, SQUAD, TRUE_OF_ARTICLES, TRUE_OF_SQUAD, cases_of, judged
from vectorstore.embedder import Embedder

EVERY_FILE = [*TRUE_OF_ARTICLES, *TRUE_OF_SQUAD, *LIES]
HOW_MANY = dict(zip(EVERY_FILE, [30, 20, 30, 20, 40, 20], strict=True))


def needs_squad(file: str) -> None:
    if file in TRUE_OF_SQUAD and not SQUAD.exists():
        pytest.skip("SQuAD's paragraphs are not here")


@pytest.mark.parametrize("file", EVERY_FILE)
def test_a_file_holds_so_many_sentences_each_once(file: str) -> None:
    needs_squad(file)
    cases = cases_of(file)
    assert len(cases) == HOW_MANY[file]
    assert len({case.text for case in cases}) == len(cases)


@pytest.mark.parametrize("file", EVERY_FILE)
def test_each_is_one_short_sentence_that_cites_its_source(file: str) -> None:
    needs_squad(file)
    for case in cases_of(file):
        claims = parse_claims(case.text, case.sources.keys())
        assert [claim.markers for claim in claims] == [(1,)], case.text
        assert len(case.text.split()) <= 21, case.text


@pytest.mark.parametrize("file", LIES)
def test_the_false_ones_are_of_four_kinds(file: str) -> None:
    kinds = [case.kind for case in cases_of(file)]
    assert set(kinds) == {"wrong verb", "role swap", "modality dropped", "part and whole"}
    assert min(map(kinds.count, kinds)) >= 5


def test_what_is_kept_apart_is_nowhere_else() -> None:
    open_to_see = {case.text for file in EVERY_FILE if "apart" not in file for case in cases_of(file)}
    assert open_to_see.isdisjoint(case.text for file in EVERY_FILE if "apart" in file for case in cases_of(file))


@pytest.mark.parametrize(("file", "lost"), [("plain_claims.tsv", 6), ("plain_claims_apart.tsv", 1)])
def test_true_plain_sentences_are_kept_as_often_as_was_measured(wordllama: Embedder, file: str, lost: int) -> None:
    counts = judged(file, Similarity(wordllama))
    assert counts[file]["unsupported"] <= lost


@pytest.mark.skipif(not SQUAD.exists(), reason="SQuAD's public half is not here")
@pytest.mark.parametrize(("file", "lost"), [("plain_squad_claims.tsv", 0), ("plain_squad_claims_apart.tsv", 2)])
def test_true_plain_sentences_over_squad_are_kept_as_often(wordllama: Embedder, file: str, lost: int) -> None:
    counts = judged(file, Similarity(wordllama))
    assert counts[file]["unsupported"] <= lost
