import gzip
import json
from pathlib import Path

from qa.training.linear import lessons_of
from qa.training.train_corrections import LESSONS, made, published


def test_pages_of_corrections_give_their_first_sentences(tmp_path: Path) -> None:
    page = "Archive\n\nNews: A story misstated the sum. It is $3.\nLife: A caption was wrong.\n\nno entry: here"
    records = [{"_id": "e.org/corrections-clarifications/1", "text": page}]
    records += [{"_id": f"e.org/{number}", "text": "It rained. It poured."} for number in range(20)]
    path = tmp_path / "articles.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))
    notes, others = published(path)
    assert notes == ["A story misstated the sum.", "A caption was wrong."]
    assert set(others) == {"It rained.", "It poured."}


def test_notes_are_made_alike_every_time_and_are_whole_sentences() -> None:
    notes = made(200)
    assert notes == made(200)
    assert len(set(notes)) > 150
    assert all(note.endswith(".") and "{" not in note for note in notes)


def test_the_lessons_are_of_both_kinds_and_each_is_one_line() -> None:
    notes, others = lessons_of(LESSONS)
    assert len(notes) > 50 < len(others)
    assert len({*notes, *others}) == len(notes) + len(others)
