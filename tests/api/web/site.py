"""What the page is tried on: a service, its articles, and questions with known answers."""

from dataclasses import dataclass

from qa.engine import Engine
from qa.records import Answer
from vectorstore.records import Article

HOW_MANY = "How many people were evacuated from Kabul?"
QUOTE = "In Operation Pitting, 15,000 people were evacuated from Kabul."
CAPITALS = "How many provincial capitals have fallen to the Taliban?"
UNKNOWN = "Who won the cup in Lisbon?"

ARTICLES = (
    Article(
        key="id:airlift",
        title="The airlift ends ✈️",
        source="The Example",
        url="https://news.example/airlift",
        published_at="2021-08-29",
        # characters that JavaScript counts as two, before and in what is cited
        text="🛩️🇬🇧 𝔗𝔥𝔢 last flight has left Kabul.\n\n"
        + "The crews were tired 😮‍💨.\n\n" * 40
        + QUOTE
        + " 🎌 They are safe.",
    ),
    Article(
        key="id:eleven",
        title="Two more cities fall",
        source="Clydebank Dispatch",
        published_at="2021-08-12",
        text="In under a week the Taliban have captured 11 provincial capitals. The army has withdrawn to Kabul.",
    ),
    Article(
        key="id:fourteen",
        title="Kandahar is lost",
        source="Meridian Wire",
        published_at="2021-08-13",
        text="The Taliban have captured 14 provincial capitals so far. Kandahar fell during the night.",
    ),
)


@dataclass(frozen=True)
class Site:
    """A running service."""

    url: str
    engine: Engine

    def keep(self, *answers: Answer) -> str:
        """A conversation of these answers, as if they had been given: its id."""
        conversation = self.engine.conversations.start().id
        for answer in answers:
            self.engine.conversations.add(conversation, answer.question, None, answer)
        return conversation
