from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question.understand import understand
from qa.reading.candidates import candidates_of
from qa.reading.coverage import SHARES, Met, is_named, meet, terms_of
from tests.qa.fakes import article, hit, hits


def meeting(question: str, text: str, sentence: str, likened: Mapping[str, float] | None = None) -> Met:
    """How much of a question the sentence of a text meets. All words weigh the same."""
    asked = understand(question)
    terms = terms_of(asked, lambda _: 3.0)
    one = next(one for one in candidates_of(hits(text)) if one.text == sentence)
    return meet(asked, terms, one, dict.fromkeys((term.key for term in terms), 0.0) | dict(likened or {}))


def test_a_rarer_word_weighs_more() -> None:
    ferry, burn = terms_of(understand("Why did the ferry burn?"), {"ferry": 5.0, "burn": 1.0}.__getitem__)
    assert (ferry.word, burn.word) == ("ferry", "burn")
    assert ferry.weight > burn.weight > 0


def test_what_is_met_counts_by_its_weight() -> None:
    terms = terms_of(understand("Why did the ferry burn?"), {"ferry": 5.0, "burn": 1.0}.__getitem__)
    (one,) = candidates_of(hits("The ferry left."))
    met = meet(understand("Why did the ferry burn?"), terms, one, {"ferri": 0.0, "burn": 0.0})
    total = sum(term.weight for term in terms)
    assert met.coverage == met.direct == pytest.approx(terms[0].weight / total)


def test_a_sentence_that_holds_every_word_meets_all() -> None:
    met = meeting("Why did the ferry burn?", "The ferry burned.", "The ferry burned.")
    assert (met.coverage, met.direct, met.unmet_names, met.misqualified) == (1, 1, 0, False)


def test_a_word_in_a_neighbouring_sentence_counts_for_a_part_and_is_not_direct() -> None:
    met = meeting("Why did the ferry burn?", "It burned. The ferry left.", "The ferry left.")
    assert met.coverage == pytest.approx((1 + SHARES.near) / 2)
    assert met.direct == 0.5


def test_a_word_elsewhere_in_the_passage_counts_for_less() -> None:
    met = meeting("Why did the ferry burn?", "It burned. One. Two. Three. The ferry left.", "The ferry left.")
    assert met.coverage == pytest.approx((1 + SHARES.passage) / 2)


def test_a_synonym_counts_for_most_and_is_direct() -> None:
    met = meeting("Which ferry was seized?", "They captured a ferry.", "They captured a ferry.")
    assert met.coverage == met.direct == pytest.approx((1 + SHARES.synonym) / 2)


def test_a_likened_word_counts_for_as_much_as_it_is_like() -> None:
    met = meeting("Why did the ferry burn?", "The boat burned.", "The boat burned.", {"ferri": 0.6})
    assert met.coverage == met.direct == pytest.approx((0.6 + 1) / 2)


def test_a_surname_stands_for_the_given_name() -> None:
    met = meeting("Why did Nick Carter resign?", "General Carter resigned.", "General Carter resigned.")
    assert met.coverage == pytest.approx((SHARES.surname + 1 + 1) / 3)
    assert met.unmet_names == 0


def test_a_given_name_does_not_stand_for_the_surname() -> None:
    met = meeting("Why did Nick Carter resign?", "Nick Clegg resigned.", "Nick Clegg resigned.")
    assert met.unmet_names == 0.5


def test_he_stands_for_a_name_of_the_sentence_before() -> None:
    met = meeting("Why did Carter resign?", "Carter spoke. He resigned.", "He resigned.")
    assert met.coverage == pytest.approx((SHARES.pronoun + 1) / 2)
    assert met.direct == pytest.approx((SHARES.pronoun / 2 + 1) / 2)
    assert met.unmet_names == 0


def test_he_stands_for_a_name_whose_surname_is_in_the_sentence_before() -> None:
    text = "Carter spoke at noon. He flew to London."
    met = meeting("When did Nick Carter fly to London?", text, "He flew to London.")
    assert met.unmet_names == 0
    assert not met.absent


@pytest.mark.parametrize("who", ["Peter Carter", "The Duke of Carter"])
def test_he_does_not_stand_for_somebody_else_of_that_surname(who: str) -> None:
    text = f"{who} spoke at noon. He flew to London."
    met = meeting("When did Nick Carter fly to London?", text, "He flew to London.")
    assert met.unmet_names
    assert met.absent


@pytest.mark.parametrize("who", ["Mr Carter", "N. Carter", "General Carter", "Carter"])
def test_a_title_or_an_initial_leaves_a_surname_to_its_bearer(who: str) -> None:
    text = f"{who} spoke at noon. He flew to London."
    met = meeting("When did Nick Carter fly to London?", text, "He flew to London.")
    assert met.unmet_names == 0


def test_a_place_is_named_by_what_stands_around_the_sentence_as_a_person_is_not() -> None:
    text = "A quake struck Marta Dune on Friday. Twelve houses fell."
    in_a_place = meeting("How many houses fell in Marta Dune?", text, "Twelve houses fell.")
    of_a_person = meeting("How many houses did Marta Dune lose?", text, "Twelve houses fell.")
    assert in_a_place.unmet_names == 0
    assert of_a_person.unmet_names == 1


def test_he_does_not_stand_for_a_name_that_is_nowhere_near() -> None:
    met = meeting("Why did Carter resign?", "Carter spoke. One. Two. Three. He resigned.", "He resigned.")
    assert met.unmet_names == 1


def test_a_name_that_is_nowhere_is_unmet_and_missing() -> None:
    met = meeting("How many Canadians were evacuated?", "15,000 were evacuated.", "15,000 were evacuated.")
    assert met.unmet_names == 1


