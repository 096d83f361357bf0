import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation.dataset import Dataset, read_dataset
from qa.evaluation.errors import DatasetError

TITLES = [f"title {number}" for number in range(6)]
PASSAGES = [
    {
        "question": f"What is {number} of {title}?",
        "title": title,
        "context": f"{title} has {number}.",
        "answers": [] if number == 2 else [str(number)],
        "unanswerable": number == 2,
    }
    for title in TITLES
    for number in range(3)
]


def _write(folder: Path, *records: Any, name: str = "some.jsonl") -> Path:
    path = folder / name
    text = "".join(f"{json.dumps(record)}\n" for record in records)
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


def _read(folder: Path, *records: Any, name: str = "some.jsonl", **how: Any) -> Dataset:
    return read_dataset(_write(folder, *records, name=name), **how)


def test_a_file_with_a_name_packed_or_not(tmp_path: Path) -> None:
    record = {"question": "Who?", "answer": "x"}
    for name in ("a.b.jsonl", "a.b.jsonl.gz", "a.b.JSONL"):
        assert _read(tmp_path, record, name=name).name == "a.b"
    packed = tmp_path / "packed.jsonl"  # whatever it is called
    packed.write_bytes((tmp_path / "a.b.jsonl.gz").read_bytes())
    assert len(read_dataset(packed).cases) == 1


def test_blank_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"question": "Who?", "answer": "x"}\n\n{"question": "Why?", "answer": "y"}')
    assert [case.line for case in read_dataset(path).cases] == [1, 3]


def test_a_case_s_own_article_holds_its_answer(tmp_path: Path) -> None:
    read = _read(tmp_path, *PASSAGES, *PASSAGES[:1])
    assert len(read.documents) == len(PASSAGES)
    assert len({document.key for document in read.documents}) == len(PASSAGES)
    texts = {document.key: document.text for document in read.documents}
    assert [texts[case.relevant[0]] for case in read.cases[:2]] == ["title 0 has 0.", "title 0 has 1."]
    assert read.cases[2].relevant == ()
    assert read.cases[-1].relevant == read.cases[0].relevant
    assert read.brings_articles


def test_the_articles_stay_all_of_them_where_questions_are_limited(tmp_path: Path) -> None:
    read = _read(tmp_path, *PASSAGES, limit=2)
    assert len(read.cases) == 2
    assert len(read.documents) == len(PASSAGES)
    assert read.name == "some, the first 2"
    assert _read(tmp_path, *PASSAGES, limit=len(PASSAGES)).name == "some"


def test_every_second_title_is_left_out(tmp_path: Path) -> None:
    read = _read(tmp_path, *PASSAGES, leave_out="title")
    kept = {document.title for document in read.documents}
    assert len(kept) == 3
    assert len(read.cases) == 12  # what was not answerable before is dropped
    for case in read.cases:
        about = case.question.removesuffix("?").partition(" of ")[2]
        assert case.answerable == (about in kept)
        assert bool(case.golds) == bool(case.relevant) == case.answerable
    assert read.name == "some, every second title left out"


def test_which_are_left_out_depends_on_the_values_alone(tmp_path: Path) -> None:
    there = _read(tmp_path, *PASSAGES, leave_out="title")
    back = _read(tmp_path, *reversed(PASSAGES), leave_out="title")
    assert {document.title for document in there.documents} == {document.title for document in back.documents}


def test_the_fingerprint_is_of_the_questions_and_what_answers_them(tmp_path: Path) -> None:
    prints = {
        _read(tmp_path, *PASSAGES).fingerprint,
        _read(tmp_path, *PASSAGES, limit=2).fingerprint,
        _read(tmp_path, *PASSAGES, leave_out="title").fingerprint,
        _read(tmp_path, {**PASSAGES[0], "answers": ["other"]}, *PASSAGES[1:]).fingerprint,
        _read(tmp_path, {**PASSAGES[0], "question": "Other?"}, *PASSAGES[1:]).fingerprint,
    }
    assert len(prints) == 5
    prints.add(_read(tmp_path, {**PASSAGES[0], "context": "Other."}, *PASSAGES[1:]).fingerprint)
    prints.add(_read(tmp_path, *PASSAGES, {**PASSAGES[0], "context": "One more."}, limit=len(PASSAGES)).fingerprint)
    assert len(prints) == 7
    other_name = _read(tmp_path, *PASSAGES, name="other.jsonl.gz").fingerprint
    assert other_name == _read(tmp_path, *PASSAGES).fingerprint


def test_the_fingerprint_is_of_the_articles_that_each_case_brings(tmp_path: Path) -> None:
    bare = {"question": "Who?", "answer": "x"}
    one, other = (_read(tmp_path, {**bare, "documents": [{"text": text}]}) for text in ("x won.", "x lost."))
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "some.jsonl is empty"),
        (b"\n \n", "some.jsonl is empty"),
        (b'{"question": "Who?", "answer": "x"}\n{"question": ', "some.jsonl, line 2: it is not valid JSON"),
        (
            b"[1]",
            r"line 1: it is not a JSON object\. .* without a list around them, as `jq -c '.\[\]' FILE` does\.$",
        ),
        (b'[\n  {"question": "Who?"}\n]', "line 1: it is not valid JSON .* without a list around them"),
        (
            b'{\n  "question": "Who?"\n}',
            "line 1: it is not valid JSON .* each whole on its line, as `jq -c . FILE` does",
        ),
        (b"[" * 100_000, "some.jsonl, line 1: it is not valid JSON"),
        (b'\xff\xfe{"a"', "some.jsonl, line 1: it is not UTF-8"),
        (b'{"question": "Who?"}', "some.jsonl, line 1: it says nothing of its answer"),
        (gzip.compress(b'{"question": "Who?", "answer": "x"}' * 100, mtime=0)[:40], "damaged"),
        (b"\x1f\x8bxx", "damaged"),
    ],
)
def test_a_file_that_is_no_data_set(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "some.jsonl"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=words):
        read_dataset(path)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="There is no file"):
        read_dataset(tmp_path / "nope.jsonl")
    with pytest.raises(DatasetError, match="is a folder"):
        read_dataset(tmp_path)


def test_cases_that_look_in_different_libraries(tmp_path: Path) -> None:
    bare = {"question": "Who?", "answer": "x"}
    own = {**bare, "documents": [{"text": "x won."}]}
    with pytest.raises(
        DatasetError, match=r'some\.jsonl, line 2: it has no articles of its own, and the lines before have "context"'
    ):
        _read(tmp_path, PASSAGES[0], bare)
    with pytest.raises(
        DatasetError, match=r'some\.jsonl, line 2: it has "documents", and the lines before have no articles'
    ):
        _read(tmp_path, bare, own)


@pytest.mark.parametrize(
    ("records", "field", "words"),
    [
        ([{"question": "Who?", "answer": "x", "title": "t"}], "title", 'in its field "context"'),
        (PASSAGES, "nope", "some.jsonl, line 1: it has no field 'nope'"),
        (PASSAGES[:3], "title", "All lines have the same 'title'"),
        (
            [record for record in PASSAGES if record["unanswerable"]],
            "title",
            "No question of the data set is answerable",
        ),
    ],
)
def test_what_can_t_be_left_out(tmp_path: Path, records: list[Any], field: str, words: str) -> None:
    with pytest.raises(DatasetError, match=words):
        _read(tmp_path, *records, leave_out=field)
