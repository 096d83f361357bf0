"""Figures become coordinates that stand where they belong, and a table that says the same."""

import pytest

from qa.evaluation.plots import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Plot, hits_plot, latency_plot, risk_plot


def _inside(plot: Plot) -> bool:
    points = [*plot.line, *((bar.x, bar.y) for bar in plot.bars)]
    points += [(bar.x + bar.width, bar.y + bar.height) for bar in plot.bars]
    return all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in points)


def test_a_curve_runs_from_axis_to_axis() -> None:
    plot = risk_plot([(0.0, 0.0), (0.5, 0.25), (1.0, 1.0)])
    assert plot is not None
    middle = ((LEFT + RIGHT) / 2, BOTTOM - (BOTTOM - TOP) / 4)
    assert plot.line == ((LEFT, BOTTOM), middle, (RIGHT, TOP))
    assert ("0.500", "0.250") in plot.table.rows
    assert "0.25 at 50%" in plot.says


def test_hits_grow_with_the_rank_and_count_what_was_not_found() -> None:
    plot = hits_plot([1, 3, None, 11])
    assert plot is not None
    assert [row[1] for row in plot.table.rows] == ["1", "1", *["2"] * 8]
    assert plot.table.rows[0] == ("1", "1", "0.250")
    assert plot.bars[0].height == pytest.approx((BOTTOM - TOP) / 4)
    assert plot.bars[9].height == pytest.approx((BOTTOM - TOP) / 2)
    assert _inside(plot)


def test_latencies_are_all_in_a_bar_and_their_percentiles_marked() -> None:
    plot = latency_plot([float(ms) for ms in range(1, 101)])
    assert plot is not None
    assert [rule.label for rule in plot.rules] == ["p50", "p95"]
    assert plot.rules[0].at < plot.rules[1].at
    assert ("p50", "50.5") in plot.table.rows
    assert ("slowest", "100.0") in plot.table.rows
    assert min(bar.y for bar in plot.bars) == TOP
    assert _inside(plot)


@pytest.mark.parametrize("times", [[5.0], [7.3] * 9, [0.001, 90_000.0]])
def test_latencies_of_any_spread_are_shown(times: list[float]) -> None:
    plot = latency_plot(times)
    assert plot is not None
    assert _inside(plot)
    assert 1 <= len(plot.x_ticks) <= 7
    assert all(LEFT <= tick.at <= RIGHT for tick in (*plot.x_ticks, *plot.rules))


def test_without_figures_there_is_no_plot() -> None:
    assert risk_plot([]) is None
    assert hits_plot([]) is None
    assert latency_plot([]) is None
    assert latency_plot([0.0, float("nan")]) is None


def test_the_axes_leave_room_for_their_labels() -> None:
    assert 0 < LEFT < RIGHT < WIDTH
    assert 0 < TOP < BOTTOM < HEIGHT
