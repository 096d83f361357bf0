import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question.understand import Asked, Question, understand
from qa.reading.spans.find import find_spans


def found(question: str, sentence: str) -> list[tuple[str, float]]:
    """The words that may answer, with how well they fit, best first."""
    spans = find_spans(understand(question), sentence, lambda *_: 0.0)
    return [(sentence[span.start : span.end], span.fit) for span in spans]


def best(question: str, sentence: str) -> str:
    return found(question, sentence)[0][0]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many people were evacuated?", "15,000 people"),
        ("How much did it cost?", "£2m"),
        ("What percentage of them left?", "40%"),
        ("How long did it take?", "two weeks"),
        ("How far did they go?", "30 miles"),
        ("When did it end?", "29 August 2021"),
        ("Who led it?", "Simon Gass"),
        ("Where did they go?", "Doha"),
        ("Which operation was it?", "Operation Pitting"),
        ("What did he call it?", "a triumph"),
    ],
)
def test_each_kind_of_question_finds_its_own_kind_of_thing(question: str, answer: str) -> None:
    sentence = (
        "It was “a triumph” that during Operation Pitting, led by Simon Gass until 29 August 2021, 15,000 people or "
        "40% went 30 miles or to Doha in two weeks for £2m."
    )
    assert best(question, sentence) == answer


@pytest.mark.parametrize("question", ["Why did they leave?", "What happened?", "Did they leave?"])
def test_what_stands_in_no_one_place_has_no_spans(question: str) -> None:
    assert found(question, "On Friday 15,000 people left Doha, Simon Gass said.") == []


def test_the_best_fit_comes_first() -> None:
    fits = [fit for _, fit in found("How many troops go?", "11 towns, 600 troops, hundreds of troops and 3 people")]
    assert fits == sorted(fits, reverse=True)
    assert len(fits) == 4


def test_a_date_with_a_day_or_year_says_more_than_a_weekday() -> None:
    assert found("When did it fall?", "It fell on Friday, 13 August.")[0][0] != "Friday"
    dates = dict(found("When did it fall?", "On Friday he said it fell on August 13."))
    assert dates["August 13"] > dates["Friday"]


@pytest.mark.parametrize("when", ["1066", "1789", "17th century", "late nineteenth century"])
def test_long_ago_is_a_date_where_the_words_around_say_so(when: str) -> None:
    assert best("When was it built?", f"It was built in {when} or in the {when}, by masons.") == when


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("1629", "The Edict of Alès (1629) came late."),
        ("1763–1775", "Watt mended it (1763–1775) in Leeds."),
        ("1268 and 1273", "He besieged it between 1268 and 1273."),
        ("1050s", "He served in the 1050s."),
        ("430 BC", "The plague was in 430 BC."),
        ("10th and 11th centuries", "They came in the 10th and 11th centuries."),
    ],
)
def test_long_ago_stands_in_brackets_between_years_and_in_decades(when: str, sentence: str) -> None:
    assert when in [words for words, _ in found("When was it?", sentence)]


def test_a_number_of_four_digits_is_not_long_ago() -> None:
    assert found("When was it built?", "It was built by some 1066 masons.") == []


def test_the_few_words_that_name_a_thing_fit_before_longer_quotations() -> None:
    sentence = (
        "He deplored “bad luck”, said it was a “humanitarian tragedy” and then “this is a story that has no end at all”"
    )
    assert [words for words, _ in found("What did Carter call it?", sentence)] == [
        "humanitarian tragedy",
        "bad luck",
        "this is a story that has no end at all",
    ]


def test_lengths_of_time_have_one_value_however_they_are_written() -> None:
    question = understand("How long did it take?")
    one, other = (find_spans(question, f"It took {words}.", lambda *_: 0.0)[0] for words in ("two weeks", "2 weeks"))
    assert one.value == other.value


@given(st.sampled_from(list(Asked)), st.text(max_size=120) | st.lists(st.sampled_from(
    "600 “a” troops US Friday in 1066 Doha £2m 5% two weeks ‘b c’ Simon Gass, aged 51, the cities five".split()
)).map(" ".join))  # fmt: skip
def test_spans_of_any_text_are_stretches_of_it(asked: Asked, sentence: str) -> None:
    question = Question(sentence, asked, "US troops", ("US", "troops"), (("US",),), frozenset())
    for span in find_spans(question, sentence, lambda *_: 0.0):
        assert 0 <= span.start < span.end <= len(sentence)
        assert 0 <= span.fit <= 1
        if span.quantity:
            assert span.start == span.quantity.start
            assert span.end == span.quantity.counted_end


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("The troops will reach Kabul in 24 to 48 hours.", "24 to 48 hours"),
        ("The troops reach Kabul within the next two weeks.", "two weeks"),
        ("The troops will be there in the next few days.", "in the next few days"),
        ("The troops left three days ago.", "three days"),
    ],
)
def test_how_long_from_now_is_a_time_too(sentence: str, when: str) -> None:
    assert (when, 0.7) in found("When will the troops reach Kabul?", sentence)


def test_how_long_it_took_is_no_time() -> None:
    assert found("When did the troops reach Kabul?", "The troops took two weeks.") == []


def test_a_date_in_a_clause_without_any_word_of_the_question_hardly_fits() -> None:
    sentence = "They had no place on a flight after Kabul fell, and on Friday they must bargain for a road."
    ((_, elsewhere),) = found("When did Kabul fall?", sentence)
    ((_, there),) = found("When must they bargain?", sentence)
    assert elsewhere == there / 2


def test_a_date_before_a_short_comma_belongs_to_what_follows() -> None:
    assert found("When did Kabul fall?", "On 15 August, Kabul fell.") == [("15 August", 1.0)]
