"""The page for people without a mouse, with a screen reader, in the dark, on a small screen, with large text."""

import pytest
from playwright.sync_api import expect

from tests.api.fakes import answer, citation, no_answer
from tests.api.web.scripted import answers
from tests.api.web.site import CAPITALS, HOW_MANY, QUOTE, UNKNOWN, Site
from tests.api.web.window import NARROW, Window
from vectorstore.records import Article, Source

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


def test_all_of_it_by_the_keyboard_alone(window: Window) -> None:
    page, keys = window.page, window.page.keyboard
    expect(page.locator("#question")).to_be_focused()
    keys.type(HOW_MANY)
    keys.press("Enter")
    expect(page.locator(".answer-text")).to_be_visible()
    expect(page.locator("#question")).to_be_focused()

    for _ in range(20):  # back from the question, past the tools of the answer, to its citation
        keys.press("Shift+Tab")
        if page.evaluate("document.activeElement.classList.contains('chip')"):
            break
    expect(page.locator("#quote")).to_be_visible()
    keys.press("Enter")
    expect(page.locator("mark")).to_be_focused()
    assert page.locator("mark").text_content() == QUOTE
    keys.press("Escape")
    expect(page.locator(".chip")).to_be_focused()

    keys.press("Escape")  # the quote, shown by the focus
    keys.press("?")
    expect(page.locator("#help-dialog")).to_be_visible()
    keys.press("n")  # keys of the page rest meanwhile
    expect(page.locator("#help-dialog")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("#help-dialog")).to_be_hidden()
    keys.press("l")
    expect(page.locator("#library-title")).to_be_focused()
    keys.press("/")
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator(".answer-text")).to_be_visible()
    keys.type("n?lf/")  # in a field they are letters
    expect(page.locator("#question")).to_have_value("n?lf/")
    page.locator(".chip").focus()
    keys.press("f")
    expect(page.locator("#since")).to_be_focused()
    keys.press("Escape")
    expect(page.locator("#filters-button")).to_be_focused()
    keys.press("c")
    expect(page.locator("#find-conversation")).to_be_focused()
    keys.press("Tab")
    keys.press("n")
    expect(page.locator("#chat-title")).to_have_text("Ask the articles")
    expect(page.locator("#question")).to_be_focused()


def test_the_first_stop_leads_to_the_question(window: Window) -> None:
    window.page.locator("#skip").focus()
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#question")).to_be_focused()


def test_keys_of_one_letter_can_be_turned_off(window: Window) -> None:
    page = window.page
    page.get_by_role("button", name="Keys and help").click()
    page.get_by_label("Use the keys of one letter").uncheck()
    page.get_by_role("button", name="Close", exact=True).click()
    window.reload()
    page.locator("#new").focus()
    page.keyboard.press("l")
    page.keyboard.press("?")
    expect(page.locator("#library")).to_be_hidden()
    expect(page.locator("#help-dialog")).to_be_hidden()


def test_an_article_that_hides_all_else_keeps_the_focus(window: Window) -> None:
    page, keys = window.page, window.page.keyboard
    window.look(NARROW, 740)
    chip = window.ask(HOW_MANY).locator(".chip")
    chip.click()
    expect(page.locator("mark")).to_be_focused()
    for _ in range(4):
        keys.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#article')")
    keys.press("Escape")
    expect(chip).to_be_focused()
    chip.press("Enter")
    expect(page.locator("mark")).to_be_focused()
    keys.press("/")
    expect(page.locator("#article")).to_be_hidden()
    expect(page.locator("#question")).to_be_focused()
    window.look(1200)
    chip.click()
    expect(page.locator("mark")).to_be_focused()  # which it takes when the article has come
    page.locator("#question").focus()
    expect(page.locator("#question")).to_be_focused()


