import pytest

from qa.evaluation.citations import judge as cited
from qa.evaluation.measures import DEFINITIONS, measure
from qa.evaluation.ranking import NAMES
from qa.evaluation.records import Case, Measure
from qa.evaluation.verdicts import FIRST
from qa.evaluation.verdicts import judge as verdicts_of
from tests.qa.evaluation.made import answer, citation, outcome, refused

RIGHT = {"answered": 1.0, "ans@3": 1.0, "MRR@10": 0.5}
WRONG = {"answered": 1.0, "ans@3": 0.0, "MRR@10": 0.0}

_OF_ALL = (
    "AURC",
    "confidence ROC area",
    "calibration error",
    "answerable ROC area",
    "abstained at 95% answered",
    "latency p50",
    "latency p95",
)


def _by_name(*measures: Measure) -> dict[str, Measure]:
    assert len({one.name for one in measures}) == len(measures)
    return {one.name: one for one in measures}


def test_a_measure_is_the_mean_of_the_cases_that_count_in_it() -> None:
    outcomes = [
        outcome(answer(confidence=0.9), verdicts=RIGHT),
        outcome(answer(confidence=0.7), verdicts=WRONG),
        outcome(refused(), verdicts={"abstained": 1.0}, answerable=False),
    ]
    found = _by_name(*measure(outcomes, ()))
    assert (found["ans@3"].value, found["ans@3"].cases) == (0.5, 2)
    assert (found["MRR@10"].value, found["MRR@10"].cases) == (0.25, 2)
    assert (found["abstained"].value, found["abstained"].cases) == (1.0, 1)
    assert found["answerable ROC area"].value == 1.0
    assert found["AURC"].value == pytest.approx((0 + 1 / 2 + 2 / 3) / 3, abs=1e-4)
    assert found["ans@3"].low <= 0.5 <= found["ans@3"].high
    assert "EM" not in found
    assert "latency p50" not in found


def test_they_come_by_group_and_say_what_is_better() -> None:
    verdicts = {**RIGHT, "wrong named": 0.0, "wrong named as undisputed": 0.0, "quotes exact": 1.0}
    found = measure([outcome(answer(), verdicts=verdicts), outcome(refused(), answerable=False)], (4.0, 6.0))
    groups = [one.group for one in found]
    assert groups == sorted(
        groups, key=["retrieval", "answers", "citations", "abstention", "conflicts", "latency"].index
    )
    lower = {one.name for one in found if not one.higher_is_better}
    assert lower == {"wrong named", "wrong named as undisputed", "AURC", "latency p50", "latency p95"}


def test_the_interval_is_wider_where_cases_of_a_title_are_right_and_wrong_together() -> None:
    def width(*titles: str) -> float:
        outcomes = [
            outcome(answer(), verdicts=RIGHT if place < 20 else WRONG, line=place, group=titles[place % len(titles)])
            for place in range(40)
        ]
        (found,) = (one for one in measure(outcomes, ()) if one.name == "ans@3")
        return found.high - found.low

    together = [str(place // 5) for place in range(40)]
    apart = [str(place) for place in range(40)]
    assert width(*together) > 1.5 * width(*apart)
    assert width(*apart) == width("one")


def test_every_measure_is_defined_and_nothing_else_is() -> None:
    golds = (("15,000",), ("600",))
    verdicts: dict[str, float] = {}
    for case in (
        Case("one", 1, "How many?", golds=golds[:1]),
        Case("several", 2, "How many?", golds=golds, wrong=("7",)),
        Case("none", 3, "How many?", answerable=False),
    ):
        told = answer("Some 15,000 left. [1]", citations=[citation("a", "Some 15,000 left.")])
        verdicts |= verdicts_of(told, case) | cited(told, case, ("a",), lambda *_: "")
    verdicts |= dict.fromkeys(NAMES, 1.0)
    outcomes = [
        outcome(answer(), verdicts=verdicts | {FIRST: 1.0}),
        outcome(answer(), verdicts=WRONG),
        outcome(refused(), answerable=False),
    ]
    assert {one.name for one in measure(outcomes, (1.0,))} == {*verdicts, *_OF_ALL} == DEFINITIONS.keys()
    assert all(meaning.endswith(".") for meaning in DEFINITIONS.values())


def test_latency() -> None:
    found = _by_name(*measure([outcome(answer(), verdicts=RIGHT)], tuple(float(one) for one in range(1, 101))))
    assert (found["latency p50"].value, found["latency p50"].unit) == (50.5, "ms")
    assert found["latency p95"].value == pytest.approx(95.05)
    assert found["latency p95"].cases == 100


def test_one_kind_alone_has_no_roc() -> None:
    found = _by_name(*measure([outcome(answer(), verdicts=RIGHT)], ()))
    assert found["AURC"].value == 0.0
    assert "answerable ROC area" not in found
    assert "abstained at 95% answered" not in found


def test_where_nothing_is_answerable_nothing_is_known_of_confidence() -> None:
    outcomes = [outcome(refused(), answerable=False, verdicts={"abstained": 1.0})] * 2
    assert [one.name for one in measure(outcomes, ())] == ["abstained"]


def test_a_case_of_which_nothing_is_known_is_no_risk() -> None:
    assert [one.name for one in measure([outcome(answer(), verdicts={"answered": 1.0}, golds=())], ())] == ["answered"]
