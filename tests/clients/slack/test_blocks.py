"""An answer as Slack shows it: all that is in it, within the limits, and nothing that acts."""

from dataclasses import replace
from typing import Any

import pytest

from clients.slack.blocks import MAX_FALLBACK, Message, answer_messages, fallback, provisional, said, source_blocks
from clients.slack.buttons import AnswerKey, Offered
from qa.records import Answer, Excerpt, Figure, Searched
from tests.api.fakes import GIVEN, QUOTE, UNDERSTOOD, answer, citation, no_answer
from tests.slack.hostile import TEXTS, URLS
from tests.slack.validation import check_blocks, check_message, links, mentions, words

KEPT = answer(conversation_id="c1")


def sent(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


def one(given: Answer, offered: Offered | None = None) -> dict[str, Any]:
    (message,) = answer_messages(given, offered or Offered())
    check_message(sent(message))
    return sent(message)


def buttons(message: dict[str, Any]) -> list[str]:
    elements = [element for block in message["blocks"] for element in block["elements"]]
    return [element["action_id"] for element in elements if "action_id" in element]


def test_an_answer_with_its_source() -> None:
    shown = one(KEPT)
    assert f"{QUOTE} [1][1] The airlift ends (The Example, 2021-08-29){QUOTE}" in words(shown)
    assert links(shown) == [
        ("https://news.example/airlift", "[1]"),
        ("https://news.example/airlift", "The airlift ends"),
    ]
    assert shown["text"] == f"{QUOTE} [1]\n[1] The airlift ends (The Example, 2021-08-29)"
    assert buttons(shown) == ["sources", "feedback"]


def test_the_quote_stands_as_a_quote() -> None:
    quotes = [part for block in one(KEPT)["blocks"] for part in block["elements"] if part["type"] == "rich_text_quote"]
    assert [part["elements"][0]["text"] for part in quotes] == [QUOTE]


def test_older_workspaces_get_plain_buttons() -> None:
    assert buttons(one(KEPT, Offered(plain=True))) == ["sources", "feedback_up", "feedback_down"]


def test_what_one_person_was_given_can_be_shared() -> None:
    assert buttons(one(KEPT, Offered(private="1.2"))) == ["sources", "share", "feedback"]


def test_an_answer_that_nothing_keeps_has_no_sources_to_show() -> None:
    assert buttons(one(answer(), Offered(private="1.2"))) == ["feedback"]


def test_a_button_says_which_answer() -> None:
    assert AnswerKey.read(str(AnswerKey("c1", "a1"))) == AnswerKey("c1", "a1")


def test_figures_that_differ_are_a_list_by_date() -> None:
    figures = (
        Figure(3000, "people", "3,000", (1,), "Meridian Wire", "2021-08-13"),
        Figure(15000, "people", "15,000", (2,), "The Example", None),
    )
    shown = one(replace(KEPT, figures=figures, agreement="differ"))
    (items,) = [part for block in shown["blocks"] for part in block["elements"] if part["type"] == "rich_text_list"]
    texts = ["".join(run["text"] for run in item["elements"]) for item in items["elements"]]
    assert texts == ["3,000 people (Meridian Wire, 2021-08-13) [1]", "15,000 people (The Example, undated) [2]"]
    assert "The sources differ:" in words(shown)


def test_what_must_be_known_of_an_answer_is_told() -> None:
    shown = words(one(replace(KEPT, degraded=True, agreement="agree", independent_sources=3)))
    assert "The model failed" in shown
    assert "3 independent sources agree." in shown
    assert "Supports this in part." in words(one(replace(KEPT, citations=(citation(support="partial"),))))


def test_what_the_question_itself_limited_the_search_to() -> None:
    assert UNDERSTOOD.told in words(one(replace(KEPT, understood_filters=UNDERSTOOD)))
    nothing = no_answer(text=f"The articles don't say. {UNDERSTOOD.told}", nearest=(), understood_filters=UNDERSTOOD)
    nothing = replace(nothing, searched=Searched(0, 0))
    assert words(one(nothing)).startswith(f"The articles don't say. {UNDERSTOOD.told}No article passes.")


def test_the_filters_that_it_was_asked_with() -> None:
    shown = one(replace(KEPT, given_filters=GIVEN, understood_filters=UNDERSTOOD))
    assert f"{QUOTE} [1]{GIVEN.told}{UNDERSTOOD.told}[1]" in words(shown)
    assert shown["text"].startswith(f"{QUOTE} [1]\n{GIVEN.told}\n{UNDERSTOOD.told}\n")
    nothing = no_answer(text="The articles don't say.", nearest=(), searched=Searched(0, 0), given_filters=GIVEN)
    assert words(one(nothing)).startswith(f"The articles don't say.{GIVEN.told}No article passes.")
    assert one(nothing)["text"] == f"The articles don't say. No article passes.\n{GIVEN.told}"
    unclear = one(no_answer(reason="unclear", text="Who is meant?", given_filters=GIVEN))
    assert words(unclear).startswith(f"Who is meant?{GIVEN.told}")


def test_articles_in_another_language_are_said_to_be() -> None:
    told = "The articles that come nearest are in German, and the question is not. Ask in German."
    shown = words(one(no_answer(text=told, nearest=(), other_languages=("de",))))
    assert shown.startswith(f"{told}Searched: 2 passages of 1 article.")


def test_a_source_that_was_deleted_shows_no_word_of_it() -> None:
    gone = citation(gone=True, quote="(deleted)", title=None, url=None)
    shown = one(replace(KEPT, citations=(gone,)))
    assert "[1] The article was deleted." in words(shown)
    assert links(shown) == []


def test_no_answer_says_what_was_searched_and_the_nearest_passages() -> None:
    shown = one(no_answer())
    told = words(shown)
    assert told.startswith(
        "The articles don't say.Nothing in them bears on the question. Searched: 2 passages of 1 article."
    )
    assert "The nearest passages:In airlift-1f0a9c3d (undated)The last flight has left." in told
    assert shown["text"].startswith("The articles don't say. Nothing in them")


def test_an_empty_library_is_told() -> None:
    empty = no_answer(nearest=())
    assert "The library holds no articles yet." in words(
        one(replace(empty, searched=replace(empty.searched, articles=0)))
    )


def test_what_is_unclear_is_asked_back_with_buttons() -> None:
    unclear = no_answer(
        reason="unclear", text="Whom do you mean?", suggestions=("What did A say?", "x" * 500, "y" * 2001)
    )
    shown = one(unclear)
    assert words(shown) == "Whom do you mean?"
    (block,) = [block for block in shown["blocks"] if block["type"] == "actions"]
    assert [(button["action_id"], button["value"][:20]) for button in block["elements"]] == [
        ("suggest_0", "What did A say?"),
        ("suggest_1", "x" * 20),
    ]
    assert "What did A say?" in shown["text"]
    (block,) = [block for block in one(unclear, Offered(private="1.2"))["blocks"] if block["type"] == "actions"]
    assert block["block_id"] == "in:1.2"


def test_the_sources_tell_their_place_and_who_else_reports() -> None:
    other = Excerpt("b", 1, "Elsewhere", None, "Wire", None, "Fifteen thousand.", 0, 17)
    shown = source_blocks(replace(KEPT, citations=(citation(also_in=(other,)),)))
    check_blocks(shown, 100)
    told = words({"blocks": shown})
    assert "Characters 26 to 85 of its text, revision 1." in told
    assert "Also in Elsewhere (Wire, undated)Fifteen thousand." in told


def test_a_long_answer_is_in_several_messages_and_loses_nothing() -> None:
    quote = "word & <other> " * 500
    many = tuple(citation(marker=number, quote=quote) for number in range(1, 9))
    messages = answer_messages(replace(KEPT, citations=many), Offered())
    assert len(messages) > 1
    for message in messages:
        check_message(sent(message))
    told = "".join(words(sent(message)) for message in messages)
    assert told.count(quote.strip()) == 8


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_shown_and_does_nothing(text: str) -> None:
    hostile = citation(title=text, source=text, url=text, quote=text, published_at=text)
    near = Excerpt("a", 1, text, text, text, text, text, 0, 1)
    figures = tuple(Figure(number, text, text, (1,), text, text) for number in (1, 2))
    answers = [
        replace(KEPT, text=f"{text} [1]", citations=(hostile,), figures=figures),
        no_answer(nearest=(near,)),
        no_answer(reason="unclear", text=text, suggestions=(text, text)),
    ]
    for given in answers:
        for message in (*answer_messages(given, Offered()), said(text), provisional(text)):
            check_message(sent(message))
            assert mentions(sent(message)) == []
            for url, label in links(sent(message)):
                assert url == text
                assert label in {text, "[1]"}


@pytest.mark.parametrize("url", URLS)
def test_a_hostile_address_is_no_link(url: str) -> None:
    assert links(one(replace(KEPT, citations=(citation(url=url),)))) == []


def test_the_words_alone_are_never_too_long() -> None:
    assert len(fallback(replace(KEPT, text="word " * 2000))) <= MAX_FALLBACK
