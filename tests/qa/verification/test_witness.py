import pytest

from qa.reading.trained import packaged
from qa.verification.claim_facts import facts_of
from qa.verification.witness import Witness, bear_witness
from tests.qa.reading.fakes import FakeReader

WORDS = "General Nick Carter is the head of Britain's armed forces. Ben Wallace is the defence secretary."


def witness(claim: str, reader: FakeReader, publisher: str | None = None) -> Witness:
    return bear_witness(facts_of(claim, None), WORDS, reader, publisher=publisher)


def test_another_name_in_its_place_speaks_against_a_claim() -> None:
    found = witness("Ben Wallace is the head of the forces.", FakeReader({"Nick Carter": 4.0}, here=1.0))
    assert found == Witness(here=1.0, against=4.0)


@pytest.mark.parametrize(
    "marks", [{"Ben Wallace": 4.0}, {"Nick Carter": 4.0, "Wallace": -3.0}, {"Nick Carter": -1.0}, {}]
)
def test_nothing_does_where_the_name_is_found_or_nobody_is(marks: dict[str, float]) -> None:
    assert witness("Ben Wallace is the head of the forces.", FakeReader(marks)).against == 0


@pytest.mark.parametrize("claim", ["The British ambassador left.", "The Wire reported that he left.", "He left."])
def test_who_says_so_and_of_which_nation_is_not_asked(claim: str) -> None:
    reader = FakeReader({"Nick Carter": 4.0})
    assert witness(claim, reader, publisher="The Wire").against == 0
    assert len(reader.windows) == 1


def test_what_is_borne_witness_to_is_bounded() -> None:
    assert witness("Ben Wallace left.", FakeReader({"Nick Carter": 40.0}, here=-40.0)) == Witness(-3.0, 5.0)


def test_the_packaged_reader_tells_who_is_the_head() -> None:
    told = [bear_witness(facts_of(f"{name} is the head of Britain's armed forces.", None), WORDS, packaged())
            for name in ("Nick Carter", "Ben Wallace")]  # fmt: skip
    assert told[0].against == 0 < told[1].against
