from collections.abc import Sequence
from dataclasses import replace

import pytest

from qa.coverage import Met
from qa.evidence import Evidence
from qa.extract import MAX_SENTENCES, Draft, Limits, compose
from qa.question import understand
from qa.span_figures import find_counts
from tests.qa.fakes import ALL_MET, article, evidence, span

COUNT = "How many people were evacuated?"
WHY = "Why did the ferry burn?"
LIMITS = Limits()


def composed(question: str, *found: Evidence) -> Draft:
    return compose(understand(question), found)


def quoted(draft: Draft) -> list[str]:
    return [said.evidence.text for said in draft.statements]


def counted(sentence: str, name: str, *, score: float = 0.8, question: str = COUNT) -> Evidence:
    """A sentence that is all of an article, with its figures."""
    spans = sorted(find_counts(understand(question), sentence, lambda *_: 0.0), key=lambda one: -one.fit)
    return evidence(sentence, article(sentence, name), score=score, spans=spans)


def test_without_evidence_nothing_matches() -> None:
    assert composed(COUNT) == Draft((), "no_match")


@pytest.mark.parametrize(
    "met",
    [
        replace(ALL_MET, coverage=LIMITS.coverage - 0.01),
        replace(ALL_MET, direct=LIMITS.direct - 0.01),
        replace(ALL_MET, missing=LIMITS.missing + 0.01),
        replace(ALL_MET, coverage=LIMITS.coverage, unmet_names=0.5),
    ],
)
def test_evidence_that_meets_too_little_of_the_question_is_weak(met: Met) -> None:
    assert composed(WHY, evidence("The ferry burned.", met=met)) == Draft((), "weak_evidence")


def test_evidence_of_a_low_score_is_weak() -> None:
    assert composed(WHY, evidence("It burned.", score=LIMITS.score - 0.01)) == Draft((), "weak_evidence")
    assert composed(WHY, evidence("It burned.", score=LIMITS.score)).reason is None


@pytest.mark.parametrize("question", [COUNT, "When did it burn?", "Who burned it?", "Where did it burn?"])
def test_evidence_without_the_kind_of_thing_asked_for_is_weak(question: str) -> None:
    sentence = "The ferry burned."
    assert composed(question, evidence(sentence)).reason == "weak_evidence"
    unfit = span(sentence, "ferry", fit=LIMITS.fit - 0.01)
    assert composed(question, evidence(sentence, spans=[unfit])).reason == "weak_evidence"
    fit = span(sentence, "ferry", fit=LIMITS.fit)
    assert composed(question, evidence(sentence, spans=[fit])).reason is None


def test_who_is_not_answered_by_the_holder_of_another_office() -> None:
    sentence = "Ben Wallace is the defence secretary."
    found = evidence(sentence, met=replace(ALL_MET, misqualified=True), spans=[span(sentence, "Ben Wallace")])
    assert composed("Who is the foreign secretary?", found).reason == "weak_evidence"


def test_weak_evidence_in_front_does_not_hide_what_is_behind_it() -> None:
    weak = evidence("The ferry left.", score=0.9, met=replace(ALL_MET, direct=0.0))
    assert quoted(composed(WHY, weak, evidence("The ferry burned."))) == ["The ferry burned."]


def test_an_answer_has_the_span_that_was_asked_for() -> None:
    draft = composed(COUNT, counted("15,000 people were evacuated.", "a"))
    (said,) = draft.statements
    assert said.span is not None
    assert said.evidence.text[said.span.start : said.span.end] == "15,000 people"


def test_articles_that_give_the_same_figure_are_one_statement() -> None:
    draft = composed(
        COUNT,
        counted("15,000 people were evacuated.", "a"),
        counted("Fifteen thousand people got out.", "b", score=0.7),
        counted("In all 15,000 people left.", "c", score=0.6),
    )
    (said,) = draft.statements
    assert said.evidence.article.id == "a"
    assert [other.article.id for other in said.also_in] == ["b", "c"]


def test_an_article_that_says_it_twice_is_named_once() -> None:
    of = article("15,000 people were evacuated. Yes, 15,000 people left.", "b")
    first, second = (
        evidence(text, of, spans=[span(text, "15,000 people")])
        for text in ("15,000 people were evacuated.", "Yes, 15,000 people left.")
    )
    other = evidence("15,000 people got out.", spans=[span("15,000 people got out.", "15,000 people")])
    (alone,) = composed(COUNT, first, second).statements
    assert alone.also_in == ()
    (said,) = composed(COUNT, other, first, second).statements
    assert said.also_in == (first,)


def test_the_same_number_of_other_people_is_not_the_same_fact() -> None:
    question = "how many were evacuated"
    draft = composed(
        question,
        counted("600 troops were evacuated.", "a", question=question),
        counted("600 civilians were evacuated.", "b", question=question),
    )
    assert all(said.also_in == () for said in draft.statements)


def test_articles_that_give_different_figures_stand_side_by_side() -> None:
    draft = composed(
        COUNT, counted("11 people were evacuated.", "a"), counted("A dozen people were evacuated.", "b", score=0.7)
    )
    assert quoted(draft) == ["11 people were evacuated.", "A dozen people were evacuated."]
    assert all(said.also_in == () for said in draft.statements)


