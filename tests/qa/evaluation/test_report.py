"""The report: one page that needs nothing else, has all it must, and makes no markup of what others wrote."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from qa.engine import Engine
from qa.evaluation.dataset import read_dataset
from qa.evaluation.measures import DEFINITIONS
from qa.evaluation.records import Evaluation
from qa.evaluation.report import SHOWN, render, write_report
from qa.evaluation.runner import Place, evaluate
from qa.language.similarity import Similarity
from tests.qa.evaluation.made import answer, citation, evaluation, measure, outcome, refused, retrieved, summary
from tests.qa.seeded import SEEDS
from vectorstore.embedder import Embedder
from vectorstore.store import Store

_VOID = {"meta", "br", "rect", "line", "circle", "polyline", "link", "img", "input", "hr"}
_HOSTILE = """</article></table></style><script>alert(1)</script><img src=x onerror="a()">'"&amp;{{ 7*7 }}<!--"""


class _Page(HTMLParser):
    """Parses a page, and fails where an element is not closed in its place."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def _said(page: _Page) -> str:
    return " ".join(" ".join(page.texts).split())


@pytest.fixture
def harbours() -> Evaluation:
    measures = (
        measure("Hits@1", 0.5, 0.4, 0.6, group="retrieval"),
        measure("ans@3", 0.75, 0.7, 0.8),
        measure("p95", 12.3, 11.0, 14.0, group="latency", unit="ms", higher_is_better=False),
    )
    wrong = outcome(
        answer(citations=[citation("a1")], confidence=0.87, short_answer="1963"),
        ranking=retrieved(False, True, title="Ice"),
        verdicts={"Hits@1": 0.0, "ans@3": 0.0},
    )
    right = outcome(answer(), ranking=retrieved(True), verdicts={"Hits@1": 1.0, "ans@3": 1.0})
    return evaluation(wrong, right, of=summary(*measures))


def test_it_has_the_measures_with_their_intervals_by_group(harbours: Evaluation) -> None:
    said = _said(_Page(render(harbours)))
    assert "ans@3 0.750 0.700 to 0.800 40 higher" in said
    assert "12.3 ms 11.0 to 14.0 ms 40 lower" in said
    assert (
        said.index("retrieval") < said.index("Hits@1 0.500") < said.index("answers ans@3") < said.index("latency p95")
    )


def test_counts_have_separators_and_what_stands_above_a_table_doesn_t_scroll_with_it() -> None:
    page = _Page(render(evaluation(of=summary(measure(cases=1721), cases=3708, tokens=12345))))
    said = _said(page)
    for shown in ("3,708 questions", "0.800 1,721 higher", "12,345 tokens"):
        assert shown in said
    assert not page.all("caption")
    named = {attributes["id"] for attributes in page.all("p") if "id" in attributes}
    assert {attributes.get("aria-describedby") for attributes in page.all("table")} - {None} == named


def test_it_says_what_its_measures_mean(harbours: Evaluation) -> None:
    said = _said(_Page(render(harbours)))
    assert f"ans@3 {DEFINITIONS['ans@3']}" in said
    assert DEFINITIONS["AURC"] not in said


def test_every_plot_has_a_name_a_description_and_a_table(harbours: Evaluation) -> None:
    page = _Page(render(harbours))
    plots = [svg for svg in page.all("svg") if svg.get("role") == "img"]
    assert len(plots) == 3
    named = {attributes.get("id") for _, attributes in page.elements}
    for plot in plots:
        assert set((plot["aria-labelledby"] or "").split()) <= named
    said = _said(page)
    for title in ("Risk against coverage", "Hits by rank", "Latency"):
        assert f"{title} as a table" in said
    assert "p50" in said
    assert "p95" in said


def test_a_failure_shows_question_gold_answer_quotes_retrieved_and_why(harbours: Evaluation) -> None:
    page = _Page(render(harbours))
    assert len(page.all("article")) == 1
    said = _said(page)
    for shown in (
        "When did the harbour freeze?", "1962", "The harbour froze in 1963. [1]", "[1] The harbour froze in 1963. (a1,",
        "10:36", "0.870", "In short 1963", "1 no 1.000 4.00 0.500 Ice It was cold. …", "2 yes 0.500",
        "was retrieved at rank 2, but another sentence of it was chosen.",
    ):  # fmt: skip
        assert shown in said


def test_only_the_worst_are_shown_and_all_are_counted() -> None:
    many = [outcome(answer(confidence=place / 100), id=f"case-{place}") for place in range(SHOWN + 5)]
    page = _Page(render(evaluation(*many, outcome(refused()))))
    assert len(page.all("article")) == SHOWN + 1
    said = _said(page)
    assert f"{SHOWN} of {SHOWN + 5}, the most confident first." in said
    assert f"case-{SHOWN + 4} ," in said
    assert "case-0 ," not in said


def test_the_baseline_is_set_beside_what_is_now(harbours: Evaluation) -> None:
    assert "This was not compared with a baseline." in _said(_Page(render(harbours)))
    before = (
        measure("Hits@1", 0.45, 0.4, 0.55, group="retrieval"), measure("ans@3", 0.9, 0.85, 0.95),
        measure("EM", 0.4, 0.3, 0.5),
    )  # fmt: skip
    said = _said(_Page(render(harbours, summary(*before, version="0.0.9"))))
    assert "2 of 3 measures fell below the baseline" in said
    assert "The baseline is of version 0.0.9." in said
    assert "ans@3 0.750 0.900 0.850 to 0.950 −0.150 worse" in said
    assert "EM - 0.400 0.300 to 0.500 - gone" in said
    assert said.index("0.850 to 0.950 −0.150 worse") < said.index("0.400 to 0.550 +0.050 holds")


def test_it_is_written_as_it_is_rendered(harbours: Evaluation, tmp_path: Path) -> None:
    write_report(harbours, None, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text("utf-8") == render(harbours)


def test_an_evaluation_of_the_samples_has_a_page(wordllama: Embedder, tmp_path: Path) -> None:
    rows = [
        {
            "question": "How many US troops are being sent?",
            "answers": ["3,000"],
            "articles": ["us-uk-evacuation-flights"],
        },
        {"question": "how many were evacuated", "answers": ["ninety"], "articles": ["afghan-allies-left-behind"]},
        {"question": "How many troops is the UK sending to Kabul?", "answers": None},
        {"question": "What is the capital of France?", "answers": ["Paris"], "articles": ["british-troops-kabul"]},
    ]
    questions = tmp_path / "samples.jsonl"
    questions.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")

    def opened(folder: Path) -> Engine:
        return Engine(Store.open(folder, wordllama), Similarity(wordllama))

    measured = evaluate(read_dataset(questions), Place(opened, tmp_path / "none", SEEDS / "articles"), version="1.2.3")
    page = _Page(render(measured, measured.summary))
    said = _said(page)
    assert "Evaluation of samples Dateline 1.2.3;" in said
    assert "4 questions" in said
    assert "4 articles, 10 passages" in said
    assert "Hits@10 1.000" in said
    assert [found["class"] for found in page.all("article")] == ["wrong", "unfounded", "refused"]
    assert said.count("15,000 people were evacuated") >= 2
    assert len([svg for svg in page.all("svg") if svg.get("role") == "img"]) == 3


def test_it_needs_nothing_from_elsewhere_and_runs_nothing(harbours: Evaluation) -> None:
    html = render(harbours)
    page = _Page(html)
    assert not {tag for tag, _ in page.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
    }
    attributes = Counter(name for _, found in page.elements for name in found)
    assert not {name for name in attributes if name.startswith("on") or name in {"href", "src", "srcset", "style"}}
    assert not re.search(r"url\(|@import|https?:", html)
    policies = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_it_reads_on_a_phone_and_in_the_dark(harbours: Evaluation) -> None:
    html = render(harbours)
    assert "width=device-width" in html
    assert "prefers-color-scheme: dark" in html
    assert _Page(html).all("html") == [{"lang": "en"}]


def test_what_others_wrote_does_not_become_markup() -> None:
    cited = answer(
        _HOSTILE, short_answer=_HOSTILE, citations=[citation(_HOSTILE, _HOSTILE)], confidence=0.9, question=_HOSTILE
    )
    hostile = outcome(
        cited, id=_HOSTILE, question=_HOSTILE, golds=((_HOSTILE, "b"), (_HOSTILE,)), wrong=(_HOSTILE,),
        ranking=retrieved(False, title=_HOSTILE, words=_HOSTILE),
    )  # fmt: skip
    of = summary(measure(_HOSTILE), dataset=_HOSTILE, settings=(_HOSTILE,), version=_HOSTILE)
    page = _Page(render(evaluation(hostile, of=of), of))
    tame = _Page(render(evaluation(outcome(answer(citations=[citation()]), wrong=("w",), ranking=retrieved(False)))))
    assert {tag for tag, _ in page.elements} - {tag for tag, _ in tame.elements} <= {"span"}
    assert not page.all("script")
    assert "".join(page.texts).count(_HOSTILE) >= 12


def test_a_page_can_always_be_written_as_utf8() -> None:
    html = render(evaluation(outcome(answer("a\x00b\ud800c\x1bd"), question="\u202eevil")))
    html.encode("utf-8")
    assert "a\ufffdb\ufffdc\ufffdd" in html
    isolated = [attributes for tag, attributes in _Page(html).elements if tag in {"h4", "dd", "blockquote"}]
    assert {"dir": "auto"} in isolated


def test_an_evaluation_without_cases_or_plots_is_a_page_as_well() -> None:
    said = _said(_Page(render(evaluation(of=summary(curve=())))))
    assert "There is nothing to plot." in said
    assert said.count("There are none.") == 4
