"""From a citation to the words it stands for, in the article beside the chat."""

from dataclasses import replace

from playwright.sync_api import expect

from qa.records import Excerpt, Request, ToldDate
from tests.api.fakes import answer, citation, no_answer
from tests.api.web.site import ARTICLES, HOW_MANY, QUOTE, Site
from tests.api.web.window import Window
from vectorstore.records import Article, Source


def test_a_chip_shows_its_quote_under_the_pointer_and_with_the_focus(window: Window) -> None:
    chip = window.ask(HOW_MANY).locator(".chip")
    quote = window.page.locator("#quote")
    expect(quote).to_be_hidden()
    chip.hover()
    assert quote.locator("q").text_content() == QUOTE
    quote.hover()  # it stays, to be read and selected
    expect(quote).to_be_visible()
    window.page.mouse.move(5, 5)
    expect(quote).to_be_hidden()
    chip.focus()
    expect(quote).to_be_visible()
    expect(chip).to_have_attribute("aria-describedby", "quote")
    window.page.keyboard.press("Escape")
    expect(quote).to_be_hidden()
    expect(chip).to_be_focused()


def test_the_highlighted_words_are_the_quote_however_its_offsets_are_counted(window: Window, site: Site) -> None:
    cited = site.engine.ask(Request(HOW_MANY)).citations[0]
    before = ARTICLES[0].text[: cited.start]
    assert len(before.encode("utf-16-le")) // 2 > len(before)  # what JavaScript would count is another place
    chip = window.ask(HOW_MANY).locator(".chip")
    chip.click()
    mark = window.page.locator("mark")
    assert mark.text_content() == cited.quote == QUOTE
    assert window.all(".article-text") == [ARTICLES[0].text]
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()
    assert window.page.locator("#article-body").evaluate("body => body.scrollTop") > 0
    expect(window.page.locator("#article-title")).to_have_text("The airlift ends ✈️")
    expect(window.page.locator("#article-details")).to_have_text("The Example29 August 2021Original")
    original = window.page.locator("#article-details a")
    expect(original).to_have_attribute("href", "https://news.example/airlift")
    expect(original).to_have_attribute("rel", "noopener noreferrer")
    window.page.keyboard.press("Escape")
    expect(window.page.locator("#article")).to_be_hidden()
    expect(chip).to_be_focused()


def test_an_older_revision_is_shown_as_it_was_cited(window: Window, site: Site) -> None:
    old = Article(key="id:ferry", title="The ferry", text="The ferry carried 412 people. It was late.")
    (added,) = site.engine.store.ingest([Source("ferry", old)])
    site.engine.store.ingest([Source("ferry", replace(old, text="News: the ferry carried 500 people."))])
    quote = "The ferry carried 412 people."
    said = citation(article_id=added.article_id, revision=1, quote=quote, start=0, end=len(quote))
    window.go(f"#/c/{site.keep(answer(citations=(said,), text=f'{quote} [1]'))}")
    window.page.locator(".chip").click()
    assert window.page.locator("mark").text_content() == quote
    expect(window.page.locator("#article-body .note")).to_contain_text("A newer revision has come since")
    expect(window.page.locator(".sources .tag")).to_have_text("no longer in the article")


def test_an_article_that_is_gone_is_said_to_be(window: Window, site: Site) -> None:
    (added,) = site.engine.store.ingest(
        [Source("gone", Article(key="id:gone", text="A secret of 77 words.", title="Gone"))]
    )
    quote = "A secret of 77 words."
    said = citation(article_id=added.article_id, revision=1, quote=quote, start=0, end=len(quote))
    name = site.keep(answer(citations=(said,), text=f"{quote} [1]"))
    window.go(f"#/c/{name}")
    chip = window.page.locator(".chip")
    expect(chip).to_be_visible()
    site.engine.store.delete(added.article_id or "")  # while the answer is looked at
    chip.click()
    expect(window.page.locator("#article-body")).to_have_text(
        "This article was deleted, and none of its words are kept."
    )
    window.reload()
    expect(chip).to_have_class("chip gone")
    expect(window.page.locator(".sources")).to_have_text("This article was deleted.")
    chip.click()
    expect(window.page.locator("#article-title")).to_have_text("No article")


def test_other_sources_of_the_same_can_be_opened(window: Window, site: Site) -> None:
    given = site.engine.ask(Request("How many provincial capitals have fallen to the Taliban?")).citations
    one, other = given
    also = Excerpt(
        other.article_id, other.revision, other.title, None, other.source, None, other.quote, other.start, other.end
    )
    window.go(f"#/c/{site.keep(answer(citations=(replace(one, also_in=(also,), support='partial'),)))}")
    expect(window.page.locator(".sources .tag")).to_have_text("partly supports it")
    window.page.locator(".also button").click()
    assert window.page.locator("mark").text_content() == other.quote


def test_other_sources_and_near_passages_say_what_became_of_their_words(window: Window, site: Site) -> None:
    old = Article(key="id:barge", title="The barge", text="The barge carried 30 people. It was late. It sank.")
    (added,) = site.engine.store.ingest([Source("barge", old)])
    new = replace(old, text=old.text.replace("It was late.", "Nobody waited."))
    site.engine.store.ingest([Source("barge", new)])
    quotes = ("The barge carried 30 people.", "It was late.", "It sank.")  # intact, changed, moved

    def excerpt(quote: str) -> Excerpt:
        start = old.text.index(quote)
        return Excerpt(added.article_id or "", 1, old.title, None, None, None, quote, start, start + len(quote))

    excerpts = tuple(map(excerpt, quotes))
    said = replace(site.engine.ask(Request(HOW_MANY)).citations[0], also_in=excerpts)
    window.go(f"#/c/{site.keep(answer(citations=(said,)), no_answer(nearest=excerpts))}")
    changed, moved = "no longer in the article", "has moved in the article since"
    expect(window.page.locator(".also")).to_have_text(f"Also in The barge, The barge{changed}, The barge{moved}")
    tags = [near.locator(".tag").all_text_contents() for near in window.page.locator(".nearest li").all()]
    assert tags == [[], [changed], [moved]]


def test_what_the_words_for_times_mean_stands_beside_the_quote(window: Window, site: Site) -> None:
    told = ToldDate(0, 7, "Tuesday", "Tuesday, 12 March 2024")
    said = replace(site.engine.ask(Request(HOW_MANY)).citations[0], dates=(told,))
    window.go(f"#/c/{site.keep(answer(citations=(said,)))}")
    expect(window.page.locator(".sources .dates")).to_have_text("Tuesday: Tuesday, 12 March 2024")
    window.page.locator(".chip").focus()
    expect(window.page.locator("#quote .dates")).to_have_text("Tuesday: Tuesday, 12 March 2024")
