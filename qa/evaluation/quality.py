"""Several evaluations -> docs/quality.md: what was measured, beside what it is to reach.

    qa eval squad2.jsonl.gz --json > figures/squad2.json
    python -m qa.evaluation.quality figures/*.json -o docs/quality.md

A set is called by the name of its file without ".json"; docs/quality-targets.toml holds the targets by that name. The
evaluation data itself is not needed.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from qa.errors import QAError
from qa.evaluation.baseline import read_summary
from qa.evaluation.errors import EvaluationError
from qa.evaluation.measures import DEFINITIONS
from qa.evaluation.records import Measure, Summary
from qa.evaluation.wording import interval, number

TARGETS = Path("docs/quality-targets.toml")


@dataclass(frozen=True, slots=True)
class Target:
    """What a measure is to reach. plain: what a plain pipeline of the same parts gave, where that was measured.

    learned: whether the answerer has learned from the very questions that it is measured with. tried: in words, what
    was tried where it isn't reached.
    """

    measure: str
    reach: float
    plain: float | None
    learned: bool = False
    tried: str = ""


@dataclass(frozen=True, slots=True)
class TargetSet:
    """The targets of a set, and what the set is, in words."""

    about: str
    targets: tuple[Target, ...]


def read_targets(text: str) -> dict[str, TargetSet]:
    """Return the targets by the names of their sets, in the order of the TOML text.

    Raises EvaluationError where the text says something else.
    """
    try:
        return {
            name: TargetSet(
                str(table["about"]), tuple(_target(measure, given) for measure, given in table["measures"].items())
            )
            for name, table in tomllib.loads(text).items()
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise EvaluationError(
            f'The targets can\'t be read ({error}): each set needs "about" and a table "measures" with numbers.'
        ) from None


def _target(measure: str, given: Mapping[str, object]) -> Target:
    """Raises KeyError, TypeError or ValueError where it is none."""
    known = {"learned": False, "tried": "", **given}
    if unknown := known.keys() - {"reach", "plain", "learned", "tried"}:
        raise ValueError(f"{measure} has {', '.join(sorted(unknown))}")
    plain = None if "plain" not in given else _figure(given["plain"])
    return Target(measure, _figure(given["reach"]), plain, bool(known["learned"]), str(known["tried"]))


def _figure(given: object) -> float:
    if not isinstance(given, int | float):
        raise TypeError(f"{given!r} is no number")
    return float(given)


def render(summaries: Mapping[str, Summary], targets: Mapping[str, TargetSet], on: date) -> str:
    """Return docs/quality.md. summaries: by the names of their sets."""
    known = [name for name in targets if name in summaries]
    others = [name for name in summaries if name not in targets]
    versions = ", ".join(sorted({summary.version for summary in summaries.values()}))
    lines = [
        "# Quality",
        "",
        f"Written by `python -m qa.evaluation.quality` on {on.isoformat()}, of version {_cell(versions)}, from what",
        "`qa eval --json` gave. Intervals are 95% bootstrap intervals over the cases of a measure, or over whole",
        "titles where that is wider: questions about one title are right and wrong together. Times depend",
        "on the machine.",
        *_against_targets(summaries, targets),
        *_not_reached(summaries, targets),
        *_definitions(summaries),
    ]
    for name in (*known, *others):
        lines += _section(name, summaries[name], targets.get(name))
    return "\n".join(lines) + "\n"


def _against_targets(summaries: Mapping[str, Summary], targets: Mapping[str, TargetSet]) -> Iterator[str]:
    yield from ("", "## Against the targets", "")
    yield '"Plain" is what a plain pipeline of the same parts gave. Where "no" stands with "within", the target lies'
    yield 'within the interval of what was measured. "Learned from": the answerer has learned from these questions, so'
    yield "it would do worse on others."
    yield from ("", "| set | measure | value | 95% interval | target | plain | reached |")
    yield "| --- | --- | ---: | ---: | ---: | ---: | --- |"
    for name, of_set in targets.items():
        found = {measure.name: measure for measure in summaries[name].measures} if name in summaries else {}
        for target in of_set.targets:
            yield _target_row(name, target, found.get(target.measure))


def _target_row(name: str, target: Target, measure: Measure | None) -> str:
    plain = "-" if target.plain is None else f"{target.plain:.3f}"
    if measure is None:
        return _row(name, target.measure, "-", "-", f"{target.reach:.3f}", plain, "not measured")
    sign = "" if measure.higher_is_better else "at most "
    return _row(
        name,
        measure.name,
        number(measure.value, measure.unit),
        interval(measure),
        sign + number(target.reach, measure.unit),
        plain,
        _verdict(measure, target),
    )


def _verdict(measure: Measure, target: Target) -> str:
    reached = _is_reached(measure, target)
    notes = ["within"] if not reached and measure.low <= target.reach <= measure.high else []
    notes += ["learned from"] if target.learned else []
    return ("yes" if reached else "no") + (f" ({', '.join(notes)})" if notes else "")


def _is_reached(measure: Measure, target: Target) -> bool:
    # Three decimals are what is shown, so they are what is compared.
    value = round(measure.value, 3)
    return value >= target.reach if measure.higher_is_better else value <= target.reach


def _not_reached(summaries: Mapping[str, Summary], targets: Mapping[str, TargetSet]) -> Iterator[str]:
    """What was tried for each target that was missed; nothing where none was."""
    missed = [
        (name, target, measure)
        for name, of_set in targets.items()
        if name in summaries
        for target in of_set.targets
        for measure in summaries[name].measures
        if measure.name == target.measure and not _is_reached(measure, target)
    ]
    if missed:
        yield from ("", "## What was not reached", "")
    for name, target, measure in missed:
        reach, value = number(target.reach, measure.unit), number(measure.value, measure.unit)
        tried = _cell(target.tried) or "It isn't told what was tried."
        yield f"- {_cell(name)}, {_cell(target.measure)} ({value}, to reach {reach}): {tried}"


def _definitions(summaries: Mapping[str, Summary]) -> Iterator[str]:
    """What the measures mean that there are."""
    measured = {measure.name for summary in summaries.values() for measure in summary.measures}
    yield from ("", "## What the measures mean", "")
    yield "What is so or not counts 1 or 0 for each case, and the measure is the mean over the cases that it concerns."
    yield from ("", "| measure | meaning |", "| --- | --- |")
    yield from (_row(name, meaning) for name, meaning in DEFINITIONS.items() if name in measured)


def _section(name: str, summary: Summary, of_set: TargetSet | None) -> Iterator[str]:
    yield from ("", f"## {_cell(name)}", "")
    if of_set:
        yield from (_cell(of_set.about), "")
    size = summary.library
    yield f"{summary.cases:,} questions over {size.articles:,} articles ({size.passages:,} passages);"
    yield f"{summary.seconds:.0f} s, {summary.tokens:,} tokens of a model; {_cell('; '.join(summary.settings))}."
    yield from ("", "| | measure | value | 95% interval | cases |", "| --- | --- | ---: | ---: | ---: |")
    for measure in summary.measures:
        value = number(measure.value, measure.unit)
        yield _row(measure.group, measure.name, value, interval(measure), f"{measure.cases:,}")


def _row(*cells: str) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(words: str) -> str:
    """Words that can stand in a table, and make no markup there."""
    return " ".join(words.replace("|", "\\|").replace("<", "&lt;").split())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line above; the exit status is 1 where a file can't be used."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.quality", description="Write docs/quality.md.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="what `qa eval --json` gave")
    parser.add_argument("-o", "--output", type=Path, help="where to write it (default: standard output)")
    parser.add_argument("--targets", type=Path, default=TARGETS, help=f"what is to be reached (default: {TARGETS})")
    given = parser.parse_args(arguments)
    try:
        summaries = {path.stem: read_summary(path) for path in given.files}
        page = render(summaries, read_targets(given.targets.read_text("utf-8")), datetime.now(UTC).date())
        if given.output:
            given.output.write_text(page, "utf-8")
        else:
            sys.stdout.write(page)
    except (QAError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
