import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.question import understand
from qa.short_answer.signs import MOST_TOKENS, Laid, lay_out
from qa.short_answer.wanted import want
from qa.spans.find import find_spans
from tests.qa.fakes import nothing_alike


def laid_out(question: str, sentence: str) -> Laid:
    asked = understand(question)
    return lay_out(want(asked), sentence, find_spans(asked, sentence, lambda *_: 0.0), nothing_alike())


def stretches(laid: Laid, sentence: str) -> list[str]:
    return [sentence[laid.starts[first] : laid.ends[last]] for first, last in laid.places]


def signs_of(question: str, sentence: str, stretch: str) -> np.ndarray:
    laid = laid_out(question, sentence)
    signs: np.ndarray = laid.signs[stretches(laid, sentence).index(stretch)]
    return signs


def test_each_candidate_has_its_signs() -> None:
    sentence = "In Kabul, Simon Gass met 600 troops."
    laid = laid_out("Who met troops?", sentence)
    assert laid.signs.shape[0] == len(laid.places) == len(laid.repeats)
    assert {"Simon Gass", "600 troops", "Kabul"} <= set(stretches(laid, sentence))
    assert np.isfinite(laid.signs).all()


def test_what_only_repeats_the_question_is_told() -> None:
    sentence = "Simon Gass met Ned Price."
    laid = laid_out("Who met Simon Gass?", sentence)
    repeats = dict(zip(stretches(laid, sentence), laid.repeats.tolist(), strict=True))
    assert repeats["Simon Gass"]
    assert not repeats["Ned Price"]
    assert not repeats["Simon Gass met Ned Price"]


def test_a_figure_is_no_repetition() -> None:
    laid = laid_out("How many troops left?", "Then 600 troops left.")
    assert not laid.repeats[stretches(laid, "Then 600 troops left.").index("600 troops")]


def test_the_signs_change_with_the_question_and_with_what_stands_around() -> None:
    sentence = "Simon Gass led the talks."
    assert (signs_of("Who led the talks?", sentence, "Simon Gass") != signs_of("Who?", sentence, "Simon Gass")).any()
    other = "By Simon Gass they were led."
    assert (signs_of("Who led?", sentence, "Simon Gass") != signs_of("Who led?", other, "Simon Gass")).any()


def test_words_alike_stand_for_each_other() -> None:
    asked = understand("Who led soldiers?")
    sentence = "Simon Gass led troops."
    alone = lay_out(want(asked), sentence, (), nothing_alike())
    assert alone.signs.shape == laid_out("Who led troops?", sentence).signs.shape
    assert (alone.signs != laid_out("Who led troops?", sentence).signs).any()


def test_of_a_monstrous_sentence_the_beginning_is_read() -> None:
    sentence = "Gass met Price and " * 200
    laid = laid_out("Who met Gass?", sentence)
    assert len(laid.starts) == MOST_TOKENS
    assert len(laid.places) < 40 * MOST_TOKENS


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from("Kabul fell “ ” ( ) \" , 600 in May the of Simon Gass £2m 5% . 's".split())).map(
        " ".join
    )
)
def test_any_text_is_laid_out(sentence: str) -> None:
    laid = laid_out("How many people left Kabul in May?", sentence)
    assert laid.signs.shape == (len(laid.places), laid_out("Who?", "Gass left").signs.shape[1])
    assert np.isfinite(laid.signs).all()
