"""`qa eval`: what it takes, prints, keeps and returns. What it measures is tested in tests/qa/evaluation."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from clients.cli import app as cli
from clients.cli import evaluating
from clients.errors import OutputError
from qa.evaluation.dataset import Dataset
from qa.evaluation.errors import BaselineError
from qa.evaluation.records import Evaluation, FailedArticle, Measure, Summary
from qa.evaluation.runner import Place
from tests.qa.evaluation.made import answer, measure, outcome, summary
from vectorstore.errors import FolderLockedError

ROOT = Path(__file__).parents[3]
Captured = pytest.CaptureFixture[str]
FIGURES = (
    measure("Hits@1", 0.9, 0.85, 0.95, group="retrieval"),
    measure("ans@3", 0.75, 0.7, 0.8, cases=1721),
    measure("wrong named as undisputed", 0.2, 0.1, 0.3, group="conflicts", higher_is_better=False),
    measure("latency p50", 5.25, 5.0, 5.5, group="latency", unit="ms", higher_is_better=False),
)


@dataclass
class Evaluator:
    """Stands in for the runner: remembers what it was to do, and gives these figures."""

    figures: tuple[Measure, ...] = FIGURES
    tokens: int = 0
    failed: tuple[FailedArticle, ...] = ()
    missing: tuple[str, ...] = ()
    calls: list[tuple[Dataset, Place]] = field(default_factory=list)

    def __call__(
        self, dataset: Dataset, place: Place, *, version: str, progress: Callable[[str, int], None]
    ) -> Evaluation:
        self.calls.append((dataset, place))
        progress("articles", 3)
        progress("questions", 1)
        told = summary(
            *self.figures, dataset=dataset.name, fingerprint=dataset.fingerprint, version=version, tokens=self.tokens
        )
        return Evaluation(told, (replace(outcome(answer()), missing=self.missing),), (5.25,), self.failed)


@pytest.fixture(autouse=True)
def evaluator(monkeypatch: pytest.MonkeyPatch) -> Evaluator:
    stand_in = Evaluator()
    monkeypatch.setattr(evaluating, "evaluate", stand_in)
    return stand_in


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "harbours.jsonl"
    path.write_text('{"question": "When did it freeze?", "answers": ["1963"]}\n' * 2, "utf-8")
    return str(path)


def test_the_help_has_a_line_of_a_data_set_that_can_be_read(tmp_path: Path, capsys: Captured) -> None:
    assert cli.run(["eval", "--help"]) == 0
    (example,) = (line for line in capsys.readouterr().out.splitlines() if line.strip().startswith("{"))
    path = tmp_path / "one.jsonl"
    path.write_text(example, "utf-8")
    assert cli.run(["eval", str(path)]) == 0


def test_a_table_with_every_measure(questions: str, capsys: Captured, evaluator: Evaluator) -> None:
    assert cli.run(["eval", questions]) == 0
    printed = capsys.readouterr()
    lines = [" ".join(line.split()) for line in printed.out.splitlines()]
    assert lines[:2] == ["harbours: 40 questions over 4 articles (10 passages)", "embedded by wordllama"]
    assert "ans@3 0.750 0.700 to 0.800 1,721" in lines
    assert "latency p50 5.2 ms 5.0 to 5.5 ms 40" in lines
    assert lines[-1] == "2.0 s, no tokens"
    assert printed.err == ""
    (dataset, place) = evaluator.calls[0]
    assert (len(dataset.cases), place.articles, place.data_dir) == (2, None, Path("data"))


def test_tokens_a_question(questions: str, capsys: Captured, evaluator: Evaluator) -> None:
    evaluator.tokens = 40 * 1234
    assert cli.run(["eval", questions]) == 0
    assert capsys.readouterr().out.endswith("2.0 s, 1,234 tokens a question\n")


def test_nothing_is_cut_in_a_narrow_terminal(questions: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    assert cli.run(["eval", questions, "--save-baseline", "b.json"]) == 0
    assert cli.run(["eval", questions, "--baseline", "b.json"]) == 0
    out = capsys.readouterr().out
    assert "…" not in out
    assert out.count("wrong named as undisputed") == 2


def test_json_is_the_summary_with_what_came_of_each_case(questions: str, capsys: Captured) -> None:
    assert cli.run(["eval", questions, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["dataset"] == "harbours"
    assert printed["library"] == {"articles": 4, "passages": 10}
    assert printed["measures"][1] == {
        "name": "ans@3", "group": "answers", "value": 0.75, "low": 0.7, "high": 0.8, "cases": 1721,
        "higher_is_better": True, "unit": "share",
    }  # fmt: skip
    assert {"cases", "seconds", "tokens", "curve", "version", "settings", "fingerprint"} < printed.keys()
    assert [row["question"] for row in printed["outcomes"]] == ["When did the harbour freeze?"]


def test_articles_that_are_not_there_are_named(
    questions: str, tmp_path: Path, capsys: Captured, evaluator: Evaluator
) -> None:
    evaluator.failed = tuple(FailedArticle(f"{place}.md", "it is\nempty") for place in range(12))
    evaluator.missing = ("gone",)
    assert cli.run(["eval", questions, "--json", "--report", "r.html"]) == 0
    printed = capsys.readouterr()
    told = printed.err.splitlines()
    assert told[0] == "qa: Could not be taken in: 0.md: it is empty"
    assert told[9:] == [
        "qa: Could not be taken in: 9.md: it is empty",
        "qa: Could not be taken in: and 2 more",
        "qa: Named, but not in the library: gone",
    ]
    document = json.loads(printed.out)
    assert document["failed"][11] == {"name": "11.md", "reason": "it is\nempty"}
    assert document["missing"] == ["gone"]
    page = (tmp_path / "r.html").read_text("utf-8")
    assert all(f"<li><bdi>{name}</bdi></li>" in page for name in ("9.md: it is\nempty", "and 2 more", "gone"))


def test_a_baseline_holds_the_summary_alone(questions: str, tmp_path: Path) -> None:
    assert cli.run(["eval", questions, "--save-baseline", "b.json"]) == 0
    (kept,) = json.loads((tmp_path / "b.json").read_text("utf-8"))["datasets"]
    assert kept.keys() == Summary.__dataclass_fields__.keys()


def test_the_options_of_an_evaluation(questions: str, tmp_path: Path, evaluator: Evaluator) -> None:
    assert cli.run(["eval", questions, "--limit", "1", "--articles", str(tmp_path)]) == 0
    (dataset, place) = evaluator.calls[0]
    assert (dataset.name, len(dataset.cases), place.articles) == ("harbours, the first 1", 1, tmp_path)
    own = tmp_path / "own.jsonl"
    lines = [
        json.dumps({"question": "When?", "answer": "1963", "context": f"In {title}.", "title": title}) for title in "ab"
    ]
    own.write_text("\n".join(lines), "utf-8")
    assert cli.run(["eval", str(own), "--leave-out", "title"]) == 0
    assert len(evaluator.calls[1][0].documents) == 1


def test_a_baseline_is_kept_and_compared_with(questions: str, capsys: Captured, evaluator: Evaluator) -> None:
    assert cli.run(["eval", questions, "--save-baseline", "b.json"]) == 0
    assert cli.run(["eval", questions, "--baseline", "b.json"]) == 0
    assert "worse" not in capsys.readouterr().out
    evaluator.figures = (measure("Hits@1", 0.84, 0.8, 0.9, group="retrieval"), *FIGURES[1:3])
    assert cli.run(["eval", questions, "--baseline", "b.json"]) == 1
    printed = capsys.readouterr()
    lines = [" ".join(line.split()) for line in printed.out.splitlines()]
    assert "Hits@1 0.840 0.900 0.850 to 0.950 40 worse" in lines
    assert printed.out.count("worse") == 1
    assert printed.err == "qa: Worse than the baseline by more than its interval: Hits@1.\n"
    assert cli.run(["eval", questions, "--baseline", "b.json", "--json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["measures"][0]["value"] == 0.84
    assert printed.err.startswith("qa: Worse")


def test_a_measure_that_is_gone_is_worse(questions: str, capsys: Captured, evaluator: Evaluator) -> None:
    assert cli.run(["eval", questions, "--save-baseline", "b.json"]) == 0
    capsys.readouterr()
    evaluator.figures = FIGURES[:1]
    assert cli.run(["eval", questions, "--baseline", "b.json"]) == 1
    printed = capsys.readouterr()
    lines = [" ".join(line.split()) for line in printed.out.splitlines()]
    assert "ans@3 - 0.750 0.700 to 0.800 - gone" in lines
    assert printed.err == (
        "qa: Worse than the baseline by more than its interval: ans@3 (gone), wrong named as undisputed (gone).\n"
    )


def test_the_report_is_given_the_baseline(questions: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[Evaluation, Summary | None, Path]] = []
    monkeypatch.setattr(evaluating, "write_report", lambda *given: written.append(given))
    assert cli.run(["eval", questions, "--save-baseline", "b.json"]) == 0
    assert cli.run(["eval", questions, "--report", "r.html"]) == 0
    assert cli.run(["eval", questions, "--report", "r.html", "--baseline", "b.json"]) == 0
    (first, nothing, path), (_, before, _) = written
    assert (nothing, path) == (None, Path("r.html"))
    assert before is not None
    assert before.measures == first.summary.measures


def test_a_report_is_written(questions: str, tmp_path: Path) -> None:
    assert cli.run(["eval", questions, "--report", "r.html"]) == 0
    assert (tmp_path / "r.html").read_text("utf-8").lstrip().lower().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("option", "keeper", "error"),
    [
        ("--report", "write_report", OSError(28, "No space left on device")),
        ("--save-baseline", "save_baseline", BaselineError("The baseline can't be written: No space left on device.")),
    ],
)
def test_figures_that_can_t_be_kept_are_shown(
    questions: str,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    evaluator: Evaluator,
    option: str,
    keeper: str,
    error: Exception,
) -> None:
    def full(*_: object) -> None:
        raise error

    assert cli.run(["eval", questions, "--save-baseline", "b.json"]) == 0
    capsys.readouterr()
    evaluator.figures = (measure("Hits@1", 0.84, 0.8, 0.9, group="retrieval"),)
    monkeypatch.setattr(evaluating, keeper, full)
    assert cli.run(["eval", questions, "--baseline", "b.json", option, "kept"]) == 1
    printed = capsys.readouterr()
    assert "0.840" in printed.out
    worse, reason = printed.err.splitlines()
    assert worse.startswith("qa: Worse than the baseline")
    assert "can't be written: No space left on device." in reason


def test_figures_that_can_t_be_shown_are_kept(
    questions: str, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OutputError("The output can't be written.")

    abandoned: list[str] = []
    monkeypatch.setattr(cli, "abandon_output", lambda: None)
    monkeypatch.setattr(evaluating, "abandon_output", lambda: abandoned.append("stdout"))
    monkeypatch.setattr(evaluating, "print_summary", full)
    assert cli.run(["eval", questions, "--save-baseline", "b.json", "--report", "r.html"]) == 1
    assert capsys.readouterr().err == "qa: The output can't be written.\n"
    assert (tmp_path / "b.json").exists()
    (tmp_path / "b.json").unlink()
    (tmp_path / "r.html").unlink()
    monkeypatch.setattr(evaluating, "save_baseline", full)
    assert cli.run(["eval", questions, "--save-baseline", "b.json", "--report", "r.html"]) == 1
    assert (tmp_path / "r.html").exists()  # although the baseline could not be kept
    assert abandoned == ["stdout"] * 2


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["eval"], 2, "Name a data set"),
        (["eval", "nope.jsonl"], 1, "There is no file nope.jsonl"),
        (["eval", "."], 1, ". is a folder"),
        (["eval", "QUESTIONS", "--limit", "0"], 2, "--limit"),
        (["eval", "QUESTIONS", "--leave-out", "title"], 1, "--leave-out needs"),
        (["eval", "QUESTIONS", "--leave-out", "\udcff"], 2, "not valid UTF-8"),
        (["eval", "QUESTIONS", "--baseline", "nope.json"], 1, "There is no baseline nope.json"),
        (["eval", "QUESTIONS", "--baseline", "QUESTIONS"], 1, "is not valid JSON"),
        (["eval", "QUESTIONS", "--report", "."], 2, "is a folder"),
        (["eval", "QUESTIONS", "--save-baseline", "nope/b.json"], 2, "There is no folder nope"),
        (["eval", "QUESTIONS", "--save-baseline", "OWN"], 1, "is not one of `qa eval`"),
        (["eval", "QUESTIONS", "--report", "/proc/r.html"], 2, "/proc/r.html can't be written"),
        (["eval", "QUESTIONS", "--save-baseline", "/proc/b.json"], 2, "/proc/b.json can't be written"),
        (["eval", "QUESTIONS", "--report", "/dev/full"], 2, "/dev/full is no file"),
        (["eval", "QUESTIONS", "--save-baseline", "/dev/full"], 2, "/dev/full is no file"),
        (["eval", "OWN", "--articles", "."], 2, "brings its own articles"),
    ],
)
def test_what_can_t_be_done_is_refused_before_the_first_question(
    questions: str,
    tmp_path: Path,
    capsys: Captured,
    evaluator: Evaluator,
    arguments: list[str],
    status: int,
    words: str,
) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text('{"question": "When?", "answer": "1963", "context": "In 1963."}', "utf-8")
    places = {"QUESTIONS": questions, "OWN": str(own)}
    assert cli.run([places.get(argument, argument) for argument in arguments]) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("qa: ")
    assert printed.err.count("\n") == 1
    assert words in printed.err
    assert evaluator.calls == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--report", "harbours.jsonl"], "--report and the data set are one file"),
        (["--report", "link.jsonl"], "--report and the data set are one file"),
        (["--report", "sub/../harbours.jsonl"], "--report and the data set are one file"),
        (["--save-baseline", "harbours.jsonl"], "--save-baseline and the data set are one file"),
        (["--articles", "a.md", "--report", "a.md"], "--report and --articles are one file"),
        (["--articles", "a.md", "--save-baseline", "a.md"], "--save-baseline and --articles are one file"),
        (["--baseline", "b.json", "--report", "b.json"], "--report and --baseline are one file"),
        (["--save-baseline", "new.json", "--report", "new.json"], "--report and --save-baseline are one file"),
    ],
)
def test_an_output_is_neither_an_input_nor_the_other_output(
    questions: str, tmp_path: Path, capsys: Captured, evaluator: Evaluator, options: list[str], words: str
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.jsonl").symlink_to(questions)
    (tmp_path / "a.md").write_text("It froze in 1963.", "utf-8")
    assert cli.run(["eval", questions, "--save-baseline", "b.json"]) == 0
    capsys.readouterr()
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert cli.run(["eval", questions, *options]) == 2
    printed = capsys.readouterr()
    assert words in printed.err
    assert "name another place" in printed.err
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert len(evaluator.calls) == 1


@pytest.mark.parametrize("option", ["--report", "--save-baseline"])
@pytest.mark.parametrize("output", ["news/deep/a.md", "news/link.txt", "elsewhere.txt", "news/b.jsonl"])
def test_an_output_is_no_file_of_the_folder_of_articles(
    questions: str, tmp_path: Path, capsys: Captured, evaluator: Evaluator, option: str, output: str
) -> None:
    for name in ("news/deep/a.md", "elsewhere.txt", "news/b.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("It froze in 1963.", "utf-8")
    (tmp_path / "news/link.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert cli.run(["eval", questions, "--articles", "news", option, output]) == 2
    told = capsys.readouterr().err
    assert f"{option} is a file that --articles reads" in told
    assert (tmp_path / output).read_text("utf-8") == "It froze in 1963."
    assert evaluator.calls == []


@pytest.mark.parametrize("option", ["--report", "--save-baseline"])
def test_an_output_does_not_become_an_article_for_the_next_time(
    questions: str, tmp_path: Path, capsys: Captured, evaluator: Evaluator, option: str
) -> None:
    (tmp_path / "news").mkdir()
    assert cli.run(["eval", questions, "--articles", "news", option, "news/new.md"]) == 2
    assert f"{option} is a file that --articles reads" in capsys.readouterr().err
    assert evaluator.calls == []


def test_an_output_may_stand_among_the_articles_where_nobody_reads_it(
    questions: str, tmp_path: Path, evaluator: Evaluator
) -> None:
    (tmp_path / "news").mkdir()
    assert cli.run(["eval", questions, "--articles", "news", "--report", "news/.new.html"]) == 0
    assert len(evaluator.calls) == 1
    assert cli.run(["eval", questions, "--articles", "news", "--report", "news/new.html"]) == 2
    assert len(evaluator.calls) == 1


@pytest.mark.parametrize("output", ["data/library.db", "data/chroma/chroma.sqlite3", ".env"])
def test_an_output_is_nothing_that_qa_itself_needs(
    questions: str, tmp_path: Path, capsys: Captured, evaluator: Evaluator, output: str
) -> None:
    (tmp_path / output).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / output).write_text("", "utf-8")
    assert cli.run(["eval", questions, "--report", output]) == 2
    assert "--report is a file that `qa` itself needs" in capsys.readouterr().err
    assert (tmp_path / output).read_text("utf-8") == ""
    assert evaluator.calls == []
    assert cli.run(["eval", questions, "--report", "data/r.html"]) == (0 if output.startswith("data") else 2)


def test_an_output_may_stand_beside_the_articles(questions: str, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.md").write_text("It froze in 1963.", "utf-8")
    command = ["eval", questions, "--articles", "news", "--report", "news/.r.html", "--save-baseline", "news/b.json"]
    assert (cli.run(command), cli.run(command)) == (0, 0)


def test_a_baseline_is_renewed_in_its_place(questions: str, evaluator: Evaluator) -> None:
    assert cli.run(["eval", questions, "--save-baseline", "b.json"]) == 0
    assert cli.run(["eval", questions, "--baseline", "b.json", "--save-baseline", "b.json"]) == 0
    assert len(evaluator.calls) == 2


def test_a_baseline_of_other_questions(questions: str, tmp_path: Path, capsys: Captured, evaluator: Evaluator) -> None:
    assert cli.run(["eval", questions, "--save-baseline", "b.json"]) == 0
    other = tmp_path / "other.jsonl"
    other.write_text('{"question": "When did it thaw?", "answers": ["1964"]}', "utf-8")
    assert cli.run(["eval", str(other), "--baseline", "b.json"]) == 1
    assert "is not of other: it holds harbours" in capsys.readouterr().err
    assert len(evaluator.calls) == 1
    Path(questions).write_bytes(other.read_bytes())
    assert cli.run(["eval", questions, "--baseline", "b.json"]) == 1
    assert "The data set harbours has changed since the baseline b.json was made" in capsys.readouterr().err


def test_what_is_not_as_in_the_baseline_is_told_in_a_line(questions: str, tmp_path: Path, capsys: Captured) -> None:
    assert cli.run(["eval", questions, "--save-baseline", "b.json"]) == 0
    kept = (tmp_path / "b.json").read_text("utf-8")
    (tmp_path / "b.json").write_text(kept.replace("embedded by wordllama", "embedded by another"), "utf-8")
    assert cli.run(["eval", questions, "--baseline", "b.json"]) == 0
    told = "Not as in the baseline: embedded by wordllama; no longer: embedded by another."
    assert capsys.readouterr().err == f"qa: {told}\n"


def test_a_server_has_no_library_to_measure(
    questions: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch, evaluator: Evaluator
) -> None:
    monkeypatch.setenv("QA_SERVER", "http://127.0.0.1:1")
    assert cli.run(["eval", questions]) == 2
    assert "can't go through a server" in capsys.readouterr().err
    assert cli.run(["eval", questions, "--articles", "x.md"]) == 0


def test_a_folder_that_a_server_owns(
    questions: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch, evaluator: Evaluator
) -> None:
    def owned(*_: object, **__: object) -> None:
        raise FolderLockedError("The data folder is in use.", "http://127.0.0.1:8000")

    def ask(_: Dataset, place: Place, **__: object) -> None:
        place.open_engine(place.data_dir)

    monkeypatch.setattr(evaluating, "open_engine", owned)
    monkeypatch.setattr(evaluating, "evaluate", ask)
    assert cli.run(["eval", questions]) == 1
    assert capsys.readouterr().err == (
        "qa: The data folder data is in use by the server at http://127.0.0.1:8000. `qa eval` needs it for itself: "
        "stop that, or give --articles.\n"
    )


def test_over_the_sample_articles_in_a_process_of_its_own(tmp_path: Path) -> None:
    code = "from clients.cli.app import main; main()"
    command = ["eval", str(ROOT / "seeds/questions.jsonl"), "--articles", str(ROOT / "seeds/articles"), "--json"]
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path), "PATH": ""},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    told = json.loads(done.stdout)
    values = {one["name"]: one["value"] for one in told["measures"]}
    assert told["library"]["articles"] == 4
    assert values["quotes exact"] == values["sentences cited"] == 1.0
    assert values["abstained"] == 1.0
    assert min(values["ans@3"], values["gold article cited"]) >= 0.97  # one of 34 is refused: docs/decisions.md
    for one in told["measures"]:
        given = [row["verdicts"][one["name"]] for row in told["outcomes"] if one["name"] in row["verdicts"]]
        if given:
            assert (round(sum(given) / len(given), 4), len(given)) == (one["value"], one["cases"])
    assert len(told["outcomes"]) == told["cases"]
    assert list(tmp_path.iterdir()) == []  # no temporary library is left, and no data folder was made
