"""Whether a target is reached, by which figure, and how sure that is."""

from datetime import date

import pytest

from qa.evaluation.errors import EvaluationError
from qa.evaluation.targets import Target, TargetSet, Unseen, notes, read_targets, verdict
from tests.qa.evaluation.made import measure


@pytest.mark.parametrize(
    ("reach", "told"),
    [
        (0.69, "yes"),
        (0.70, "yes"),
        (0.72, "yes, within its interval"),
        (0.75, "yes, within its interval"),
        (0.78, "no, within its interval"),
        (0.80, "no, within its interval"),
        (0.81, "no"),
    ],
)
def test_the_interval_counts_both_ways(reach: float, told: str) -> None:
    assert verdict(Target("ans@3", reach, None), measure("ans@3", 0.75, 0.7, 0.8)) == told
    turned = measure("ans@3", 0.25, 0.2, 0.3, higher_is_better=False)
    assert verdict(Target("ans@3", round(1 - reach, 3), None), turned) == told


def test_three_decimals_are_compared() -> None:
    assert verdict(Target("ans@3", 0.72, None), measure("ans@3", 0.7196, 0.7195, 0.8)) == "yes"


def test_a_figure_over_what_was_not_learned_from_tells() -> None:
    learned = measure("ans@3", 0.75, 0.7, 0.8)
    reached = [verdict(Target("ans@3", reach, None, unseen=0.6), learned) for reach in (0.5, 0.58, 0.62, 0.7)]
    assert reached == ["yes", "yes, within its interval", "no, within its interval", "no"]


def test_what_a_figure_was_made_with_and_who_leads_is_noted() -> None:
    of = measure("ans@3", 0.75)
    assert notes(Target("ans@3", 0.7, 0.75), of) == ()
    assert notes(Target("ans@3", 0.7, 0.76, learned=True, chosen=True), of) == (
        "learned from",
        "chosen on",
        "below plain",
    )
    assert notes(Target("ans@3", 0.7, 0.7, unseen=0.6), of) == ("below plain",)
    assert notes(Target("ans@3", 0.7, 0.7), measure("ans@3", 0.75, higher_is_better=False)) == ("above plain",)


def test_targets_are_read_with_what_was_not_learned_from() -> None:
    told = read_targets(
        "[ice]\nabout = 'a'\n[ice.unseen]\nby = 'x'\non = 2026-11-21\nmeasures = {F1 = 0.4, EM = 0.3}\n"
        "[ice.measures]\nF1 = {reach = 0.5, learned = true}\nans = {reach = 1, plain = 0.2, tried = 'b'}"
    )
    targets = (Target("F1", 0.5, None, learned=True, unseen=0.4), Target("ans", 1.0, 0.2, tried="b"))
    assert told == {"ice": TargetSet("a", targets, Unseen({"F1": 0.4, "EM": 0.3}, "x", date(2026, 11, 21)))}


_F1 = "[x]\nabout='a'\n[x.measures]\nF1 = "


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "x = 1",
        "[x]\nabout = 'a'",
        f"{_F1}{{plain = 1}}",
        f"{_F1}{{reach = 'a'}}",
        f"{_F1}{{reach = true}}",
        f"{_F1}{{reach = 1, tired = 'of it'}}",
        f"{_F1}{{reach = 1}}\n[x.unseen]\nby = 'x'\nmeasures = {{}}",
        f"{_F1}{{reach = 1}}\n[x.unseen]\nby = 'x'\non = 'today'\nmeasures = {{}}",
        f"{_F1}{{reach = 1}}\n[x.unseen]\nby = 'x'\non = 2026-11-21\nmeasures = {{F1 = 'a'}}",
        f"{_F1}{{reach = 1}}\n[x.unseen]\nby = 'x'\non = 2026-11-21\nmeasures = {{}}\nF1 = 1",
    ],
)
def test_targets_that_say_something_else_are_refused(text: str) -> None:
    with pytest.raises(EvaluationError, match="The targets can't be read"):
        read_targets(text)
