from dataclasses import replace
from datetime import UTC, datetime

from qa.conversations.export import as_markdown
from qa.conversations.records import Conversation, Turn
from tests.api.fakes import GIVEN, QUOTE, UNDERSTOOD, answer, citation, no_answer

WHEN = datetime(2026, 11, 20, tzinfo=UTC)


def test_every_answer_stands_with_its_sources() -> None:
    hostile = citation(
        marker=2, title="[a](javascript:x) <b>", url="javascript:alert(1)", source=None, published_at=None
    )
    gone = citation(marker=3, gone=True, quote="(deleted)", title=None)
    turns = (
        Turn(1, "how many?", "Ada", WHEN, answer(citations=(citation(), hostile, gone))),
        Turn(2, "who?", None, WHEN, no_answer(reason="unclear", text="Who is meant?", suggestions=("Who left?",),
                                             standalone_question="who?")),
    )  # fmt: skip
    text = as_markdown(Conversation("c", "My *notes*", WHEN, WHEN, turns))
    assert text.startswith("# My \\*notes\\*\n\n## 1. how many? (Ada)\n\n*Searched for: how many were evacuated*")
    assert f"1. [The airlift ends](<https://news.example/airlift>) (The Example, 2021-08-29): “{QUOTE}”" in text
    assert "2. \\[a\\](javascript:x) \\<b\\>: “" in text
    assert "3. (The article was deleted.)" in text
    assert "## 2. who?\n\nWho is meant?\n\n- Who left?\n" in text


def test_what_limited_the_search_stands_above_the_answer() -> None:
    hostile = replace(GIVEN, told="Only articles of [A](javascript:x)\n*B*, as the filters say.")
    turns = (
        Turn(1, "how many?", None, WHEN, answer(given_filters=GIVEN, understood_filters=UNDERSTOOD)),
        Turn(2, "who?", None, WHEN, no_answer(text="The articles don't say.", given_filters=hostile)),
    )
    text = as_markdown(Conversation("c", "Notes", WHEN, WHEN, turns))
    assert f"\n\n*{GIVEN.told}*\n\n*{UNDERSTOOD.told}*\n\n{QUOTE} \\[1\\]\n" in text
    assert "\n\n*Only articles of \\[A\\](javascript:x) \\*B\\*, as the filters say.*\n\nThe articles don't" in text