def test_a_differing_figure_of_something_else_does_not_stand_beside() -> None:
    other = "12 capitals fell."
    unfit = evidence(other, spans=[span(other, "12 capitals", fit=LIMITS.beside_fit - 0.01)])
    assert quoted(composed(COUNT, counted("11 people were evacuated.", "a"), unfit)) == ["11 people were evacuated."]


def test_a_differing_figure_of_far_weaker_evidence_does_not_stand_beside() -> None:
    weaker = counted("A dozen people were evacuated.", "b", score=0.8 * LIMITS.beside - 0.01)
    assert len(composed(COUNT, counted("11 people were evacuated.", "a"), weaker).statements) == 1


def test_far_weaker_evidence_does_not_count_as_agreeing() -> None:
    weaker = counted("11 people got out.", "b", score=0.8 * LIMITS.agreeing - 0.01)
    (said,) = composed(COUNT, counted("11 people were evacuated.", "a"), weaker).statements
    assert said.also_in == ()


def test_no_more_than_three_statements_but_all_that_agree_with_them() -> None:
    found = [counted(f"{number} people were evacuated.", f"a{number}") for number in range(11, 17)]
    again = [counted(f"Just {number} people were evacuated.", f"b{number}") for number in range(11, 17)]
    draft = composed(COUNT, *found, *again)
    assert len(draft.statements) == MAX_SENTENCES == 3
    assert [[other.article.id for other in said.also_in] for said in draft.statements] == [["b11"], ["b12"], ["b13"]]


def test_sentences_of_nearly_the_same_words_are_one_statement() -> None:
    one = evidence("The ferry burned because its engine failed.", score=0.8)
    other = evidence("Because its engine failed the ferry burned, police said.", score=0.79)
    (said,) = composed(WHY, one, other).statements
    assert said.also_in == (other,)


def test_another_reason_of_like_weight_stands_beside_and_one_of_less_does_not() -> None:
    one = evidence("The ferry burned because its engine failed.", score=0.8)
    other = evidence("Rebels bombed the boat, officials told reporters.", score=0.79)
    assert quoted(composed(WHY, one, other)) == [one.text, other.text]
    less = replace(other, score=0.8 * LIMITS.alongside - 0.01)
    assert quoted(composed(WHY, one, less)) == [one.text]


def test_what_hangs_on_the_sentence_before_is_quoted_with_it_in_one_stretch() -> None:
    text = "Kandahar is lost.\n\nIt is the second largest city 🙂. More."
    found = evidence("It is the second largest city 🙂.", article(text))
    (said,) = composed("What is the second largest city?", found).statements
    assert said.evidence.text == "Kandahar is lost.\n\nIt is the second largest city 🙂."
    assert text[said.evidence.start : said.evidence.end] == said.evidence.text


def test_the_span_moves_with_its_sentence() -> None:
    text = "The airlift by Carter ended. They evacuated 15,000 people."
    sentence = "They evacuated 15,000 people."
    question = "How many people did Carter evacuate?"
    spans = find_counts(understand(question), sentence, lambda *_: 0.0)
    (said,) = composed(question, evidence(sentence, article(text), spans=spans)).statements
    assert said.evidence.text == text
    assert said.span is not None
    assert said.span.quantity is not None
    assert text[said.span.start : said.span.end] == "15,000 people"
    assert text[said.span.quantity.start : said.span.quantity.end] == "15,000"
    assert said.span.quantity.counted_end == said.span.end


@pytest.mark.parametrize("sentence", ["Kabul is the second largest city.", "Item: it is the second largest city."])
def test_a_sentence_that_stands_alone_is_quoted_alone(sentence: str) -> None:
    found = evidence(sentence, article(f"Kandahar is lost. {sentence}"))
    assert quoted(composed("What is the second largest city?", found)) == [sentence]


def test_the_first_sentence_of_a_passage_is_quoted_alone() -> None:
    assert quoted(composed("What is the city?", evidence("It is the city."))) == ["It is the city."]


def test_a_sentence_that_holds_what_was_asked_for_and_all_names_is_quoted_alone() -> None:
    text = "The airlift ended. They evacuated 15,000 people."
    sentence = "They evacuated 15,000 people."
    found = evidence(sentence, article(text), spans=[span(sentence, "15,000 people")])
    assert quoted(composed(COUNT, found)) == [sentence]


def test_no_words_are_quoted_twice() -> None:
    text = "The ferry burned because its engine failed. It also carried fuel, officials told reporters."
    of = article(text)
    found = [evidence(sentence, of) for sentence in text.replace(". ", ".\n").split("\n")]
    assert not overlapping(composed(WHY, *found))


def overlapping(draft: Draft) -> Sequence[Evidence]:
    said = [one.evidence for one in draft.statements]
    return [
        one
        for place, one in enumerate(said)
        for other in said[:place]
        if one.article is other.article and one.start < other.end and other.start < one.end
    ]
