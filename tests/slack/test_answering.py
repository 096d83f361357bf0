"""What people expect of the bot, each by name: the real app, a Slack of our own, and a real service."""

import pytest

from tests.api.web.site import CAPITALS, HOW_MANY, QUOTE, UNKNOWN, Site
from tests.slack.bots import Bot
from tests.slack.people import People, acknowledged, until
from tests.slack.server import Server
from tests.slack.validation import words
from tests.slack.waiting import ANN, BOB, CHANNEL, PRIVATE, answers, private_answer, quiet, said
from vectorstore.records import Article, Source

ANSWER = "In Operation Pitting, 15,000 people were evacuated from Kabul. [1]"


@pytest.mark.parametrize("channel", [CHANNEL, PRIVATE])
def test_a_mention_is_answered_in_its_thread(bot: Bot, people: People, channel: str) -> None:
    asked = people.ask(channel, ANN, HOW_MANY)
    (answer,) = answers(people, channel, asked)
    assert answer.thread_ts == asked
    assert said(answer).startswith(ANSWER)
    assert QUOTE in said(answer)
    assert (answer.unfurl_links, answer.unfurl_media) == (False, False)
    assert "15,000 people" in answer.text
    assert [call.args["name"] for call in people.space.called("reactions.add")] == ["eyes"]
    assert [call.args["timestamp"] for call in people.space.called("reactions.remove")] == [asked]


def test_a_direct_message_is_answered_in_its_thread(bot: Bot, people: People) -> None:
    channel = people.space.direct(ANN)
    asked = people.say(channel, ANN, HOW_MANY)
    (answer,) = answers(people, channel, asked)
    assert (answer.thread_ts, said(answer).startswith(ANSWER)) == (asked, True)


def test_the_pane_greets_suggests_shows_that_it_works_and_has_a_title(bot: Bot, people: People) -> None:
    channel, thread = people.open_pane(ANN)
    prompts = until(lambda: people.space.prompts.get((channel, thread)))
    assert [one["title"] for one in prompts] == ["The airlift ends ✈️", "Kandahar is lost", "Two more cities fall"]
    greeting = people.space.replies(channel, thread)[-1]
    assert greeting.text.startswith("Ask me about the news")
    people.say(channel, ANN, HOW_MANY, thread)
    until(lambda: any("15,000" in one.text for one in people.space.replies(channel, thread)))
    until(lambda: people.space.titles.get((channel, thread)) == HOW_MANY)
    statuses = until(
        lambda: people.space.statuses[channel, thread][-1:] == [""] and people.space.statuses[channel, thread]
    )
    assert statuses[0] == "is looking through the articles…"
    assert people.space.called("reactions.add") == []


def test_the_prompts_of_the_pane_can_be_answered(bot: Bot, people: People) -> None:
    channel, thread = people.open_pane(ANN)
    prompts = until(lambda: people.space.prompts.get((channel, thread)))
    people.say(channel, ANN, prompts[1]["message"], thread)
    until(lambda: any("[1]" in one.text for one in people.space.replies(channel, thread)))


def test_a_slash_command_is_answered_privately_and_shared_once(bot: Bot, people: People) -> None:
    name = people.command(CHANNEL, ANN, HOW_MANY)
    assert private_answer(people, name).startswith(ANSWER)
    (told,) = people.space.responses[name]
    assert (told["response_type"], told["replace_original"]) == ("ephemeral", True)
    assert people.space.called("chat.postMessage") == []
    first = people.press_privately(told, "share", ANN, CHANNEL)
    shared = until(lambda: people.space.responses[first])[-1]
    assert (shared["response_type"], shared["unfurl_links"]) == ("in_channel", False)
    assert words(shared).startswith(f"Asked: {HOW_MANY}{ANSWER}")
    again = people.press_privately(told, "share", ANN, CHANNEL)
    assert private_answer(people, again) == "This answer was shared already."


