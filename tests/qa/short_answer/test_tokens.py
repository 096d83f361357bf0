import pytest

from qa.short_answer.tokens import HAS_DIGIT, IS_CAPITALISED, IS_CONTENT, TRAITS, WORD, is_open, is_past, traits_of


def words(text: str) -> list[str]:
    return [match.group() for match in WORD.finditer(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On August 15, 1971, it", ["On", "August", "15", ",", "1971", ",", "it"]),
        ("£2.5m or 71% of 15,000.", ["£2.5m", "or", "71%", "of", "15,000", "."]),
        ("(1277–1347)", ["(", "1277", "–", "1347", ")"]),
        ("the 13-year-old U.S. army", ["the", "13-year-old", "U.S.", "army"]),
        ("W. E. Hill met Mr. Gass", ["W.", "E.", "Hill", "met", "Mr.", "Gass"]),
        ("AT&T's, don't and Gass’s", ["AT&T", "'s", ",", "don't", "and", "Gass", "’s"]),
        (
            "Reps. Roe, D-Del., and Doe, D-N.Y., met",
            ["Reps.", "Roe", ",", "D-Del.", ",", "and", "Doe", ",", "D-N.Y.", ",", "met"],
        ),
        ("“no” 565 °C", ["“", "no", "”", "565", "°", "C"]),
    ],
)
def test_a_text_is_cut_into_words_and_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_words_are_told_by_capitals_digits_and_class() -> None:
    assert traits_of("Kabul")[IS_CAPITALISED] == 1 == traits_of("Kabul")[IS_CONTENT]
    assert traits_of("600")[HAS_DIGIT] == 1 > traits_of("six")[HAS_DIGIT]
    assert traits_of("the")[IS_CONTENT] == 0
    assert traits_of("because").argmax() == traits_of("due").argmax() != traits_of("of").argmax()


def test_marks_are_told_apart_and_have_no_more_traits() -> None:
    marks = [tuple(traits_of(mark)) for mark in (",", ".", "(", ")", "“", "”", "'s", "†")]
    assert len(set(marks)) == len(marks)
    assert {sum(mark) for mark in marks} == {1}
    assert {len(mark) for mark in marks} == {TRAITS}


def test_open_words_and_past_forms() -> None:
    assert [is_open(word) for word in ("city", "of", ",", "600")] == [True, False, False, True]
    assert [is_past(word) for word in ("fell", "landed", "falls")] == [True, True, False]
