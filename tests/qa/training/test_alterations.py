import random

import pytest

from qa.language.names import find_names
from qa.training.alterations import (
    ALTERATIONS,
    exchanged,
    in_other_words,
    invented,
    invented_of,
    misplaced,
    only_planned,
    other_name,
    other_number,
    other_phrase,
    other_verb,
    unsure,
)
from qa.training.verbs import verbs_of

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


VERBS = verbs_of(
    ["They had to praise him and praised him.", "It will burn and burned.", "He tried to paint it and painted it."] * 2
)


def test_forms_of_verbs_are_learned_of_the_texts() -> None:
    assert VERBS.base("praised") == "praise"
    assert VERBS.past("paint") == "painted"
    assert VERBS.base("homes") is None
    assert VERBS.past("home") is None


def test_words_on_the_wrong_side_of_their_verb_are_all_met_and_say_another_thing() -> None:
    told = misplaced(["Ada Lun", "Tom Hale"], SOURCE, VERBS, random.Random(1))
    assert told == "Tom Hale praised Ada Lun."
    assert misplaced(["Ada Lun"], SOURCE, VERBS, random.Random(1)) is None
    assert misplaced(["Ada Lun", "Tom Hale"], "Tom Hale was praised by Ada Lun.", VERBS, random.Random(1)) is None


def test_an_invented_sentence_of_phrases_has_no_verb_of_the_source() -> None:
    for seed in range(20):
        told = invented_of(["Ada Lun", "40 homes"], SOURCE, VERBS, random.Random(seed))
        assert told
        assert "painted" in told


def test_what_was_only_planned_was_not_done() -> None:
    changed = only_planned("Ada praised Tom.", "Ada praised Tom in Orley.", VERBS, random.Random(3))
    assert changed is not None
    source, claim = changed
    assert " praise Tom." in source
    assert claim == source.replace("Tom.", "Tom in Orley.")
    assert only_planned("Tom was praised.", "Tom was praised.", VERBS, random.Random(3)) is None


def test_another_phrase_takes_the_place_of_one_that_answers_another_question() -> None:
    told = other_phrase("Ada Lun praised Tom Hale.", ["Tom Hale", "Orley"], random.Random(1))
    assert told == "Ada Lun praised Orley."


def test_a_synonym_leaves_a_sentence_true() -> None:
    verbs = verbs_of(["They will kill and slay him. He killed and slew him."] * 2)
    assert in_other_words("Ada killed Tom.", verbs, random.Random(1)) in {None, "Ada slew Tom."}
