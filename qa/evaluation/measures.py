"""What became of all cases -> measures, each with its interval. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.evaluation import abstention
from qa.evaluation.abstention import Trials
from qa.evaluation.interval import Statistic, Title, bootstrap
from qa.evaluation.ranking import NAMES
from qa.evaluation.records import Group, Measure, Outcome, Unit
from qa.evaluation.verdicts import ABSTAINED, ANSWERED, EXACT, FIRST, SHORT, WHOLE

# Each the mean of the cases' verdicts of its name.
_MEANS: tuple[tuple[Group, tuple[str, ...]], ...] = (
    ("retrieval", NAMES),
    ("answers", (FIRST, WHOLE, EXACT, SHORT)),
    ("citations", ("sentences cited", "quotes exact", "citation precision", "gold article cited")),
    ("abstention", (ANSWERED, ABSTAINED)),
    ("conflicts", ("all gold named", "gold named", "wrong named", "wrong named as undisputed")),
)
_KEPT = f"abstained at {abstention.KEPT:.0%} answered"
_RANK = "by the best passages, of those that a search for an answer reads"
DEFINITIONS: Mapping[str, str] = {
    "Hits@1": f"The article ranked first ({_RANK}) holds the answer.",
    "Hits@4": "One of the first four articles holds the answer.",
    "Hits@10": "One of the first ten articles holds the answer.",
    "MRR@10": "1 by the rank of the first article that holds the answer; 0 where none of the first ten does.",
    "nDCG@10": "How near the top of the first ten those articles stand that hold the answer, 1 where nothing is above.",
    FIRST: "The gold answer stands in the answer's first sentence; of several, all do. A refusal is a miss.",
    WHOLE: "The same for the whole answer, which is up to four quotes.",
    EXACT: "The short answer is a gold one, by the SQuAD 2.0 script (its HasAns figure), for questions of one answer; "
    "quotation marks around a gold answer don't count, and no short answer is a miss.",
    SHORT: "The words that the short answer shares with a gold one, by the same script over the same questions.",
    "sentences cited": "The share of an answer's sentences that have a citation.",
    "quotes exact": "The share of quotes that stand in the article's text at their offsets, word for word.",
    "citation precision": "The share of an answer's citations whose quote holds a gold answer; refusals aside.",
    "gold article cited": "An article that holds the answer is cited, or named as saying the same.",
    ANSWERED: "A question that the articles answer gets an answer, right or wrong.",
    ABSTAINED: "A question that the articles don't answer gets none.",
    "AURC": "The area under the curve of risk (the share of wrong answers, by ans@3) against coverage, the most "
    "confident first and refusals last, as wrong; its floor lies above 0 where some can't be answered.",
    "answerable ROC area": "How often a question that the articles answer is given a better chance of it "
    "(`answerable`) than one they don't.",
    _KEPT: "Of the questions that can't be answered, the share below the chance that 95% of the others reach. It "
    'is of the chance alone: some of the others are refused above it, as "answered" tells.',
    "confidence ROC area": "How often an answer whose first sentence is right has more confidence than another.",
    "calibration error": "How far confidence is from the share of first sentences that are right, by tenths (ECE).",
    "all gold named": "Where there are several right answers (questions of two parts among them) or known wrong ones: "
    "the answer names all the right ones.",
    "gold named": "Where that is so: the share of right answers that it names.",
    "wrong named": "Where wrong answers are known: the answer names one of them.",
    "wrong named as undisputed": "Where wrong answers are known: it names one of them, and no right answer beside it.",
    "latency p50": "Half of the questions took this long or less, the first one left aside.",
    "latency p95": "95% of the questions took this long or less, the first one left aside.",
}
"""What each measure means. What is so or not counts 1 or 0 for each case, and the measure is their mean."""

_OF_CONFIDENCE: Mapping[str, Callable[[Trials], float]] = {
    "confidence ROC area": abstention.sureness_area,
    "calibration error": abstention.calibration_error,
}
_LOWER_IS_BETTER = frozenset(("wrong named", "wrong named as undisputed", "AURC", "calibration error"))
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
        chance=np.array([outcome.answer.answerable for outcome in known], np.float64),
        confidence=np.array([outcome.answer.confidence for outcome in known], np.float64),
        answered=np.array([outcome.answer.status == "answered" for outcome in known], np.bool_),
        right=np.array([outcome.verdicts.get(WHOLE, 0.0) == 1.0 for outcome in known], np.bool_),
        first=np.array([outcome.verdicts.get(FIRST, 0.0) == 1.0 for outcome in known], np.bool_),
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
    if len(set(trials.first[trials.answered].tolist())) > 1:  # else there is nothing to tell apart
        for name, statistic in _OF_CONFIDENCE.items():
            yield _measured(name, "abstention", _over(trials, statistic), titles)
    if trials.answerable.all():
        return
    yield _measured("answerable ROC area", "abstention", lambda places: abstention.roc_area(trials.at(places)), titles)
    yield _measured(_KEPT, "abstention", lambda places: abstention.abstained_while_answering(trials.at(places)), titles)


def _over(trials: Trials, statistic: Callable[[Trials], float]) -> Statistic:
    return lambda places: statistic(trials.at(places))


def _titles(outcomes: Sequence[Outcome]) -> list[Title]:
    """What each case is about; one of which that isn't known is about something of its own."""
    cases = [outcome.case for outcome in outcomes]
    return [Title(case.group or f"line {case.line}", case.answerable) for case in cases]


def _of_latency(latencies_ms: Sequence[float]) -> Iterator[Measure]:
    values = np.array(latencies_ms, np.float64)
    if not len(values):
        return

    def percentile(percent: int) -> Statistic:
        def of(places: NDArray[np.intp]) -> float:
            return float(np.percentile(values[places], percent))

        return of

    for percent in (50, 95):
        yield _measured(f"latency p{percent}", "latency", percentile(percent), [Title("")] * len(values), "ms")


def _measured(name: str, group: Group, statistic: Statistic, titles: Sequence[Title], unit: Unit = "share") -> Measure:
    value, low, high = (round(figure, _DIGITS) for figure in bootstrap(statistic, len(titles), titles))
    better = unit != "ms" and name not in _LOWER_IS_BETTER
    return Measure(name, group, value, low, high, len(titles), higher_is_better=better, unit=unit)
