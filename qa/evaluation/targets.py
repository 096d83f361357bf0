"""What the measures are to reach, read from docs/quality-targets.toml, and whether they do. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qa.evaluation.errors import EvaluationError
from qa.evaluation.records import Measure


@dataclass(frozen=True, slots=True)
class Target:
    """What a measure is to reach. plain: what a plain pipeline of the same parts gave, where that was measured.

    learned: whether the answerer has learned from the very questions that it is measured with. chosen: whether weights
    or thresholds were chosen on them. unseen: the figure over the same questions, answered with what was learned from
    others; None: there is none. tried: in words, what was tried where it isn't reached.
    """

    measure: str
    reach: float
    plain: float | None
    learned: bool = False
    chosen: bool = False
    unseen: float | None = None
    tried: str = ""


@dataclass(frozen=True, slots=True)
class Unseen:
    """Figures over questions that nothing was learned from, by the names of the measures. by: the command; on: when."""

    figures: Mapping[str, float]
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class TargetSet:
    """The targets of a set, and what the set is, in words. unseen: None where nothing was learned from the set."""

    about: str
    targets: tuple[Target, ...]
    unseen: Unseen | None = None


def read_targets(text: str) -> dict[str, TargetSet]:
    """Return the targets by the names of their sets, in the order of the TOML text.

    Raises EvaluationError where the text says something else.
    """
    try:
        return {name: _set(table) for name, table in tomllib.loads(text).items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise EvaluationError(
            f'The targets can\'t be read ({error}): each set needs "about" and a table "measures" with numbers.'
        ) from None


def judged_value(target: Target, measure: Measure) -> float:
    """The figure that tells whether a target is reached: that over what was not learned from, where there is one."""
    return measure.value if target.unseen is None else target.unseen


def is_reached(target: Target, measure: Measure) -> bool:
    """Whether the figure that counts reaches the target."""
    return _reaches(judged_value(target, measure), target, measure)


def verdict(target: Target, measure: Measure) -> str:
    """Say whether a target is reached, and whether chance might have had it otherwise.

    The interval of a figure over what was not learned from is not known: the measure's own is moved to it.

    >>> measure = Measure("ans@1", "answers", value=0.75, low=0.70, high=0.80, cases=40)
    >>> verdict(Target("ans@1", 0.72, None), measure), verdict(Target("ans@1", 0.90, None), measure)
    ('yes, within its interval', 'no')
    """
    reached = is_reached(target, measure)
    move = judged_value(target, measure) - measure.value
    sure = all(_reaches(bound + move, target, measure) is reached for bound in (measure.low, measure.high))
    return ("yes" if reached else "no") + ("" if sure else ", within its interval")


def notes(target: Target, measure: Measure) -> tuple[str, ...]:
    """What is to be known of a figure: whether its questions were learned from or chosen on, and who leads."""
    told = ["learned from"] if target.learned else []
    told += ["chosen on"] if target.chosen else []
    value = round(judged_value(target, measure), 3)
    if target.plain is not None and value != target.plain and (value < target.plain) is measure.higher_is_better:
        told.append("below plain" if measure.higher_is_better else "above plain")
    return tuple(told)


def _reaches(value: float, target: Target, measure: Measure) -> bool:
    # Three decimals are what is shown, so they are what is compared.
    value = round(value, 3)
    return value >= target.reach if measure.higher_is_better else value <= target.reach


def _set(table: Mapping[str, object]) -> TargetSet:
    """Raises KeyError, TypeError, ValueError or AttributeError where it is none."""
    unseen = _unseen(_table(table, "unseen")) if "unseen" in table else None
    figures = unseen.figures if unseen else {}
    targets = tuple(
        _target(name, _table(_table(table, "measures"), name), figures.get(name)) for name in _table(table, "measures")
    )
    return TargetSet(str(table["about"]), targets, unseen)


def _target(measure: str, given: Mapping[str, object], unseen: float | None) -> Target:
    known = {"learned": False, "chosen": False, "tried": "", **given}
    _refuse_unknown(measure, known, {"reach", "plain", "learned", "chosen", "tried"})
    return Target(
        measure=measure,
        reach=_figure(given["reach"]),
        plain=None if "plain" not in given else _figure(given["plain"]),
        learned=bool(known["learned"]),
        chosen=bool(known["chosen"]),
        unseen=unseen,
        tried=str(known["tried"]),
    )


def _unseen(given: Mapping[str, object]) -> Unseen:
    _refuse_unknown("unseen", given, {"by", "on", "measures"})
    figures = {name: _figure(value) for name, value in _table(given, "measures").items()}
    if not isinstance(on := given["on"], date):
        raise TypeError(f"{on!r} is no date")
    return Unseen(figures, str(given["by"]), on)


def _refuse_unknown(name: str, given: Mapping[str, object], known: set[str]) -> None:
    if unknown := given.keys() - known:
        raise ValueError(f"{name} has {', '.join(sorted(unknown))}")


def _table(given: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = given[name]
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} is no table")
    return value


def _figure(given: object) -> float:
    if not isinstance(given, int | float) or isinstance(given, bool):
        raise TypeError(f"{given!r} is no number")
    return float(given)
