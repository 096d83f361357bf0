"""What a model makes of a table is held against each row with its heads."""

import pytest

from qa.language.similarity import Similarity
from tests.qa.reading.test_rows_asked import DEAD, TOWNS
from tests.qa.verification.test_verify import judge, sources
from vectorstore.embedder import Embedder

KNOWN = sources(TOWNS, title="Figures of the towns")


@pytest.fixture(scope="module")
def similarity(wordllama: Embedder) -> Similarity:
    return Similarity(wordllama)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Calder has 8,150 inhabitants. [1]", "| Calder | 8,150 | 4 | Tom Brand |"),
        ("Calder has 4 schools. [1]", "| Calder | 8,150 | 4 | Tom Brand |"),
        ("Ida Holt is the mayor of Norwick. [1]", "| Norwick | 12,400 | 9 | Ida Holt |"),
        ("The mayor of Calder is Tom Brand. [1]", "| Calder | 8,150 | 4 | Tom Brand |"),
    ],
)
def test_what_a_row_says_is_verified_by_the_row_as_it_stands(claim: str, quote: str, similarity: Similarity) -> None:
    verdict = judge(claim, KNOWN, similarity)
    assert verdict.support == "verified"
    assert [TOWNS[one.start : one.end] for one in verdict.quotes] == [quote]


@pytest.mark.parametrize(
    "claim",
    [
        "Calder has 9 schools. [1]",  # another row's
        "The mayor of Norwick is Tom Brand. [1]",
        "Ana Ruiz is the mayor of Calder. [1]",
        "Calder has 8,150 schools. [1]",  # another column's
        "Norwick has 12,400 schools. [1]",
        "Calder has 5 schools. [1]",
    ],
)
def test_another_rows_or_columns_figure_or_name_is_not(claim: str, similarity: Similarity) -> None:
    assert judge(claim, KNOWN, similarity).support == "unsupported"


def test_an_item_is_held_with_the_line_that_introduces_its_list(similarity: Similarity) -> None:
    known = sources(DEAD, title="Norwick fire")
    verdict = judge("Tom Brand, 51, was a driver. [1]", known, similarity)
    assert verdict.support == "verified"
    assert [DEAD[one.start : one.end] for one in verdict.quotes] == ["- Tom Brand, 51, a driver"]
    assert judge("Anna Berg was a driver. [1]", known, similarity).support == "unsupported"
    assert judge("Tom Brand was 34. [1]", known, similarity).support == "unsupported"


def test_the_model_is_shown_rows_with_their_heads() -> None:
    assert "Town: Calder; Inhabitants: 8,150; Schools: 4; Mayor: Tom Brand" in KNOWN[1].text
