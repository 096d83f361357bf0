from dataclasses import dataclass
from datetime import date

from qa.question.asked_filters import limited
from vectorstore.records import Filters


@dataclass
class FakeLibrary:
    """asked: what was looked up."""

    published: tuple[date, date] | None = (date(2024, 6, 1), date(2024, 6, 9))
    asked: int = 0

    def sources(self) -> tuple[str, ...]:
        self.asked += 1
        return ("The National", "Post")

    def days(self) -> tuple[date, date] | None:
        self.asked += 1
        return self.published


def test_the_words_become_filters_and_leave_the_question() -> None:
    found = limited("According to The National, how many had died by 2 June 2024?", Filters(), FakeLibrary())
    assert found.question == "How many had died?"
    assert found.filters == Filters(until=date(2024, 6, 2), sources=("The National",))
    assert found.understood
    assert (found.understood.until, found.understood.sources) == ("2024-06-02", ("The National",))
    assert found.understood.told == "Only articles of The National until 2 June 2024, as the question says."


def test_what_is_given_wins() -> None:
    given = Filters(since=date(2024, 1, 1))
    timed = limited("How many had died by 2 June 2024?", given, FakeLibrary())
    assert (timed.question, timed.filters, timed.understood) == ("How many had died by 2 June 2024?", given, None)
    both = limited("How many had died by 2 June 2024, according to Post?", given, FakeLibrary())
    assert both.filters == Filters(since=date(2024, 1, 1), sources=("Post",))
    other = Filters(sources=("The National",))
    assert limited("How many died, according to Post?", other, FakeLibrary()).filters == other


def test_days_that_end_before_they_begin_and_undated_articles_limit_nothing() -> None:
    turned = "Who resigned after 5 June 2024 and before 2 June 2024?"
    assert limited(turned, Filters(), FakeLibrary()).understood is None
    assert limited("How many had died by 2 June 2024?", Filters(), FakeLibrary(published=None)).understood is None


def test_a_question_that_names_nothing_costs_no_look_at_the_library() -> None:
    library = FakeLibrary()
    plain = limited("How many were killed on 2 June 2024?", Filters(), library)
    assert (plain.question, plain.understood, library.asked) == ("How many were killed on 2 June 2024?", None, 0)


def test_a_question_of_nothing_else_keeps_its_words() -> None:
    found = limited("What had happened by 2 June 2024?", Filters(), FakeLibrary())
    assert found.filters.until == date(2024, 6, 2)
    assert found.question == "What had happened?"
    bare = limited("And by 2 June 2024?", Filters(), FakeLibrary())
    assert (bare.question, bare.filters.until) == ("And by 2 June 2024?", date(2024, 6, 2))
