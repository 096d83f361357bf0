import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.rows import aloud, place_aloud, row_at, rows_of
from vectorstore.sentences import split_sentences

BARS = "District | Seats | Turnout\nNorth | 14 | 61%\nEast | 11 | 66%"
OFFICES = ["Name: Anna Berg; Office: Governor", "Name: Tom Brand; Office: Rival"]
READ = ["District: North; Seats: 14; Turnout: 61%", "District: East; Seats: 11; Turnout: 66%"]


def readings(text: str) -> list[str]:
    return [row.reading for row in rows_of(text) if not row.head]


@pytest.mark.parametrize(
    "table",
    [
        BARS,
        "| District | Seats | Turnout |\n|:---|---:|---|\n| North | 14 | 61% |\n| East | 11 | 66% |",
        "| District | Seats | Turnout |\n| --- | --- | --- |\n|North|14|61%|\n|East|11|66%|",
        BARS.replace("\n", "\n\n"),
        "Results | |\nDistrict | Seats | Turnout\nNorth | 14 | 61%\nEast | 11 | 66%".replace(
            "Results | |", "| Results | | |"
        ),
        "District     Seats   Turnout\nNorth           14       61%\nEast            11       66%",
        "District     Seats   Turnout\n--------------------------\nNorth        14      61%\nEast         11      66%",
        "District\tSeats\tTurnout\nNorth\t14\t61%\nEast\t11\t66%",
        "District,Seats,Turnout\nNorth,14,61%\nEast,11,66%",
        'District, Seats, Turnout\n"North", 14, 61%\n"East", 11, 66%',
        "District;Seats;Turnout\nNorth;14;61%\nEast;11;66%",
        "District | Seats | Turnout (%)\nNorth | 14 | 61\nEast | 11 | 66",
    ],
)
def test_a_row_is_read_with_what_its_columns_are_called(table: str) -> None:
    text = f"The council met on Monday.\n\n{table}\n\nIt will meet again."
    assert readings(text) == READ
    for row in rows_of(text):
        assert text[row.start : row.end].strip() == text[row.start : row.end] != ""
        assert "\n" not in text[row.start : row.end]
    quotes = [text[row.start : row.end] for row in rows_of(text) if not row.head]
    assert ["North" in quotes[0], "East" in quotes[1]] == [True, True]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Country | 2019 | 2024\nFrance | 12 | 14", ["Country: France; 2019: 12; 2024: 14"]),
        (
            "|  | Seats | Turnout |\n|---|---|---|\n| East |  | 66% |\n| West | 3 | 5% |",
            ["East; Turnout: 66%", "West; Seats: 3; Turnout: 5%"],
        ),
        (
            "Station      Rain    Wind\nCalder        112      40\nNorwick                95\nHolm           64",
            ["Station: Calder; Rain: 112; Wind: 40", "Station: Norwick; Wind: 95", "Station: Holm; Rain: 64"],
        ),
        ("Seats | 14\nTurnout | 61%", ["Seats: 14", "Turnout: 61%"]),
        ("Name          Office\nAnna Berg     Governor\nTom Brand     Rival", OFFICES),
        ("Name | Office\nAnna Berg | Governor\nTom Brand | Rival", OFFICES),
        ("14 | 61% | x\n11 | 66% | y", ["14; 61%; x", "11; 66%; y"]),
        (r"a | b\|c" + "\n1 | 2\n3 | 4", ["a: 1; b|c: 2", "a: 3; b|c: 4"]),
    ],
)
def test_other_heads_and_none(table: str, expected: list[str]) -> None:
    assert readings(table) == expected


