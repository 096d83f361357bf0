import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.dates import head_date, iso_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2021, 8, 13), "2021-08-13"),
        (datetime(2021, 8, 13, 10, 30, tzinfo=UTC), "2021-08-13T10:30:00+00:00"),
        (datetime(2021, 8, 13, 10, 30), "2021-08-13"),  # as YAML gives it
        ("2021-08-13", "2021-08-13"),
        ("20210813", "2021-08-13"),
        (" 2021-08-13T10:30:00Z ", "2021-08-13T10:30:00+00:00"),
        ("2021-08-13T10:30:00+04:30", "2021-08-13T10:30:00+04:30"),
        ("2021-08-13 10:30", "2021-08-13"),
        ("Fri, 13 Aug 2021 10:30:00 +0100", "2021-08-13T10:30:00+01:00"),
        ("13 August 2021", "2021-08-13"),
        ("Friday, 13th August 2021", "2021-08-13"),
        ("Aug. 13, 2021, 5 p.m. ET", "2021-08-13"),
        ("13 août 2021", "2021-08-13"),
        ("13/08/2021", "2021-08-13"),
        ("08/13/2021", "2021-08-13"),
        ("13.08.2021", "2021-08-13"),
        ("2021/08/13", "2021-08-13"),
        ("05/06/2021", None),
        ("31/02/2021", None),
        ("2021-13-01", None),
        ("August 2021", None),
        ("2021", None),
        ("yesterday", None),
        ("13 August", None),
        ("", None),
        (None, None),
        (1628812800, None),
        (True, None),
        (["2021-08-13"], None),
    ],
)
def test_dates_of_fields(value: object, expected: str | None) -> None:
    assert iso_date(value) == expected


@given(st.text(max_size=80) | st.from_regex(r"\A[0-9]{1,4}[ ./-][0-9A-Za-z]{1,9}[ ./-][0-9]{1,4}\Z"))
def test_any_field_is_a_date_or_none(value: str) -> None:
    found = iso_date(value)
    assert found is None or datetime.fromisoformat(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" date 2021-08-13 As the Taliban advance", "2021-08-13"),
        ("Date: 2021-08-13T10:30:00Z As the Taliban advance", "2021-08-13T10:30:00+00:00"),
        ("Published: 13 August 2021\n\nTroops went.", "2021-08-13"),
        ("Troops Sent\r\nPublished on Friday 13 August 2021 at 10:30\r\n\r\nTroops went.", "2021-08-13"),
        ("Troops Sent\n\nFRIDAY, AUG. 13, 2021 | 10:30 BST\n\nTroops went.", "2021-08-13"),
        ("Troops Sent\nBy Our Reporter\n13 August 2021\nTroops went.", "2021-08-13"),
        ("2021-08-13\nTroops went.", "2021-08-13"),
        ("Troops went on 13 August 2021 to Kabul.", None),
        ("13 August 2021 was the day on which Kandahar fell.", None),
        ("The war ends by September 11.", None),
        ("One.\nTwo.\nThree.\nFour.\n13 August 2021\n", None),
        ("Date: soon\nTroops went.", None),
        ("05/06/2021\nTroops went.", None),
        ("", None),
    ],
)
def test_dates_at_the_head_of_a_text(text: str, expected: str | None) -> None:
    mark = head_date(text)
    assert (mark.published_at if mark else None) == expected


@given(st.text(max_size=200))
def test_the_mark_is_a_stretch_of_the_text(text: str) -> None:
    mark = head_date(text + "\n13 August 2021\n")
    assert mark is None or "2021" in (text + "\n13 August 2021\n")[mark.start : mark.end]


def test_a_line_too_long_to_be_looked_at_whole_is_no_date() -> None:
    assert head_date("13 August 2021" + " " * 5_000 + "was the day.") is None


@pytest.mark.parametrize("label", ["date", "published on", "first ", "date published", "\n", "13 august 2021"])
@pytest.mark.parametrize("space", [" ", "\t", " \n", ","])
def test_a_long_gap_costs_no_time(label: str, space: str) -> None:
    start = time.process_time()
    head_date(label + space * 20_000 + "x")
    assert time.process_time() - start < 0.5
