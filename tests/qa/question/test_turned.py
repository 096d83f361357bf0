import pytest

from qa.question.turned import Turn, exchange, taken_for_granted, turned_by


def turned(question: str, sentence: str, around: str = "") -> list[tuple[str, Turn]]:
    return [(one.text, one.turn) for one in turned_by(question, sentence, around)]


@pytest.mark.parametrize(
    ("question", "sentence", "text", "turn"),
    [
        ("Why did Dovan sign the bill?", "She vetoed the bill.", "Why did Dovan vetoed the bill?", Turn.OPPOSITE),
        (
            "What did Lumen pay for Kestrel?",
            "Kestrel bought Lumen.",
            "What did Kestrel pay for Lumen?",
            Turn.EXCHANGED,
        ),
        ("Why did they recall it?", "It would not recall it.", "Why did they would not recall it?", Turn.UNDONE),
        ("When was it sold?", "It wasn't sold.", "When was it wasn't sold?", Turn.UNDONE),
        ("Who resigned?", "The mayor never resigned.", "Who never resigned?", Turn.UNDONE),
        ("When did they override it?", "They may override it.", "When did they may override it?", Turn.UNDONE),
        ("When was it closed?", "The firm plans to close it.", "When was it plans to close?", Turn.UNDONE),
    ],
)
def test_a_sentence_turns_a_question_round(question: str, sentence: str, text: str, turn: Turn) -> None:
    assert turned(question, sentence) == [(text, turn)]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did the price fall?", "The price fell after it had risen."),  # it has the word itself
        ("Why did the price decline?", "The price fell after it had risen."),  # or another for it
        ("Why did Ada and Tom meet Eve?", "Ada and Tom met."),  # Eve isn't there, and the two stand as one
        ("Why did the firm not recall it?", "The firm did not recall it."),
        ("Who did Ada sue for Tom and Eve?", "Ada, Tom and Eve sued."),  # of three names, some pair fits by chance
        ("When did they plan to override it?", "They may override it."),
        ("When will they override it?", "They may override it."),
        ("Who was Mahmud's father?", "His mother was killed."),
        ("Who was the father of Mahmud?", "His mother was killed."),
        ("What is the tax rate?", "They do not tax it."),
        ("Who signed the bill?", "Rain is forecast."),
    ],
)
def test_nothing_turns_what_is_said_as_it_is_asked(question: str, sentence: str) -> None:
    assert turned(question, sentence) == []


def test_names_may_stand_around_the_sentence() -> None:
    assert turned("Who did Ada sue for Tom?", "Ada sued the firm.") == []
    assert turned("Who did Ada sue for Tom?", "Ada sued the firm.", "Tom wins.") == [
        ("Who did Tom sue for Ada?", Turn.EXCHANGED)
    ]


def test_names_of_which_one_holds_the_other_stay() -> None:
    assert exchange("York lost to New York.", "York", "New York") is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Why did the mayor sign the bill?", "the mayor sign the bill."),
        ("How many were hurt in Orley?", "hurt in Orley."),
        ("Who signed it?", "signed it."),
        ("Why?", "."),
    ],
)
def test_what_is_taken_for_granted_is_what_follows_the_words_that_ask(question: str, said: str) -> None:
    assert taken_for_granted(question) == said
