"""Pure: figures -> plots, worked out down to the coordinates. The template draws them; nothing here is markup.

Coordinates are SVG's: x to the right, y downwards, in a box of `WIDTH` by `HEIGHT`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

WIDTH, HEIGHT = 420, 260
LEFT, RIGHT, TOP, BOTTOM = 48, 404, 18, 214  # the axes; what lies around them is for their labels
_BINS = 24
_MARKS_PER_DECADE = (1, 2, 5)
_SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis. at: its x on the one below, its y on the one at the left."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle that stands on the axis below. label: stands above it, where there is room."""

    x: float
    y: float
    width: float
    height: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a plot, for those who read rather than look."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot with all its coordinates. says: what it shows, in a sentence, with its figures. name: for its ids.

    line: the points of a line. rules: uprights at a value, with their labels.
    """

    name: str
    title: str
    says: str
    x_label: str
    y_label: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    table: Table
    line: tuple[tuple[float, float], ...] = ()
    bars: tuple[Bar, ...] = ()
    rules: tuple[Tick, ...] = ()


def risk_plot(curve: Sequence[tuple[float, float]]) -> Plot | None:
    """Risk against coverage. curve: (coverage, risk), both from 0 to 1, by rising coverage. None: there is no curve."""
    if not curve:
        return None
    nearest = [min(curve, key=lambda point: abs(point[0] - step / 10)) for step in range(1, 11)]
    shown = sorted(set(nearest))
    told = ", ".join(f"{risk:.2f} at {coverage:.0%}" for coverage, risk in shown)
    return Plot(
        name="risk",
        title="Risk against coverage",
        says=f"The share that is wrong of the questions that come first, the most confident answers before others; "
        f"refusals come last and count as wrong: {told}.",
        x_label="share of questions, the most confident answers first",
        y_label="share of those that is wrong",
        x_ticks=tuple(Tick(_across(share), f"{share:.1f}") for share in _SHARES),
        y_ticks=_share_ticks(),
        table=Table(("coverage", "risk"), tuple((f"{coverage:.3f}", f"{risk:.3f}") for coverage, risk in shown)),
        line=tuple((_across(coverage), _up(risk)) for coverage, risk in curve),
    )


def hits_plot(first_ranks: Sequence[int | None], depth: int = 10) -> Plot | None:
    """Hits by rank: of how many cases a right article stands among the first 1 to `depth`.

    first_ranks: a case's best rank of a right article, from 1; None: it was not found. None: there are no cases.
    """
    if not first_ranks:
        return None
    counts = [sum(1 for rank in first_ranks if rank is not None and rank <= k) for k in range(1, depth + 1)]
    shares = [count / len(first_ranks) for count in counts]
    step = (RIGHT - LEFT) / depth
    bars = tuple(
        _bar(LEFT + (k + 0.15) * step, 0.7 * step, share, f"{share:.2f}".removeprefix("0"))
        for k, share in enumerate(shares)
    )
    return Plot(
        name="hits",
        title="Hits by rank",
        says=f"A right article is first for {shares[0]:.0%} of {len(first_ranks)} questions, and among the first "
        f"{depth} for {shares[-1]:.0%}.",
        x_label="first k articles",
        y_label="share with a right article",
        x_ticks=tuple(Tick(LEFT + (k + 0.5) * step, str(k + 1)) for k in range(depth)),
        y_ticks=_share_ticks(),
        table=Table(
            ("first k", "questions", "share"),
            tuple(
                (str(k), str(count), f"{share:.3f}")
                for k, (count, share) in enumerate(zip(counts, shares, strict=True), start=1)
            ),
        ),
        bars=bars,
    )


def latency_plot(latencies_ms: Sequence[float]) -> Plot | None:
    """How long questions took, by a logarithmic scale, with p50 and p95 marked. None: there is nothing to show."""
    known = np.array([ms for ms in latencies_ms if ms > 0 and math.isfinite(ms)])
    if not known.size:
        return None
    p50, p95 = (float(value) for value in np.percentile(known, [50, 95]))
    # A little air on both sides, also where all took the same time.
    low, high = math.log10(float(known.min())) - 0.02, math.log10(float(known.max())) + 0.02
    counts, _ = np.histogram(np.log10(known), bins=_BINS, range=(low, high))
    top = int(counts.max())

    def across(ms: float) -> float:
        return _across((math.log10(ms) - low) / (high - low))

    step = (RIGHT - LEFT) / _BINS
    percentiles = np.percentile(known, [1, 10, 25, 50, 75, 90, 95, 99, 100])
    labels = ("p1", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "slowest")
    return Plot(
        name="latency",
        title="Latency",
        says=f"Of {known.size} questions half took {p50:.1f} ms or less, 95% {p95:.1f} ms or less, and the slowest "
        f"{known.max():.1f} ms.",
        x_label="ms a question took, on a logarithmic scale",
        y_label="questions",
        x_ticks=tuple(Tick(across(ms), f"{ms:g}") for ms in _round_values(low, high)),
        y_ticks=tuple(Tick(_up(count / top), str(count)) for count in sorted({0, top // 2, top})),
        table=Table(
            ("percentile", "ms"),
            tuple((label, f"{value:.1f}") for label, value in zip(labels, percentiles.tolist(), strict=True)),
        ),
        bars=tuple(
            _bar(LEFT + k * step + 0.5, step - 1, count / top) for k, count in enumerate(counts.tolist()) if count
        ),
        rules=(Tick(across(p50), "p50"), Tick(across(p95), "p95")),
    )


def _across(share: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * share, 1)


def _up(share: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * share, 1)


def _bar(x: float, width: float, share: float, label: str = "") -> Bar:
    top = _up(share)
    return Bar(round(x, 1), top, round(width, 1), round(BOTTOM - top, 1), label)


def _share_ticks() -> tuple[Tick, ...]:
    return tuple(Tick(_up(share), f"{share:.1f}") for share in _SHARES)


def _round_values(low: float, high: float) -> list[float]:
    """1, 2, 5, 10, ... between two powers of ten, at most seven; where there is none, the middle."""
    values = [
        step * 10.0**decade
        for decade in range(math.floor(low), math.ceil(high) + 1)
        for step in _MARKS_PER_DECADE
        if low <= math.log10(step * 10.0**decade) <= high
    ]
    return values[:: math.ceil(len(values) / 7)] if values else [round(10 ** ((low + high) / 2), 1)]
