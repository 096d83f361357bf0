from qa.answering.agreement import Agreement
from qa.answering.draft import Statement
from qa.answering.events import always_one
from qa.answering.limits import LIMITS
from qa.answering.short_answers import ShortAnswers
from qa.question.understand import understand
from qa.reading.evidence import Evidence
from tests.qa.composing import COUNT, PART, WHY, counted, told
from tests.qa.fakes import nothing_alike

GUARD = "Carter joined the old town club as a guard."
FORWARD = "Carter joined the old town club as a forward."


class LastWords(ShortAnswers):
    """A sentence's last word for its short answer."""

    def of(self, found: Evidence) -> str | None:
        return found.text.rstrip(".").rpartition(" ")[2]


def agree(question: str, one: Evidence, other: Evidence) -> bool:
    said = Statement(one, (), one.spans[0] if one.spans else None)
    return Agreement(LastWords(understand(question), nothing_alike()), LIMITS, always_one).holds(said, other)


def test_the_same_figure_is_agreement_whatever_stands_around_it() -> None:
    said = counted("15,000 people were evacuated.", "a")
    assert agree(COUNT, said, counted("Fifteen thousand people got out.", "b"))
    assert not agree(COUNT, said, counted("16,000 people were evacuated.", "b"))


def test_the_same_number_of_other_people_is_not_the_same_fact() -> None:
    question = "how many were evacuated"
    troops = counted("600 troops were evacuated.", "a", question=question)
    civilians = counted("600 civilians were evacuated.", "b", question=question)
    assert not agree(question, troops, civilians)


def test_nearly_the_same_words_are_agreement() -> None:
    said = told("a", "The ferry burned because its engine failed.")
    assert agree(WHY, said, told("b", "Because its engine failed the ferry burned, police said."))
    assert not agree(WHY, said, told("b", "Because of fog the ferry sank, police said."))


def test_nearly_the_same_words_with_another_answer_among_them_are_none() -> None:
    assert not agree(PART, told("a", GUARD), told("b", FORWARD))
    assert agree(PART, told("a", GUARD), told("a", FORWARD))  # an article adds to what it said


def test_other_words_around_the_same_answer_are_agreement() -> None:
    assert agree(PART, told("a", GUARD), told("b", "Carter went to the old town club as its guard."))


def test_the_same_figure_of_another_event_is_no_agreement() -> None:
    one, other = counted("12 people were evacuated.", "a"), counted("Some 12 people were evacuated.", "b")
    shorts = LastWords(understand(COUNT), nothing_alike())
    assert not Agreement(shorts, LIMITS, lambda *_: False).holds(Statement(one, (), one.spans[0]), other)