@pytest.mark.parametrize(
    "prose",
    [
        "He came.  She left.  They\nwere two.  It was late.  And\nthen.  Nothing.  More.\n",
        "In 2019, Ann, 34, and Bob\nwent to Rome, Paris, London\nand came home, in 2020, alone\n",
        "First, a dog, a cat.\nThen, a cow, a pig.\nThen, 2 hens, a goat.",
        "Roses are red\nViolets are blue\nSugar is sweet",
        "Home | News | Sport",
        "He said: the bill\nis dead; it was | 4 years\nold",
        "Mary Smith      12 May 2024",
        "Ann, Bob, Carl\nDan, Eve, Frank\nGil, Hal, Ivy",
    ],
)
def test_prose_is_no_table(prose: str) -> None:
    assert rows_of(prose) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dead are:\n\n- Anna, 34\n- Tom, 51\n\nMore.", ["The dead are: Anna, 34", "The dead are: Tom, 51"]),
        ("It named two. **They are:**\n1. Anna\n\n2) Tom", ["They are: Anna", "They are: Tom"]),
        ("## The dead:\n• Anna Berg,\n  a nurse\n• Tom\nMore.", ["The dead: Anna Berg, a nurse", "The dead: Tom"]),
        ("The dead are:\n- Anna. She was a nurse.\n- Tom", ["The dead are: Tom"]),
        ("The dead were named.\n- Anna\n- Tom", []),
        ("The dead are:\nNobody knows.\n- Anna", []),
    ],
)
def test_an_item_is_read_with_the_line_that_introduces_its_list(text: str, expected: list[str]) -> None:
    assert readings(text) == expected


def test_a_row_is_one_sentence_whatever_it_holds() -> None:
    text = "They met.\n\nplace | seats\nst. louis. mo | 14\ncalder! why? | 11"
    found = [text[span.start : span.end] for span in split_sentences(text)]
    assert found == text.replace("\n\n", "\n").split("\n")
    at = text.index("calder")
    assert [(span.start, span.end) for span in split_sentences(text, at)] == [(at, len(text))]


def test_a_stretch_is_read_aloud_and_places_are_kept() -> None:
    text = f"Before.\n{BARS}\nAfter."
    assert aloud(text, 0, len(text)) == f"Before.\nDistrict | Seats | Turnout\n{READ[0]}\n{READ[1]}\nAfter."
    for word in ("Before", "North", "East", "After"):
        place = place_aloud(text, 0, text.index(word))
        assert aloud(text, 0, len(text))[place:].startswith({"North": READ[0], "East": READ[1]}.get(word, word))
    middle = text.index("North") + 2
    assert aloud(text, middle, len(text)).startswith("rth | 14")
    assert row_at(text, middle, len(text)) is None


def test_cells_are_where_they_say() -> None:
    (_, row, _) = rows_of(BARS)
    assert [(cell.name, row.reading[cell.start : cell.end]) for cell in row.cells] == [
        ("District", "North"),
        ("Seats", "14"),
        ("Turnout", "61%"),
    ]
    assert row.table == rows_of(BARS)[2].table == row.start


TEXTS = st.text(alphabet="a1.,;|:-=\t \n", max_size=120)


@given(TEXTS)
def test_rows_are_in_order_and_apart_and_sentences_hold_everything(text: str) -> None:
    rows = rows_of(text)
    assert all(one.end <= other.start for one, other in pairwise(rows))
    assert all(row.start < row.end <= len(text) and text[row.start : row.end].strip() for row in rows)
    assert all(row.reading[cell.start : cell.end] for row in rows for cell in row.cells)
    spans = split_sentences(text)
    assert "".join("".join(text[span.start : span.end].split()) for span in spans) == "".join(text.split())


@pytest.mark.parametrize(
    "unit", ["a | b\n", "a\tb\n", "a,1,2\n", "|", "- a\n", "a:\n- b\n", "  a", "-=|\n", "a  1\n\n"]
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    """Quadratic time would take minutes here; the bound is wide enough for any machine."""
    started = time.process_time()
    rows_of(unit * (200_000 // len(unit)))
    assert time.process_time() - started < 8


@pytest.mark.parametrize("times", [10, 5_000])
def test_the_rows_of_a_text_are_read_once_for_all_its_sentences(times: int) -> None:
    text = f"Of text {times}. a | b\n" * times
    assert rows_of(text) is rows_of(text)


def test_the_same_text_gives_the_same_rows() -> None:
    text = "".join(random.Random(7).choices("ab1|\t,\n ", k=5_000))
    assert rows_of(text) == rows_of(text + " ")