def test_another_secretary_is_not_the_one_asked_about() -> None:
    text = "The foreign secretary left. Ben Wallace, the defence secretary, spoke."
    met = meeting("Who is the foreign secretary?", text, "Ben Wallace, the defence secretary, spoke.")
    assert met.misqualified
    assert met.coverage == pytest.approx((SHARES.passage + 1) / 2)


def test_a_bare_secretary_may_be_the_one_of_the_sentence_before() -> None:
    text = "The foreign secretary left. The secretary was Dominic Raab."
    met = meeting("Who is the foreign secretary?", text, "The secretary was Dominic Raab.")
    assert not met.misqualified
    assert met.coverage == pytest.approx((SHARES.near + 1) / 2)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did the European Union burn?", "The EU burned."),
        ("Why did the EU burn?", "The European Union burned."),
        ("Why did the United States burn?", "The US burned."),
        ("Why did the US burn?", "The United States burned."),
        ("Why did U.S. forests burn?", "Forests of the United States burned."),
        ("Why did NATO burn?", "The North Atlantic Treaty Organization burned."),
        ("Why did the International Monetary Fund burn?", "The IMF burned."),
        ("Why did René burn?", "Rene burned."),
        ("Why did Rene burn?", "René burned."),
    ],
)
def test_a_name_in_short_or_without_accents_is_the_name(question: str, sentence: str) -> None:
    met = meeting(question, sentence, sentence)
    assert (met.coverage, met.direct, met.unmet_names, met.absent) == (1, 1, 0, False)


def test_a_name_in_short_elsewhere_in_the_passage_counts_as_the_name_would() -> None:
    text = "The EU met. One. Two. Three. It burned."
    met = meeting("Why did the European Union burn?", text, "It burned.")
    assert met.coverage == pytest.approx((2 * SHARES.passage + 1) / 3)
    assert not met.absent


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did the European Union burn?", "Eastern Ukraine burned."),
        ("Why did Ned Price burn?", "Nina Powell burned."),
        ("Why did the United States burn?", "It left us and burned."),
        ("Why did Islamic State burn?", "What is there burned."),
        ("Why did the Bank of England burn?", "It will be burned."),
        ("Why did the World Health Organization burn?", "Those who stayed burned."),
    ],
)
def test_other_words_of_the_same_initials_are_not_the_name(question: str, sentence: str) -> None:
    met = meeting(question, sentence, sentence)
    assert (met.unmet_names, met.absent) == (1, True)


@pytest.mark.parametrize("sentence", ["Hatmanis burned.", "Hartmannis burned.", "Hartmanos burned."])
def test_a_name_with_a_slip_counts_for_most(sentence: str) -> None:
    met = meeting("Why did Hartmanis burn?", sentence, sentence)
    assert met.coverage == met.direct == pytest.approx((SHARES.slip + 1) / 2)
    assert (met.unmet_names, met.absent) == (0, False)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did Iran burn?", "Iraq burned."),
        ("Why did Austria burn?", "Australia burned."),
        ("Why did Hartmanis burn?", "Hermanos burned."),
        ("Why did the ferry burn?", "The merry burned."),
    ],
)
def test_another_name_or_another_word_is_no_slip(question: str, sentence: str) -> None:
    assert meeting(question, sentence, sentence).direct == 0.5


def test_a_question_without_words_is_met_by_nothing() -> None:
    met = meeting("who is it?", "Kabul fell.", "Kabul fell.")
    assert (met.coverage, met.direct, met.unmet_names, met.misqualified) == (0, 0, 0, False)


WORDS = st.lists(st.sampled_from("He Nick Carter Kabul fell foreign secretary ferry sank. troops, 600".split()))


@given(WORDS, WORDS, st.floats(0, 1))
def test_whatever_is_asked_of_whatever_shares_are_shares(asked: list[str], told: list[str], likeness: float) -> None:
    question = understand(" ".join(asked))
    terms = terms_of(question, len)
    for one in candidates_of(hits(" ".join(told))):
        met = meet(question, terms, one, dict.fromkeys((term.key for term in terms), likeness))
        assert 0 <= met.direct <= met.coverage + 1e-9 <= 1 + 2e-9
        assert 0 <= met.unmet_names <= 1


def test_a_number_that_is_not_around_the_sentence_is_another() -> None:
    text = "Steelers won the cup in 2009."
    assert meeting("Who won the cup in 2031?", text, text).other_number
    assert not meeting("Who won the cup in 2009?", text, text).other_number


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("Colorado won the cup.", False),
        ("Colorado won its first cup since 2001.", False),
        ("Tampa Bay won the cup in 2021.", True),
    ],
)
def test_a_year_is_that_of_the_article_where_the_sentence_names_none(sentence: str, *, other: bool) -> None:
    question = understand("Who won the 2022 cup?")
    terms = terms_of(question, lambda _: 3.0)
    (one,) = candidates_of([hit(article(sentence, published_at="2022-06-27"), number=0)])
    likened = dict.fromkeys((term.key for term in terms), 0.0)
    assert meet(question, terms, one, likened).other_number is other
    (undated,) = candidates_of(hits(sentence))
    assert meet(question, terms, undated, likened).other_number


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Why did the ferry burn?", True),
        ("Why did Ned Price leave Herat?", True),  # one word of a name will do
        ("Why did Ned Price leave Doha?", False),
        ("Why did the World Health Organization leave Herat?", True),
        ("Why did the US leave Herat?", True),  # at home nobody says in which country
        ("Legendary Price left Herat. Why?", True),
    ],
)
def test_an_article_is_of_the_names_that_it_holds(question: str, *, named: bool) -> None:
    assert is_named(understand(question), article("Price left with the WHO.", title="Herat has fallen")) is named
