from pathlib import Path

from qa.training.linear import lessons_of
from qa.training.train_furniture import LESSONS, gathered, headings, made, paragraphs

SENTENCES = [f"The ferry number {number} sank off the coast on Monday." for number in range(12_102)]


def test_what_is_made_is_alike_every_time_and_whole() -> None:
    told, near = made(SENTENCES, 80)
    assert (told, near) == made(SENTENCES, 80)
    assert len(told) == len(near) == 80
    assert not set(told) & set(near)
    assert all("{" not in line for line in (*told, *near))


def test_sentences_too_short_for_a_headline_make_nothing() -> None:
    assert made(["It rained."], 5) == ([], [])


def test_headings_are_headlines_and_parts_of_them() -> None:
    assert headings(["The ferry sank on Monday."] * 6) == [
        "The ferry sank on Monday",
        "The Ferry Sank On Monday",
        "THE FERRY SANK ON MONDAY",
        "On",
        "The",
        "Ferry",
    ]


def test_paragraphs_hold_every_sentence() -> None:
    assert paragraphs(["A b.", "C d.", "E f.", "G h."]) == ["A b. C d. E f.", "G h."]


def test_all_kinds_are_gathered(tmp_path: Path) -> None:
    path = tmp_path / "lessons.tsv"
    path.write_text("1\tRead more\n0\tIt rained.\n")
    lessons = gathered(path, SENTENCES)
    assert lessons.told[0] == "Read more"
    assert lessons.near[0] == "It rained."
    assert SENTENCES[0] in lessons.others
    assert SENTENCES[-1] not in lessons.others
    assert any(SENTENCES[-1] in line for line in lessons.others)
    assert any("earlier version" in line for line in lessons.near)


def test_the_lessons_are_of_both_kinds_and_each_is_one_line() -> None:
    told, near = lessons_of(LESSONS)
    assert len(told) > 500
    assert len(near) > 300
    assert len({*told, *near}) == len(told) + len(near)
