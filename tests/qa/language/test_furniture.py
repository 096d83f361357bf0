from pathlib import Path

import pytest

from qa.language.furniture import is_furniture, signs_of
from qa.training.linear import lessons_of
from qa.training.train_furniture import LESSONS

MEASURED = Path(__file__).with_name("furniture_measured.tsv")


def told(line: str) -> bool:
    return is_furniture(line, line)


def test_most_furniture_that_was_not_learned_from_is_told_and_hardly_a_report_is() -> None:
    furniture, reports = lessons_of(MEASURED)
    assert sum(map(told, furniture)) >= 0.9 * len(furniture)
    assert sum(map(told, reports)) <= 0.02 * len(reports)


def test_nothing_is_measured_with_that_was_learned_from() -> None:
    assert not {one for some in lessons_of(MEASURED) for one in some} & {
        one for some in lessons_of(LESSONS) for one in some
    }


@pytest.mark.parametrize(
    "line",
    [
        "Prev Next",
        "LIVE UPDATES",
        "By Anna Keller and Raj Patel",
        "Read more: Five things to know about the strike",
        "This article was amended on 12 May 2021.",
        "Follow BBC News on Facebook, on Twitter, or on Instagram.",
        "Story continues below",
        "6 min read",
        "31 Comments",
        "Anna Keller/AFP/Getty Images",
        "Contributing: Anna Keller, Associated Press",
        "Sign up for our free newsletter and get the week's best stories.",
    ],
)
def test_what_stands_on_a_page_and_reports_nothing(line: str) -> None:
    assert told(line)


@pytest.mark.parametrize(
    "line",
    [
        "Subscribers to the newsletter rose to 52,000.",
        "The photograph shows two women at a well.",
        "More than 70 people were killed, the ministry said.",
        "“Your vote counts,” she told the crowd.",
        "Flood kills 12 in Lagos",
        "Turnout: 64%",
        "Unemployment",
        "He left.",
        "US-led forces took the airport.",
        "Twitter was bought for $44bn.",
    ],
)
def test_what_reports_or_may_head_a_report(line: str) -> None:
    assert not told(line)


def test_a_sentence_is_told_with_its_line_but_not_by_it_alone() -> None:
    caption = "A boat lies at the pier in Oslo."
    assert is_furniture(caption, f"FILE PHOTO: {caption} REUTERS/Anna Keller")
    assert not told(caption)
    report = "Nine people were killed and 40 were injured, the police said on Monday."
    assert not is_furniture(report, f"{report} (Reporting by Anna Keller; Editing by Raj Patel)")


def test_a_line_is_seen_by_its_words_its_end_and_its_form() -> None:
    signs = signs_of("Read 5 MORE:")
    assert {"read", "#", "^ read", "more :", "words3", "forma#A:", "^ read end:"} <= signs
    assert signs_of("US") != signs_of("us")
