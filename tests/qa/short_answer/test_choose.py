import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.similarity import Similarity
from qa.question import understand
from qa.short_answer.choose import ShortAnswer, short_answer
from qa.spans.find import find_spans
from tests.qa.fakes import nothing_alike
from vectorstore.embedder import Embedder


@pytest.fixture(scope="module")
def similarity(wordllama: Embedder) -> Similarity:
    return Similarity(wordllama)


def chosen(question: str, sentence: str, similarity: Similarity) -> ShortAnswer | None:
    asked = understand(question)
    return short_answer(asked, sentence, find_spans(asked, sentence, similarity.of_words), similarity)


def words(question: str, sentence: str, similarity: Similarity) -> str | None:
    found = chosen(question, sentence, similarity)
    return None if found is None else sentence[found.start : found.end]


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Who led the talks?", "The talks were led by Simon Gass, who flew to Doha.", "Simon Gass"),
        ("Where did Gass fly to?", "On Monday Simon Gass flew to Doha with two aides.", "Doha"),
        ("When did Kabul fall?", "Kabul fell on 15 August 2021, and Herat on Friday.", "15 August 2021"),
        ("Since when has it rained?", "It has rained since May, when the first clouds came.", "May"),
        ("What is the capital of Lower Saxony?", "Hanover is the capital of Lower Saxony.", "Hanover"),
        ("What company built the bridge?", "The bridge was built by Arup in 1998.", "Arup"),
        ("What disease did the farmers fear?", "Last year the farmers feared bluetongue.", "bluetongue"),
        ("What percentage of pupils passed?", "Of the pupils 71% passed in May.", "71%"),
        ("How long did the strike last?", "The strike lasted for nearly two weeks.", "nearly two weeks"),
    ],
)
def test_every_kind_of_question_has_its_short_answer(
    question: str, sentence: str, answer: str, similarity: Similarity
) -> None:
    found = words(question, sentence, similarity)
    assert found is not None
    assert found.removeprefix("on ").removeprefix("since ") == answer


@pytest.mark.parametrize("question", ["Did Kabul fall?", "Will the troops fight?"])
def test_yes_or_no_has_none(question: str, similarity: Similarity) -> None:
    assert chosen(question, "Kabul fell on Friday and the troops will fight.", similarity) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many US troops go?", "Up to 600 British troops go to Kabul."),
        ("How many Canadians left?", "Then 15,000 people left Kabul."),
        ("How many troops go?", "The troops go to Kabul."),
        ("What percentage of pupils passed?", "Most of the pupils passed."),
    ],
)
def test_no_other_figure_stands_in_for_the_one_asked_for(question: str, sentence: str, similarity: Similarity) -> None:
    assert chosen(question, sentence, similarity) is None


def test_when_is_a_time_be_it_by_no_date(similarity: Similarity) -> None:
    assert chosen("When will it open?", "Dr Ada Poole said that it will open.", similarity) is None
    found = words("When did it open?", "Dr Ada Poole said that it opened after the war.", similarity)
    assert found is not None
    assert found.startswith("after the war")
    assert words("When it fell, who left?", "Dr Ada Poole left.", similarity) == "Dr Ada Poole"


def test_what_was_said_is_what_is_quoted(similarity: Similarity) -> None:
    sentence = "“This is no case of abandonment,” Ned Price told Sky."
    assert words("What did Ned Price say?", sentence, similarity) == "This is no case of abandonment"
    sentence = "General Carter told Sky that the country faced a “humanitarian tragedy”."
    assert words("What did Carter call it?", sentence, similarity) == "humanitarian tragedy"


@pytest.mark.parametrize("bound", ["About", "More than", "As many as", "At least", "An estimated", "Nearly"])
def test_a_figure_keeps_its_bound_and_what_it_counts(bound: str, similarity: Similarity) -> None:
    sentence = f"{bound} 600 British troops go to Kabul."
    assert words("How many troops go?", sentence, similarity) == f"{bound} 600 British troops"


def test_a_bound_is_a_word_by_itself(similarity: Similarity) -> None:
    assert words("How many troops go?", "They took over 600 troops.", similarity) == "over 600 troops"
    assert words("How many troops go?", "They rover 600 troops.", similarity) == "600 troops"


