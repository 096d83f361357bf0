from dataclasses import replace

import pytest

from qa.conversations.removal import DELETED, NOTE, without_articles
from qa.records import Answer, Citation, Dropped, Figure
from tests.api.fakes import answer, citation, no_answer

FIRST = "The flood took 14 houses in Porto Lume."
SECOND = "The council counts 31 houses now."


def _cited(marker: int, article: str, quote: str) -> Citation:
    return citation(marker=marker, article_id=article, quote=quote, source=article, published_at=f"2024-01-0{marker}")


def _two(**changes: object) -> Answer:
    plain = answer(
        text=f"{FIRST} [1] {SECOND} [2]",
        short_answer="14 houses",
        citations=(_cited(1, "a", FIRST), _cited(2, "b", SECOND)),
        figures=(
            Figure(14, "houses", "14", (1,), "a", "2024-01-01"),
            Figure(31, "houses", "31", (2,), "b", "2024-01-02"),
        ),
        agreement="changed",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_sentence_of_a_deleted_article_gives_way_to_a_note() -> None:
    left = without_articles(_two(), {"a"})
    assert left.text == f"{NOTE} [1] {SECOND} [2]"
    assert (left.short_answer, left.agreement) == (None, None)
    assert [figure.text for figure in left.figures] == ["31"]
    assert (left.citations[0].quote, left.citations[1]) == (DELETED, _two().citations[1])


def test_the_short_answer_is_of_the_first_sentence() -> None:
    left = without_articles(_two(), {"b"})
    assert left.text == f"{FIRST} [1] {NOTE} [2]"
    assert (left.short_answer, [figure.text for figure in left.figures]) == ("14 houses", ["14"])


def test_one_after_the_other_leaves_nothing() -> None:
    left = without_articles(without_articles(_two(), {"a"}), {"b"})
    assert left.text == f"{NOTE} [1] {NOTE} [2]"
    assert (left.short_answer, left.figures, left.agreement) == (None, (), None)
    assert without_articles(left, {"a", "b"}) == left


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Some 14 houses are lost. [1][2]",
            "Some 14 houses are lost. [1][2]",
        ),  # in other words, which another bears out
        (f"{FIRST.replace(' 14', '  14')} [1] [2]", f"{NOTE} [1] [2]"),  # its own words, whoever else says so
    ],
)
def test_a_sentence_that_another_article_bears_out(said: str, expected: str) -> None:
    both = Figure(14, "houses", "14", (1, 2), "a", "2024-01-01")
    left = without_articles(_two(text=said, figures=(both,), agreement="agree", mode="generated"), {"a"})
    assert left.text == expected
    assert left.figures == (replace(both, markers=(2,), source="b", as_of="2024-01-02"),)
    assert left.agreement == "agree"


def test_what_was_not_shown_of_a_model_goes() -> None:
    said = (Dropped("Fourteen houses fell.", ("[1] says otherwise",)),)
    assert without_articles(_two(dropped=said), {"a"}).dropped == ()
    assert without_articles(_two(dropped=said), set()).dropped == said
    assert without_articles(_two(), {"a"}).dropped is None


def test_an_answer_of_others_stays_as_it_was() -> None:
    assert without_articles(_two(), {"c"}) == _two()
    assert without_articles(no_answer(text="Nothing [1] of it."), {"airlift-1f0a9c3d"}) == no_answer(
        text="Nothing [1] of it.", nearest=()
    )
