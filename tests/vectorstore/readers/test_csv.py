import pytest

from vectorstore.errors import ReadError
from vectorstore.readers import csv, kinds
from vectorstore.readers.dump import NotArticlesError
from vectorstore.readers.files import of_upload
from vectorstore.readers.sniff import by_content, kind_of
from vectorstore.records import Article, Source

TABLE = 'Title,Text,URL,Date\r\nT,"One, two.\r\nThree.",https://n.example/a,2021-08-13\r\n\r\n,Four.,,\r\n'


def read(content: str | bytes, **columns: str) -> list[Source]:
    data = content.encode() if isinstance(content, str) else content
    return list(csv.read(of_upload(data, "a.csv", columns)))


def test_an_article_a_row() -> None:
    key = of_upload(TABLE.encode(), "a.csv").key
    assert read(TABLE) == [
        Source(
            "a.csv, row 2",
            Article("https://n.example/a", "One, two.\r\nThree.", "T", "https://n.example/a", None, "2021-08-13"),
        ),
        Source("a.csv, row 4", Article(f"{key}#4", "Four.")),
    ]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_other_delimiters_and_mapped_fields(sign: str) -> None:
    (source,) = read(f"Story{sign}Head{sign}id\nWords, words.{sign}T{sign}7\n", text="Story", title="Head")
    assert source.article == Article("id:7", "Words, words.", "T")


def test_what_is_wrong_is_named_and_the_others_go_on() -> None:
    found = read("text,title\na,b,c\n ,b\nWords.,T\n")
    assert [bool(source.article) for source in found] == [False, False, True]
    assert "3 fields and the first row names 2" in (found[0].reason or "")
    assert "no text in it" in (found[1].reason or "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("name,age\nAda,36\n", "has no"),
        ('text,title\n"a,b\n', "no whole table"),
        (b"text,title\n" + b"a,b\n" * 5_000 + b"\xff,b\n", "not valid UTF-8"),
    ],
)
def test_what_is_no_table_of_articles(content: str | bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(content)
    assert issubclass(NotArticlesError, ReadError)


def test_a_table_of_figures_is_one_article() -> None:
    (source,) = read('District,Seats,Turnout (%)\nNorth,14,61\n\n"East, the",11,6|6\n')
    assert source.article is not None
    assert source.article.title == "a"
    assert source.article.text == (
        "| District | Seats | Turnout (%) |\n| North | 14 | 61 |\n| East, the | 11 | 6\\|6 |"
    )


@pytest.mark.parametrize(
    "content",
    [
        "story,head\nNorth,a\nSouth,b\n",  # nothing of it is a figure
        f"story,year\n{'Words. ' * 40},2024\nMore.,2023\n",  # what is a text under another name
        "seats,votes\n1,2\n3,4,5\n",
        "seats,votes\n" + "1,2\n" * 5_000,
    ],
)
def test_other_tables_hold_no_articles(content: str) -> None:
    with pytest.raises(NotArticlesError, match="--map text=NAME"):
        read(content)


def test_a_mapped_field_that_is_missing_is_named() -> None:
    with pytest.raises(NotArticlesError, match='no "story", which text was mapped to'):
        read("text,title\na,b\n", text="story")


def test_encodings() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert read("text,title\nOrbáth.,T\n".encode(encoding))[0].article == Article(
            read("text,title\nOrbáth.,T\n".encode(encoding))[0].article.key,  # type: ignore[union-attr]
            "Orbáth.",
            "T",
        )


def test_tables_are_told_by_their_content_or_name() -> None:
    assert by_content(of_upload(b'"id";"body"\n1;a\n', "a")) is kinds.CSV
    assert by_content(of_upload(b"The text, the title\nand more.", "a")) is None
    assert kind_of(of_upload(b"story,head\na,b\n", "a.CSV")) is kinds.CSV
