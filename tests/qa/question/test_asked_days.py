from datetime import date

import pytest

from qa.question.asked_days import DayLimit, day_limits, names_days

DAYS = (date(2024, 6, 1), date(2024, 6, 9))
YEARS = (date(2021, 1, 1), date(2024, 6, 9))


def sides(question: str, days: tuple[date, date] = DAYS) -> list[tuple[str, str]]:
    return [(str(limit.since), str(limit.until)) for limit in day_limits(question, days)]


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("How many people had been killed by 2 June 2024?", None, "2024-06-02"),
        ("By June 2, 2024, how many had died?", None, "2024-06-02"),
        ("How many had died by the evening of 2 June 2024?", None, "2024-06-02"),
        ("How many were missing as of 2 June 2024?", None, "2024-06-02"),
        ("How many had died by 2 June?", None, "2024-06-02"),
        ("How many had died on or before 2024-06-02?", None, "2024-06-02"),
        ("How many had died before 3 June 2024?", None, "2024-06-02"),
        ("How many had died by the end of May 2024?", None, "2024-05-31"),
        ("How many had died before June 2024?", None, "2024-05-31"),
        ("How many have died since 2 June 2024?", "2024-06-02", None),
        ("How many have died since May 2024?", "2024-05-01", None),
        ("Who resigned after 2 June 2024?", "2024-06-03", None),
        ("Who resigned after May 2024?", "2024-06-01", None),
        ("What do articles from May 2024 say of the ferry?", "2024-05-01", "2024-05-31"),
        ("Wie viele Menschen waren bis zum 2. Juni 2024 gestorben?", None, "2024-06-02"),
        ("Combien de personnes étaient mortes avant le 3 juin 2024 ?", None, "2024-06-02"),
        ("¿Cuántas personas habían muerto antes del 3 de junio de 2024?", None, "2024-06-02"),
        ("Quante persone erano morte prima del 3 giugno 2024?", None, "2024-06-02"),
        ("Quantas pessoas morreram desde 2 de junho de 2024?", "2024-06-02", None),
        ("Hoeveel mensen zijn er sinds 2 juni 2024 overleden?", "2024-06-02", None),
    ],
)
def test_what_was_known_by_a_day_or_came_after_it(question: str, since: str | None, until: str | None) -> None:
    assert sides(question) == [(str(since), str(until))]


@pytest.mark.parametrize(
    "question",
    [
        "How many people were killed on 2 June 2024?",
        "How many people were killed in May 2024?",
        "What happened between 1 and 5 June 2024?",
        "Who must have left by 2 June 2024?",
        "How many troops will leave by 2 June 2024?",
        "Which minister promised on Monday to resign by 2 June 2024?",
        "What damage was done by the 2 June 2024 attack?",
        "What happened two days before 2 June 2024?",
        "Why was it not rescued until 2 June 2024?",
        "What is the worst disaster since 2 June 2024?",
        "Who had ruled the island by 1 May 1836?",
        "Who governed the town before 2 June 1944?",
        "How many had died by 05/06/2024?",
        "How many were hired by 2 firms?",
        "What was signed by 12 March Group?",
    ],
)
def test_when_something_happened_or_will_limits_nothing(question: str) -> None:
    assert sides(question) == []


def test_a_day_without_a_year_is_of_the_year_of_the_articles_or_not_read() -> None:
    assert sides("How many had died by 2 June?", (date(2023, 12, 1), date(2024, 6, 9))) == [("None", "2024-06-02")]
    assert sides("How many had died by 2 June?", YEARS) == []


def test_days_at_the_ends_of_the_calendar_break_nothing() -> None:
    assert sides("How many had died by 2 June 2024?", (date.min, date.max)) == [("None", "2024-06-02")]
    assert sides("How many had died by 31 February 2024?", (date.min, date.max)) == []
    assert sides("How many had died by 2 June?", (date.min, date.min)) == []


def test_both_sides_and_where_they_stand() -> None:
    question = "Who resigned after 2 June 2024 and before 5 June 2024?"
    assert day_limits(question, YEARS) == [
        DayLimit(13, 30, date(2024, 6, 3), None),
        DayLimit(35, 53, None, date(2024, 6, 4)),
    ]
    assert names_days(question)
    assert not names_days("Who resigned by then?")
