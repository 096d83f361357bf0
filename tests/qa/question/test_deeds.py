import pytest

from qa.question.deeds import is_done_otherwise, read_deed


def otherwise(question: str, sentence: str) -> bool:
    deed = read_deed(question)
    assert deed
    return is_done_otherwise(deed, sentence)


@pytest.mark.parametrize(
    ("question", "doer", "done_to"),
    [
        ("Who beat Ned Price?", set(), {"ned", "price"}),
        ("Who did Price beat?", {"price"}, set()),
        ("When did the US beat Canada?", {"=united states"}, {"=canada"}),
        ("How many were evacuated by the Taliban?", {"taliban"}, set()),
    ],
)
def test_who_does_it_to_whom(question: str, doer: set[str], done_to: set[str]) -> None:
    deed = read_deed(question)
    assert deed
    assert (set(deed.doer), set(deed.done_to)) == (doer, done_to)


@pytest.mark.parametrize("question", ["Who left?", "When did it burn?", "What is recognised by the EU law?", ""])
def test_not_every_question_is_of_a_deed_by_or_to_a_name(question: str) -> None:
    assert read_deed(question) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who replaced Gass?", "Gass came in April, replacing Ned Price."),
        ("Who replaced Gass?", "Gass, who replaced Ned Price, left."),
        ("Who replaced Gass?", "Price was replaced by Gass."),
        ("Who did Gass replace?", "Price has replaced Gass."),
        ("Who did Gass beat?", "Price defeated Simon Gass on Friday."),
        ("Who did Gass beat?", "It was a narrow victory over Gass."),
        ("By how much did Canada beat Iran?", "It was a victory over Canada."),
        ("How many were evacuated by Iran?", "About 600 were evacuated from Herat by Canada."),
        ("How many ferries did Gass burn?", "On Friday Price burned three ferries."),
        ("How many missiles did Iran fire at Canada?", "A Canadian bomber fired two at a city of Iran."),
    ],
)
def test_what_another_does_or_is_done_to_another_is_done_otherwise(question: str, sentence: str) -> None:
    assert otherwise(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who replaced Gass?", "Price replaced Gass."),
        ("Who replaced Gass?", "Gass was replaced by Price."),
        ("Who replaced Gass?", "Price replaced Wallace and Gass."),
        ("Who replaced Gass?", "Gass replaced Price, and Bristow replaced Gass."),
        ("Who did Gass beat?", "Gass defeated Price."),
        ("Who did Gass beat?", "Price lost to Gass."),
        ("Where did Gass die?", "Price killed Gass in Herat."),
        ("How did the Taliban confess it?", "It was the first Gass confession of all."),
        ("How many ferries did Gass burn?", "Nobody in Herat burned three ferries."),
        ("How many ferries did Gass burn?", "He burned three ferries."),
        ("How many missiles did Iran fire at Canada?", "Iran’s Canadian bombers fired two."),
        ("How many ferries did Gass burn?", "Gass said that Price burned three ferries."),
    ],
)
def test_what_is_done_as_asked_or_by_nobody_named_is_not(question: str, sentence: str) -> None:
    assert not otherwise(question, sentence)
