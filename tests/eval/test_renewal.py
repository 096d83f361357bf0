"""What a new baseline changes is told, and nothing else."""

from dataclasses import replace

from tests.eval.renewal import moved
from tests.qa.evaluation.made import measure, summary


def test_what_moved_beyond_its_interval_or_by_more_than_02_is_told() -> None:
    old = summary(
        measure("ans@1", 0.853, 0.7, 0.95),
        measure("ans@3", 0.9, 0.895, 0.905),
        measure("EM", 0.5, 0.4, 0.6),
        measure("F1", 0.5, 0.5, 0.5),
        measure("AURC", 0.3, 0.2, 0.4, higher_is_better=False),
        measure("p50", 5.0, 4.0, 6.0, unit="ms", higher_is_better=False),
    )
    new = summary(
        measure("ans@1", 0.794),
        measure("ans@3", 0.91),
        measure("EM", 0.52),
        measure("F1", 0.5),
        measure("AURC", 0.45, higher_is_better=False),
        measure("p50", 50.0, unit="ms", higher_is_better=False),
    )
    assert list(moved([new], [old])) == [
        "harbours, ans@1: 0.853 -> 0.794, worse (interval before: 0.700 to 0.950)",
        "harbours, ans@3: 0.900 -> 0.910, better by more than its interval (interval before: 0.895 to 0.905)",
        "harbours, AURC: 0.300 -> 0.450, worse by more than its interval (interval before: 0.200 to 0.400)",
    ]


def test_what_is_new_or_gone_is_told() -> None:
    old, new = summary(measure("ans@1"), dataset="ice"), summary(measure("ans@3"), dataset="ice", fingerprint="g")
    assert list(moved([new, replace(new, dataset="frost")], [old, replace(old, dataset="snow")])) == [
        "ice: its questions or articles are others than before",
        "ice, ans@3: new, 0.750",
        "ice, ans@1: 0.750 -> gone",
        "frost: new",
        "snow: gone",
    ]
