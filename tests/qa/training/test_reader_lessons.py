from qa.training.reader_lessons import MASK, Lessons
from qa.training.squad import Example

TEXT = "Ada Lun founded the hospital in Orley in 1990. Tom Hale praised her on Monday. It has 40 beds."
OTHER = "The old hospital in Varna was founded by monks. Nobody praised them."


def example(question: str, answer: str | None) -> Example:
    answers = (answer,) if answer else ()
    starts = (TEXT.index(answer),) if answer else ()
    return Example("Orley", TEXT, question, answers, starts)


LESSONS = Lessons(
    [
        example("Who founded the hospital in Orley?", "Ada Lun"),
        example("Who praised Ada Lun?", "Tom Hale"),
        example("How many beds does it have?", "40"),
        example("Who burned the hospital?", None),
        Example("Varna", OTHER, "Who founded the hospital in Varna?", ("monks",), (OTHER.index("monks"),)),
    ]
)


def test_an_answer_stands_where_its_lesson_says() -> None:
    found = {
        lesson.question: lesson.window[lesson.start : lesson.end]
        for seed in range(10)
        for lesson in LESSONS.of_pass(seed)
        if lesson.kind == "answered"
    }
    assert found["Who founded the hospital in Orley?"] == "Ada Lun"
    assert found["How many beds does it have?"] == "40"
    assert "Who burned the hospital?" not in found


def test_what_a_window_lacks_is_not_in_it() -> None:
    told = [lesson for seed in range(30) for lesson in LESSONS.of_pass(seed)]
    kinds = {lesson.kind for lesson in told}
    assert {"answered", "not answerable", "the same text", "another text", "altered", "statement"} <= kinds
    for lesson in told:
        assert (lesson.start is None) is (lesson.kind not in ("answered", "statement"))
    elsewhere = [one for one in told if one.kind in ("the same text", "another text") and "in Orley" in one.question]
    assert all("Ada Lun" not in one.window for one in elsewhere)
    assert all(MASK in one.question for one in told if one.kind.startswith("statement"))


def test_a_pass_is_the_same_by_its_seed_and_as_long_as_wanted() -> None:
    assert list(LESSONS.of_pass(3)) == list(LESSONS.of_pass(3))
    assert sum(one.kind in ("answered", "not answerable") for one in LESSONS.of_pass(3, 2)) == 2
