"""A question on the page, and what may come of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from qa.errors import ModelUnavailableError
from qa.llm.model import ChatModel
from qa.llm.openai_model import open_model
from qa.records import Request
from tests.api.fakes import answer, no_answer
from tests.api.live import until
from tests.api.web.scripted import HeldModel, answers
from tests.api.web.site import CAPITALS, HOW_MANY, QUOTE, UNKNOWN, Site
from tests.api.web.window import Window
from tests.qa.fake_model import FakeChatModel
from tests.qa.misbehaving import MisbehavingServer

WithModel = Callable[[ChatModel], None]


def test_an_answer_is_the_services_word_for_word(window: Window, site: Site) -> None:
    turn = window.ask(HOW_MANY)
    given = site.engine.ask(Request(HOW_MANY))
    assert turn.locator(".answer-text").text_content() == given.text
    assert turn.locator(".short-answer").text_content() == given.short_answer
    assert turn.locator(".chip").all_text_contents() == [f"[{one.marker}]" for one in given.citations]
    assert "15,000" in window.page.locator("#announcer").inner_text()
    expect(window.page.locator("#question")).to_be_focused()


def test_figures_that_differ_are_drawn_and_told_as_a_table(window: Window, site: Site) -> None:
    turn = window.ask(CAPITALS)
    figures = site.engine.ask(Request(CAPITALS)).figures
    assert len(figures) == 2
    drawn = turn.locator("svg text.value")
    expect(drawn).to_have_count(2)
    assert ["11" in drawn.nth(0).inner_html(), "14" in drawn.nth(1).inner_html()] == [True, True]
    first, second = (box["x"] for dot in turn.locator("circle").all() if (box := dot.bounding_box()))
    assert first < second
    table = turn.get_by_role("table", name="Figures by source and date")
    rows = [row.locator("th, td").all_text_contents() for row in table.locator("tbody tr").all()]
    assert [(source, day, marker) for _, source, day, marker in rows] == [
        ("Clydebank Dispatch", "12 August 2021", f"[{figures[0].markers[0]}]"),
        ("Meridian Wire", "13 August 2021", f"[{figures[1].markers[0]}]"),
    ]


def test_where_the_articles_dont_say_it_says_what_was_searched_and_what_is_near(window: Window, site: Site) -> None:
    turn = window.ask(UNKNOWN)
    refused = site.engine.ask(Request(UNKNOWN))
    assert refused.status == "no_answer"
    expect(turn.locator(".searched")).to_contain_text(f"{refused.searched.articles} articles")
    assert turn.locator("blockquote").all_text_contents() == [one.quote for one in refused.nearest]
    turn.locator(".nearest button").first.click()
    assert window.page.locator("mark").text_content() == refused.nearest[0].quote


def test_a_follow_up_is_the_next_turn_and_shows_how_it_was_understood(window: Window, site: Site) -> None:
    window.ask(HOW_MANY)
    address = window.page.url
    understood = "By whom were the people evacuated from Kabul?"
    asked = answers(window.page, answer(question="by whom?", standalone_question=understood, turn=2))
    turn = window.ask("by whom?")
    assert window.page.url == address
    assert asked[0]["conversation_id"] == address.rpartition("/")[2]
    expect(turn.locator(".standalone")).to_contain_text(understood)
    expect(turn.get_by_role("link", name="Link to this answer")).to_have_attribute(
        "href", f"{address[len(site.url) + 1 :]}/2"
    )


def test_an_unclear_question_offers_what_may_be_meant(window: Window) -> None:
    unclear = no_answer(reason="unclear", text="How many of what?", suggestions=(HOW_MANY, CAPITALS), nearest=())
    asked = answers(window.page, unclear, answer(question=CAPITALS))
    turn = window.ask("How many?")
    expect(turn.locator(".no-answer")).to_have_text("How many of what?")
    assert turn.locator(".suggestions button").all_text_contents() == [HOW_MANY, CAPITALS]
    turn.get_by_role("button", name=CAPITALS).click()
    expect(window.page.locator(".question").nth(1)).to_have_text(CAPITALS)
    expect(window.page.locator(".answer-text")).to_be_visible()
    assert [body["question"] for body in asked] == ["How many?", CAPITALS]


def test_a_model_that_fails_is_said_in_plain_words(window: Window, with_model: WithModel) -> None:
    with_model(FakeChatModel(always=ModelUnavailableError("s3cret")))
    turn = window.ask(HOW_MANY)
    expect(turn.locator(".degraded")).to_contain_text("The language model could not be used")
    expect(turn.locator(".answer-text")).to_contain_text("15,000")


def test_a_models_text_is_provisional_until_it_is_checked(window: Window, with_model: WithModel) -> None:
    model = HeldModel([f"{QUOTE} [1]"])
    with_model(model)
    window.page.fill("#question", HOW_MANY)
    window.page.press("#question", "Enter")
    provisional = window.page.locator(".provisional-text")
    expect(provisional).to_contain_text("In Operation Pitting")
    assert window.page.locator(".provisional").inner_text().startswith("Being written, not checked yet")
    # no screen reader is told of each word
    assert window.page.locator("#announcer").inner_text() == "Searching the articles."
    assert window.page.locator(".turn[aria-live], .turn [aria-live]").count() == 0
    model.released.set()
    expect(window.page.locator(".answer-text")).to_have_text(f"{QUOTE} [1]")
    expect(provisional).to_have_count(0)
    expect(window.page.locator(".reply .tools")).to_contain_text("Written by fake-model, checked")


@pytest.mark.parametrize("by", ["button", "key"])
def test_stop_stops_the_model_and_the_question_can_be_asked_again(
    window: Window, with_model: WithModel, by: str
) -> None:
    model = HeldModel([f"{QUOTE} [1]", f"{QUOTE} [1]"])
    with_model(model)
    window.page.fill("#question", HOW_MANY)
    window.page.press("#question", "Enter")
    expect(window.page.locator(".provisional-text")).to_be_visible()
    if by == "button":
        window.page.get_by_role("button", name="Stop").click()
    else:
        window.page.keyboard.press("Escape")
    expect(window.page.locator(".reply")).to_contain_text("You stopped this answer.")
    assert until(model.cancelled.is_set)
    assert window.page.locator(".provisional-text").count() == 0
    model.released.set()
    window.page.get_by_role("button", name="Ask again").click()
    expect(window.page.locator(".answer-text")).to_have_text(f"{QUOTE} [1]")


@pytest.mark.parametrize(("behaviour", "shown"), [("hang_before_headers", ".waiting"), ("drip_tokens", ".provisional")])
def test_stop_ends_the_request_to_the_models_server(
    window: Window, with_model: WithModel, behaviour: str, shown: str
) -> None:
    with MisbehavingServer.that(behaviour) as server:
        with_model(open_model(server.url, "m", None))
        window.page.fill("#question", HOW_MANY)
        window.page.press("#question", "Enter")
        expect(window.page.locator(shown)).to_be_visible()
        assert until(lambda: len(server.chats()) == 1)
        assert not server.left.is_set()
        window.page.get_by_role("button", name="Stop").click()
        assert server.left.wait(2)
        expect(window.page.locator(".reply")).to_contain_text("You stopped this answer.")
        assert len(server.chats()) == 1


def test_a_question_that_failed_is_asked_again_with_one_press(window: Window) -> None:
    page = window.page
    page.route("**/ask", lambda route: route.abort())
    turn = window.ask(HOW_MANY)
    expect(turn.locator(".error")).to_contain_text("The server can't be reached.")
    page.unroute("**/ask")
    turn.get_by_role("button", name="Ask again").click()
    expect(turn.locator(".answer-text")).to_contain_text("15,000")


def test_a_question_that_is_asked_again_comes_last_where_it_is_kept(window: Window) -> None:
    page = window.page
    page.route("**/ask", lambda route: route.abort())
    window.ask(HOW_MANY)
    page.unroute("**/ask")
    window.ask(CAPITALS)
    page.get_by_role("button", name="Ask again").press("Enter")
    expect(page.locator("#turn-2 .question")).to_have_text(HOW_MANY)
    expect(page.locator("#turn-2")).to_be_focused()
    assert window.all(".question") == [CAPITALS, HOW_MANY]


def test_a_second_question_waits_for_the_first(window: Window, with_model: WithModel) -> None:
    model = HeldModel([f"{QUOTE} [1]"])
    with_model(model)
    window.page.fill("#question", HOW_MANY)
    window.page.press("#question", "Enter")
    expect(window.page.locator(".provisional-text")).to_be_visible()
    window.page.fill("#question", CAPITALS)
    window.page.press("#question", "Enter")
    expect(window.page.locator("#chat-error")).to_contain_text("An answer is on its way")
    expect(window.page.locator("#question")).to_have_value(CAPITALS)
    model.released.set()
    expect(window.page.locator(".answer-text")).to_be_visible()
    expect(window.page.locator("#chat-error")).to_be_hidden()


def test_a_question_that_is_too_long_is_not_cut_off_unseen(window: Window) -> None:
    long = "🎌" * 2001
    window.page.fill("#question", long)
    window.page.press("#question", "Enter")
    expect(window.page.locator("#chat-error")).to_have_text(
        "A question has at most 2,000 characters; this one has 2,001 characters."
    )
    expect(window.page.locator("#question")).to_have_value(long)
    assert window.page.locator(".turn").count() == 0


def test_a_stream_that_is_cut_off_is_no_answer(window: Window) -> None:
    streams = ("", 'event: text\ndata: {"delta": "In "}\n\n', "event: text\ndata: {broken\n\n")
    answers(window.page, *streams)
    for _ in streams:
        told = window.ask(HOW_MANY).locator(".error")
        expect(told).to_have_text("The connection ended before the answer was complete.")


def test_an_error_on_the_way_is_told_in_the_servers_words_and_the_question_can_be_changed(window: Window) -> None:
    problem = {
        "type": "about:blank",
        "title": "x",
        "status": 503,
        "detail": "The data folder is full.",
        "retryable": True,
    }
    answers(window.page, problem)
    turn = window.ask(HOW_MANY)
    expect(turn.locator(".error")).to_have_text("The data folder is full.")
    turn.get_by_role("button", name="Edit the question").click()
    expect(window.page.locator("#question")).to_have_value(HOW_MANY)


def given(site: Site) -> tuple[str, str | None]:
    last = site.engine.feedback.page(1, None, None).items[0]
    return last.verdict, last.comment


def test_a_verdict_and_a_comment_are_kept(window: Window, site: Site) -> None:
    turn = window.ask(HOW_MANY)
    turn.get_by_role("button", name="Bad answer").click()
    expect(turn.get_by_role("button", name="Bad answer")).to_have_attribute("aria-pressed", "true")
    turn.get_by_label("What is wrong with it?").fill("It counts too many.")
    turn.get_by_role("button", name="Send comment").click()
    expect(turn.locator(".feedback q")).to_have_text("It counts too many.")
    expect(window.page.locator("#announcer")).to_have_text("Thank you, your comment is kept.")
    expect(turn.get_by_role("button", name="Bad answer")).to_be_focused()
    assert given(site) == ("down", "It counts too many.")


def test_a_verdict_and_its_comment_are_seen_again_and_can_be_changed(window: Window, site: Site) -> None:
    page = window.page
    name = site.keep(answer(question="First?"), answer(question="Second?"))
    kept = site.engine.conversations.conversation(name).turns
    site.engine.feedback.give(kept[1].answer.id, "down", "It <b>counts</b> too many.")
    window.go(f"#/c/{name}")
    bad, good = (page.locator("#turn-2").get_by_role("button", name=one) for one in ("Bad answer", "Good answer"))
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#turn-2 .feedback q")).to_have_text("It <b>counts</b> too many.")
    assert page.locator("#turn-1 [aria-pressed=true]").count() == 0
    bad.click()  # the same verdict once more takes nothing back
    expect(page.get_by_label("What is wrong with it?")).to_have_value("It <b>counts</b> too many.")
    page.get_by_role("button", name="Not now").click()
    expect(bad).to_be_focused()
    page.get_by_role("button", name="Change the comment").click()
    page.get_by_label("What is wrong with it?").fill("")
    page.get_by_role("button", name="Send comment").click()
    expect(page.locator("#turn-2 .feedback")).to_be_empty()
    assert given(site) == ("down", None)
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(bad).to_have_attribute("aria-pressed", "false")
    assert given(site) == ("up", None)


def test_a_comment_that_could_not_be_kept_is_not_lost(window: Window) -> None:
    turn = window.ask(HOW_MANY)
    turn.get_by_role("button", name="Bad answer").click()
    field = turn.get_by_label("What is wrong with it?")
    field.fill("It counts too many.")
    window.page.route("**/feedback", lambda route: route.abort())
    turn.get_by_role("button", name="Send comment").click()
    expect(turn.get_by_role("alert")).to_contain_text("Your verdict was not kept. The server can't be reached.")
    expect(field).to_have_value("It counts too many.")
    window.page.unroute("**/feedback")
    turn.get_by_role("button", name="Send comment").click()
    expect(turn.locator(".feedback")).to_have_text("Your comment: It counts too many. Change the comment")


def test_an_answer_is_copied_as_markdown_with_its_sources(window: Window) -> None:
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.ask(HOW_MANY).get_by_role("button", name="Copy").click()
    expect(window.page.get_by_role("button", name="Copied")).to_be_visible()
    expect(window.page.locator("#announcer")).to_have_text("The answer is copied as Markdown.")
    copied = window.page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied == [
        f"**{HOW_MANY}**",
        "",
        f"{QUOTE} [1]",
        "",
        f"1. The airlift ends ✈️ (The Example, 29 August 2021): “{QUOTE}” <https://news.example/airlift>",
    ]


def test_where_the_browser_keeps_the_clipboard_the_text_is_shown_to_be_copied(window: Window) -> None:
    window.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    window.ask(HOW_MANY).get_by_role("button", name="Copy").click()
    expect(window.page.locator("#copy-dialog")).to_be_visible()
    assert window.page.locator("#copy-text").input_value().startswith(f"**{HOW_MANY}**")
