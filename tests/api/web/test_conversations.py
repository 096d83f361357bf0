"""The list at the side, and conversations that are come back to."""

from playwright.sync_api import Route, expect

from tests.api.fakes import answer
from tests.api.live import until
from tests.api.web.scripted import HeldModel
from tests.api.web.site import CAPITALS, HOW_MANY, QUOTE, Site
from tests.api.web.test_asking import WithModel
from tests.api.web.window import Window


def test_a_conversation_comes_back_as_it_was(window: Window) -> None:
    window.ask(HOW_MANY)
    window.ask(CAPITALS)
    expect(window.page).to_have_title(f"{HOW_MANY} · Dateline")
    shown = (
        window.all(".question"),
        window.all(".answer-text"),
        window.all(".sources li"),
        window.all(".timeline table"),
    )
    window.reload()
    expect(window.page.locator(".turn")).to_have_count(2)
    expect(window.page.locator(".drawing svg")).to_have_count(1)
    assert (window.all(".question"), window.all(".answer-text"), window.all(".sources li")) == shown[:3]
    assert window.all(".timeline table") == shown[3]
    window.page.locator(".chip").first.click()
    assert window.page.locator("mark").text_content() == QUOTE


def test_a_link_to_a_turn_opens_it(window: Window, site: Site) -> None:
    turns = [answer(question=f"Question {n}?", standalone_question=f"Question {n}?") for n in range(1, 13)]
    name = site.keep(*turns)
    window.load(f"#/c/{name}/7")
    expect(window.page.locator("#turn-7")).to_be_focused()
    expect(window.page.locator("#turn-7 .question")).to_be_in_viewport()
    expect(window.page.locator("#turn-1")).not_to_be_in_viewport()
    link = window.page.locator("#turn-9").get_by_role("link", name="Link to this answer")
    assert link.get_attribute("href") == f"#/c/{name}/9"
    link.click()
    expect(window.page.locator("#turn-9")).to_be_focused()
    window.go(f"#/c/{name}")
    expect(window.page.locator("#turn-12 .question")).to_be_in_viewport()


def test_a_link_to_a_turn_that_is_not_there_says_so_and_opens_the_conversation(window: Window, site: Site) -> None:
    window.go(f"#/c/{site.keep(answer())}/7")
    expect(window.page.locator("#chat-error")).to_have_text("This conversation has no question 7.")
    expect(window.page.locator("#turn-1")).to_be_focused()


def held_back(window: Window, name: str) -> Route:
    """Go to a conversation whose turns are not given yet, and ask in it: the request that is not answered."""
    held: list[Route] = []
    window.page.route(f"**/conversations/{name}", lambda route: held.append(route))
    with window.page.expect_request(f"**/conversations/{name}"):
        window.page.evaluate("name => { location.hash = `#/c/${name}` }", name)
    window.page.fill("#question", HOW_MANY)
    window.page.press("#question", "Enter")
    expect(window.page.locator(".waiting")).to_be_visible()
    return held[0]


def test_a_question_asked_while_its_conversation_is_read_is_its_next_turn(window: Window, site: Site) -> None:
    name = site.keep(answer(question="First?"), answer(question="Second?"))
    asked = len(window.requests)
    held = held_back(window, name)
    assert not any(url.endswith("/ask") for url in window.requests[asked:])
    held.continue_()
    turn = window.page.locator("#turn-3")
    expect(turn.locator(".answer-text")).to_contain_text("15,000")
    expect(turn.get_by_role("link", name="Link to this answer")).to_have_attribute("href", f"#/c/{name}/3")
    assert window.all(".question") == ["First?", "Second?", HOW_MANY]
    assert [kept.number for kept in site.engine.conversations.conversation(name).turns] == [1, 2, 3]


def test_a_question_waits_for_its_conversation_only_until_that_fails_or_it_is_stopped(
    window: Window, site: Site
) -> None:
    page, name = window.page, site.keep(answer(question="First?"))
    held = held_back(window, name)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".reply")).to_contain_text("You stopped this answer.")
    held.continue_()
    expect(page.locator("#turn-1")).to_be_visible()
    window.go("#/")
    held_back(window, name).abort()
    expect(page.locator(".reply .error")).to_contain_text("The server can't be reached.")
    page.unroute_all()
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("#turn-2 .answer-text")).to_contain_text("15,000")
    assert window.all(".question") == ["First?", HOW_MANY]


def test_a_question_for_a_conversation_that_is_gone_begins_a_new_one(window: Window) -> None:
    held_back(window, "gone").continue_()
    expect(window.page.locator("#turn-1 .answer-text")).to_contain_text("15,000")
    assert "gone" not in window.page.url


