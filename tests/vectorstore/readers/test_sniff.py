import gzip
from pathlib import Path

import pytest

from vectorstore.errors import ReadError
from vectorstore.readers import kinds
from vectorstore.readers.files import of_path, of_upload
from vectorstore.readers.sniff import by_content, kind_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"text": "One."}\n{"text": "Two."}\n', kinds.JSONL),
        (b'\xef\xbb\xbf{"text": "' + b"x" * 20_000, kinds.JSONL),
        (gzip.compress(b'{"text": "One."}\n', mtime=0), kinds.JSONL),
        (b"---\ntitle: T\n---\nWords.", kinds.MARKDOWN),
        ("---\ntitle: T\n---\nWords.".encode("utf-16"), kinds.MARKDOWN),
        (b"Words.", None),
        (b'{"not": json}\nWords.', None),
        (b"{curly} words", None),
        (b"", None),
        (b"Words\0 with a hole", None),
        ("Wörter".encode("cp1252"), None),
        (b"BM stands for book mark", None),
        (b"MZ wrote this", None),
    ],
)
def test_what_the_content_shows(content: bytes, kind: kinds.Kind | None) -> None:
    assert by_content(of_upload(content, "any")) is kind
    assert kind_of(of_upload(content, "any")) is (kind or kinds.TEXT)
    assert kind_of(of_upload(content, "a.MD")) is (kind or kinds.MARKDOWN)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a\x01\0\x01\0", "Graphics interchange"),
        (b"\x7fELF\x02\x01\x01\0", "ELF"),
        (b"{\\rtf1\\ansi words}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "Microsoft Office"),
        (gzip.compress(b"Words.", mtime=0), "archives are not opened"),
        (b"\x1f\x8b\x08damaged", "archives are not opened"),
    ],
)
def test_what_holds_no_text_is_refused_by_its_name(content: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        by_content(of_upload(content, "a.txt"))


def test_an_upload_is_known_by_its_content_and_never_by_a_path(tmp_path: Path) -> None:
    first, second = of_upload(b"Words.", "../../etc/passwd"), of_upload(b"Words.", r"C:\temp\a.txt")
    assert (first.name, second.name) == ("passwd", "a.txt")
    assert first.key == second.key
    assert of_upload(b"Others.", "a.txt").key != first.key
    assert of_upload(b"Words.", "\0/").name == "upload"
    (tmp_path / "a.txt").write_bytes(b"Words.")
    assert of_path(tmp_path / "a.txt").key == f"file:{tmp_path.resolve()}/a.txt"
