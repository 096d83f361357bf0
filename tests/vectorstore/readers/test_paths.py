import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vectorstore.originals import FOLDER, needs_originals
from vectorstore.readers import files_read, read_paths


def names(*paths: Path) -> list[str]:
    return [Path(source.name).name for source in read_paths(paths)]


def reason(*paths: Path) -> str:
    (source,) = read_paths(paths)
    assert source.article is None
    assert source.reason
    return source.reason


def write(path: Path, content: str = "Troops went.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_a_folder_is_read_by_name_and_what_is_no_article_is_passed_over(tmp_path: Path) -> None:
    for name in [
        "b.txt",
        "a.md",
        "c/d.MARKDOWN",
        "c/README.md",
        "README.txt",
        ".hidden.md",
        ".git/e.md",
        "f.xyz",
        "Makefile",
    ]:
        write(tmp_path / name)
    write(tmp_path / "questions.jsonl", '{"question": "how many"}')
    write(tmp_path / "dump.jsonl", '{"text": "One."}\n{"text": "Two."}')
    assert names(tmp_path) == ["a.md", "b.txt", "d.MARKDOWN", "dump.jsonl, line 1", "dump.jsonl, line 2"]


def test_a_readme_with_front_matter_is_an_article(tmp_path: Path) -> None:
    write(tmp_path / "README.md", "---\ntitle: T\n---\nTroops went.")
    assert names(tmp_path) == ["README.md"]


def test_a_file_named_itself_is_always_answered_for(tmp_path: Path) -> None:
    questions = write(tmp_path / "questions.jsonl", '{"question": "how many"}')
    readme = write(tmp_path / "README.md")
    assert names(tmp_path, readme) == ["README.md"]
    assert "holds no articles" in reason(tmp_path / "questions.jsonl")
    assert "holds no articles" in next(source.reason or "" for source in read_paths([tmp_path, questions]))


def test_one_bad_file_stops_no_other(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    write(tmp_path / "c.txt", "")
    write(tmp_path / "d.txt", " \n")
    write(tmp_path / "e.md", "---\na: b: c\n---\nTroops went.")
    write(tmp_path / "f.jsonl", "Troops\n" * 30)
    write(tmp_path / "g.txt")
    (tmp_path / "h.txt").symlink_to(tmp_path / "gone.txt")
    found = {Path(source.name).stem: source.reason or "" for source in read_paths([tmp_path])}
    assert {name for name, why in found.items() if not why} == {"a", "g"}
    for name, words in {
        "b": "Portable Network Graphics",
        "c": "empty",
        "d": "no text",
        "e": "YAML",
        "f": "JSON",
        "h": "leads nowhere",
    }.items():
        assert words in found[name]


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(path)
    assert names(path, tmp_path, tmp_path) == ["a.txt"]


def test_the_files_that_would_be_read_are_told_without_reading(tmp_path: Path) -> None:
    elsewhere = write(tmp_path / "elsewhere.txt")
    dump = write(tmp_path / "news" / "deep" / "dump.jsonl", "not read, so never found out")
    write(tmp_path / "news" / "a.xyz")
    write(tmp_path / "news" / ".hidden.md")
    (tmp_path / "news" / "link.md").symlink_to(elsewhere)
    assert list(files_read([tmp_path / "news", tmp_path / "gone"])) == [dump.resolve(), elsewhere.resolve()]


def test_what_a_data_folder_keeps_is_passed_over_and_articles_beside_it_are_not(tmp_path: Path) -> None:
    for name in ["library.db", "library.db-wal", "lock", "owner.json", "chroma/a.txt", "chroma-2/b/a.bin"]:
        write(tmp_path / "data" / name)
    write(tmp_path / "data" / "tantivy" / "meta.json")
    write(tmp_path / "data" / "news" / "a.md")
    write(tmp_path / "data" / "letter.xyz")
    others: list[Path] = []
    found = [source.name for source in read_paths([tmp_path], others.append)]
    assert [Path(name).name for name in found] == ["a.md"]
    assert [path.name for path in others] == ["letter.xyz"]


def test_a_folder_that_keeps_no_library_may_have_such_names(tmp_path: Path) -> None:
    write(tmp_path / "chroma" / "a.md")
    assert names(tmp_path) == ["a.md"]


def test_a_link_back_to_a_folder_is_not_followed_for_ever(tmp_path: Path) -> None:
    write(tmp_path / "a" / "a.txt")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    assert names(tmp_path) == ["a.txt"]


def test_links_in_a_loop_are_a_reason(tmp_path: Path) -> None:
    one, other = tmp_path / "a.txt", tmp_path / "b.txt"
    one.symlink_to(other)
    other.symlink_to(one)
    assert reason(one)
    assert [bool(source.reason) for source in read_paths([tmp_path])] == [True, True]


def test_the_content_counts_and_not_the_name(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "---\ntitle: T\n---\nTroops went.")
    write(tmp_path / "b.md", '{"text": "Troops went."}')
    write(tmp_path / "story", "---\nid: x\n---\nTroops went.")
    titles = [source.article.title if source.article else source.reason for source in read_paths([tmp_path])]
    assert titles == ["T", "Troops went.", "Troops went."]
    assert names(write(tmp_path / "notes.of.today")) == ["notes.of.today"]


def test_what_holds_no_text_is_named(tmp_path: Path) -> None:
    picture = tmp_path / "a.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert "Portable Network Graphics" in reason(picture)
    archive = tmp_path / "a.gz"
    archive.write_bytes(gzip.compress(b"Troops went."))
    assert "archives are not opened" in reason(archive)


def test_missing_and_impossible_paths(tmp_path: Path) -> None:
    assert "no such file" in reason(tmp_path / "a.txt")
    assert reason(Path("a\0b.txt"))
    assert reason(Path("\ud83d.txt"))
    os.mkfifo(tmp_path / "a.txt")
    assert "not a file or folder" in reason(tmp_path / "a.txt")


def test_what_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt")

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "permission" in reason(path)
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "permission" in reason(tmp_path)


def test_names_that_are_no_text_can_still_be_printed_and_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        write(path)
    except OSError:
        pytest.skip("this file system takes no such names")
    (source,) = read_paths([tmp_path])
    assert source.name.endswith(r"/caf\udce9.txt")
    assert source.article
    assert source.article.key.encode()


def test_reading_needs_nothing_heavy() -> None:
    heavy = "chromadb llama_index sqlalchemy tantivy dateparser numpy lxml trafilatura courlan puremagic ftfy"
    program = "import sys, vectorstore.readers; print(set(sys.argv[1].split()) & set(sys.modules))"
    command = [sys.executable, "-c", program, heavy]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "set()\n"


@needs_originals
def test_the_folder_of_originals_gives_its_four_articles() -> None:
    sources = list(read_paths([FOLDER]))
    assert len(sources) == 4
    assert all(source.article for source in sources)
