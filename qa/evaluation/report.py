"""An evaluation -> one HTML file that needs nothing else: no network, no scripts, no other files.

Questions, answers and articles are others' words. The template escapes all of them (Jinja2's autoescape), and the
page's own policy forbids scripts and anything from elsewhere besides.
"""

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from qa.evaluation.baseline import compare
from qa.evaluation.failures import Failure, Kind, failures, first_relevant
from qa.evaluation.files import write_whole
from qa.evaluation.measures import DEFINITIONS
from qa.evaluation.plots import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Plot, hits_plot, latency_plot, risk_plot
from qa.evaluation.ranking import NAMES as RANK_MEASURES
from qa.evaluation.records import Evaluation, Summary
from qa.evaluation.wording import failed_in, interval, missing_in, number

SHOWN = 25  # of each kind of failure
_BOX = {"width": WIDTH, "height": HEIGHT, "left": LEFT, "right": RIGHT, "top": TOP, "bottom": BOTTOM}
_HEADINGS: dict[Kind, str] = {
    "wrong": "wrong answers",
    "unfounded": "answered though the articles don't say",
    "refused": "refused though the articles say",
    "short": "right answers that are wrong in short",
}
# What HTML can't hold: control characters, and halves of a surrogate pair.
_UNSHOWABLE = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}"
)


@dataclass(frozen=True, slots=True)
class FailureList:
    """The worst of one kind. total: how many there are of it."""

    heading: str
    shown: tuple[Failure, ...]
    total: int


def write_report(evaluation: Evaluation, baseline: Summary | None, path: Path) -> None:
    """Write the page to a file. baseline: figures of before over the same cases, to set beside.

    Raises OSError; then what stood there stays.
    """
    write_whole(path, render(evaluation, baseline).encode("utf-8"))


def render(evaluation: Evaluation, baseline: Summary | None = None) -> str:
    """Return the page as HTML, as `write_report` writes it."""
    summary = evaluation.summary
    changes = compare(summary, baseline) if baseline is not None else ()
    page = _template().render(
        summary=summary,
        groups=[(group, list(measures)) for group, measures in groupby(summary.measures, lambda one: one.group)],
        definitions=DEFINITIONS,
        plots=_plots(evaluation),
        box=_BOX,
        failures=_failure_lists(evaluation),
        left_out=[
            ("articles that could not be taken in", failed_in(evaluation)),
            ("articles named that aren't in the library", missing_in(evaluation)),
        ],
        changes=sorted(changes, key=lambda change: not change.worse),
        baseline=baseline,
    )
    return page.translate(_UNSHOWABLE)


def _plots(evaluation: Evaluation) -> list[Plot]:
    ranked = [outcome for outcome in evaluation.outcomes if RANK_MEASURES[0] in outcome.verdicts]
    plots = (
        risk_plot(evaluation.summary.curve),
        hits_plot([first_relevant(outcome) for outcome in ranked]),
        latency_plot(evaluation.latencies_ms),
    )
    return [plot for plot in plots if plot]


def _failure_lists(evaluation: Evaluation) -> list[FailureList]:
    found = failures(evaluation.outcomes)
    of_kind = {kind: tuple(one for one in found if one.kind == kind) for kind in _HEADINGS}
    return [FailureList(heading, of_kind[kind][:SHOWN], len(of_kind[kind])) for kind, heading in _HEADINGS.items()]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("qa.evaluation"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "interval": interval, "count": "{:,}".format}
    return environment.get_template("report.html.jinja")
