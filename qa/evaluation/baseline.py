"""Figures of before: a file of summaries, written and read, and what has become worse since."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from qa.evaluation.dataset import Dataset
from qa.evaluation.errors import BaselineError
from qa.evaluation.files import write_whole
from qa.evaluation.records import Change, LibrarySize, Measure, Summary


@dataclass(frozen=True, slots=True)
class _File:
    datasets: tuple[Summary, ...]


_FILE = TypeAdapter(_File)
_SUMMARY = TypeAdapter(Summary)


def read_baseline(path: Path) -> tuple[Summary, ...]:
    """Read what `--json` or `--save-baseline` wrote: one summary, or several under "datasets". Raises BaselineError."""
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise BaselineError(f"There is no baseline {path}. Make one with --save-baseline.") from None
    except OSError as error:
        raise BaselineError(f"The baseline {path} can't be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise BaselineError(f"The baseline {path} is not valid JSON. Make it anew with --save-baseline.") from None
    try:
        several = isinstance(document, dict) and "datasets" in document
        found = _FILE.validate_python(document).datasets if several else (_SUMMARY.validate_python(document),)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the document"
        raise BaselineError(
            f"The baseline {path} is not one of `qa eval` ({where}: {first['msg']}). Make it anew with --save-baseline."
        ) from None
    for summary in found:
        for measure in summary.measures:
            if not all(map(math.isfinite, (measure.value, measure.low, measure.high))):
                raise BaselineError(
                    f"The baseline {path} holds no number for {measure.name} of {summary.dataset} or its interval, so "
                    "nothing would be worse. Make it anew with --save-baseline."
                )
    return found


def read_summary(path: Path) -> Summary:
    """Read the one summary of a file. Raises BaselineError, also where it holds several."""
    found = read_baseline(path)
    if len(found) != 1:
        raise BaselineError(f"{path} holds {len(found)} data sets, where one is expected.")
    return found[0]


def matching(baseline: tuple[Summary, ...], dataset: Dataset, path: Path) -> Summary:
    """Return the summary of the same data set. Raises BaselineError where there is none."""
    found = next((summary for summary in baseline if summary.fingerprint == dataset.fingerprint), None)
    if found is not None:
        return found
    if any(summary.dataset == dataset.name for summary in baseline):
        raise BaselineError(
            f"The data set {dataset.name} has changed since the baseline {path} was made: its questions, answers or "
            "articles are others. Make the baseline anew with --save-baseline."
        )
    held = ", ".join(f"{summary.dataset} ({summary.cases} cases)" for summary in baseline) or "nothing"
    raise BaselineError(
        f"The baseline {path} is not of {dataset.name}: it holds {held}. Make one of this data set, asked in the same "
        "way, with --save-baseline."
    )


def differences(now: Summary, before: Summary) -> str:
    """Say in words what else the questions were put to or answered with than in the baseline; empty: nothing."""
    told = [setting for setting in now.settings if setting not in before.settings]
    told += [f"no longer: {setting}" for setting in before.settings if setting not in now.settings]
    if now.library != before.library:
        told.append(f"{_size(now.library)}, where there were {_size(before.library)}")
    return "; ".join(told)


def _size(library: LibrarySize) -> str:
    return f"{library.articles:,} articles with {library.passages:,} passages"


def save_baseline(path: Path, summary: Summary) -> None:
    """Write a summary to a file, beside those of other cases that it holds. Raises BaselineError."""
    others = read_baseline(path) if path.exists() else ()
    kept = [other for other in others if other.fingerprint != summary.fingerprint]
    try:
        write_whole(path, _FILE.dump_json(_File((*kept, summary)), indent=2) + b"\n")
    except OSError as error:
        raise BaselineError(f"The baseline {path} can't be written: {error.strerror}. Choose another place.") from None


def compare(now: Summary, before: Summary) -> tuple[Change, ...]:
    """Return the measures that both have, in the order of now, then those that are gone, latencies aside."""
    measured = {measure.name: measure for measure in before.measures}
    both = [
        Change(measure, old, worse=_is_worse(measure, old))
        for measure in now.measures
        if (old := measured.pop(measure.name, None)) is not None
    ]
    return (*both, *(Change(None, old, worse=True) for old in measured.values() if old.unit != "ms"))


def _is_worse(now: Measure, before: Measure) -> bool:
    """Beyond the interval of before, on its bad side. A latency never is: machines differ."""
    if now.unit == "ms":
        return False
    return now.value < before.low if now.higher_is_better else now.value > before.high
