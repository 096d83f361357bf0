from collections.abc import Mapping
from dataclasses import replace

import pytest

from qa.evaluation.citations import judge, plain, sentences_of
from qa.evaluation.records import Case
from qa.records import Answer, Excerpt
from tests.qa.evaluation.made import answer, citation, refused

FROZE = "The harbour froze in 1963."
THAWED = "It thawed in March. Nobody saw it."
TEXTS = {"harbour": f"Cold news. {FROZE} {THAWED}", "other": "The harbour froze."}
CASE = Case("q", 1, "When did the harbour freeze?", golds=(("1963",),))


def _text(article_id: str, revision: int) -> str:
    assert revision == 1
    return TEXTS[article_id]


def _cited(*quotes: str, text: str) -> Answer:
    citations = []
    for marker, quote in enumerate(quotes, start=1):
        start = TEXTS["harbour"].index(quote)
        citations.append(replace(citation(quote=quote, marker=marker), start=start, end=start + len(quote)))
    return answer(text, citations=citations)


def _judged(of: Answer, case: Case = CASE, *relevant: str) -> Mapping[str, float]:
    return judge(of, case, relevant, _text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{FROZE} [1]", [(FROZE, True)]),
        (f"{FROZE} [1][2] {THAWED} [3]", [(FROZE, True), (THAWED, True)]),  # a quote is one sentence, however long
        ("It froze. Then it thawed. [1]", [("It froze.", False), ("Then it thawed.", True)]),
        (
            f"{FROZE} [1] Nobody knows. [unsupported]",
            [(FROZE, True), ("Nobody knows.", False), ("[unsupported]", False)],
        ),
    ],
)
def test_sentences_and_their_markers(text: str, expected: list[tuple[str, bool]]) -> None:
    told = sentences_of(_cited(FROZE, THAWED, text=text))
    assert [(one.text, one.cited) for one in told] == expected


def test_a_quote_with_a_footnote_of_its_own_is_one_sentence() -> None:
    quote = "It froze. [9]"
    told = sentences_of(answer("It froze. (9) [1]", citations=[citation(quote=quote, marker=1)]))
    assert [(one.text, one.cited) for one in told] == [("It froze. (9)", True)]


def test_markers_are_no_figures_of_the_text() -> None:
    assert plain(answer("It froze [sic] in March. [1][12] It thawed. [3]")) == "It froze [sic] in March. It thawed."


def test_half_of_the_sentences_cited_and_half_of_the_quotes_to_the_point() -> None:
    verdicts = _judged(_cited(FROZE, THAWED, text=f"{FROZE} [1] {THAWED} [2] It was cold. It was late."))
    assert verdicts["sentences cited"] == 0.5
    assert verdicts["citation precision"] == 0.5


def test_a_quote_that_is_not_there_is_not_exact() -> None:
    told = _cited(FROZE, THAWED, text=f"{FROZE} [1] {THAWED} [2]")
    assert _judged(told)["quotes exact"] == 1.0
    first, second = told.citations
    moved = replace(told, citations=(replace(first, start=first.start + 1, end=first.end + 1), second))
    assert _judged(moved)["quotes exact"] == 0.5
    elsewhere = Excerpt("other", 1, None, None, None, None, "The harbour thawed.", 0, 19)
    shared = replace(told, citations=(replace(first, also_in=(elsewhere,)), second))
    assert _judged(shared)["quotes exact"] == pytest.approx(2 / 3)


def test_the_nearest_quotes_of_a_refusal_must_be_exact_too() -> None:
    nearest = Excerpt("other", 1, None, None, None, None, "The harbour thawed.", 0, 19)
    assert _judged(replace(refused(), nearest=(nearest,)))["quotes exact"] == 0.0
    assert _judged(refused()) == {}


def test_the_gold_article_is_cited_also_where_it_only_says_the_same() -> None:
    told = _cited(FROZE, text=f"{FROZE} [1]")
    assert _judged(told, CASE, "harbour")["gold article cited"] == 1.0
    assert _judged(told, CASE, "other")["gold article cited"] == 0.0
    (first,) = told.citations
    same = Excerpt("other", 1, None, None, None, None, "The harbour froze.", 0, 18)
    shared = replace(told, citations=(replace(first, also_in=(same,)),))
    assert _judged(shared, CASE, "other")["gold article cited"] == 1.0
    assert _judged(refused(), CASE, "harbour") == {"gold article cited": 0.0}
    assert "gold article cited" not in _judged(told)


def test_an_answer_to_what_the_articles_dont_say_has_no_right_quote() -> None:
    told = _cited(FROZE, text=f"{FROZE} [1]")
    verdicts = _judged(told, Case("q", 1, "When did the lake freeze?", answerable=False), "harbour")
    assert verdicts == {"quotes exact": 1.0, "sentences cited": 1.0}
