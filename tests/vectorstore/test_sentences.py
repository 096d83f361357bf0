import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.sentences import split_sentences

# What sentences are made of and broken by, so that cuts are many; and anything at all, lone surrogates too.
TEXTS = st.text(
    alphabet=st.sampled_from("aB. \n\r\v\u2028\x85\u00a0\u2009\u3000.?!…\"'“”‘’)(-1\t\x1c😀\u0301\ud800"), max_size=300
) | st.text(alphabet=st.characters(exclude_categories=()), max_size=300)


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@given(TEXTS)
def test_spans_are_trimmed_in_order_and_leave_out_white_space_only(text: str) -> None:
    last = 0
    for span in split_sentences(text):
        quote = text[span.start : span.end]
        assert quote
        assert quote == quote.strip()
        assert last <= span.start
        assert not text[last : span.start].strip()
        last = span.end
    assert not text[last:].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gen. Sir Nick went. The U.S. Army stayed.", ["Gen. Sir Nick went.", "The U.S. Army stayed."]),
        ("It cost $3.5m. Then it rose.", ["It cost $3.5m.", "Then it rose."]),
        ("😀 It works. “Curly” too.\u00a0Yes.", ["😀 It works.", "“Curly” too.", "Yes."]),
        ("“We go.” They left.", ["“We go.”", "They left."]),
        ("“We go. ” They left.", ["“We go. ”", "They left."]),
        ("“This isn’t it. This isn’t that.”", ["“This isn’t it. This isn’t that.”"]),
        ("\u00a0 Out of it.\u00a0", ["Out of it."]),
        ("", []),
        (" \n\u2028\u00a0", []),
    ],
)
def test_ends_of_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("space", sorted(chr(code) for code in range(0x80, 0x10000) if chr(code).isspace()))
def test_wide_white_space_after_an_initial_is_a_space(space: str) -> None:
    """sentencex panics on it: it takes the space for one byte."""
    assert "".join(sentences(f"The plan was signed by Harry S{space}. Truman in 1947.")).endswith("Truman in 1947.")
    assert sentences(f"A{space}.{space}")[0][0] == "A"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\n\n", "\r\n \r\n"])
def test_a_line_of_its_own_is_a_sentence(line_break: str) -> None:
    lines = ["Troops sent to Kabul", "READ MORE: What was the point?", "- Herat", "- Ghazni", "They went. ", "The end."]
    assert sentences(line_break.join(lines)) == [line.strip() for line in lines]


def test_short_lines_of_one_width_are_not_a_wrapped_paragraph() -> None:
    assert sentences("Ghazni\nHerat\nKandahar\nKabul") == ["Ghazni", "Herat", "Kandahar", "Kabul"]


def test_a_line_that_starts_in_lower_case_goes_on() -> None:
    assert sentences("The troops were\nsent to Kabul.") == ["The troops were\nsent to Kabul."]


WRAPPED = """\
Soldiers On The Way

The head of the armed forces warned on Friday of a vacuum that may be
opening in Afghanistan, where fighters have captured Herat, Ghazni and
Kandahar within days. He spoke to the BBC. The defence secretary, Ben
Wallace, agreed.

More than six hundred soldiers are said to be on their way to
Kabul.
A caption
- an item
"""


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_hard_wrapped_paragraph_is_cut_at_sentences_only(line_break: str) -> None:
    assert [" ".join(found.split()) for found in sentences(WRAPPED.replace("\n", line_break))] == [
        "Soldiers On The Way",
        (
            "The head of the armed forces warned on Friday of a vacuum that may be opening in Afghanistan, where "
            "fighters have captured Herat, Ghazni and Kandahar within days."
        ),
        "He spoke to the BBC.",
        "The defence secretary, Ben Wallace, agreed.",
        "More than six hundred soldiers are said to be on their way to Kabul.",
        "A caption",
        "- an item",
    ]


def test_a_long_paragraph_is_cut_as_its_parts_are() -> None:
    one = "Mr. Carter met Gen. Smith of the U.S. Army at 5 p.m. in Kabul. "
    assert sentences(one * 500) == [one.strip()] * 500


@pytest.mark.parametrize("unit", ["“", "a", "\n", "a\n", ". ", "'a. ", "?! ", "\ud800", "e\u0301. "])
def test_time_grows_with_the_length_only(unit: str) -> None:
    """Quadratic time would take minutes here; the bound is wide enough for any machine."""
    started = time.process_time()
    split_sentences(unit * (300_000 // len(unit)))
    assert time.process_time() - started < 5


def test_the_same_text_gives_the_same_sentences() -> None:
    text = "".join(random.Random(7).choices("aB. \n“”?", k=5_000))
    assert split_sentences(text) == split_sentences(text)


def test_a_day_in_german_ends_no_sentence() -> None:
    text = "Die Brücke wird am 7. Oktober eröffnet. Sie kostete 3 Mio. Euro."
    assert [text[one.start : one.end] for one in split_sentences(text, language="de")] == [
        "Die Brücke wird am 7. Oktober eröffnet.",
        "Sie kostete 3 Mio. Euro.",
    ]
