from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.verification.claims import Claim, MarkerStream, find_markers, parse_claims

KNOWN = (1, 2, 3)


@pytest.mark.parametrize(
    ("answer", "claims"),
    [
        ("It fell [1].", [("It fell.", (1,))]),
        ("It fell. [1] He left. [2]", [("It fell.", (1,)), ("He left.", (2,))]),
        ("It fell.[1] He left.[2][3]", [("It fell.", (1,)), ("He left.", (2, 3))]),
        ("It fell [1, 3]. He left [1-3]; they ran [2–3].", [("It fell.", (1, 3)), ("He left; they ran.", (1, 2, 3))]),
        ("It fell ［1］【2】.", [("It fell.", (1, 2))]),
        ("It fell [１].", [("It fell.", (1,))]),
        ("It fell.¹ He left.² ³ They ran.⁽¹⁾", [("It fell.", (1,)), ("He left.", (2, 3)), ("They ran.", (1,))]),
        ("It fell.¹⁻³", [("It fell.", (1, 2, 3))]),
        ("It fell [Source 2]. He left 【3†source】. They ran [^1].",
         [("It fell.", (2,)), ("He left.", (3,)), ("They ran.", (1,))]),
        ("One fell.\nTwo fell.\nThree fell. [1]", [("One fell.", ()), ("Two fell.", ()), ("Three fell.", (1,))]),
        ("It fell.\n[2]\nHe left.", [("It fell.", (2,)), ("He left.", ())]),
        ("[1] It fell.\n[2] He left.", [("It fell.", (1,)), ("He left.", (2,))]),
        ("He fled to the U.S. [1] Troops left. [2]", [("He fled to the U.S.", (1,)), ("Troops left.", (2,))]),
        ("“He said so.” [1] She left.[2]They ran.", [("“He said so.”", (1,)), ("She left.", (2,)), ("They ran.", ())]),
        ("Here is the answer:\n\nIt fell. [1]", [("Here is the answer:", ()), ("It fell.", (1,))]),
        ("- It fell [1]\n* he left. [2]\n1. They ran. [3]\n2) 600 stayed",
         [("It fell", (1,)), ("he left.", (2,)), ("They ran.", (3,)), ("600 stayed", ())]),
        ("It fell [1] , he left [2] .", [("It fell, he left.", (1, 2))]),
        ("It fell [1][1, 1].", [("It fell.", (1,))]),
        ("", []),
        ("  \n", []),
        ("[1]", []),
    ],
)  # fmt: skip
def test_markers_belong_to_the_sentence_that_they_stand_in_or_after(
    answer: str, claims: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert parse_claims(answer, KNOWN) == tuple(Claim(text, markers, ()) for text, markers in claims)


@pytest.mark.parametrize(
    "text",
    [
        "It fell in [2021].",
        "He [sic] left.",
        "Use `a[1]` here.",
        "```\na[1] = b[2]\n```",
        "See [the report](https://example.org/a[1]).",
        "See [1](https://example.org).",
        "See ![1](https://example.org/a.png).",
        "An area of 5 km² and 3 m³.",
        "Some 10⁶ of them.",
        "[1]: https://example.org",
        "It fell [x1].",
        "It fell [1.5].",
        "It fell [].",
    ],
)
def test_what_is_no_marker_is_left_alone(text: str) -> None:
    assert find_markers(text) == ()
    assert [claim.markers + claim.unknown for claim in parse_claims(text, KNOWN)] in ([()], [(), ()])


def test_numbers_that_are_no_source_are_told_apart() -> None:
    assert parse_claims("It fell [2, 7].", KNOWN) == (Claim("It fell.", (2,), (7,)),)
    assert parse_claims("It fell [0].", KNOWN) == (Claim("It fell.", (), (0,)),)


def test_a_range_is_no_way_to_cite_everything() -> None:
    assert parse_claims("It fell [1-999].", range(1, 500)) == (Claim("It fell.", (1,), (999,)),)
    assert parse_claims("It fell [3-1].", KNOWN) == (Claim("It fell.", (1, 2, 3), ()),)


PIECES = [
    "It fell",
    " ",
    ".",
    "[1]",
    "[",
    "]",
    "1",
    "2-3",
    "［2］",
    "【1†source】",
    "¹",
    "²",
    "⁽",
    "\n",
    "- ",
    "(http://a)",
]
PIECES += ["[2021]", "`", "U.S.", " He left", ",", "12", "[the", "“", "\u00a0", "[1, 2"]
ANSWERS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join) | st.text(max_size=80)


@given(ANSWERS, st.lists(st.integers(0, 200), max_size=12))
def test_a_stream_shows_the_same_however_it_is_cut_and_never_ends_within_a_marker(answer: str, cuts: list[int]) -> None:
    places = sorted({min(cut, len(answer)) for cut in cuts} | {0, len(answer)})
    stream = MarkerStream()
    shown = ""
    ends = []
    for start, end in pairwise(places):
        shown += stream.feed(answer[start:end])
        ends.append(len(shown))
    assert shown + stream.flush() == answer
    assert not [marker for marker in find_markers(answer) for end in ends if marker.start < end < marker.end]


@given(ANSWERS)
def test_parsing_loses_no_words_and_invents_none(answer: str) -> None:
    claims = parse_claims(answer, KNOWN)
    for claim in claims:
        assert claim.text == " ".join(claim.text.split())
        assert claim.text
        assert set(claim.markers) <= set(KNOWN)
        assert not set(claim.unknown) & set(KNOWN)
    assert {number for claim in claims for number in claim.markers + claim.unknown} <= {
        number for marker in find_markers(answer) for number in marker.numbers
    }


@pytest.mark.parametrize("piece", ["[", "[1", "`", "⁽¹", "[1](", "¹⁻", "- ", "[1]\n"])
def test_long_answers_take_no_longer_than_their_length_asks(piece: str) -> None:
    parse_claims(piece * 4_000, KNOWN)