def test_a_command_says_at_once_that_it_was_heard(bot: Bot, people: People, slack: Server) -> None:
    people.command(CHANNEL, ANN, HOW_MANY)
    (envelope,) = slack.envelopes.values()
    acknowledged(envelope)
    assert (envelope.answer or {})["text"] == "Looking through the articles…"
    people.command(CHANNEL, ANN, "  ")
    empty = list(slack.envelopes.values())[-1]
    acknowledged(empty)
    assert (envelope.answer or {}) != empty.answer
    assert "Ask me something" in (empty.answer or {})["text"]


def test_figures_that_differ_are_listed_by_date(bot: Bot, people: People) -> None:
    (answer,) = answers(people, CHANNEL, people.ask(CHANNEL, ANN, CAPITALS))
    shown = said(answer)
    assert shown.index("11 provincial capitals (Clydebank Dispatch, 2021-08-12)") < shown.index(
        "14 provincial capitals (Meridian Wire, 2021-08-13)"
    )


def test_no_answer_says_what_was_searched(bot: Bot, people: People) -> None:
    (answer,) = answers(people, CHANNEL, people.ask(CHANNEL, ANN, UNKNOWN))
    assert "The articles don't say." in said(answer)
    assert "of 3 articles." in said(answer)


def test_a_mention_without_a_question_is_told_how_to_ask(bot: Bot, people: People) -> None:
    (answer,) = answers(people, CHANNEL, people.say(CHANNEL, ANN, "<@UBOT00001>"))
    assert "Ask me something about the news" in said(answer)


def test_what_is_too_long_is_told(bot: Bot, people: People) -> None:
    (answer,) = answers(people, CHANNEL, people.ask(CHANNEL, ANN, "why " * 600))
    assert "2,000" in said(answer)


def test_a_thread_is_one_conversation_and_needs_no_new_mention(bot: Bot, people: People, site: Site) -> None:
    before = site.engine.conversations.page(500).total
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    answers(people, CHANNEL, asked)
    people.say(CHANNEL, BOB, "from where?", asked)
    answers(people, CHANNEL, asked, 2)
    page = site.engine.conversations.page(500)
    assert page.total == before + 1
    turns = site.engine.conversations.conversation(page.items[0].id).turns
    assert [(turn.question, turn.asker) for turn in turns] == [(HOW_MANY, ANN), ("from where?", BOB)]
    assert turns[1].answer.standalone_question != "from where?"


def test_the_bot_is_silent_where_it_is_not_spoken_to(bot: Bot, people: People) -> None:
    elsewhere = people.say(CHANNEL, ANN, HOW_MANY)
    people.say(CHANNEL, BOB, HOW_MANY, elsewhere)
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    answers(people, CHANNEL, asked)
    people.say(CHANNEL, BOB, f"<@{ANN}> {HOW_MANY}", asked)
    people.say(CHANNEL, "UBOT00001", HOW_MANY, asked)
    people.say(CHANNEL, BOB, HOW_MANY, asked, bot_id="BOTHER001")
    people.say(CHANNEL, BOB, HOW_MANY, asked, subtype="channel_join")
    quiet(people)
    assert people.space.replies(CHANNEL, elsewhere) == []
    assert len(people.space.replies(CHANNEL, asked)) == 1


def test_the_sources_are_shown_in_a_window(bot: Bot, people: People) -> None:
    (answer,) = answers(people, CHANNEL, people.ask(CHANNEL, ANN, HOW_MANY))
    people.press(answer, "sources", BOB)
    view = until(lambda: next((one for one in people.space.views.values() if QUOTE in words(one)), None))
    assert "of its text, revision 1." in words(view)
    assert len(people.space.called("views.open")) == len(people.space.called("views.update")) == 1


