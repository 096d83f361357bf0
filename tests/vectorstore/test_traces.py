from pathlib import Path

import numpy as np
import pytest

from vectorstore.traces import Sought, Trace, search_files, sought_of

VECTOR = bytes(range(256)) * 4


def test_runs_are_of_five_words_of_a_line_and_of_signs_where_there_are_none() -> None:
    text = "One two three four five six seven eight nine ten eleven.\nA short line\n" + "字" * 30
    assert sought_of([text], []).words == (
        "One two three four five",
        "six seven eight nine ten",
        "A short line",
        "字" * 24,
        "字" * 6,
    )
    assert sought_of(['He said "no" to\x00it\tall', "", "a\n "], []).words == ("He said",)


def test_of_a_long_article_what_is_sought_is_spread_over_it() -> None:
    words = " ".join(f"w{number}" for number in range(1000))
    sought = sought_of([words, words], [bytes([number]) * 1024 for number in range(100)])
    assert (len(sought.words), len(sought.vectors)) == (24, 24)
    assert (sought.words[0], sought.words[-1]) == ("w0 w1 w2 w3 w4", "w955 w956 w957 w958 w959")


@pytest.mark.parametrize("around", [b"", b"\0" * 5000])
def test_any_file_is_searched(tmp_path: Path, around: bytes) -> None:
    sought = sought_of(["Orbáth resigned on Tuesday morning"], [VECTOR])
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "page.bin").write_bytes(around + "Orbáth resigned on Tuesday morning".encode() + around)
    (tmp_path / "vectors.bin").write_bytes(around + VECTOR + around)
    (tmp_path / "empty").touch()
    (tmp_path / "other").write_text("Somebody resigned on Tuesday morning")
    searched = search_files(tmp_path, sought)
    assert searched.traces == (
        Trace("deep/page.bin", ("Orbáth resigned on Tuesday morning",), ()),
        Trace("vectors.bin", (), sought.vectors),
    )
    assert searched.files == 3
    assert searched.size == sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert search_files(tmp_path, Sought(("a",), ())).traces == ()


def test_a_vector_is_found_where_its_numbers_are_rounded_otherwise(tmp_path: Path) -> None:
    vector = np.random.default_rng(1).standard_normal(256).astype("<f4")
    near, other = np.nextafter(vector, np.float32(9)), vector.copy()
    other[20] += 1e-3
    (tmp_path / "a").write_bytes(bytes(1164) + near.tobytes() + bytes(12))
    (tmp_path / "b").write_bytes(bytes(1164) + other.tobytes() + bytes(12))
    (tmp_path / "c").write_bytes(near.tobytes()[:300] + b"1")  # all that is sought, at the file's end
    (tmp_path / "d").write_bytes(near.tobytes()[:160] + b"12")
    (tmp_path / "short").write_bytes(b"123")
    sought = sought_of([], [vector.tobytes()])
    assert vector.tobytes() not in (tmp_path / "a").read_bytes()
    assert search_files(tmp_path, sought).traces == (Trace("a", (), sought.vectors), Trace("c", (), sought.vectors))