def test_a_turn_has_its_number_whoever_else_asks_in_the_conversation(window: Window, site: Site) -> None:
    window.ask(HOW_MANY)
    name = window.page.url.rpartition("/")[2]
    site.engine.conversations.add(name, "Asked elsewhere?", "ada", answer(id="of-another-page"))
    link = window.ask(CAPITALS).get_by_role("link", name="Link to this answer")
    expect(link).to_have_attribute("href", f"#/c/{name}/3")
    window.load(f"#/c/{name}/3")
    expect(window.page.locator("#turn-3 .question")).to_have_text(CAPITALS)


def test_a_link_to_what_is_not_there(window: Window) -> None:
    window.load("#/c/nothing%20here/3")
    expect(window.page.locator("#chat-error")).to_have_text("There is no such conversation: it may have been deleted.")
    window.ask(HOW_MANY)  # a new one begins
    expect(window.page.locator("#chat-error")).to_be_hidden()


def test_open_find_rename_and_delete(window: Window, site: Site) -> None:
    page = window.page
    first = site.keep(answer(question="Who sank the <b>ferry</b>?"))
    site.keep(answer(question="When did the museum open?"))
    window.reload()
    listed = page.locator("#conversations a")
    expect(listed.first).to_contain_text("When did the museum open?")
    page.fill("#find-conversation", "FERRY")
    expect(listed).to_have_count(1)
    listed.first.click()
    expect(page.locator("#chat-title")).to_have_text("Who sank the <b>ferry</b>?")
    expect(listed.first).to_have_attribute("aria-current", "page")

    page.get_by_role("button", name="Rename “Who sank").click()
    expect(page.locator("#rename-field")).to_have_value("Who sank the <b>ferry</b>?")
    page.fill("#rename-field", "The ferry")
    page.press("#rename-field", "Enter")
    expect(page.locator("#chat-title")).to_have_text("The ferry")
    assert site.engine.conversations.summary(first).title == "The ferry"

    page.get_by_role("button", name="Delete “The ferry”").click()
    page.get_by_role("button", name="Cancel").click()
    expect(listed).to_have_count(1)
    page.get_by_role("button", name="Delete “The ferry”").click()
    page.locator("#confirm-yes").click()
    expect(page.locator("#no-conversations")).to_have_text("No title has these words.")
    expect(page.locator("#chat-title")).to_have_text("Ask the articles")
    assert first not in [one.id for one in site.engine.conversations.page(500).items]


def test_a_search_finds_titles_beyond_the_first_page(window: Window, site: Site) -> None:
    site.keep(answer(question="What is a needle?"))
    for _ in range(51):
        site.engine.conversations.start("Hay")
    window.reload()
    expect(window.page.get_by_role("button", name="Show more")).to_be_visible()
    expect(window.page.locator("#conversations")).not_to_contain_text("needle")
    window.page.fill("#find-conversation", "needle")
    expect(window.page.locator("#conversations a")).to_have_count(1)


def test_a_question_goes_on_while_another_conversation_is_read(
    window: Window, site: Site, with_model: WithModel
) -> None:
    model = HeldModel([f"{QUOTE} [1]"])
    with_model(model)
    other = site.keep(answer(question="Another?"))
    window.page.fill("#question", HOW_MANY)
    window.page.press("#question", "Enter")
    expect(window.page.locator(".provisional-text")).to_be_visible()
    address = window.page.url
    window.page.evaluate("address => { location.hash = address }", f"#/c/{other}")
    expect(window.page.locator(".question")).to_have_text("Another?")
    expect(window.page.locator("#send")).to_be_visible()
    window.page.evaluate("address => { location.hash = address }", f"#{address.partition('#')[2]}")
    expect(window.page.locator(".provisional-text")).to_be_visible()
    expect(window.page.locator("#stop")).to_be_visible()
    model.released.set()
    expect(window.page.locator(".answer-text")).to_have_text(f"{QUOTE} [1]")
    expect(window.page.locator(".turn")).to_have_count(1)


def test_deleting_a_conversation_stops_what_is_written_in_it(window: Window, with_model: WithModel) -> None:
    model = HeldModel([f"{QUOTE} [1]"])
    with_model(model)
    window.page.fill("#question", HOW_MANY)
    window.page.press("#question", "Enter")
    expect(window.page.locator(".provisional-text")).to_be_visible()
    window.page.get_by_role("button", name="Delete “").first.click()
    window.page.locator("#confirm-yes").click()
    expect(window.page.locator("#chat-title")).to_have_text("Ask the articles")
    assert until(model.cancelled.is_set)
    expect(window.page.locator("#send")).to_be_visible()


def test_export(window: Window) -> None:
    window.ask(HOW_MANY)
    with window.page.expect_download() as download:
        window.page.get_by_role("link", name="Export as Markdown").click()
    assert download.value.path().read_text("utf-8").startswith(f"# {HOW_MANY}")
