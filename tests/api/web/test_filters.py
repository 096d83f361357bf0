"""The filters on the page: those that are on, and those that a question was asked with."""

from dataclasses import replace

from playwright.sync_api import expect

from tests.api.fakes import GIVEN, UNDERSTOOD, answer, no_answer
from tests.api.web.scripted import HeldModel, answers
from tests.api.web.site import CAPITALS, HOW_MANY, QUOTE, Site
from tests.api.web.test_asking import WithModel
from tests.api.web.window import Window


def test_filters_limit_the_answer_show_that_they_are_on_and_come_off(window: Window) -> None:
    page = window.page
    page.get_by_role("button", name="Filters").click()
    page.fill("#since", "2021-08-13")
    page.fill("#source", "Meridian Wire")
    page.get_by_role("button", name="Add source").click()
    expect(page.locator("#filters-button")).to_have_text("Filters (2 on)")
    assert page.locator(".token").all_inner_texts() == ["Since 13 August 2021 ×", "Meridian Wire ×"]
    with page.expect_request("**/ask") as sent:
        turn = window.ask(CAPITALS)
    assert (sent.value.post_data_json or {})["filters"] == {"since": "2021-08-13", "sources": ["Meridian Wire"]}
    expect(turn.locator(".answer-text")).to_contain_text("14 provincial capitals")
    assert "11" not in (turn.locator(".answer-text").text_content() or "")
    page.locator("#filters-button").click()
    page.fill("#until", "2021-08-01")
    expect(page.locator("#filters-error")).to_contain_text("“Since” is after “until”")
    page.locator(".token").first.click()
    expect(page.locator("#filters-button")).to_have_text("Filters (2 on)")
    expect(page.locator("#filters-error")).to_be_hidden()


def test_a_question_may_be_asked_as_of_a_day(window: Window) -> None:
    page = window.page
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("As the articles stood on").fill("2021-08-20")
    assert page.locator(".token").all_inner_texts() == ["As it stood on 20 August 2021 ×"]
    with page.expect_request("**/ask") as sent:
        turn = window.ask(CAPITALS)
    assert (sent.value.post_data_json or {})["filters"] == {"as_of": "2021-08-20"}
    expect(turn.locator(".answer-text")).to_be_visible()
    expect(turn.locator(".filtered")).to_have_text("The articles as they stood on 20 August 2021, as the filters say.")


def test_the_filters_that_a_question_was_asked_with_stand_beside_it(window: Window) -> None:
    page = window.page
    days = {"since": "2021-08-12", "until": "2021-08-13", "as_of": "2021-08-20"}
    window.filter({**days, "sources": ["Meridian Wire", "Clydebank Dispatch"]})
    told = (
        "Only articles of Meridian Wire and Clydebank Dispatch since 12 August 2021 until 13 August 2021, "
        "as they stood on 20 August 2021, as the filters say."
    )
    turn = window.ask(CAPITALS)
    expect(turn.get_by_role("heading", level=2)).to_have_text(CAPITALS)
    expect(turn.get_by_role("paragraph").first).to_have_text(told)  # as a screen reader comes to it
    expect(turn.locator(".question + .filtered")).to_be_visible()
    while page.locator(".token").count():
        page.locator(".token").first.click()
    expect(window.ask(HOW_MANY).locator(".filtered")).to_have_count(0)
    window.reload()
    expect(page.locator(".turn")).to_have_count(2)
    assert window.all(".filtered") == [told]
    expect(page.locator("#turn-1 .filtered")).to_be_visible()


def test_until_its_answer_is_there_a_question_shows_the_filters_that_are_on(
    window: Window, with_model: WithModel
) -> None:
    page, model = window.page, HeldModel([f"{QUOTE} [1]"])
    with_model(model)
    window.filter({"since": "2021-08-14", "sources": ["The Example"]})
    page.fill("#question", HOW_MANY)
    page.press("#question", "Enter")
    expect(page.locator(".provisional-text")).to_be_visible()
    expect(page.locator(".filtered")).to_have_text("Filters: Since 14 August 2021, The Example")
    model.released.set()
    told = "Only articles of The Example since 14 August 2021, as the filters say."
    expect(page.locator(".filtered")).to_have_text(told)


