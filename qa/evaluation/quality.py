"""Several evaluations -> docs/quality.md: what was measured, beside what it is to reach.

    qa eval squad2.jsonl.gz --json > figures/squad2.json
    python -m qa.evaluation.quality figures/*.json -o docs/quality.md

A set is called by the name of its file without ".json"; docs/quality-targets.toml holds the targets by that name. The
evaluation data itself is not needed.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from qa.errors import QAError
from qa.evaluation.baseline import read_summary
from qa.evaluation.measures import DEFINITIONS
from qa.evaluation.records import Measure, Summary, Unit
from qa.evaluation.targets import Target, TargetSet, is_reached, judged_value, notes, read_targets, verdict
from qa.evaluation.wording import interval, number

TARGETS = Path("docs/quality-targets.toml")
_LEGEND = (
    '- plain: what a plain pipeline of the same parts gave; "below plain": that was better.',
    "- learned from: the answerer has learned from these very questions, so it would do worse on others. Where there",
    '  is a figure by what it learned from other titles ("not learned from"), that one tells whether the target is',
    "  reached.",
    "- chosen on: weights or thresholds were chosen on these very questions, so the figure is the best of those tried.",
    "- within its interval: the target lies within the interval of the figure that tells, so that chance may have it",
    '  otherwise, be it reached or not. That of "not learned from" is the measured one, moved to that figure.',
)


def render(summaries: Mapping[str, Summary], targets: Mapping[str, TargetSet], on: date) -> str:
    """Return docs/quality.md. summaries: by the names of their sets."""
    known = [name for name in targets if name in summaries]
    others = [name for name in summaries if name not in targets]
    versions = ", ".join(sorted({summary.version for summary in summaries.values()}))
    lines = [
        "# Quality",
        "",
        f"Written by `make quality` on {on.isoformat()}, of version {_cell(versions)}, from what",
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
    yield from ("", "## Against the targets", "", *_LEGEND)
    yield from (
        f'- {_cell(name)}, "not learned from": by `{_cell(of_set.unseen.by)}`, on {of_set.unseen.on.isoformat()}.'
        for name, of_set in targets.items()
        if of_set.unseen
    )
    yield from ("", "| set | measure | value | 95% interval | not learned from | target | plain | reached | notes |")
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- | --- |"
    for name, of_set in targets.items():
        found = {measure.name: measure for measure in summaries[name].measures} if name in summaries else {}
        for target in of_set.targets:
            yield _target_row(name, target, found.get(target.measure))


def _target_row(name: str, target: Target, measure: Measure | None) -> str:
    plain, unseen = (_known(figure, "share") for figure in (target.plain, target.unseen))
    if measure is None:
        return _row(name, target.measure, "-", "-", unseen, f"{target.reach:.3f}", plain, "not measured", "-")
    sign = "" if measure.higher_is_better else "at most "
    return _row(
        name,
        measure.name,
        number(measure.value, measure.unit),
        interval(measure),
        unseen,
        sign + number(target.reach, measure.unit),
        plain,
        verdict(target, measure),
        ", ".join(notes(target, measure)) or "-",
    )


def _known(figure: float | None, unit: Unit) -> str:
    return "-" if figure is None else number(figure, unit)


def _not_reached(summaries: Mapping[str, Summary], targets: Mapping[str, TargetSet]) -> Iterator[str]:
    """What was tried for each target that was missed; nothing where none was."""
    missed = [
        (name, target, measure)
        for name, of_set in targets.items()
        if name in summaries
        for target in of_set.targets
        for measure in summaries[name].measures
        if measure.name == target.measure and not is_reached(target, measure)
    ]
    if missed:
        yield from ("", "## What was not reached", "")
    for name, target, measure in missed:
        reach, value = number(target.reach, measure.unit), number(judged_value(target, measure), measure.unit)
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
    figures = of_set.unseen.figures if of_set and of_set.unseen else {}
    header, rule = (("not learned from",), ("---:",)) if figures else ((), ())
    yield from ("", _row("", "measure", "value", "95% interval", *header, "cases"))
    yield _row("---", "---", "---:", "---:", *rule, "---:")
    for measure in summary.measures:
        value = number(measure.value, measure.unit)
        unseen = (_known(figures.get(measure.name), measure.unit),) if figures else ()
        yield _row(measure.group, measure.name, value, interval(measure), *unseen, f"{measure.cases:,}")


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
