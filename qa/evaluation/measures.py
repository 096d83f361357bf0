"""What became of all cases -> measures, each with its interval. Pure."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.evaluation import abstention
from qa.evaluation.abstention import Trials
from qa.evaluation.interval import Statistic, bootstrap
from qa.evaluation.ranking import NAMES
from qa.evaluation.records import Group, Measure, Outcome, Unit
from qa.evaluation.verdicts import ABSTAINED, ANSWERED, FIRST, WHOLE

# Each the mean of the cases' verdicts of its name.
_MEANS: tuple[tuple[Group, tuple[str, ...]], ...] = (
    ("retrieval", NAMES),
    ("answers", (FIRST, WHOLE, "EM", "F1")),
    ("citations", ("sentences cited", "quotes exact", "citation precision", "gold article cited")),
    ("abstention", (ANSWERED, ABSTAINED)),
    ("conflicts", ("all gold named", "gold named", "wrong named", "wrong named as undisputed")),
)
_LOWER_IS_BETTER = frozenset(("wrong named", "wrong named as undisputed", "AURC"))
_DIGITS = 4


def measure(outcomes: Sequence[Outcome], latencies_ms: Sequence[float]) -> tuple[Measure, ...]:
    """Return the measures that the cases give, grouped; one that no case counts in is not there."""
    found = [one for group, names in _MEANS for name in names if (one := _mean(outcomes, name, group))]
    found += _of_confidence(outcomes)
    found += _of_latency(latencies_ms)
    order = [*(group for group, _ in _MEANS), "latency"]
    return tuple(sorted(found, key=lambda one: order.index(one.group)))


def trials_of(outcomes: Sequence[Outcome]) -> Trials:
    """Return the cases of which it is known whether an answer is right: with a gold answer, or not answerable."""
    known = _judged(outcomes)
    return Trials(
        confidence=np.array([outcome.answer.confidence for outcome in known], np.float64),
        answered=np.array([outcome.answer.status == "answered" for outcome in known], np.bool_),
        right=np.array([outcome.verdicts.get(WHOLE, 0.0) == 1.0 for outcome in known], np.bool_),
        answerable=np.array([outcome.case.answerable for outcome in known], np.bool_),
    )


def _judged(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if WHOLE in outcome.verdicts or not outcome.case.answerable]


def _mean(outcomes: Sequence[Outcome], name: str, group: Group) -> Measure | None:
    counted = [outcome for outcome in outcomes if name in outcome.verdicts]
    if not counted:
        return None
    values = np.array([outcome.verdicts[name] for outcome in counted], np.float64)
    return _measured(name, group, lambda places: float(values[places].mean()), _titles(counted))


def _of_confidence(outcomes: Sequence[Outcome]) -> Iterator[Measure]:
    trials, titles = trials_of(outcomes), _titles(_judged(outcomes))
    if not trials.answerable.any():  # then all that is covered is wrong, whatever is said
        return
    yield _measured("AURC", "abstention", lambda places: abstention.area(trials.at(places)), titles)
    if trials.answerable.all():
        return
    kept = f"abstained at {abstention.KEPT:.0%} answered"
    yield _measured("answerable ROC area", "abstention", lambda places: abstention.roc_area(trials.at(places)), titles)
    yield _measured(kept, "abstention", lambda places: abstention.abstained_while_answering(trials.at(places)), titles)


def _titles(outcomes: Sequence[Outcome]) -> list[str]:
    """What each case is about; one of which that isn't known is about something of its own."""
    return [outcome.case.group or f"line {outcome.case.line}" for outcome in outcomes]


def _of_latency(latencies_ms: Sequence[float]) -> Iterator[Measure]:
    values = np.array(latencies_ms, np.float64)
    if not len(values):
        return

    def percentile(percent: int) -> Statistic:
        def of(places: NDArray[np.intp]) -> float:
            return float(np.percentile(values[places], percent))

        return of

    for percent in (50, 95):
        yield _measured(f"latency p{percent}", "latency", percentile(percent), [""] * len(values), "ms")


def _measured(name: str, group: Group, statistic: Statistic, titles: Sequence[str], unit: Unit = "share") -> Measure:
    value, low, high = (round(figure, _DIGITS) for figure in bootstrap(statistic, len(titles), titles))
    better = unit != "ms" and name not in _LOWER_IS_BETTER
    return Measure(name, group, value, low, high, len(titles), higher_is_better=better, unit=unit)
