"""An evaluation as a person reads it in a terminal: a table of its measures."""

from collections.abc import Sequence
from itertools import groupby

from rich.table import Table
from rich.text import Text

from clients.cli.session import print_lines
from clients.cli.terminal import standard_output, written
from clients.visible import line
from clients.wording import counted
from qa.evaluation.records import Change, Measure, Summary
from qa.evaluation.wording import interval, number

_WIDTH = 80  # what the longest lines take, so that nothing is cut in a narrow terminal


def print_summary(summary: Summary, changes: Sequence[Change] = ()) -> None:
    """Print what was measured. changes: beside it the baseline's figures, where there is one."""
    library = summary.library
    size = f"{counted(library.articles, 'article')} ({counted(library.passages, 'passage')})"
    print_lines(
        [
            Text(line(f"{summary.dataset}: {counted(summary.cases, 'question')} over {size}"), style="bold"),
            Text(line("; ".join(summary.settings)), style="dim"),
        ]
    )
    console = standard_output()
    console.width = max(console.width, _WIDTH)
    with written():
        console.print(_table(summary.measures, changes))
    tokens = f"{summary.tokens / summary.cases:,.0f} tokens a question" if summary.tokens else "no tokens"
    print_lines([Text(f"{summary.seconds:.1f} s, {tokens}", style="dim")])


def _table(measures: Sequence[Measure], changes: Sequence[Change]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("measure", no_wrap=True)
    for heading in (
        ("value", "baseline", "its 95% interval", "cases") if changes else ("value", "95% interval", "cases")
    ):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    of_measure = {change.before.name: change for change in changes}
    for group, members in groupby(measures, key=lambda measure: measure.group):
        table.add_row(Text(group, style="bold"))
        for measure in members:
            table.add_row(*(_compared(measure, of_measure.get(measure.name)) if changes else _cells(measure)))
    for change in changes:
        if change.now is None:
            _, before, bounds, _ = _cells(change.before)
            table.add_row(change.before.name, "-", before, bounds, "-", Text("gone", style="bold red"))
    return table


def _cells(measure: Measure) -> tuple[str, ...]:
    return f"  {measure.name}", number(measure.value, measure.unit), interval(measure), f"{measure.cases:,}"


def _compared(measure: Measure, change: Change | None) -> tuple[str | Text, ...]:
    """The interval is the baseline's: it decides."""
    name, value, _, cases = _cells(measure)
    if change is None:
        return name, value, "-", "-", cases
    _, before, bounds, _ = _cells(change.before)
    return name, value, before, bounds, cases, Text("worse", style="bold red") if change.worse else ""
