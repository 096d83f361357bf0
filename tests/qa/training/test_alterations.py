import random

import pytest

from qa.language.names import find_names
from qa.training.alterations import ALTERATIONS, exchanged, invented, other_name, other_number, other_verb, unsure

SOURCE = "Ada Lun praised Tom Hale in Orley on Monday, after 40 homes had burned there. Max Orr was away."
CLAIM = "Ada Lun praised Tom Hale after 40 homes had burned."


@pytest.mark.parametrize("alter", [*ALTERATIONS, other_verb(["burned", "painted", "closed"])])
def test_what_is_made_differs_and_comes_again_with_its_seed(alter: object) -> None:
    assert callable(alter)
    made = [alter(CLAIM, SOURCE, random.Random(seed)) for seed in range(20)]
    assert made == [alter(CLAIM, SOURCE, random.Random(seed)) for seed in range(20)]
    assert CLAIM not in made


def test_one_thing_is_changed() -> None:
    rng = random.Random(1)
    assert exchanged(CLAIM, SOURCE, rng) == "Tom Hale praised Ada Lun after 40 homes had burned."
    assert "40" not in str(other_number(CLAIM, SOURCE, rng))
    assert any(name in str(other_name(CLAIM, SOURCE, rng)) for name in ("Max Orr", "Orley", "Monday"))
    assert "painted" in str(other_verb(["painted"])(CLAIM, SOURCE, rng))


def test_inventions_have_names_of_the_source_and_no_verb_of_it() -> None:
    known = {name.text for name in find_names(SOURCE)}
    for seed in range(50):
        told = invented("", SOURCE, random.Random(seed))
        assert told
        assert any(name in told for name in known)
        assert "praised" not in told


def test_a_source_that_is_not_sure_keeps_the_words() -> None:
    for seed in range(20):
        told = unsure("The tower fell at noon.", random.Random(seed))
        assert "he tower fell at noon" in told
        assert told.endswith(".")