def test_a_suggestion_is_asked_with_the_filters_of_its_question(window: Window, site: Site) -> None:
    unclear = no_answer(reason="unclear", text="How many of what?", suggestions=(HOW_MANY,), nearest=())
    moment = replace(GIVEN, as_of="2021-08-20T09:30:00+00:00")
    name = site.keep(replace(unclear, given_filters=moment), unclear)
    asked = answers(window.page, answer(given_filters=moment, turn=3), answer(turn=4))
    window.load(f"#/c/{name}")
    page = window.page
    window.filter({"until": "2021-08-29"})
    for turn in (1, 2):
        page.locator(f"#turn-{turn} .suggestions button").click()
        expect(page.locator(f"#turn-{turn + 2} .answer-text")).to_be_visible()
    given = {"since": "2021-08-01", "until": None, "as_of": "2021-08-20T09:30:00+00:00", "sources": ["A"]}
    assert [body["filters"] for body in asked] == [given, {}]
    assert window.all(".filtered") == [GIVEN.told, GIVEN.told]


def test_a_question_that_is_asked_again_or_edited_has_its_own_filters(window: Window) -> None:
    page = window.page
    problem = {"type": "about:blank", "title": "x", "status": 503, "detail": "It is full.", "retryable": True}
    asked = answers(page, problem, problem, problem)
    filters = {"as_of": "2021-08-20", "sources": ["Meridian Wire"]}
    window.filter(filters)
    turn = window.ask(CAPITALS)
    while page.locator(".token").count():
        page.locator(".token").first.click()
    window.filter({"since": "2021-08-01"})
    turn.get_by_role("button", name="Ask again").click()
    expect(turn.locator(".error")).to_be_visible()
    turn.get_by_role("button", name="Edit the question").click()
    tokens = page.locator(".token")
    expect(tokens).to_have_text(["As it stood on 20 August 2021 ×", "Meridian Wire ×"])
    window.ask(CAPITALS)
    assert [body["filters"] for body in asked] == [filters, filters, filters]


def test_what_limited_an_answer_is_copied_with_it(window: Window, site: Site) -> None:
    name = site.keep(
        answer(given_filters=GIVEN, understood_filters=UNDERSTOOD), no_answer(text="No.", given_filters=GIVEN)
    )
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.load(f"#/c/{name}")
    for turn, limited in ((1, f"*{GIVEN.told}*\n\n*{UNDERSTOOD.told}*"), (2, f"*{GIVEN.told}*\n\nNo.")):
        window.page.locator(f"#turn-{turn}").get_by_role("button", name="Copy").click()
        expect(window.page.locator(f"#turn-{turn}").get_by_role("button", name="Copied")).to_be_visible()
        assert f"**\n\n{limited}" in window.page.evaluate("navigator.clipboard.readText()")


def test_what_a_question_limits_itself_to_is_told(window: Window) -> None:
    turn = window.ask("How many provincial capitals had the Taliban taken by 12 August 2021?")
    expect(turn.locator(".limited")).to_have_text("Only articles until 12 August 2021, as the question says.")
    expect(window.ask(CAPITALS).locator(".limited")).to_have_count(0)


def test_a_source_that_is_not_there_is_told_with_those_that_are(window: Window) -> None:
    window.page.get_by_role("button", name="Filters").click()
    window.page.fill("#source", "The Nobody")  # and it counts without being added by its button
    turn = window.ask(HOW_MANY)
    expect(turn.locator(".error")).to_contain_text("Clydebank Dispatch")
    expect(turn.locator(".filtered")).to_have_text("Filters: The Nobody")