def test_the_focus_is_where_a_conversation_was_opened_and_stays_in_a_list_that_is_read_anew(
    window: Window, site: Site
) -> None:
    page = window.page
    name = site.keep(answer(question="Who raised the wreck?"), answer(question="When?"))
    window.reload()
    link = page.locator("#conversations a").first
    link.press("Enter")
    expect(page.locator("#turn-2")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Opened “Who raised the wreck?”, 2 questions.")
    rename = page.get_by_role("button", name="Rename “Who raised").first
    rename.press("Enter")
    page.fill("#rename-field", "The wreck")
    page.press("#rename-field", "Enter")
    expect(page.get_by_role("button", name="Rename “The wreck”")).to_be_focused()
    link.focus()
    site.engine.conversations.add(name, "And why?", None, answer(id="seen-in-the-list"))
    window.page.evaluate("document.getElementById('question').value = 'by whom?'")
    window.page.evaluate("document.getElementById('composer').requestSubmit()")
    expect(link).to_contain_text("4 questions")
    expect(link).to_be_focused()


def test_axe_finds_nothing(window: Window) -> None:
    page = window.page
    assert window.breaches() == []
    answers(
        page,
        no_answer(reason="unclear", text="How many of what?", suggestions=(HOW_MANY,), nearest=()),
        answer(citations=(citation(), citation(marker=2, gone=True)), text="So. [1] Or so. [2]", degraded=True),
        {"type": "about:blank", "title": "x", "status": 503, "detail": "The disk is full.", "retryable": True},
    )
    for question in ("How many?", "Which?", "Why?"):
        window.ask(question)
    page.unroute_all()
    window.ask(CAPITALS)
    window.ask(UNKNOWN).get_by_role("button", name="Good answer").click()
    expect(page.locator(".feedback form")).to_be_visible()
    page.get_by_role("button", name="Filters").click()
    page.fill("#since", "2021-08-01")
    assert window.breaches() == []
    expect(window.ask(CAPITALS).locator(".filtered")).to_be_visible()
    page.locator(".chip:not(.gone)").last.click()
    expect(page.locator("mark")).to_be_visible()
    assert window.breaches() == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keys and help").click()
    assert window.breaches() == []
    page.keyboard.press("Escape")
    window.go("#/library")
    expect(page.locator("#articles li").first).to_be_visible()
    assert window.breaches() == []


def test_dark_is_dark(window: Window) -> None:
    def brightness() -> int:
        colour: str = window.page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in colour[4:-1].split(","))

    assert brightness() > 600
    window.look(scheme="dark")
    assert brightness() < 150


@pytest.mark.parametrize(("size", "figures"), [("100%", ".drawing svg"), ("200%", ".timeline table")])
def test_nothing_leaves_a_narrow_window(window: Window, site: Site, size: str, figures: str) -> None:
    page = window.page
    article = Article(key="id:long", title=LONG, source=LONG, text=f"{LONG} is {LONG}.")
    (added,) = site.engine.store.ingest([Source("long", article)])
    revision = site.engine.store.article(added.article_id or "").revision  # it was taken away after the test before
    long = citation(
        article_id=added.article_id, revision=revision, title=LONG, source=LONG, quote=LONG, start=0, end=len(LONG)
    )
    name = site.keep(answer(question=f"{LONG}?", text=f"{LONG} [1]", citations=(long,), short_answer=LONG))
    window.look(NARROW, 740)
    window.go(f"#/c/{name}")
    page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    expect(page.locator(".answer-text")).to_be_visible()
    assert window.overflow() == 0
    window.ask(CAPITALS)
    page.get_by_role("button", name="Filters").click()
    assert (page.locator(figures).bounding_box() or {"width": 0})["width"] > 200
    assert window.overflow() == 0
    page.locator(".chip").first.focus()
    box = page.locator("#quote").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.locator(".chip").first.click()
    expect(page.locator("mark")).to_have_text(LONG)
    assert window.overflow() == 0
    page.get_by_role("button", name="Close the article").click()
    page.get_by_role("button", name="Menu").click()
    expect(page.locator("#conversations a").first).to_be_visible()
    assert window.overflow() == 0
    page.locator("#to-library").click()
    expect(page.locator("#articles li").first).to_be_visible()
    assert window.overflow() == 0
