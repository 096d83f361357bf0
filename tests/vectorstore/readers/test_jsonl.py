import gzip
import json
from pathlib import Path

import pytest

from vectorstore.errors import ReadError
from vectorstore.readers import jsonl
from vectorstore.readers.dump import NotArticlesError
from vectorstore.readers.files import of_path
from vectorstore.records import Article, Source


def read(path: Path, *lines: object) -> list[Source]:
    content = b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return list(jsonl.read(of_path(path)))


@pytest.fixture(params=["a.jsonl", "a.jsonl.gz"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


def test_an_article_a_line_under_any_of_the_names(path: Path) -> None:
    sources = read(
        path,
        {"_id": "a", "title": "T", "text": " One.\r\n", "url": "u", "source": "s", "published_at": "2021-08-13"},
        {"headline": "T", "body": "Two.", "link": "u2", "publisher": "s", "published": "13 August 2021"},
        {"content": "Three.", "source": {"name": "s"}, "date": "2021-08-13T10:30:00Z"},
    )
    assert [source.article for source in sources] == [
        Article("id:a", " One.\r\n", "T", "u", "s", "2021-08-13"),
        Article("u2", "Two.", "T", "u2", "s", "2021-08-13"),
        Article(f"file:{path.resolve()}#3", "Three.", "Three.", None, "s", "2021-08-13T10:30:00+00:00"),
    ]
    assert [source.name for source in sources] == [f"{path}, line {number}" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{bad", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"1" * 5_000, "not valid JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"title": "x"}', 'no "text"'),
        (b'{"text": 5}', 'no "text"'),
        (b'{"text": " \\n"}', "no text in it"),
        (rb'{"text": "\u00a0\u200b\ufeff"}', "no text in it"),
        (b'{"text": "a\\u0000b"}', "NUL characters"),
        (b'{"text": "a\\ud83db"}', "surrogate"),
        (b'{"text": "a", "title": "a\\ud83db"}', "surrogate"),
        (b'{"text": "a\0b"}', "NUL bytes"),
        ('{"text": "naïve café”"}'.encode()[:-3] + b"\xff", "not valid UTF-8"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(path: Path, line: bytes, reason: str) -> None:
    sources = read(path, {"text": "One."}, line, b"  ", {"text": "Two."})
    assert [source.article.text if source.article else None for source in sources] == ["One.", None, "Two."]
    assert sources[1].name == f"{path}, line 2"
    assert reason in (sources[1].reason or "")
    assert sources[2].name == f"{path}, line 4"


def test_bad_lines_before_the_first_record_are_named_in_order(path: Path) -> None:
    assert [bool(source.reason) for source in read(path, b"{", b"{", {"text": "One."}, b"{")] == [
        True,
        True,
        False,
        True,
    ]


def test_a_line_too_long_is_passed_over(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_LONGEST_LINE", 100)
    sources = read(path, {"text": "One."}, {"text": "x" * 1_000}, {"text": "Two."})
    assert [bool(source.reason) for source in sources] == [False, True, False]
    assert "too long" in (sources[1].reason or "")


def test_other_data_is_told_from_articles(path: Path) -> None:
    with pytest.raises(NotArticlesError, match="holds no articles"):
        read(path, b"{bad", {"question": "how many"}, {"text": "One."})


def test_a_file_that_is_not_json_lines_is_refused_at_once(path: Path) -> None:
    with pytest.raises(ReadError, match="none of its first 20 lines"):
        read(path, *[b"Troops went."] * 30)


def test_an_empty_file_is_refused(path: Path) -> None:
    with pytest.raises(ReadError, match="empty"):
        read(path, b"", b" ")


def test_utf16_is_refused_by_name(path: Path) -> None:
    with pytest.raises(ReadError, match="UTF-16"):
        read(path, '{"text": "One."}'.encode("utf-16"))


def test_a_mark_at_the_start_is_no_part_of_the_first_line(path: Path) -> None:
    assert read(path, '\ufeff{"text": "One."}'.encode())[0].article


def test_a_torn_archive_gives_what_can_be_read_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    lines = [{"text": f"Report {number * 7919 % 10_007}."} for number in range(5_000)]
    read(path, *lines)
    path.write_bytes(path.read_bytes()[:-1_000])
    sources: list[Source] = []
    with pytest.raises(ReadError, match="damaged"):
        sources.extend(jsonl.read(of_path(path)))  # keeps what came before the error
    assert len(sources) > 1_000
    path.write_bytes(b"no archive")
    with pytest.raises(ReadError, match="damaged"):
        list(jsonl.read(of_path(path)))


def test_an_empty_title_says_that_there_is_none(path: Path) -> None:
    (untitled, unsaid) = read(
        path, {"id": "a", "title": "", "text": "CNN —\n\nIt fell."}, {"id": "b", "text": "It fell."}
    )
    assert untitled.article is not None
    assert untitled.article.title is None
    assert unsaid.article is not None
    assert unsaid.article.title == "It fell."
