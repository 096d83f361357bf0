import pytest

from qa.reading.reader import Reader
from qa.reading.trained import packaged
from qa.verification.claim_facts import facts_of
from qa.verification.witness import GIVEN, REACH, gives, says_it, speaks_against
from tests.qa.reading.fakes import FakeReader

WORDS = "General Nick Carter is the head of Britain's armed forces. Ben Wallace is the defence secretary."


def here(claim: str, reader: Reader) -> float:
    return says_it(facts_of(claim, None), WORDS, reader)


def against(claim: str, reader: Reader, publisher: str | None = None) -> float:
    return speaks_against(facts_of(claim, None), WORDS, reader, publisher=publisher)


def test_another_name_in_its_place_speaks_against_a_claim() -> None:
    reader = FakeReader({"Nick Carter": 4.0}, here=1.0)
    assert here("Ben Wallace is the head of the forces.", reader) == 1.0
    assert against("Ben Wallace is the head of the forces.", reader) == 4.0


@pytest.mark.parametrize(
    "marks", [{"Ben Wallace": 4.0}, {"Nick Carter": 4.0, "Wallace": -3.0}, {"Nick Carter": -1.0}, {}]
)
def test_nothing_does_where_the_name_is_found_or_nobody_is(marks: dict[str, float]) -> None:
    assert against("Ben Wallace is the head of the forces.", FakeReader(marks)) == 0


@pytest.mark.parametrize("claim", ["The British ambassador left.", "The Wire reported that he left.", "He left."])
def test_who_says_so_and_of_which_nation_is_not_asked(claim: str) -> None:
    reader = FakeReader({"Nick Carter": 4.0})
    assert against(claim, reader, publisher="The Wire") == 0
    assert reader.windows == []


@pytest.mark.parametrize(
    ("claim", "found"),
    [("General Nick Carter.", True), ("Carter", True), ("Ben Wallace.", False), ("Britain's armed forces", False)],
)
def test_a_few_words_must_be_what_the_reader_finds_for_the_question(claim: str, found: bool) -> None:
    reader = FakeReader({"Nick Carter": GIVEN, "Ben Wallace": GIVEN - 0.1})
    assert gives(claim, "Who is the head of the forces?", WORDS, reader) is found


@pytest.mark.parametrize("claim", ["Ben Wallace", "The armed forces"])
def test_the_packaged_reader_takes_no_other_words_of_the_source_for_an_answer(claim: str) -> None:
    assert gives("Nick Carter", "Who is the head of Britain's armed forces?", WORDS, packaged())
    assert not gives(claim, "Who is the head of Britain's armed forces?", WORDS, packaged())


def test_what_is_borne_witness_to_is_bounded() -> None:
    assert here("Ben Wallace left.", FakeReader({}, here=-40.0)) == -REACH
    assert against("Ben Wallace left.", FakeReader({"Nick Carter": 40.0})) == 5.0


def test_the_packaged_reader_tells_who_is_the_head() -> None:
    told = [against(f"{name} is the head of Britain's armed forces.", packaged())
            for name in ("Nick Carter", "Ben Wallace")]  # fmt: skip
    assert told[0] == 0 < told[1]
