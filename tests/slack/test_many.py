"""Twenty people in twenty threads at once, three of them in one: nothing is mixed up."""

import pytest

from tests.api.web.site import Site
from tests.slack.bots import Bot
from tests.slack.people import People
from tests.slack.waiting import answers, said
from vectorstore.records import Article, Source

CHANNEL = "C00000001"
TOWNS = ["Avon", "Brant", "Corran", "Dunmore", "Elgin", "Farleigh", "Girvan", "Huntly", "Irvine", "Jedburgh", "Kelso",
         "Lanark", "Moffat", "Nairn", "Oban", "Peebles", "Quarff", "Renfrew", "Selkirk", "Tain"]  # fmt: skip


@pytest.fixture
def towns(site: Site) -> None:
    site.engine.store.ingest(
        Source(
            town,
            Article(
                f"id:{town}",
                f"The mayor of {town} said that {number + 101} people were evacuated from {town} on Monday.",
                f"Flood in {town}",
                source="The Example",
            ),
        )
        for number, town in enumerate(TOWNS)
    )


def test_nothing_is_mixed_up(bot: Bot, people: People, towns: None) -> None:
    asked = {
        town: people.ask(CHANNEL, f"U{town.upper()}", f"How many people were evacuated from {town}?") for town in TOWNS
    }
    for number, town in enumerate(TOWNS):
        (answer,) = answers(people, CHANNEL, asked[town])
        assert f"{number + 101} people" in said(answer), town


def test_follow_ups_lean_on_the_right_person(bot: Bot, people: People, towns: None, site: Site) -> None:
    three = TOWNS[:3]
    thread = people.ask(CHANNEL, f"U{three[0].upper()}", f"How many people were evacuated from {three[0]}?")
    answers(people, CHANNEL, thread)
    for town in three[1:]:
        people.say(CHANNEL, f"U{town.upper()}", f"How many people were evacuated from {town}?", thread)
    answers(people, CHANNEL, thread, 3)
    for town in three:
        people.say(CHANNEL, f"U{town.upper()}", "when were they evacuated?", thread)
    answers(people, CHANNEL, thread, 6)
    turns = site.engine.conversations.conversation(site.engine.conversations.page(1).items[0].id).turns
    told = {turn.asker: turn.answer.text for turn in turns[3:]}
    for town in three:
        assert told[f"U{town.upper()}"].startswith(f"The mayor of {town} said")
