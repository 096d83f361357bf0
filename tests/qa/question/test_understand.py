import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question.understand import Asked, to_search, understand


@pytest.mark.parametrize(
    ("text", "asked", "focus"),
    [
        ("how many were evacuated", Asked.COUNT, None),
        ("How many US troops are being sent?", Asked.COUNT, "US troops"),
        ("How many troops is the UK sending to Kabul?", Asked.COUNT, "troops"),
        ("How many provincial capitals have fallen to the Taliban?", Asked.COUNT, "provincial capitals"),
        ("What was the death toll in the earthquake?", Asked.COUNT, None),
        ("What is the number of troops in Kabul?", Asked.COUNT, "troops"),
        ("How much did the bidder pay?", Asked.AMOUNT, None),
        ("What percentage of Americans are in favour?", Asked.PERCENT, "Americans"),
        ("How long did the evacuation take?", Asked.DURATION, None),
        ("How much time did the pilots have?", Asked.DURATION, None),
        ("How much longer will it take?", Asked.DURATION, None),
        ("How old is the tower?", Asked.MEASURE, None),
        ("At what age did Ada Holt die?", Asked.MEASURE, None),
        ("What was the age of the tower?", Asked.MEASURE, None),
        ("What age group is most affected?", Asked.WHICH, "age group"),
        ("Who is leading the UK's talks with the Taliban?", Asked.WHO, None),
        ("How soon will the US troops arrive?", Asked.WHEN, None),
        ("When did Kabul fall?", Asked.WHEN, None),
        ("In what year did the war begin?", Asked.WHEN, None),
        ("Where did Simon Gass travel?", Asked.WHERE, None),
        ("Which operation evacuated 15,000 people?", Asked.WHICH, "operation"),
        ("What country elected its first leftist leader?", Asked.WHICH, "country"),
        ("What did Nick Carter call the situation?", Asked.WORDS, None),
        ("Did the US embassy stay open?", Asked.YES_NO, None),
        ("What caused the fire?", Asked.WHAT, None),
        ("Why did the troops leave?", Asked.WHY, None),
        ("evacuation Kabul", Asked.WHAT, None),
        ("Why was the driver who stopped to help not paid?", Asked.WHY, None),
        ("Where did the nurses who stayed behind sleep?", Asked.WHERE, None),
        ("What did the men who rowed ashore carry?", Asked.WHAT, None),
        ("What is the name of the man who rowed ashore?", Asked.WHO, None),
        ("When the ferry sank, who swam ashore?", Asked.WHO, None),
        ("When a ferry is loaded it leaves from what pier?", Asked.WHICH, "pier"),
        ("When was it said what the ferry carried?", Asked.WHEN, None),
    ],
)
def test_the_kind_asked_for_and_its_focus(text: str, asked: Asked, focus: str | None) -> None:
    question = understand(text)
    assert (question.asked, question.focus) == (asked, focus)


def test_what_is_excluded_is_not_looked_for() -> None:
    question = understand("Which cities did the Taliban take, besides Herat?")
    assert "herat" in question.excluded
    assert question.names == (("Taliban",),)


def test_a_second_kind_is_kept_beside_the_first() -> None:
    question = understand("How many crisis response specialists were deployed and where?")
    assert question.asked is Asked.COUNT
    assert question.also == (Asked.WHERE,)


@given(st.text(max_size=300))
def test_any_text_is_understood(text: str) -> None:
    question = understand(text)
    assert all(word.casefold() in text.casefold() for word in question.words)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who is the UK Foreign Secretary?", Asked.WHO),
        ("Who is Ned Price?", Asked.WHAT),
        ("Who are the Taliban?", Asked.WHAT),
    ],
)
def test_who_holds_an_office_is_a_name_and_who_somebody_is_is_not(question: str, asked: Asked) -> None:
    assert understand(question).asked is asked


def test_what_stands_before_the_sentence_that_asks_need_not_be_met_word_for_word() -> None:
    about = "About 1 billion people lost their data. Brittney Griner was among them."
    asked = understand(f"{about} Where in China was it lost?")
    assert (asked.exact, asked.names) == (frozenset(), (("China",),))
    assert "billion" in asked.words


def test_names_before_it_are_those_of_a_sentence_that_asks_and_has_none() -> None:
    assert understand("Brittney Griner was sentenced. To how many years?").names == (("Brittney", "Griner"),)


@pytest.mark.parametrize(
    ("text", "asked", "names"),
    [
        ("How many people live in St. Helens?", Asked.COUNT, (("St", "Helens"),)),
        ("How many people did Gov. Gass send to Herat?", Asked.COUNT, (("Gov", "Gass"), ("Herat",))),
        ("Did the court hear Gass v. Price?", Asked.YES_NO, (("Gass",), ("Price",))),
        ("Why did\nNed Price leave?", Asked.WHY, (("Ned", "Price"),)),
    ],
)
def test_a_short_form_or_a_line_ends_no_question(text: str, asked: Asked, names: tuple[tuple[str, ...], ...]) -> None:
    question = understand(text)
    assert (question.asked, question.names) == (asked, names)


def test_a_short_form_ends_no_noun_phrase() -> None:
    assert understand("How many U.S. Army troops left?").focus == "U.S Army troops"


def test_a_nations_office_is_searched_for_with_the_word_for_its_people() -> None:
    assert to_search(understand("Who is the president of Ukraine?")) == "Who is the president of Ukraine? Ukrainian"
    assert to_search(understand("Who left Ukraine?")) == "Who left Ukraine?"
    assert to_search(understand("Who is the mayor of Herat?")) == "Who is the mayor of Herat?"


def test_an_age_is_asked_for_by_words_that_need_not_be_met() -> None:
    assert understand("How old is Ada Holt?").words == ("Ada", "Holt")
    assert understand("At what age did Ada Holt die?").words == ("Ada", "Holt", "die")


def test_a_cause_is_a_reason_and_a_word_to_be_met() -> None:
    question = understand("What caused the fire in Zulu?")
    assert question.reasoned
    assert question.words == ("caused", "fire", "Zulu")
    assert not understand("How did the fire in Zulu start?").reasoned
