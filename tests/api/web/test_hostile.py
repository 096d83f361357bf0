"""Hostile articles, titles, URLs, sources and answers: each is shown as it is written, and does nothing.

The window watches what must not happen: a dialog, a script that fails or is kept from running, a request elsewhere.
"""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from qa.question.told_filters import given_of
from qa.records import Answer, Figure
from tests.api.fakes import answer, citation, no_answer
from tests.api.live import until
from tests.api.web.chromium import Chromium
from tests.api.web.conftest import running, visiting
from tests.api.web.hostile import CASES, ELSEWHERE
from tests.api.web.scripted import answers
from tests.api.web.site import HOW_MANY, Site
from tests.api.web.window import Window
from vectorstore.canonical import canonical_text
from vectorstore.embedder import Embedder
from vectorstore.identity import normalised
from vectorstore.records import Article, Filters, Source

# What the page has, and only by its own HTML: an element that came of a text would be one more.
PARTS = """() => ({
    scripts: document.scripts.length,
    styles: document.styleSheets.length,
    frames: window.length,
    drawn: document.querySelectorAll("img, iframe, object, embed, base, [http-equiv], [action], [style*=url]").length,
    listeners: [...document.all].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
    links: [...document.links].map((link) => link.protocol).filter((one) => !/^https?:$/.test(one)).length,
})"""
# The two turns of a case, and what its citation leads to. A question to the browser costs more than all else here, so
# that all of it is one.
SEEN = """async (number) => {
    const [told, unclear] = [1, 2].map((one) => document.getElementById(`turn-${2 * number + one}`));
    const all = (turn, selector) => [...turn.querySelectorAll(selector)].map((element) => element.textContent);
    const text = (selector) => document.querySelector(selector)?.textContent;
    const chip = [...told.querySelectorAll(".answer-text .chip")].at(-1);
    chip.focus();
    const quoted = text("#quote q");
    chip.click();
    for (let waits = 0; !document.querySelector("mark") && waits < 400; waits += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return {
        questions: [all(told, ".question"), all(unclear, ".question")],
        answer: [all(told, ".standalone q"), all(told, ".short-answer"), all(told, ".answer-text")],
        figures: all(told, "tbody th, tbody td:nth-child(2)"),
        sources: all(told, ".sources button"),
        asked_back: [all(unclear, ".no-answer"), all(unclear, ".suggestions button")],
        quoted,
        article: [text("mark"), text("#article-title"), text(".article-text")],
        links: document.querySelectorAll("#article-details a").length,
    };
}"""
WRITTEN = """() => {
    window.written = "";
    const turns = document.getElementById("turns");
    const keep = () => (window.written = turns.querySelector(".provisional-text")?.textContent ?? window.written);
    new MutationObserver(keep).observe(turns, { childList: true, subtree: true, characterData: true });
}"""


def article(number: int) -> Article:
    case = CASES[number]
    return Article(f"hostile-{number}", f"{case}\n\nSo it is: {case}", title=case, source=case, url=case)


def quoted(number: int) -> str:
    return f"So it is: {canonical_text(CASES[number])}"


def turns(number: int, article_id: str) -> tuple[Answer, Answer]:
    """An answer that holds the case wherever it has words, and one that asks back."""
    case, quote = CASES[number], quoted(number)
    start = len(canonical_text(case)) + 2
    cited = citation(
        article_id=article_id, title=case, source=case, url=case, quote=quote, start=start, end=start + len(quote)
    )
    figures = (Figure(1, case, case, (1,), case, "2021-08-29"), Figure(2, "x", case, (1,), case, None))
    return (
        answer(
            question=case, standalone_question=f"{case}?", text=f"{case} [1]", short_answer=case, citations=(cited,),
            figures=figures, agreement="differ", mode="generated", model=case,
        ),
        no_answer(question=case, reason="unclear", text=case, suggestions=(case, case), nearest=()),
    )  # fmt: skip