def test_what_the_asker_has_is_no_answer(similarity: Similarity) -> None:
    sentence = "The latest cities, Ghazni and Herat, fell on a single day."
    assert words("Which cities fell, besides Herat?", sentence, similarity) == "Ghazni"
    assert words("Which cities fell, besides Ghazni?", sentence, similarity) == "Herat"


def test_a_sentence_that_only_repeats_the_question_has_none(similarity: Similarity) -> None:
    assert chosen("What did Gass call it?", "Gass called.", similarity) is None


def test_the_chance_tells_a_plain_case_from_a_doubtful_one(similarity: Similarity) -> None:
    plain = chosen("When did Kabul fall?", "Kabul fell on 15 August 2021.", similarity)
    doubtful = chosen("What was the point?", "Some asked whether flags, songs and speeches helped anyone.", similarity)
    assert plain is not None
    assert doubtful is not None
    assert 0 < doubtful.chance < plain.chance <= 1


WORDS = "Kabul fell “ ” ( ) \" , 600 in May the of Simon £2m 5% . 's".split()


@settings(deadline=None)
@given(
    st.sampled_from("who left?|what is it?|how many troops go?|when?|why did he go?|what year?|x".split("|")),
    st.text(max_size=80) | st.lists(st.sampled_from(WORDS)).map(" ".join),
)
def test_a_short_answer_of_any_text_is_a_stretch_of_it(question: str, sentence: str) -> None:
    found = chosen(question, sentence, nothing_alike())
    if found is not None:
        assert 0 <= found.start < found.end <= len(sentence)
        assert 0 < found.chance <= 1
        assert sentence[found.start : found.end] == sentence[found.start : found.end].strip(" ,;.")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who killed the journalist?", "Paris (CNN) The journalist was killed by a soldier, said Omar Rahal."),
        ("Who won the match?", "England won the match against Senegal. Jane Roe/AP"),
        ("Who rescued the crew?", "LONDON (Reuters) - The crew was rescued by Simon Gass."),
    ],
)
def test_a_dateline_or_a_credit_is_no_answer(question: str, sentence: str, similarity: Similarity) -> None:
    said = words(question, sentence, similarity) or ""
    assert not any(part in said for part in ("CNN", "Paris", "/AP", "Roe", "Reuters", "LONDON"))


def test_a_figure_far_down_a_long_sentence_is_found(similarity: Similarity) -> None:
    sentence = f"{'Then it rained and the wind blew, ' * 25}and 15,000 people were evacuated."
    assert words("How many people were evacuated?", sentence, similarity) == "15,000 people"


def test_no_bare_number_says_why(similarity: Similarity) -> None:
    assert words("Why was it 6-3?", "It was 6-3.", similarity) != "6-3"
    assert words("Why did they vote?", "6-3", similarity) is None
    assert words("How did they vote?", "6-3", similarity) is not None


def test_what_time_wants_a_time_of_the_day(similarity: Similarity) -> None:
    question = "What time does the gala begin?"
    assert words(question, "The gala begins on Sunday at 6:30 p.m. in Doha.", similarity) == "6:30 p.m."
    assert words(question, "The gala begins on Sunday 14 May 2023 in Doha.", similarity) is None


def test_the_chance_is_low_where_the_likeliest_is_of_another_kind(similarity: Similarity) -> None:
    date = chosen("Since when is the post vacant?", "The post has been vacant since late March.", similarity)
    reason = chosen("Why is the post vacant?", "The post has been vacant since late March.", similarity)
    assert date is not None
    assert date.chance > 0.5
    assert reason is None or reason.chance < 0.15


def test_a_name_goes_on_after_its_title_in_the_plural(similarity: Similarity) -> None:
    sentence = "She accused GOP Reps. Anna Roe of Ohio and Paul Doe of Iowa."
    assert "Anna Roe" in (words("Whom did she accuse?", sentence, similarity) or "")


def test_a_party_and_state_or_a_name_is_not_what_was_said(similarity: Similarity) -> None:
    sentence = "Rep. Anna Roe, D-Del., told Harbour Trust that its ships were too old."
    said = words("What did Roe tell the company?", sentence, similarity)
    assert said not in {"D-Del", "D-Del.", "Harbour Trust"}
