"""Hostile articles, titles, URLs, sources and answers: each is shown as it is written, and does nothing.

The window watches what must not happen: a dialog, a script that fails or is kept from running, a request elsewhere.
"""

import json
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import expect

from qa.records import Figure
from tests.api.fakes import answer, citation, no_answer
from tests.api.live import until
from tests.api.web.hostile import CASES, ELSEWHERE
from tests.api.web.scripted import answers
from tests.api.web.site import ARTICLES, HOW_MANY, Site
from tests.api.web.window import Window
from vectorstore.canonical import canonical_text
from vectorstore.errors import ArticleNotFoundError
from vectorstore.identity import normalised
from vectorstore.records import Article, Source

# What the page has, and only by its own HTML: an element that came of a text would be one more.
PARTS = """() => ({
    scripts: document.scripts.length,
    styles: document.styleSheets.length,
    frames: window.length,
    drawn: document.querySelectorAll("img, iframe, object, embed, base, [http-equiv], [action], [style*=url]").length,
    listeners: [...document.all].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
    links: [...document.links].map((link) => link.protocol).filter((one) => !/^https?:$/.test(one)).length,
})"""
# Each text of the page at once: a question a text to the browser costs more than all else here.
SHOWN = """() => {
    const all = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
    return [all(".question"), all(".short-answer"), all(".answer-text"), all(".no-answer"),
            all(".suggestions button"), all(".sources button"), all(".degraded")];
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


@pytest.fixture(scope="module")
def held(service: Site) -> Iterator[list[str]]:
    """An article of each case: their ids."""
    results = service.engine.store.ingest([Source(case, article(number)) for number, case in enumerate(CASES)])
    yield [result.article_id or "" for result in results]
    for result in results:
        with suppress(ArticleNotFoundError):  # a test with a clean site after it took them away
            service.engine.store.delete(result.article_id or "")


@pytest.fixture(scope="module")
def shown(opened: Window, service: Site) -> Iterator[Window]:
    """The page, loaded once: each case is a conversation of its own, and is come to without loading it again."""
    opened.visit(service.url)
    yield opened
    opened.leave()


def test_there_are_enough() -> None:
    assert len(set(CASES)) == len(CASES) >= 60


@pytest.mark.parametrize("number", range(len(CASES)))
def test_it_is_shown_and_does_nothing(shown: Window, service: Site, held: list[str], number: int) -> None:
    case, page = CASES[number], shown.page
    before = page.evaluate(PARTS)
    quote = f"So it is: {canonical_text(case)}"
    start = len(canonical_text(case)) + 2
    cited = citation(
        article_id=held[number], title=case, source=case, url=case, quote=quote, start=start, end=start + len(quote)
    )
    figures = (Figure(1, case, case, (1,), case, "2021-08-29"), Figure(2, "x", case, (1,), case, None))
    name = service.keep(
        answer(
            question=case, standalone_question=f"{case}?", text=f"{case} [1]", short_answer=case, citations=(cited,),
            figures=figures, agreement="differ", mode="generated", model=case,
        ),
        no_answer(question=case, reason="unclear", text=case, suggestions=(case, case), nearest=()),
    )  # fmt: skip

    page.evaluate("name => { location.hash = `#/c/${name}` }", name)
    expect(page.locator(".turn")).to_have_count(2)
    page.locator(".answer-text .chip").last.click()  # the quote is shown on the way
    expect(page.locator("mark")).to_be_visible()
    assert page.evaluate(SHOWN) == [[case, case], [case], [f"{case} [1]"], [case], [case, case], [case], []]
    assert page.locator("mark").text_content() == quote
    kept = normalised(article(number))
    assert shown.all("#article-title, .article-text") == [kept.title, kept.text]
    assert page.locator("#article-details a").count() == (1 if case.startswith("http") else 0)
    assert page.evaluate(PARTS) == before
    assert shown.wrongs == []


def test_in_lists_in_what_is_being_written_and_in_errors(window: Window, service: Site, held: list[str]) -> None:
    page = window.page
    window.go("#/library")
    expect(page.locator("#articles li")).to_have_count(len(held) + len(ARTICLES))
    assert {normalised(article(number)).title for number in range(len(CASES))} <= set(window.all("#articles .title"))
    listed = [kept.title for kept in service.engine.conversations.page(50).items]
    assert window.all("#conversations .title") == listed
    before = page.evaluate(PARTS)
    deltas = "".join(f"event: text\ndata: {json.dumps({'delta': case})}\n\n" for case in CASES)
    problem = {"type": CASES[0], "title": CASES[0], "status": 503, "detail": CASES[0], "retryable": True}
    answers(page, deltas, problem)
    page.locator(".brand").click()
    page.evaluate(WRITTEN)
    window.ask(HOW_MANY)  # it is cut off, so it ends as an error
    assert page.evaluate("written") == "".join(CASES)
    assert window.ask(HOW_MANY).locator(".error").text_content() == CASES[0]
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