@pytest.fixture(scope="module")
def place(browser: Chromium, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service of its own, with an article of each case, and each the title of a conversation."""
    sources = [Source(case, article(number)) for number, case in enumerate(CASES)]
    with running(tmp_path_factory.mktemp("hostile") / "data", embedder, sources) as site:
        for case in CASES:
            site.engine.conversations.start(case)
        yield site


@pytest.fixture(scope="module")
def shown(opened: Window, place: Site) -> Iterator[Window]:
    """The page on it, loaded once."""
    with visiting(opened, place) as window:
        yield window


@pytest.fixture(scope="module")
def parts(shown: Window, place: Site) -> list[object]:
    """A conversation of all cases is opened: what the page is made of, before and after."""
    ids = {one.title: one.id for one in place.engine.store.articles(limit=500).items}
    told = [one for number in range(len(CASES)) for one in turns(number, ids[normalised(article(number)).title])]
    before = shown.page.evaluate(PARTS)
    shown.go(f"#/c/{place.keep(*told)}")
    expect(shown.page.locator(".turn")).to_have_count(len(told))
    return [before, shown.page.evaluate(PARTS)]


def test_there_are_enough() -> None:
    assert len(set(CASES)) == len(CASES) >= 60


@pytest.mark.parametrize("number", range(len(CASES)))
def test_it_is_shown_and_does_nothing(shown: Window, parts: list[object], number: int) -> None:
    case = CASES[number]
    seen = shown.page.evaluate(SEEN, number)
    assert seen["questions"] == [[case], [case]]
    assert seen["answer"] == [[f"{case}?"], [case], [f"{case} [1]"]]
    assert [case in figure for figure in seen["figures"]] == [True] * 4
    assert seen["sources"] == [case]
    assert seen["asked_back"] == [[case], [case, case]]
    kept = normalised(article(number))
    assert seen["quoted"] == quoted(number)
    assert seen["article"] == [quoted(number), kept.title, kept.text]
    assert seen["links"] == (1 if case.startswith("http") else 0)
    assert parts[1] == parts[0] == shown.page.evaluate(PARTS)
    assert shown.wrongs == []


def test_in_lists_in_what_is_being_written_and_in_errors(shown: Window, place: Site) -> None:
    page = shown.page
    shown.load("#/library")
    expect(page.locator("#articles li")).to_have_count(len(CASES))
    assert set(shown.all("#articles .title")) == {normalised(article(number)).title for number in range(len(CASES))}
    page.locator("#more-conversations").click()
    kept = [one.title for one in place.engine.conversations.page(100).items]
    expect(page.locator("#conversations .title")).to_have_count(len(kept))
    assert shown.all("#conversations .title") == kept
    before = page.evaluate(PARTS)
    deltas = "".join(f"event: text\ndata: {json.dumps({'delta': case})}\n\n" for case in CASES)
    problem = {"type": CASES[0], "title": CASES[0], "status": 503, "detail": CASES[0], "retryable": True}
    answers(page, deltas, problem)
    page.locator(".brand").click()
    page.evaluate(WRITTEN)
    shown.ask(HOW_MANY)  # it is cut off, so it ends as an error
    assert page.evaluate("written") == "".join(CASES)
    assert shown.ask(HOW_MANY).locator(".error").text_content() == CASES[0]
    assert page.evaluate(PARTS) == before


def test_in_the_filters_that_are_told_beside_a_question(shown: Window, place: Site) -> None:
    page = shown.page
    shown.load("#/")
    add = """(names) => names.forEach((name) => {
        document.getElementById("source").value = name;
        document.getElementById("source-add").click();
    })"""
    page.evaluate(add, CASES)
    before = page.evaluate(PARTS)
    given = given_of(Filters(sources=tuple(CASES)))
    assert given
    problem = {"type": "x", "title": "x", "status": 503, "detail": "x", "retryable": True}
    asked = answers(page, problem, answer(given_filters=given))
    told = shown.ask(HOW_MANY).locator(".filtered").text_content()
    names = asked[0]["filters"]["sources"]
    assert len(names) == len(CASES)
    assert told == f"Filters: {', '.join(names)}"
    assert shown.ask(HOW_MANY).locator(".filtered").text_content() == given.told
    assert page.evaluate(PARTS) == before


def test_what_the_page_never_does_is_kept_from_it_and_would_be_seen(window: Window) -> None:
    window.page.evaluate("address => { new Image().src = address }", ELSEWHERE)
    window.page.evaluate(
        "() => { try { document.createElement('script').text = 'alert(1)' }"
        " catch (error) { console.error(`${error}`) } }"
    )
    assert until(lambda: _seen(window, "TrustedScript"))
    assert until(lambda: _seen(window, f"request: {ELSEWHERE}"))
    assert until(lambda: _seen(window, "violates the following Content Security Policy directive"))
    window.wrongs.clear()


def _seen(window: Window, words: str) -> bool:
    window.page.wait_for_timeout(10)  # in which the browser tells
    return any(words in wrong for wrong in window.wrongs)
