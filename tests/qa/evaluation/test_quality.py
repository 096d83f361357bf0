"""docs/quality.md says what was measured, beside what it is to reach, and doesn't hide what was missed."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from qa.evaluation.measures import DEFINITIONS
from qa.evaluation.measures import measure as measured
from qa.evaluation.quality import TARGETS, main, render
from qa.evaluation.records import Summary
from qa.evaluation.targets import Target, TargetSet, Unseen, read_targets
from tests.qa.evaluation.made import answer, measure, outcome, refused, summary

ROOT = Path(__file__).parents[3]
_ON = date(2026, 11, 21)


def _row(target: Target, *, higher_is_better: bool = True) -> str:
    of = summary(measure("ans@3", 0.75, 0.7, 0.8, higher_is_better=higher_is_better))
    page = render({"ice": of}, {"ice": TargetSet("ice", (target,))}, _ON)
    return next(line for line in page.splitlines() if line.startswith("| ice | ans@3"))


def test_a_target_stands_beside_what_was_measured() -> None:
    begins = "| ice | ans@3 | 0.750 | 0.700 to 0.800"
    assert _row(Target("ans@3", 0.69, 0.5)) == f"{begins} | - | 0.690 | 0.500 | yes | - |"
    told = _row(Target("ans@3", 0.78, None, learned=True, chosen=True, unseen=0.6))
    assert told == f"{begins} | 0.600 | 0.780 | - | no | learned from, chosen on |"
    assert " | at most 0.900 | - | yes | - |" in _row(Target("ans@3", 0.9, None), higher_is_better=False)


def test_what_was_not_learned_from_stands_beside_what_was() -> None:
    unseen = Unseen({"ans@3": 0.6}, "python -m folds | tee", date(2026, 11, 20))
    of_set = TargetSet("ice", (Target("ans@3", 0.7, None, unseen=0.6),), unseen)
    page = render({"ice": summary(measure("ans@1"), measure("ans@3"))}, {"ice": of_set}, _ON)
    assert '- ice, "not learned from": by `python -m folds \\| tee`, on 2026-11-20.' in page
    assert "| answers | ans@3 | 0.750 | 0.700 to 0.800 | 0.600 | 40 |" in page
    assert "| answers | ans@1 | 0.750 | 0.700 to 0.800 | - | 40 |" in page
    assert "- ice, ans@3 (0.600, to reach 0.700): " in page


def test_what_was_tried_stands_by_what_was_not_reached() -> None:
    def page(reach: float, tried: str) -> str:
        targets = {"ice": TargetSet("ice", (Target("ans@3", reach, None, tried=tried), Target("ans@1", 0.1, None)))}
        return render({"ice": summary(measure("ans@3", 0.75), measure("ans@1", 0.2))}, targets, _ON)

    missed = "- ice, ans@3 (0.750, to reach 0.900): "
    assert f"## What was not reached\n\n{missed}A bigger\nboat.\n".replace("bigger\n", "bigger ") in page(
        0.9, "A bigger\n boat."
    )
    assert f"{missed}It isn't told what was tried.\n" in page(0.9, "")
    assert "not reached" not in page(0.7, "A bigger boat.")


def test_what_was_not_measured_is_not_left_out() -> None:
    page = render({"ice": summary()}, {"frost": TargetSet("f", (Target("ans@3", 0.9, None),))}, _ON)
    assert "| frost | ans@3 | - | - | - | 0.900 | - | not measured | - |" in page


def test_every_set_has_all_its_measures_and_what_it_was_asked_over() -> None:
    of = summary(measure("Hits@1", group="retrieval", cases=1234), measure("p50", 9.06, 8, 11, unit="ms"))
    page = render({"ice": of, "frost": summary()}, {"ice": TargetSet("The cold of SQuAD.", ())}, _ON)
    assert "| retrieval | Hits@1 | 0.750 | 0.700 to 0.800 | 1,234 |" in page
    assert "| answers | p50 | 9.1 ms | 8.0 to 11.0 ms | 40 |" in page
    assert "\nThe cold of SQuAD.\n" in page
    assert "40 questions over 4 articles (10 passages)" in " ".join(page.split())
    assert "0 tokens of a model; embedded by wordllama." in page
    assert "on 2026-11-21, of version 0.1.0" in page
    assert page.index("## ice") < page.index("## frost")
    assert not any(line.endswith(" ") for line in page.splitlines())


def test_it_says_what_its_measures_mean() -> None:
    page = render({"ice": summary(measure("ans@3"))}, {}, _ON)
    assert f"\n| ans@3 | {DEFINITIONS['ans@3']} |\n" in page
    assert DEFINITIONS["AURC"] not in page
    assert page.index("## What the measures mean") < page.index("## ice")


def test_words_of_others_make_no_markup() -> None:
    page = render({"a|b<script>": replace(summary(), settings=("x|y\n# z",))}, {}, _ON)
    assert "<script>" not in page
    assert "\n# z" not in page
    assert "## a\\|b&lt;script>" in page


def test_the_projects_targets_name_measures_that_there_are() -> None:
    targets = read_targets((ROOT / TARGETS).read_text("utf-8"))
    verdicts = {
        "Hits@1": 1.0, "Hits@10": 1.0, "MRR@10": 1.0, "ans@1": 1.0, "ans@3": 1.0, "F1": 1.0, "gold article cited": 1.0,
        "all gold named": 1.0, "wrong named as undisputed": 0.0,
    }  # fmt: skip
    outcomes = [
        outcome(answer(), verdicts=verdicts), outcome(refused(), answerable=False, verdicts={"abstained": 1.0})
    ]  # fmt: skip
    names = {one.name for one in measured(outcomes, [1.0])}
    assert {target.measure for of_set in targets.values() for target in of_set.targets} <= names
    assert {name for name, of_set in targets.items() if any(one.learned for one in of_set.targets)} == {
        "squad2",
        "squad2-titles",
    }
    assert targets["realtimeqa"].targets[0] == Target("Hits@1", 0.62, 0.548, chosen=True)
    # What was learned from is judged by what was not.
    every = [(one, of_set.unseen) for of_set in targets.values() for one in of_set.targets if one.learned]
    assert every
    assert all(unseen and one.unseen == unseen.figures[one.measure] for one, unseen in every)
    figures = {name for of_set in targets.values() if of_set.unseen for name in of_set.unseen.figures}
    assert figures <= DEFINITIONS.keys()
    assert tomllib.loads((ROOT / TARGETS).read_text("utf-8")).keys() == targets.keys()


def test_it_is_written_from_the_files_of_qa_eval(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ice.json").write_bytes(TypeAdapter(Summary).dump_json(summary(measure())))
    targets = tmp_path / "targets.toml"
    targets.write_text('[ice]\nabout = "ice"\n[ice.measures]\n"ans@3" = { reach = 0.7 }\n', "utf-8")
    out = tmp_path / "quality.md"
    command = [str(tmp_path / "ice.json"), "--targets", str(targets)]
    assert main([*command, "-o", str(out)]) == 0
    assert "| ice | ans@3 | 0.750 | 0.700 to 0.800 | - | 0.700 | - | yes | - |" in out.read_text("utf-8")
    assert main(command) == 0
    assert capsys.readouterr().out == out.read_text("utf-8")


def test_a_file_that_is_none_of_qa_eval_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ice.json").write_text("{}", "utf-8")
    assert main([str(tmp_path / "ice.json"), "-o", str(tmp_path / "quality.md")]) == 1
    assert "is not one of `qa eval`" in capsys.readouterr().err
    assert not (tmp_path / "quality.md").exists()
