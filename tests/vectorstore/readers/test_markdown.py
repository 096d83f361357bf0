from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.errors import ReadError
from vectorstore.readers import markdown
from vectorstore.readers.files import of_path
from vectorstore.readers.markdown import split_front_matter
from vectorstore.records import Article


def read(path: Path, content: str) -> Article:
    path.write_bytes(content.encode())
    (source,) = markdown.read(of_path(path))
    assert source.article
    return source.article


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.md"


def test_fields_and_exact_text(path: Path) -> None:
    content = (
        "---\r\ntitle: 'Kabul: the fall'\r\nsource: Meridian Wire\r\npublished: 2021-08-13\r\n"
        "url: https://example.org/a\r\n---\r\n\r\n  Troops went.\r\n\r\n"
    )
    assert read(path, content) == Article(
        key="https://example.org/a",
        text="\r\n  Troops went.\r\n\r\n",
        title="Kabul: the fall",
        url="https://example.org/a",
        source="Meridian Wire",
        published_at="2021-08-13",
    )


def test_an_id_is_the_key(path: Path) -> None:
    assert read(path, "---\nid: 7\nurl: https://example.org/a\n---\nTroops went.").key == "id:7"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("published_at: 2021-08-13T10:30:00+04:30", "2021-08-13T10:30:00+04:30"),
        ("date: 13 August 2021", "2021-08-13"),
        ("date: one day", None),
        ("title: none", None),
    ],
)
def test_the_date_under_any_of_its_names(path: Path, field: str, expected: str | None) -> None:
    assert read(path, f"---\n{field}\n---\nTroops went.").published_at == expected


def test_the_title_is_the_first_heading_where_there_is_no_field(path: Path) -> None:
    assert read(path, "By a reporter\n\n## Kabul falls ##\n\nTroops went.").title == "Kabul falls"
    assert read(path, "Kabul falls\n\nTroops went.").title == "Kabul falls"


def test_fields_that_hold_no_words_count_as_absent(path: Path) -> None:
    article = read(path, "---\ntitle: [a, b]\nsource:\nurl: '  '\nid: true\n---\n# Kabul falls\n")
    assert (article.title, article.source, article.url) == ("Kabul falls", None, None)
    assert article.key == f"file:{path.resolve()}"


@pytest.mark.parametrize("text", ["---\nTroops went.\n---\nThey did.", "---\nTroops went.", "Troops --- went\n---\n"])
def test_a_rule_is_no_front_matter(path: Path, text: str) -> None:
    assert read(path, text).text == text


@pytest.mark.parametrize(
    "yaml", ["title: Kabul: the fall", "date: 2021-13-45", "a: *b", "[" * 1_000, "- " * 5_000, "? [1]\n: 2"]
)
def test_bad_yaml_is_a_reason(path: Path, yaml: str) -> None:
    with pytest.raises(ReadError, match="front matter is not valid YAML"):
        read(path, f"---\n{yaml}\n---\nTroops went.")


@given(st.text(alphabet=st.sampled_from("-: \n\r\tab[]{}#'\"0é"), max_size=100))
def test_the_text_is_the_end_of_the_file(text: str) -> None:
    try:
        fields, body = split_front_matter(text)
    except ReadError:
        return
    assert text.endswith(body)
    assert fields is not None or body == text


def test_a_number_too_long_to_be_written_out_counts_as_absent(path: Path) -> None:
    article = read(path, f"---\nid: 0x{'f' * 5000}\ntitle: 0x{'f' * 5000}\nurl: https://example.org/a\n---\nText.\n")
    assert (article.key, article.title) == ("https://example.org/a", "Text.")
