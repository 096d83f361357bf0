import json
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from qa.evaluation.baseline import compare, differences, matching, read_baseline, read_summary, save_baseline
from qa.evaluation.dataset import Dataset
from qa.evaluation.errors import BaselineError
from qa.evaluation.records import Change, LibrarySize, Summary
from tests.qa.evaluation.made import measure, summary

BEFORE = measure("ans@3", 0.75, 0.70, 0.80)
RISK = measure("AURC", 0.30, 0.25, 0.35, higher_is_better=False)
HARBOURS = Dataset("harbours", (), (), "f")
LATENCY = measure("latency p50", 5.0, 4.9, 5.1, group="latency", higher_is_better=False, unit="ms")


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (BEFORE, 0.70, False),
        (BEFORE, 0.6999, True),
        (BEFORE, 0.90, False),
        (RISK, 0.35, False),
        (RISK, 0.3501, True),
        (RISK, 0.10, False),
        (LATENCY, 500.0, False),
        (measure("quotes exact", 1.0, 1.0, 1.0), 0.9999, True),
    ],
)
def test_worse_is_beyond_the_interval_of_before(before: object, now: float, worse: bool) -> None:
    assert isinstance(before, type(BEFORE))
    later = measure(
        before.name, now, 0.0, 1.0, group=before.group, unit=before.unit, higher_is_better=before.higher_is_better
    )
    (change,) = compare(summary(later), summary(before))
    assert (change.now, change.before, change.worse) == (later, before, worse)


def test_a_measure_that_is_gone_is_worse_and_one_that_is_new_is_not() -> None:
    assert compare(summary(BEFORE), summary(RISK, BEFORE)) == (
        Change(BEFORE, BEFORE, worse=False),
        Change(None, RISK, worse=True),
    )
    assert compare(summary(BEFORE), summary()) == ()
    assert compare(summary(BEFORE), summary(LATENCY)) == ()  # cases with libraries of their own have none


@pytest.mark.parametrize("figure", ["NaN", "-Infinity", "1e999", '"nan"'])
@pytest.mark.parametrize("name", ["value", "low", "high"])
def test_a_figure_that_is_no_number_is_refused(tmp_path: Path, name: str, figure: str) -> None:
    path = tmp_path / "b.json"
    written = TypeAdapter(Summary).dump_python(summary(BEFORE), mode="json")
    written["measures"][0][name] = "HERE"
    path.write_text(json.dumps(written).replace('"HERE"', figure), "utf-8")
    with pytest.raises(BaselineError, match="holds no number for ans@3 of harbours"):
        read_baseline(path)


def test_what_is_saved_is_read_again_beside_other_data_sets(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    first, other = summary(BEFORE), summary(RISK, fingerprint="g", dataset="others")
    save_baseline(path, first)
    assert read_summary(path) == first
    save_baseline(path, other)
    assert read_baseline(path) == (first, other)
    newer = summary(LATENCY)
    save_baseline(path, newer)
    assert read_baseline(path) == (other, newer)
    assert matching(read_baseline(path), HARBOURS, path) == newer
    assert [one.name for one in tmp_path.iterdir()] == ["baseline.json"]
    with pytest.raises(BaselineError, match="holds 2 data sets"):
        read_summary(path)


def test_what_json_gives_is_a_baseline_too(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(TypeAdapter(Summary).dump_json(summary(BEFORE)))
    assert read_baseline(path) == (summary(BEFORE),)


def test_a_baseline_of_another_data_set_or_of_the_same_before_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    with pytest.raises(BaselineError, match=r"is not of bridges: it holds harbours \(40 cases\)"):
        matching((summary(BEFORE),), replace(HARBOURS, name="bridges", fingerprint="g"), path)
    with pytest.raises(BaselineError, match=r"harbours has changed since the baseline .*: its questions, answers or"):
        matching((summary(BEFORE),), replace(HARBOURS, fingerprint="g"), path)


def test_what_is_not_as_it_was_is_told() -> None:
    before = summary(settings=("embedded by a", "asked of b"), library=LibrarySize(4, 10))
    now = replace(before, settings=("embedded by c", "asked of b"), library=LibrarySize(5, 1234))
    assert differences(now, before) == (
        "embedded by c; no longer: embedded by a; 5 articles with 1,234 passages, where there were 4 articles with "
        "10 passages"
    )
    assert differences(before, replace(before, seconds=9.0)) == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "is not valid JSON"),
        (b"\xff", "is not valid JSON"),
        (b"[" * 100_000, "is not valid JSON"),
        (b"[]", "is not one of `qa eval`"),
        (b'{"datasets": [{"dataset": 1}]}', "is not one of `qa eval`"),
        (json.dumps({"measures": []}).encode(), r"is not one of `qa eval` \(dataset: "),
    ],
)
def test_a_file_that_is_no_baseline(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(content)
    with pytest.raises(BaselineError, match=words):
        read_baseline(path)
    with pytest.raises(BaselineError, match=words):  # nor is it written over
        save_baseline(path, summary(BEFORE))
    assert path.read_bytes() == content


def test_no_baseline_where_one_is_read_or_written(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="There is no baseline"):
        read_baseline(tmp_path / "nope.json")
    with pytest.raises(BaselineError, match="can't be read"):
        read_baseline(tmp_path)
    with pytest.raises(BaselineError, match="can't be written"):
        save_baseline(tmp_path / "nope" / "b.json", summary(BEFORE))
