import subprocess
import zlib
from typing import Any

import pytest
from pypdf import PageObject

from tests.vectorstore.readers.pdfs import pdf
from vectorstore.errors import ReadError
from vectorstore.readers import kinds, pdf_worker
from vectorstore.readers import pdf as reader
from vectorstore.readers.files import of_upload
from vectorstore.readers.sniff import by_content
from vectorstore.records import Article
from vectorstore.rows import rows_of

LINES = (
    "14 March 2024",
    "",
    "The Calder dam burst in the night after a week of rain, and the fire bri-",
    "gade said that 4,200 people (some by boat) were taken to higher ground.",
    "Repairs begin on Monday.",
)


def read(data: bytes) -> Article:
    (source,) = reader.read(of_upload(data, "a.pdf"))
    assert source.article
    return source.article


def test_the_text_of_the_pages() -> None:
    data = pdf([LINES, ["A second page."]], title="Dam bursts")
    assert by_content(of_upload(data, "a.txt")) is kinds.PDF
    article = read(data)
    assert article.text.splitlines()[2] == (
        "The Calder dam burst in the night after a week of rain, and the fire brigade said that 4,200 people "
        "(some by boat) were taken to higher ground. Repairs begin on Monday."
    )
    assert (article.title, article.published_at, article.language) == ("Dam bursts", "2024-03-14", "en-GB")


def test_a_row_of_a_table_is_a_line_of_cells() -> None:
    table = ["District\tSeats won\tTurnout", "North Bay\t14\t61%", "East\t11\t66%"]
    text = read(pdf([[*LINES, "", *table, "", "The count ends on Friday."]])).text
    assert "Monday.\n\n| District | Seats won | Turnout |\n| North Bay | 14 | 61% |\n| East | 11 | 66% |\n\nThe" in text
    told = [row.reading for row in rows_of(text) if not row.head]
    assert told[0] == "District: North Bay; Seats won: 14; Turnout: 61%"


def test_a_page_whose_columns_cannot_be_told_is_read_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = PageObject.extract_text

    def failing(self: PageObject, extraction_mode: str = "plain") -> str:
        return plain(self) if extraction_mode == "plain" else str(1 // 0)

    monkeypatch.setattr(PageObject, "extract_text", failing)
    found = pdf_worker._read(pdf([["North\t14", "East\t11"]]))
    assert (found["pages"], found["layouts"]) == (["North 14\nEast 11\n"], [""])


@pytest.mark.parametrize("title", ["", "Microsoft Word - draft3.doc", "untitled", "dam-final.indd"])
def test_a_title_that_is_none(title: str) -> None:
    assert (
        read(pdf([LINES[2:]], title=title)).title == LINES[2] + " " + LINES[3] or read(pdf([LINES], title=title)).title
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[]]), "only pictures"),
        (pdf([LINES], encrypted=True), "password"),
        (b"%PDF-1.7 and no more", "damaged"),
        (pdf([LINES])[:300], "damaged"),
    ],
)
def test_what_gives_no_text_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(data)


def test_one_that_unpacks_to_too_much_is_given_up() -> None:
    with pytest.raises(ReadError, match="more than a document holds"):
        read(_bomb())


def test_what_its_process_dies_of_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    killed = subprocess.CompletedProcess[bytes]([], -9, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: killed)
    with pytest.raises(ReadError, match="more time or memory"):
        read(pdf([LINES]))


def _bomb() -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 50_000_000) for _ in range(2)) + packer.flush()
    whole = pdf([LINES])
    start = whole.index(b"<< /Length ", whole.index(b"6 0 obj"))
    end = whole.index(b"endstream", start)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\n" % (len(packed), packed)
    return whole[:start] + stream + whole[end:]


def test_one_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: Any, **options: Any) -> None:
        raise subprocess.TimeoutExpired("python", options["timeout"])

    monkeypatch.setattr(subprocess, "run", endless)
    with pytest.raises(ReadError, match="longer than 90 s"):
        read(pdf([LINES]))


def test_one_of_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_worker, "MOST_PAGES", 1)
    assert "2 pages, and 1 is the most" in pdf_worker._read(pdf([LINES, LINES]))["reason"]
