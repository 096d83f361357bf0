import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.terms import (
    bare,
    content_words,
    distinct,
    is_content,
    is_negated,
    key_of,
    keys_of,
    pairs_of,
    synonyms_of,
    words_of,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("evacuated", "evacuation"),
        ("Troops", "troop"),
        ("sent", "send"),
        ("fell", "fallen"),
        ("15,000", "15000"),
        ("UK", "British"),
        ("US", "Americans"),
        ("U.S.", "US"),
        ("Taliban’s", "Taliban"),
        ("Taliban's", "Taliban"),
        ("Britain’s", "UK"),
        ("U.S", "American"),
        ("U.K", "British"),
        ("René", "Rene"),
        ("Erdoğan", "erdogan"),
        ("cafés", "café"),
        ("1950s", "1950’s"),
        ("1950's", "1950"),
    ],
)
def test_words_that_mean_the_same_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US", "us"),
        ("Polish", "polish"),
        ("British", "American"),
        ("15,000", "1,500"),
        ("1.5", "15"),
        ("Iran", "Iraq"),
        ("evacuated", "vacuum"),
        ("1950s", "1960s"),
        ("1950s", "195"),
        ("U.S", "us"),
        ("É", "A"),
    ],
)
def test_words_that_do_not_mean_the_same_have_different_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_words_stand_as_written_and_figures_and_contractions_stay_whole() -> None:
    assert words_of("Mr Gass’s 15,000 U.S. allies don't, well-known at 2.5%") == [
        "Mr", "Gass’s", "15,000", "U.S", "allies", "don't", "well", "known", "at", "2.5",
    ]  # fmt: skip


def test_keys_are_those_of_the_words_stop_words_too() -> None:
    assert keys_of("The troops were sent") == ("the", "troop", "were", "send")


def test_content_words_leave_out_what_carries_no_meaning() -> None:
    assert content_words("How many US troops are being sent to us by them?") == ["US", "troops", "sent"]


def test_the_country_is_content_and_the_pronoun_is_not() -> None:
    assert is_content("US")
    assert not is_content("us")
    assert not is_content("It")
    assert content_words("U.S. troops told us") == ["U.S", "troops"]


def test_accents_are_left_out_of_keys_but_not_of_words() -> None:
    assert keys_of("Malmö über São") == keys_of("Malmo uber Sao")
    assert content_words("René spoke") == ["René", "spoke"]
    assert key_of("从喀布尔") == "从喀布尔"


def test_pairs_are_of_words_with_nothing_but_a_space_between() -> None:
    assert pairs_of("foreign secretary, defence secretary") == [("foreign", "secretary"), ("defence", "secretary")]


def test_distinct_keeps_the_order_of_first_appearance() -> None:
    assert distinct(["b", "a", "b", "c", "a"]) == ("b", "a", "c")


def test_synonyms_are_mutual_and_hold_the_word_itself() -> None:
    soldiers, troops = key_of("soldiers"), key_of("troops")
    assert {soldiers, troops} <= synonyms_of(soldiers) & synonyms_of(troops)
    assert synonyms_of(key_of("zeppelin")) == {key_of("zeppelin")}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("kill", "assassinate", True), ("pay", "bought", True), ("pay", "worth", False), ("ceo", "chief", False)],
)
def test_what_is_worth_a_sum_need_not_cost_it_nor_every_chief_run_a_company(
    one: str, other: str, *, alike: bool
) -> None:
    assert (key_of(other) in synonyms_of(key_of(one))) is alike


def test_a_word_of_several_groups_has_the_synonyms_of_all() -> None:
    assert {key_of("seize"), key_of("decline")} <= synonyms_of(key_of("fall"))
    assert key_of("decline") not in synonyms_of(key_of("seize"))


@pytest.mark.parametrize("text", ["It was not so.", "This isn’t it", "They can't", "Nobody came", "without help", "NO"])
def test_denials_are_seen(text: str) -> None:
    assert is_negated(text)


@pytest.mark.parametrize("text", ["A notable knot", "Nowadays", "Norway", "noon", ""])
def test_words_that_only_look_like_denials_are_none(text: str) -> None:
    assert not is_negated(text)


@given(st.text(max_size=200))
def test_every_word_of_any_text_stands_in_it_and_has_a_key(text: str) -> None:
    words = words_of(text)
    at = 0
    for word in words:
        at = text.index(word, at) + len(word)
    assert tuple(map(key_of, words)) == keys_of(text)
    assert set(content_words(text)) <= set(map(bare, words))
    assert all(f"{one} {other}" in text for one, other in pairs_of(text))
