"""What a new baseline changes, in words: a figure that falls a little with each renewal is seen."""

from collections.abc import Iterator, Sequence

from qa.evaluation.records import Measure, Summary
from qa.evaluation.wording import interval, number

LEAST = 0.02
"""A figure that moves by more than this is told, also where it stays within the old interval."""


def moved(new: Sequence[Summary], old: Sequence[Summary]) -> Iterator[str]:
    """Return a line for each measure that moves beyond its old interval, either way, or by more than `LEAST`.

    Measures and sets that are new or gone have a line, too. Latencies are left out: machines differ.
    """
    before = {summary.dataset: summary for summary in old}
    for summary in new:
        was = before.pop(summary.dataset, None)
        if was is None:
            yield f"{summary.dataset}: new"
            continue
        if summary.fingerprint != was.fingerprint:
            yield f"{summary.dataset}: its questions or articles are others than before"
        yield from (f"{summary.dataset}, {told}" for told in _measures(summary, was))
    yield from (f"{name}: gone" for name in before)


def _measures(new: Summary, old: Summary) -> Iterator[str]:
    before = {measure.name: measure for measure in old.measures if measure.unit != "ms"}
    for now in new.measures:
        if now.unit == "ms":
            continue
        was = before.pop(now.name, None)
        if was is None:
            yield f"{now.name}: new, {number(now.value, now.unit)}"
        elif now.value != was.value and _is_told(now, was):
            yield (
                f"{now.name}: {number(was.value, was.unit)} -> {number(now.value, now.unit)}, {_way(now, was)} "
                f"(interval before: {interval(was)})"
            )
    yield from (f"{was.name}: {number(was.value, was.unit)} -> gone" for was in before.values())


def _is_told(now: Measure, was: Measure) -> bool:
    # Four decimals are kept, so they are what is compared.
    return not was.low <= now.value <= was.high or round(abs(now.value - was.value), 4) > LEAST


def _way(now: Measure, was: Measure) -> str:
    way = "better" if (now.value > was.value) is now.higher_is_better else "worse"
    return way if was.low <= now.value <= was.high else f"{way} by more than its interval"
