import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.short_forms import is_slip, name_keys, other_keys
from qa.language.terms import key_of, words_of


def shorts(text: str) -> set[str]:
    return set(name_keys(words_of(text)))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The World Health Organization met.", "+who"),
        ("She led the International Monetary Fund.", "+imf"),
        ("The North Atlantic Treaty Organization met.", "+nato"),
        ("The Ministry of Health and Welfare said", "+mhw"),
        ("European Union", key_of("EU")),
        ("The EU fell apart.", "^eu"),
        ("The U.S. left.", "^us"),
        ("The United States left.", key_of("US")),
        ("the United Kingdom", key_of("UK")),
    ],
)
def test_a_name_in_full_has_the_key_of_its_short_form(text: str, key: str) -> None:
    assert key in shorts(text)


@pytest.mark.parametrize("text", ["", "the union of europe", "Europe", "A", "europe Of", "the ferry to Herat burned"])
def test_what_is_no_name_of_several_words_has_none(text: str) -> None:
    assert shorts(text) == set()


def test_small_words_link_a_name_and_do_not_end_it() -> None:
    assert shorts("Bank for South Wales in 2021") == shorts("Bank for South Wales") == {"+bsw"}
    assert shorts("Bank that South Wales") == set()


def test_every_part_of_a_long_name_counts() -> None:
    assert {"+wtc", "+wtcb", "+tcb"} <= shorts("the World Trade Centre Board")


def test_a_monstrous_run_of_capitals_is_cut_into_parts_of_six_words() -> None:
    assert max(map(len, shorts("Abc " * 50))) == 7


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hatmanis", "hartmanis"),
        ("hartmanos", "hartmanis"),
        ("hartmanis", "hartmanisz"),
        ("artmanis", "hartmanis"),
        ("jonson", "jonsen"),
        ("herat", "heratt"),
    ],
)
def test_one_letter_is_a_slip_either_way(one: str, other: str) -> None:
    assert is_slip(one, other)
    assert is_slip(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("iran", "iraq"),
        ("iraq", "iraqi"),
        ("kabul", "kabul"),
        ("austria", "australia"),
        ("henderson", "anderson"),
        ("kandahar", "kadnahra"),
        ("15000", "15001"),
        ("=iran", "=iraq"),
        ("", ""),
    ],
)
def test_more_than_one_letter_short_words_numbers_and_nations_are_none(one: str, other: str) -> None:
    assert not is_slip(one, other)
    assert not is_slip(other, one)


@given(st.text("abc", min_size=5, max_size=9), st.data())
def test_any_letter_left_out_or_changed_is_a_slip(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    assert is_slip(word, f"{word[:place]}x{word[place + 1 :]}")
    assert is_slip(word, f"{word[:place]}x{word[place:]}")


@given(st.text(max_size=200))
def test_any_text_has_keys_of_letters_or_nations(text: str) -> None:
    for key in shorts(text):
        assert len(key) >= 2
        assert key == key.lower() or key.startswith("=")


def test_a_name_of_a_question_is_met_in_its_other_form_and_not_by_its_likes() -> None:
    assert other_keys(["International", "Red", "Cross"]) == {"^irc"}
    assert other_keys(["WHO"]) == {"+who"}
    assert other_keys(["United", "States"]) == {"=united states"}
    assert other_keys(["Kabul"]) == frozenset()


@pytest.mark.parametrize("text", ["Eastern Ukraine", "Union Station", "Under Secretary Jones"])
def test_two_initials_are_no_name(text: str) -> None:
    assert shorts(text) == set() or not any(key.startswith("+") and len(key) == 3 for key in shorts(text))
