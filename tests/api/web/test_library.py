"""The library on the page: what is there, what comes in, what goes."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Route, expect

from api.examples import JOB
from api.routes import samples
from tests.api.live import until
from tests.api.web.site import Site
from tests.api.web.window import Window
from tests.vectorstore.readers.test_web import PAGE
from vectorstore.records import Article, Source

MARKDOWN = """---
title: "The harbour: a 'deep' one"
source: Harbour News
published: 2022-03-01
url: https://news.example/harbour-md
tags: [a, b]
---
# Another heading

The harbour is 12 metres deep. 🌊
"""
DUMP = """{"id": "d1", "text": "The first of two.", "headline": "One", "source": {"name": "Dump"}, "date": "2022-01-02"}
not json

[1]
{"title": "no text"}
{"body": "The second of two.", "published": "some day"}
"""


def opened(window: Window) -> Window:
    window.go("#/library")
    expect(window.page.locator("#articles li").first).to_be_visible()
    return window


def outcomes(window: Window) -> Locator:
    expect(window.page.locator("#upload-status")).to_contain_text("file")
    return window.page.locator("#outcomes > li")


def ids(site: Site) -> dict[str | None, str]:
    return {article.title: article.id for article in site.engine.store.articles(limit=500).items}


def test_what_is_there_by_title_and_source(window: Window) -> None:
    opened(window)
    expect(window.page.locator("#article-count")).to_have_text("3 articles")
    window.page.fill("#find-article", "meridian")
    expect(window.page.locator("#articles li")).to_have_count(1)
    expect(window.page.locator("#article-count")).to_have_text("1 of 3 articles")
    expect(window.page.locator("#articles li")).to_contain_text("Meridian Wire · 13 August 2021 · 88 characters")
    window.page.get_by_role("button", name="Kandahar is lost", exact=True).click()
    expect(window.page.locator(".article-text")).to_contain_text("Kandahar fell during the night.")
    window.page.keyboard.press("Escape")
    window.page.fill("#find-article", "two more")
    expect(window.page.locator("#articles li")).to_have_count(1)


def test_good_and_bad_files_each_with_its_outcome(window: Window, site: Site, tmp_path: Path) -> None:
    files = {
        "harbour.md": MARKDOWN.encode(),
        "plain.txt": "A plain title 🗞️\r\n\r\nSome 77 words.\r\n".encode(),
        "dump.jsonl": DUMP.encode(),
        "picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "latin.txt": "Café".encode("latin-1"),
        "empty.txt": b" \n",
        "page.html": PAGE.format("A web page").encode(),
        "<img src=x onerror=alert(1)>.txt": b"A name like this is a name.",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    opened(window)
    window.page.set_input_files("#files", [tmp_path / name for name in files])
    told = outcomes(window)
    expect(told).to_have_count(len(files))
    assert [line.split("\n")[0] for line in told.all_inner_texts()] == [
        "harbour.md: added",
        "plain.txt: added",
        "dump.jsonl: 2 added, 3 failed",
        "picture.png: failed",
        "latin.txt: added",
        "empty.txt: failed",
        "page.html: added",
        "<img src=x onerror=alert(1)>.txt: added",
    ]
    assert told.nth(2).locator("li").all_text_contents() == [
        "dump.jsonl, line 2: it is not valid JSON (Expecting value: line 1 column 1 (char 0)); write one object a line",
        "dump.jsonl, line 4: it is not a JSON object; write one object a line",
        'dump.jsonl, line 5: it has no "text", "body" or "content" that holds words; add one or remove the line',
    ]
    expect(told.nth(3)).to_contain_text("Portable Network Graphics file")
    expect(told.nth(5)).to_contain_text("there is no text in it")
    expect(window.page.locator("#upload-status")).to_have_text("3 files of 8 had problems.")
    expect(window.page.locator("#article-count")).to_have_text("10 articles")

    store, found = site.engine.store, ids(site)
    harbour = store.article(found["The harbour: a 'deep' one"])
    assert harbour.text == MARKDOWN.partition("---\n# A")[2].join(["# A", ""])
    assert (harbour.source, harbour.published_at) == ("Harbour News", "2022-03-01")
    assert harbour.url == "https://news.example/harbour-md"
    assert store.article(found["A plain title 🗞️"]).text == "A plain title 🗞️\n\nSome 77 words.\n"
    assert (store.article(found["One"]).source, store.article(found["One"]).published_at) == ("Dump", "2022-01-02")
    assert store.article(found["The second of two."]).published_at is None

    window.page.set_input_files("#files", [tmp_path / "plain.txt"])
    expect(told).to_have_text(["plain.txt: unchanged"])
    (tmp_path / "plain.txt").write_text("A plain title\n\nOther words.")
    window.page.set_input_files("#files", [tmp_path / "plain.txt"])
    expect(told).to_have_text(["plain.txt: updated"])


def test_a_file_of_many_articles_is_a_job_that_is_followed(window: Window, site: Site, tmp_path: Path) -> None:
    lines = [f'{{"id": "job{n}", "text": "Storm {n} came."}}' for n in range(60)]
    (tmp_path / "many.jsonl").write_text("\n".join([*lines, *("no json",) * 25]))
    opened(window)
    window.page.set_input_files("#files", [tmp_path / "many.jsonl"])
    told = outcomes(window)
    expect(told).to_contain_text("many.jsonl: 60 added, 25 failed")
    expect(told.locator("li")).to_have_count(21)
    expect(told.locator("li").last).to_have_text("and 5 more")
    expect(window.page.locator("#upload-stop")).to_be_hidden()
    expect(window.page.locator("#article-count")).to_have_text("63 articles")
    (job,) = [url for url in window.requests if url.endswith("/events")]
    assert "/jobs/" in job


def test_a_job_shows_how_far_it_is_and_can_be_stopped(window: Window, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text("")
    window.page.route("**/articles", lambda route: route.fulfill(status=202, json=JOB | {"state": "waiting"}))
    running = JOB | {"state": "running", "done": 640, "share": 0.25, "rate": 312.4, "seconds_left": 4.6}
    event = f"event: progress\ndata: {json.dumps(running)}\n\n"
    window.page.route("**/events", lambda route: route.fulfill(content_type="text/event-stream", body=event))
    window.page.route(f"**/jobs/{JOB['id']}", lambda route: route.fulfill(json=running))
    opened(window)
    window.page.set_input_files("#files", [tmp_path / "many.jsonl"])
    status = window.page.locator("#upload-status")
    expect(status).to_have_text("many.jsonl (1 of 1): 640 articles, 312 a second, 5 s left")
    expect(window.page.locator("#upload-progress")).to_have_js_property("value", 0.25)
    stopped = JOB | {"state": "cancelled", "tally": {"added": 640, "updated": 0, "unchanged": 0, "failed": 0}}
    window.page.route(f"**/jobs/{JOB['id']}", lambda route: route.fulfill(json=stopped))
    with window.page.expect_request("**/cancel"):
        window.page.get_by_role("button", name="Stop", exact=True).click()
    expect(outcomes(window)).to_contain_text("many.jsonl: 640 added, 1 failed")
    expect(outcomes(window)).to_contain_text("it was stopped; what was taken in is kept")


def _under_way(window: Window, **changes: object) -> dict[str, object]:
    """Load the library anew while the server has a job that goes on."""
    running = JOB | {"state": "running", "done": 640, "share": 0.25, "rate": 312.4, "seconds_left": 4.6} | changes
    event = f"event: progress\ndata: {json.dumps(running)}\n\n"
    listed = {"items": [JOB | {"id": "over", "state": "done"}, running], "total": 2, "next_cursor": None}
    window.page.route("**/jobs?*", lambda route: route.fulfill(json=listed))
    window.page.route("**/events", lambda route: route.fulfill(content_type="text/event-stream", body=event))
    window.page.route(f"**/jobs/{JOB['id']}", lambda route: route.fulfill(json=running))
    opened(window)
    window.reload()
    return running


def test_a_job_under_way_is_shown_after_a_reload(window: Window) -> None:
    running = _under_way(window)
    status = window.page.locator("#upload-status")
    expect(status).to_have_text(f"{JOB['about']}: 640 articles, 312 a second, 5 s left")
    expect(window.page.locator("#upload-progress")).to_have_js_property("value", 0.25)
    expect(window.page.locator("#upload-stop")).to_be_visible()
    ended = running | {"state": "done", "tally": {"added": 640, "updated": 0, "unchanged": 0, "failed": 0}}
    window.page.route(f"**/jobs/{JOB['id']}", lambda route: route.fulfill(json=ended))
    expect(window.page.locator("#outcomes > li")).to_have_text([f"{JOB['about']}: 640 added"])
    expect(window.page.locator("#upload-progress")).to_be_hidden()
    expect(status).to_be_empty()


def test_a_job_that_can_not_be_followed_leaves_no_bar(window: Window) -> None:
    _under_way(window)
    expect(window.page.locator("#upload-progress")).to_be_visible()
    window.page.route("**/events", lambda route: route.fulfill(status=404, json={}))
    window.page.route(f"**/jobs/{JOB['id']}", lambda route: route.fulfill(status=404, json={}))
    expect(window.page.locator("#upload-progress")).to_be_hidden()
    expect(window.page.locator("#upload-status")).to_be_empty()


def test_a_reindex_under_way_tells_its_passages(window: Window) -> None:
    running = _under_way(window, kind="reindex", about="the indexes")
    expect(window.page.locator("#upload-status")).to_contain_text(
        "The indexes are made anew: 640 passages, 312 a second"
    )
    ended = running | {"state": "done", "tally": {"added": 0, "updated": 0, "unchanged": 0, "failed": 0}}
    window.page.route(f"**/jobs/{JOB['id']}", lambda route: route.fulfill(json=ended))
    expect(window.page.locator("#outcomes > li")).to_have_text(["The indexes are made anew: done"])


def test_files_take_the_place_of_a_job_that_is_shown(window: Window, tmp_path: Path) -> None:
    _under_way(window)
    (tmp_path / "plain.txt").write_text("A plain title\n\nWords.")
    expect(window.page.locator("#upload-status")).to_contain_text("640 articles")
    window.page.set_input_files("#files", [tmp_path / "plain.txt"])
    expect(outcomes(window)).to_have_text(["plain.txt: added"])
    expect(window.page.locator("#upload-stop")).to_be_hidden()


def test_files_are_dropped_anywhere_in_the_library(window: Window) -> None:
    opened(window)
    data = window.page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['Dropped here.\\n'], 'dropped.txt')); return t; }"
    )
    window.page.dispatch_event("#articles", "dragover", {"dataTransfer": data})
    expect(window.page.locator("#drop")).to_have_class("over")
    window.page.dispatch_event("#articles", "drop", {"dataTransfer": data})
    expect(outcomes(window)).to_have_text(["dropped.txt: added"])
    expect(window.page.locator("#drop")).not_to_have_class("over")
    expect(window.page.locator("#upload-status")).to_have_text("All files are in the library.")


def test_files_dropped_while_others_are_taken_in_wait_their_turn(window: Window) -> None:
    opened(window)
    window.page.evaluate("""() => {
        for (const name of ["one.txt", "two.txt", "three.txt"]) {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([`Words of ${name}`], name));
            document.getElementById("library").dispatchEvent(new DragEvent("drop", { dataTransfer }));
        }
    }""")
    expect(window.page.locator("#outcomes > li")).to_have_text(["one.txt: added", "two.txt: added", "three.txt: added"])
    expect(window.page.locator("#article-count")).to_have_text("6 articles")


def test_a_search_finds_articles_beyond_the_first_page_and_shows_what_can_be_read(window: Window) -> None:
    window.page.route("**/articles?**", many_articles)
    opened(window)
    listed = window.page.locator("#articles li")
    expect(listed).to_have_count(200)
    more = window.page.locator("#more-articles")
    more.press("Enter")
    expect(listed).to_have_count(400)
    expect(listed.nth(200).locator("button").first).to_be_focused()
    window.page.fill("#find-article", "needle")
    expect(window.page.locator("#article-count")).to_have_text("1 of 1,000 articles")
    expect(listed).to_contain_text(["A needle"])
    window.page.fill("#find-article", "")
    expect(listed).to_have_count(200)
    expect(more).to_be_visible()


def many_articles(route: Route) -> None:
    """A page of a thousand articles, the last of which is a needle."""
    query = parse_qs(urlsplit(route.request.url).query)
    start, limit = int(query.get("cursor", ["0"])[0]), int(query["limit"][0])
    plain = {"revision": 1, "url": None, "source": "Hay", "published_at": None, "characters": 7}
    items = [
        {**plain, "id": f"n{number}", "title": "A needle" if number == 999 else f"Straw {number}"}
        for number in range(start, start + limit)
    ]
    following = str(start + limit) if start + limit < 1000 else None
    route.fulfill(json={"items": items, "total": 1000, "next_cursor": following})


def test_a_server_that_fails_is_said_for_each_file(window: Window, tmp_path: Path) -> None:
    opened(window)
    (tmp_path / "a.txt").write_text("Words.")
    window.page.route("**/articles", lambda route: route.abort())
    window.page.set_input_files("#files", [tmp_path / "a.txt"])
    expect(outcomes(window)).to_contain_text("The server can't be reached.")


@pytest.fixture
def doomed(site: Site) -> str:
    """An article to be deleted: its id."""
    (added,) = site.engine.store.ingest(
        [Source("doomed", Article(key="id:doomed", text="Doomed words.", title="Doomed"))]
    )
    assert added.article_id is not None
    return added.article_id


def test_deleting_waits_to_be_undone(window: Window, site: Site, doomed: str) -> None:
    page = window.page
    page.clock.install()
    opened(window)
    page.get_by_role("button", name="Delete “Doomed”").click()
    expect(page.locator(".notice")).to_contain_text("“Doomed” will be deleted in 10 s.")
    expect(page.locator("#articles")).not_to_contain_text("Doomed")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    page.clock.run_for(9_000)
    expect(page.locator(".notice")).to_contain_text("in 1 s.")
    undo.press("Enter")
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator("#articles")).to_contain_text("Doomed")
    page.clock.run_for(20_000)
    assert site.engine.store.article(doomed).current
    assert not any(url.endswith(doomed) for url in window.requests)

    page.get_by_role("button", name="Delete “Doomed”").click()
    page.locator("#find-article").hover()
    with page.expect_response(lambda response: response.request.method == "DELETE") as deleted:
        page.clock.run_for(10_000)
    assert deleted.value.status == 204
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator("#article-count")).to_have_text("3 articles")
    page.clock.resume()


def test_what_was_to_be_deleted_goes_with_the_page(window: Window, site: Site, doomed: str) -> None:
    opened(window)
    window.page.get_by_role("button", name="Delete “Doomed”").click()
    window.reload()
    assert until(lambda: doomed not in ids(site).values())


def test_a_deletion_that_fails_is_told_and_the_article_stays(window: Window, site: Site, doomed: str) -> None:
    page = window.page
    page.clock.install()
    opened(window)
    page.route(f"**/articles/{doomed}", lambda route: route.abort())
    page.get_by_role("button", name="Delete “Doomed”").click()
    page.locator("#find-article").hover()
    page.clock.run_for(10_000)
    expect(page.locator("#library-error")).to_contain_text("The article was not deleted. The server can't be reached.")
    expect(page.locator("#articles")).to_contain_text("Doomed")
    page.clock.resume()


def test_an_empty_library_says_so_and_takes_the_samples_in(empty_window: Window) -> None:
    page = empty_window.page
    expect(page.locator("#empty")).to_contain_text("The library is empty")
    expect(page.locator("#examples")).to_be_hidden()
    page.locator("#to-library").click()
    page.route("**/samples", lambda route: route.abort())
    page.locator("#library .add-samples").click()
    expect(page.locator("#library-error")).to_contain_text("The server can't be reached.")
    page.unroute("**/samples")
    page.locator(".brand").click()
    page.locator("#empty .add-samples").click()
    expect(page.locator("#empty")).to_be_hidden()
    expect(page.locator("#question")).to_be_focused()
    page.get_by_role("button", name="How many were evacuated?").click()
    expect(page.locator(".answer-text")).to_contain_text("15,000 people")


def test_without_samples_there_is_no_button_for_them(
    empty_window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(samples, "FOLDER", tmp_path / "nowhere")
    empty_window.load("#/library")
    expect(empty_window.page.locator("#article-count")).to_contain_text("There are no articles yet.")
    empty_window.go("#/")
    expect(empty_window.page.locator("#empty")).to_be_visible()
    assert empty_window.page.locator(".add-samples:visible").count() == 0
