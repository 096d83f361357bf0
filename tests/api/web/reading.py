"""What the page shows of an answer, in the Answer's terms: read from what is on it, and from where a chip leads."""

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.api.web.window import Window

Told = dict[str, Any]

_IN_A_SENTENCE = {f"given_filters.{name}" for name in ("since", "until", "as_of", "sources")}

UNTOLD = frozenset({"reason", "figures.value", "figures.unit", "figures.text"} | _IN_A_SENTENCE)
"""Fields that the page gives in words of its own; figures it shows where sources differ."""

_CONCORD = {"The sources differ": "differ", "The figure changed over time": "changed"}
_ARTICLE = re.compile(r"/articles/([^?]+)\?revision=(\d+)$")
_ROW = """row => ({
    source: row.cells[1].textContent,
    as_of: row.querySelector("time")?.dateTime ?? null,
    markers: [...row.cells[3].textContent.matchAll(/\\d+/g)].map((found) => Number(found[0])),
})"""
_BEFORE = """mark => {
    const before = document.createRange();
    before.setStart(mark.parentNode, 0);
    before.setEndBefore(mark);
    return before.toString();
}"""


def read(window: Window, turn: Locator, question: str) -> Told:
    """An answer as it is shown. Opens the article of each citation."""
    answered = turn.locator(".answer-text").count() > 0
    chips = {chip.text_content() or "": chip for chip in turn.locator(".answer-text .chip").all()}
    limited = _text(turn.locator(".filtered"))
    return {
        "given_filters": {"told": limited} if limited else None,
        "status": "answered" if answered else "no_answer",
        "text": turn.locator(".answer-text, .no-answer").text_content(),
        "standalone_question": _text(turn.locator(".standalone q")) or question,
        "short_answer": _text(turn.locator(".short-answer")),
        "figures": [row.evaluate(_ROW) for row in turn.locator("tbody tr").all()],
        "agreement": "agree" if _agree(turn) else _CONCORD.get(_text(turn.locator(".differ h3")) or ""),
        "suggestions": turn.locator(".suggestions button").all_text_contents(),
        "citations": [_citation(window, turn, marker, chip) for marker, chip in sorted(chips.items())],
    }


def _agree(turn: Locator) -> bool:
    return any(text.endswith("independent sources say so.") for text in turn.locator(".note").all_text_contents())


def _citation(window: Window, turn: Locator, marker: str, chip: Locator) -> Told:
    """What a chip says and where it leads: the place is counted in what is before the highlighted words."""
    page, number = window.page, int(marker.strip("[]"))
    chip.focus()
    quote = page.locator("#quote q").text_content() or ""
    with page.expect_request(_ARTICLE) as asked:
        chip.click()
    mark = page.locator("mark")
    expect(mark).to_have_text(quote)
    found = _ARTICLE.search(asked.value.url)
    assert found
    start = len(mark.evaluate(_BEFORE))
    source = turn.locator(f".sources li[value='{number}']")
    told = {
        "marker": number,
        "article_id": found[1],
        "revision": int(found[2]),
        "quote": quote,
        "start": start,
        "end": start + len(mark.text_content() or ""),
        "support": "partial" if source.locator(".tag").count() else "verified",
        "gone": "gone" in (chip.get_attribute("class") or ""),
    }
    # Not by Escape, which closes a quote first: one is shown where the pointer is left over a chip.
    page.get_by_role("button", name="Close the article").click()
    expect(page.locator("#article")).to_be_hidden()
    return told


def _text(locator: Locator) -> str | None:
    return locator.text_content() if locator.count() else None
