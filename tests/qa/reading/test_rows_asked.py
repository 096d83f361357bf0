import pytest

from qa.engine import Engine
from qa.question.understand import understand
from qa.reading.candidates import candidates_of
from qa.reading.rows_asked import cell_asked, of_rows_asked
from qa.records import Answer, Request
from tests.qa.fakes import hits
from vectorstore.records import Article, Source

TOWNS = """The council published the figures on Monday.

| Town | Inhabitants | Schools | Mayor |
|---|---:|---:|---|
| Norwick | 12,400 | 9 | Ida Holt |
| Calder | 8,150 | 4 | Tom Brand |
| Porto Lume | 23,900 | 17 | Ana Ruiz |

It plans to merge two of them."""
MEDALS = """Country          Gold   Silver   Bronze
Norway             12        8        5
Austria             9       11        7
Canada              4        6       10"""
SHARES = "Company,Close,Change\nKestrel Air,14.20,-3.1%\nLumen Airways,8.75,+12.4%\nHolm Rail,22.10,+0.4%"
DEAD = """Police named the dead of the Norwick fire. They are:

- Anna Berg, 34, a nurse
- Tom Brand, 51, a driver

The fire broke out on Sunday."""
RAIN = "Station\tRain (mm)\tWind\nCalder\t112\t40 km/h\nNorwick\t64\t95 km/h"
TURNOUT = "District | 2019 | 2024\nNorth | 54.2 | 61.0\nSouth | 49.9 | 58.3"
SEATS = "Seats by district\n\n|  | Seats | Turnout |\n|---|---|---|\n| North Bay | 14 | 61% |\n| East Bay | 11 | 66% |"


def unlike(_one: str, _other: str) -> float:
    return 0.0


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("How many schools does Calder have?", "4"),
        ("Who is the mayor of Calder?", "Tom Brand"),
        ("How many people live in Calder?", None),
        ("Which town has the mayor Tom Brand?", "Calder"),
    ],
)
def test_the_cell_whose_column_the_question_names(question: str, cell: str | None) -> None:
    asked = understand(question)
    rows = [one for one in of_rows_asked(asked, candidates_of(hits(TOWNS))) if one.row]
    assert [one.text.split(";")[0] for one in rows] == ["Town: Calder"]
    found = cell_asked(asked, rows[0], unlike)
    assert (found and rows[0].text[found.start : found.end]) == cell


def test_rows_of_which_none_is_named_all_stay() -> None:
    asked = understand("How many schools does Holmstad have?")
    held = candidates_of(hits(TOWNS))
    assert of_rows_asked(asked, held) == held
    assert len([one for one in held if one.row]) == 3


def ask(engine: Engine, text: str, question: str) -> Answer:
    engine.store.ingest([Source("a", Article("a", f"{text}\n\nMore is to come.", "What was counted"))])
    told = engine.ask(Request(question))
    for citation in told.citations:
        assert engine.store.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    return told


@pytest.mark.parametrize(
    ("text", "question", "short", "quote"),
    [
        (TOWNS, "How many inhabitants does Calder have?", "8,150", "| Calder | 8,150 | 4 | Tom Brand |"),
        (TOWNS, "How many schools are there in Porto Lume?", "17", "| Porto Lume | 23,900 | 17 | Ana Ruiz |"),
        (TOWNS, "Who is the mayor of Norwick?", "Ida Holt", "| Norwick | 12,400 | 9 | Ida Holt |"),
        (MEDALS, "How many gold medals did Austria win?", "9", "Austria             9       11        7"),
        (SHARES, "At what price did Kestrel Air close?", "14.20", "Kestrel Air,14.20,-3.1%"),
        (RAIN, "How strong was the wind in Norwick?", "95 km/h", "Norwick\t64\t95 km/h"),
        (TURNOUT, "What was the turnout in the South in 2024?", "58.3", "South | 49.9 | 58.3"),
        (SEATS, "How many seats does East Bay have?", "11", "| East Bay | 11 | 66% |"),
        (DEAD, "How old was Tom Brand?", "51", "- Tom Brand, 51, a driver"),
    ],
)
def test_a_row_answers_by_its_heads_and_is_cited_as_it_stands(
    engine: Engine, text: str, question: str, short: str, quote: str
) -> None:
    told = ask(engine, text, question)
    assert (told.short_answer, told.citations[0].quote) == (short, quote)
    assert [figure.text for figure in told.figures] in ([], [short.split()[0]])


def test_what_a_row_counts_is_told(engine: Engine) -> None:
    told = ask(engine, TOWNS, "How many schools does Norwick have?")
    assert told.text == "Town: Norwick; Inhabitants: 12,400; Schools: 9; Mayor: Ida Holt [1]"
    assert [(figure.value, figure.unit) for figure in told.figures] == [(9, "schools")]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (TOWNS, "How many schools does Sundvik have?"),
        (TOWNS, "How many hospitals are there in Calder?"),
        (SEATS, "How many seats does West Bay have?"),
        (MEDALS, "How many gold medals did Sweden win?"),
    ],
)
def test_what_no_row_or_column_says_is_refused(engine: Engine, text: str, question: str) -> None:
    assert ask(engine, text, question).status == "no_answer"
