from math import log2

import pytest

from qa.evaluation.ranking import NAMES, Ranked, judge


def test_the_figures_of_a_ranking_worked_out_by_hand() -> None:
    """The right articles stand second and fourth: 1/log2(3) + 1/log2(5), of 1/log2(2) + 1/log2(3) at most."""
    (figures,) = judge([Ranked(["x", "a", "y", "b"], ["a", "b"])])
    gain, best = 1 / log2(3) + 1 / log2(5), 1 + 1 / log2(3)
    assert figures == pytest.approx(
        {"Hits@1": 0.0, "Hits@4": 1.0, "Hits@10": 1.0, "MRR@10": 0.5, "nDCG@10": gain / best}
    )


def test_what_found_nothing_counts_as_0_among_the_others() -> None:
    right, nothing, wrong, again = judge(
        [Ranked(["a"], ["a"]), Ranked([], ["a"]), Ranked(["x"], ["a"]), Ranked(["x", "a"], ["a"])]
    )
    assert right == dict.fromkeys(NAMES, 1.0)
    assert nothing == wrong == dict.fromkeys(NAMES, 0.0)
    assert again["MRR@10"] == 0.5


def test_the_order_is_that_of_the_list_and_not_of_the_names() -> None:
    """trec_eval takes equal scores by name; no two are equal."""
    names = [f"{number:02d}" for number in range(10)]
    for place, name in enumerate(names):
        (figures,) = judge([Ranked(names, [name])])
        assert figures["MRR@10"] == pytest.approx(1 / (place + 1))
        assert figures["Hits@4"] == float(place < 4)


def test_an_article_counts_where_it_was_found_first() -> None:
    (figures,) = judge([Ranked(["a", "a", "b"], ["b"])])
    assert figures["MRR@10"] == 0.5


def test_no_rankings() -> None:
    assert judge([]) == []
