from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.originals import FILES, needs_originals
from vectorstore.errors import ReadError
from vectorstore.readers import text
from vectorstore.readers.fields import headline
from vectorstore.readers.files import of_path
from vectorstore.records import Article


def read(path: Path) -> Article:
    (source,) = text.read(of_path(path))
    assert source.article
    return source.article


def test_the_text_is_kept_exactly(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff\r\n Troops sent \r\n\r\nThey\u00a0went.\r\n ".encode())
    article = read(path)
    assert article.text == "\r\n Troops sent \r\n\r\nThey\u00a0went.\r\n "
    assert article.title == "Troops sent"
    assert article.key == f"file:{path.resolve()}"
    assert article.url is None
    assert article.source is None
    assert article.published_at is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" date 2021-08-13 Kabul falls.\n\nThe city fell.", "Kabul falls."),
        ("13 August 2021\n\nKabul falls\n\nThe city fell.", "Kabul falls"),
        ("2021-08-13", "2021-08-13"),
        ("Kabul fell. " + "It was long in coming. " * 20, "Kabul fell."),
        ("word " * 100, "word " * 38 + "word…"),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_titles_of_plain_texts(text: str, expected: str) -> None:
    assert headline(text) == expected


@given(st.text(min_size=1, max_size=400).filter(str.strip))
def test_a_title_is_short_and_trimmed(text: str) -> None:
    title = headline(text)
    assert title
    assert len(title) <= 200
    assert title == title.strip()
    assert title.removesuffix("…") in text


def test_a_file_too_large_for_an_article_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(20_000_001)
    with pytest.raises(ReadError, match="split it into one file an article"):
        read(path)


@needs_originals
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:3])
def test_the_originals_are_kept_exactly(path: Path) -> None:
    assert read(path).text == path.read_bytes().decode()


@needs_originals
def test_the_originals_have_their_titles_and_the_one_date() -> None:
    articles = [read(path) for path in FILES]
    assert [article.title for article in articles] == [
        "600 British troops have been dispatched to Afghanistan to assist Britons fleeing the country.",
        (
            "AROUND 600 troops are to be deployed to Afghanistan to help British nationals leave the country, the "
            "government has announced."
        ),
        (
            "As the Taliban advance across Afghanistan, the United States and the United Kingdom will launch "
            "evacuation flights."
        ),
        "'Dunkirk By WhatsApp': UK Efforts Continue To Rescue Stranded Afghan Allies",
    ]
    assert [article.published_at for article in articles] == [None, None, "2021-08-13", None]
