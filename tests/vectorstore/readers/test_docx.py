import zipfile
from io import BytesIO

import docx as word
import pytest

from vectorstore.errors import ReadError
from vectorstore.readers import docx, kinds
from vectorstore.readers.files import of_upload
from vectorstore.readers.reading import read_document
from vectorstore.readers.sniff import by_content
from vectorstore.records import Article


def saved(document: object) -> bytes:
    stream = BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def zipped(**parts: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def read(data: bytes) -> Article:
    (source,) = docx.read(of_upload(data, "a.docx"))
    assert source.article
    return source.article


def test_paragraphs_lists_and_tables_in_their_order() -> None:
    document = word.Document()
    document.core_properties.author = "Mira Holt"
    document.add_heading("Dam bursts")
    document.add_paragraph("The dam burst in the night.")
    document.add_paragraph("Two bridges are gone.", style="List Bullet")
    table = document.add_table(2, 2)
    for row, words in zip(table.rows, (("District", "Seats"), ("East", "11")), strict=True):
        for cell, word_ in zip(row.cells, words, strict=True):
            cell.text = word_
    document.add_paragraph("Repairs begin on Monday.")
    data = saved(document)
    assert by_content(of_upload(data, "a.txt")) is kinds.DOCX
    article = read(data)
    assert article.text == (
        "Dam bursts\n\nThe dam burst in the night.\n\n- Two bridges are gone.\n\n"
        "| District | Seats |\n| East | 11 |\n\nRepairs begin on Monday."
    )
    assert (article.title, article.author, article.published_at) == ("Dam bursts", "Mira Holt", None)


def test_an_empty_document() -> None:
    with pytest.raises(ReadError, match="no text in it"):
        read(saved(word.Document()))


@pytest.mark.parametrize(
    "data",
    [
        zipped(**{"word__document.xml": b"<a>", "[Content_Types].xml": b"<Types/>"}),
        b"PK\x03\x04 damaged",
        saved(word.Document())[:2_000],
    ],
)
def test_what_is_damaged_says_so(data: bytes) -> None:
    with pytest.raises(ReadError, match="damaged"):
        list(read_document(of_upload(data, "a.docx")))


def test_what_unpacks_to_too_much_is_not_unpacked() -> None:
    with pytest.raises(ReadError, match="far more than a document"):
        read(zipped(**{"word__document.xml": b"\0" * 21_000_000}))


def test_entities_are_not_followed() -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    source = BytesIO(saved(word.Document()))
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].partition(b"?>")[2]
    at = body.index(b"<w:sectPr")
    parts["word/document.xml"] = evil + body[:at] + b"<w:p><w:r><w:t>One&x;</w:t></w:r></w:p>" + body[at:]
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read(stream.getvalue()).text == "One"


def test_archives_are_not_opened() -> None:
    with pytest.raises(ReadError, match="archives are not opened"):
        by_content(of_upload(zipped(a=b"Words."), "a.txt"))