@pytest.mark.parametrize(("button", "verdict"), [("feedback:positive", "up"), ("feedback:negative", "down")])
def test_feedback_is_kept_by_the_service(bot: Bot, people: People, site: Site, button: str, verdict: str) -> None:
    (answer,) = answers(people, CHANNEL, people.ask(CHANNEL, ANN, HOW_MANY))
    name = people.press(answer, button, BOB)
    assert private_answer(people, name) == "Thank you, that is noted."
    judged = site.engine.feedback.page(1).items[0]
    assert (judged.verdict, judged.asker, judged.question) == (verdict, BOB, HOW_MANY)


def test_feedback_on_what_is_not_kept_any_more_is_told(bot: Bot, people: People, site: Site) -> None:
    (answer,) = answers(people, CHANNEL, people.ask(CHANNEL, ANN, HOW_MANY))
    site.engine.conversations.delete(site.engine.conversations.page(1).items[0].id)
    assert private_answer(people, people.press(answer, "feedback:positive", BOB)) == "That answer is not kept any more."
    people.press(answer, "sources", BOB)
    until(lambda: any("not kept any more" in words(one) for one in people.space.views.values()))


def test_what_is_unclear_is_asked_back_and_a_suggestion_is_asked(bot: Bot, people: People, site: Site) -> None:
    with_two_men = Article(
        "id:men", "Nick Carter warned Ben Wallace about Kabul on Monday.", "A warning", source="The Example"
    )
    site.engine.store.ingest([Source("men", with_two_men)])
    asked = people.ask(CHANNEL, ANN, "Did Nick Carter warn Ben Wallace?")
    answers(people, CHANNEL, asked)
    people.say(CHANNEL, ANN, "What did he say?", asked)
    unclear = answers(people, CHANNEL, asked, 2)[1]
    (block,) = [block for block in unclear.blocks if block["type"] == "actions"]
    suggested = block["elements"][0]["value"]
    assert "Carter" in suggested
    people.press(unclear, "suggest_0", BOB)
    people.press(unclear, "suggest_0", BOB)
    answers(people, CHANNEL, asked, 3)
    quiet(people)
    answers(people, CHANNEL, asked, 3)
    turns = site.engine.conversations.conversation(site.engine.conversations.page(2).items[1].id).turns
    assert [(turn.question, turn.asker) for turn in turns][2:] == [(suggested, BOB)]


def test_the_home_tab_tells_what_is_known_and_for_whom(bot: Bot, people: People) -> None:
    people.open_home(ANN)
    shown = words(until(lambda: people.space.homes.get(ANN)))
    for told in ("3 articles.", "The airlift ends", "Clydebank Dispatch, Meridian Wire, The Example", "can read all"):
        assert told in shown


def test_an_edited_question_is_answered_anew_in_place(bot: Bot, people: People, site: Site) -> None:
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    (answer,) = answers(people, CHANNEL, asked)
    people.edit(CHANNEL, asked, f"<@UBOT00001> {CAPITALS}")
    until(lambda: "14 provincial capitals" in said(answer))
    assert answers(people, CHANNEL, asked) == [answer]
    turns = site.engine.conversations.conversation(site.engine.conversations.page(1).items[0].id).turns
    assert [turn.question for turn in turns] == [CAPITALS]


def test_a_question_edited_after_five_minutes_is_left_alone(bot: Bot, people: People) -> None:
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    answers(people, CHANNEL, asked)
    people.edit(CHANNEL, asked, f"<@UBOT00001> {CAPITALS}", later_s=301)
    quiet(people)
    (answer,) = answers(people, CHANNEL, asked)
    assert said(answer).startswith(ANSWER)


def test_a_mention_that_an_edit_brings_is_answered(bot: Bot, people: People) -> None:
    asked = people.say(CHANNEL, ANN, HOW_MANY)
    said_now = people.space.messages[CHANNEL, asked]
    said_now.text = f"<@UBOT00001> {HOW_MANY}"
    people.event({**said_now.as_json(), "type": "app_mention", "channel": CHANNEL, "edited": {"ts": "9999999999.1"}})
    (answer,) = answers(people, CHANNEL, asked)
    assert said(answer).startswith(ANSWER)
