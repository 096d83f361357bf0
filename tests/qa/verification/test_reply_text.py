import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.verification.claims import parse_claims
from qa.verification.reply_text import ThoughtStream, answer_text, without_thoughts

SENT, LEFT = "Britain sent 600 troops.", "The US left."

# As models write it, and the sentences with their sources that are read of it.
STYLES: list[tuple[str, list[tuple[str, tuple[int, ...]]]]] = [
    ("Britain sent 600 troops [1]. The US left [2].", [(SENT, (1,)), (LEFT, (2,))]),
    ("Britain sent 600 troops. The US left. [1]", [(SENT, (1,)), (LEFT, (1,))]),
    ("Britain sent 600 troops.\n\nThe US left. [1]", [(SENT, ()), (LEFT, (1,))]),
    ("According to [1], Britain sent 600 troops.", [(SENT, (1,))]),
    ("According to source 1, Britain sent 600 troops.", [(SENT, (1,))]),
    ("The US left [2]. According to [1], Britain sent 600 troops.", [(LEFT, (2,)), (SENT, (1,))]),
    ("Britain sent 600 troops, according to Source 1.", [(SENT, (1,))]),
    ("Source 1 says that Britain sent 600 troops.", [(SENT, (1,))]),
    ("As [1] reports, Britain sent 600 troops.", [(SENT, (1,))]),
    ("Britain sent 600 troops (Source 1).", [(SENT, (1,))]),
    ("Britain sent 600 troops (sources 1 and 2).", [(SENT, (1, 2))]),
    ("Britain sent 600 troops (1). The US left (2).", [(SENT, (1,)), (LEFT, (2,))]),
    ("Britain sent 600 troops [Source 1].", [(SENT, (1,))]),
    ("Britain sent **600** troops [1].", [(SENT, (1,))]),
    ("**Answer:** Britain sent 600 troops [1].", [(SENT, (1,))]),
    ("Answer: Britain sent 600 troops. [1]", [(SENT, (1,))]),
    ("Question: How many troops did Britain\nBritain sent 600 troops. [1]", [(SENT, (1,))]),
    ("Here is the answer:\n\nBritain sent 600 troops [1].", [(SENT, (1,))]),
    ("Here are the sentences from the sources:\n- Britain sent 600 troops [1]\n- The US left [2]",
     [("Britain sent 600 troops", (1,)), ("The US left", (2,))]),
    ("Sure! Britain sent 600 troops [1].", [(SENT, (1,))]),
    ("Based on the provided sources, Britain sent 600 troops [1].", [(SENT, (1,))]),
    ("According to the sources, Britain sent 600 troops [1].", [(SENT, (1,))]),
    ("<think>Is it 600? [2]</think>\nBritain sent 600 troops [1].", [(SENT, (1,))]),
    ("It may be 600.</think>Britain sent 600 troops [1].", [(SENT, (1,))]),
    ("<think>It may be 600. [1]", []),
    ("Britain sent 600 troops [1].\n\nI hope this helps! Let me know if you need more.", [(SENT, (1,))]),
    ("Britain sent 600 troops [1]. Note: this is based on the sources.", [(SENT, (1,))]),
    ("1. Britain sent 600 troops [1].\n2. The US left [2].", [(SENT, (1,)), (LEFT, (2,))]),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "expected"), STYLES)
def test_the_ways_models_write(reply: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    claims = parse_claims(answer_text(reply, {1, 2}), {1, 2})
    assert [(claim.text, claim.markers) for claim in claims] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kabul fell: the Taliban took it [1].",
        "The Taliban seized 11 (in 2021) capitals [1].",
        "He was born in Kabul (3) and left [1].",
        "(1) Britain sent it. (2) It left.",
        "The answer came from the sources of the Nile [1].",
        "According to Ben Wallace, 600 troops were sent [1].",
        "5 * 3 and 4 * 2 [1]",
    ],
)
def test_what_is_the_answers_own_stays(text: str) -> None:
    assert answer_text(text, {1, 2}) == text


def test_that_it_is_the_answer_is_no_part_of_it_wherever_it_is_said() -> None:
    assert answer_text("The answer is: 600 were sent [1]", {1}) == "600 were sent [1]"
    assert (
        answer_text("600 were sent. [1] My final answer is: They left. [2]", {1, 2})
        == "600 were sent. [1] They left. [2]"
    )


def test_what_stands_over_a_source_in_the_prompt_is_no_part_of_a_sentence() -> None:
    repeated = "The UK sends 600 troops | Meridian Wire | 2021-08-13 [1] They leave today | 2021-08-14T09:00Z"
    assert answer_text(repeated, {1}) == "The UK sends 600 troops [1] They leave today"
    assert answer_text("East | 11 | 66% [1]", {1}) == "East | 11 | 66% [1]"


def test_a_number_that_is_no_source_is_no_citation() -> None:
    assert answer_text("It fell (7).", {1, 2}) == "It fell (7)."


def test_a_shared_marker_says_so() -> None:
    first, second = parse_claims("Britain sent 600 troops. The US left. [1]", {1})
    assert (first.shared, second.shared) == (True, False)


@given(st.lists(st.integers(1, 9)), st.sampled_from(["<think>a [1] < b</think>", "<THINKING>x</THINKING>", ""]))
def test_no_thought_is_streamed_however_it_is_cut(sizes: list[int], thought: str) -> None:
    whole, stream, shown, at = f"He <b {thought}left. 3 < 4 [1]", ThoughtStream(), "", 0
    for size in [*sizes, len(whole)]:
        shown += stream.feed(whole[at : at + size])
        at += size
    assert shown + stream.flush() == without_thoughts(whole)
