from dataclasses import replace

import pytest

from qa.answering.compose import MAX_SIDES, compose
from qa.answering.draft import Draft
from qa.answering.limits import LIMITS
from qa.question.understand import understand
from qa.reading.coverage import Met
from qa.reading.evidence import NOTHING
from tests.qa.composing import COUNT, PART, SMALL, SURE, WHY, composed, counted, quoted, told
from tests.qa.fakes import ALL_MET, article, evidence, nothing_alike, span


def test_without_evidence_nothing_matches() -> None:
    assert composed(COUNT) == Draft((), "no_match")
    assert compose(understand(COUNT), NOTHING, nothing_alike()) == Draft((), "no_match")


def test_of_weak_evidence_nothing_is_composed() -> None:
    assert composed(COUNT, evidence("The ferry burned.")) == Draft((), "weak_evidence")


def test_an_answer_has_the_span_that_was_asked_for() -> None:
    draft = composed(COUNT, counted("15,000 people were evacuated.", "a"))
    (said,) = draft.statements
    assert said.span is not None
    assert said.evidence.text[said.span.start : said.span.end] == "15,000 people"
    assert said.short == "15,000 people"


def test_the_first_statement_has_the_short_answer_with_its_bound_and_others_their_span() -> None:
    draft = composed(
        COUNT,
        counted("More than 11 people were evacuated.", "a"),
        counted("About a dozen people were evacuated.", "b", score=SMALL),
    )
    assert [said.short for said in draft.statements] == ["More than 11 people", "a dozen people"]


def test_who_holds_an_office_is_the_short_answer() -> None:
    sentence = "Florida Gov. Ron DeSantis spoke."
    found = evidence(sentence, spans=[span(sentence, "Ron DeSantis")])
    (said,) = composed("Who is the governor of Florida?", found).statements
    assert said.short == "Ron DeSantis"


def test_yes_or_no_has_no_short_answer() -> None:
    (said,) = composed("Did the ferry burn?", evidence("The ferry burned.", score=SURE)).statements
    assert (said.span, said.short) == (None, None)


def test_articles_that_give_the_same_figure_are_one_statement() -> None:
    draft = composed(
        COUNT,
        counted("15,000 people were evacuated.", "a"),
        counted("Fifteen thousand people got out.", "b", score=SMALL),
        counted("In all 15,000 people left.", "c", score=SMALL),
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


def test_articles_that_give_different_figures_stand_side_by_side_whatever_their_score() -> None:
    draft = composed(
        COUNT, counted("11 people were evacuated.", "a"), counted("A dozen people were evacuated.", "b", score=SMALL)
    )
    assert quoted(draft) == ["11 people were evacuated.", "A dozen people were evacuated."]
    assert all(said.also_in == () for said in draft.statements)


def test_a_differing_figure_of_something_else_does_not_stand_beside() -> None:
    other = "12 capitals fell."
    unfit = evidence(other, score=SMALL, spans=[span(other, "12 capitals", fit=LIMITS.beside_fit - 0.01)])
    assert quoted(composed(COUNT, counted("11 people were evacuated.", "a"), unfit)) == ["11 people were evacuated."]


@pytest.mark.parametrize(
    "met", [replace(ALL_MET, coverage=LIMITS.beside - 0.01), replace(ALL_MET, direct=LIMITS.bearing - 0.01)]
)
def test_a_differing_figure_that_meets_less_of_the_question_does_not_stand_beside(met: Met) -> None:
    best = counted("11 people were evacuated.", "a")
    less = counted("A dozen people were evacuated.", "b", score=SMALL, met=met)
    assert quoted(composed(COUNT, best, less)) == [best.text]


def test_another_of_a_list_stands_beside_and_what_meets_less_does_not() -> None:
    question = "Which town fell?"
    best, other = (
        evidence(f"{town} fell.", score=score, spans=[span(town, town)])
        for town, score in (("Kabul", SURE), ("Herat", SMALL))
    )
    assert quoted(composed(question, best, other)) == ["Kabul fell.", "Herat fell."]
    less = replace(other, met=replace(ALL_MET, coverage=LIMITS.listed - 0.01))
    assert quoted(composed(question, best, less)) == ["Kabul fell."]


def test_in_doubt_the_next_sentences_are_added_three_at_most_best_first() -> None:
    reasons = ["Its engine failed.", "Rebels bombed that boat.", "Smokers lit fuel aboard.", "Lightning struck a mast."]
    found = [evidence(text, score=score) for text, score in zip(reasons, (0.3, 0.28, 0.22, 0.2), strict=True)]
    assert quoted(composed(WHY, *found)) == reasons[:3]


def test_no_more_is_added_than_leaves_little_doubt() -> None:
    one = evidence("Its engine failed.", score=LIMITS.doubtful - 0.1)
    other = evidence("Rebels bombed that boat.", score=0.1)
    third = evidence("Smokers lit fuel aboard.", score=0.09)
    assert quoted(composed(WHY, one, other, third)) == [one.text, other.text]
    assert quoted(composed(WHY, replace(one, score=LIMITS.doubtful), other, third)) == [one.text]


def test_doubt_adds_nothing_of_a_far_lower_score() -> None:
    one = evidence("Its engine failed.", score=0.5)
    other = evidence("Rebels bombed that boat.", score=0.5 * LIMITS.fallback - 0.001)
    assert quoted(composed(WHY, one, other)) == [one.text]


def test_doubt_adds_nothing_that_does_not_bear_on_the_question() -> None:
    one = evidence("Its engine failed.", score=0.5)
    weak = evidence("Rebels bombed that boat.", score=0.4, met=replace(ALL_MET, absent=True))
    assert quoted(composed(WHY, one, weak)) == [one.text]


def test_doubt_adds_no_sentence_without_the_kind_of_thing_asked_for_beside_one_that_has_it() -> None:
    met = replace(ALL_MET, coverage=LIMITS.beside - 0.01)
    best = counted("11 people were evacuated.", "a", score=0.5)
    other = counted("13 people were evacuated.", "a", score=0.3, met=met)
    assert quoted(composed(COUNT, best, other)) == [best.text, other.text]
    unfit = replace(other, spans=(replace(other.spans[0], fit=LIMITS.beside_fit - 0.1),))
    assert quoted(composed(COUNT, best, unfit)) == [best.text]


def test_what_is_added_in_doubt_stands_by_its_score_among_differing_figures() -> None:
    best = counted("11 people were evacuated.", "a", score=0.5)
    differs = counted("A dozen people were evacuated.", "b", score=0.1)
    added = counted("13 people were evacuated.", "c", score=0.2, met=replace(ALL_MET, coverage=LIMITS.beside - 0.01))
    assert quoted(composed(COUNT, best, added, differs)) == [best.text, added.text, differs.text]


def test_sentences_that_are_added_in_doubt_and_say_the_same_are_one_statement() -> None:
    one = evidence("Its engine failed.", score=0.5)
    other = evidence("Rebels bombed that boat.", article("Rebels bombed that boat.", "b"), score=0.2)
    reprint = evidence("Rebels bombed that boat.", article("Rebels bombed that boat.", "c"), score=0.2)
    draft = composed(WHY, one, other, reprint)
    assert quoted(draft) == [one.text, other.text]
    assert draft.statements[1].also_in == (reprint,)


def test_doubt_does_not_add_what_the_same_article_has_said_already() -> None:
    text = "15,000 people were evacuated. Yes, 15,000 people left."
    of = article(text, "b")
    first, second = (
        evidence(sentence, of, score=0.4, spans=[span(sentence, "15,000 people")])
        for sentence in ("15,000 people were evacuated.", "Yes, 15,000 people left.")
    )
    assert quoted(composed(COUNT, first, second)) == [first.text]


def test_no_more_than_four_sources_that_differ_but_all_that_agree_with_them() -> None:
    found = [counted(f"{number} people were evacuated.", f"a{number}") for number in range(11, 17)]
    again = [counted(f"Just {number} people were evacuated.", f"b{number}") for number in range(11, 17)]
    draft = composed(COUNT, *found, *again)
    assert len(draft.statements) == MAX_SIDES == 4
    agreeing = [[other.article.id for other in said.also_in] for said in draft.statements]
    assert agreeing == [["b11"], ["b12"], ["b13"], ["b14"]]


def test_each_source_is_heard_whatever_is_doubtful() -> None:
    best = told("a", "Carter was a guard.")
    other = told("b", "Ten years in goal made him known.", score=LIMITS.unheard * best.score)
    assert quoted(composed(PART, best, other)) == [best.text, other.text]
    below = replace(other, score=other.score * 0.99)
    assert quoted(composed(PART, best, below)) == [best.text]


def test_a_second_sentence_of_a_source_that_was_heard_is_not_added() -> None:
    text = "Carter was a guard. Ten years in goal made him known."
    first, second = (told("a", f"{part}.", text=text, score=0.97) for part in text.rstrip(".").split(". "))
    assert quoted(composed(PART, first, replace(second, score=0.03))) == [first.text]


def test_a_reprint_is_no_other_source_but_where_it_differs() -> None:
    shown = told("a", "Carter was a guard.", text="Carter was a guard. Ten years in goal made him known.")
    reprinted = told("b", "Ten years in goal made him known.", score=0.2)
    differs = told("b", "Ten years in attack made him known.", score=0.1)
    assert quoted(composed(PART, shown, reprinted, differs)) == [shown.text, differs.text]


def test_four_sides_are_shown_at_most() -> None:
    parts = ["guard", "forward", "keeper", "coach", "president"]
    words = ["joined early", "played twice", "stood still", "shouted loudly", "paid wages"]
    said = [f"{word.title()} like any {part}." for part, word in zip(parts, words, strict=True)]
    found = [told(part, sentence, score=0.19) for part, sentence in zip(parts, said, strict=True)]
    assert len(composed(PART, *found).statements) == MAX_SIDES == 4


def test_reasons_of_other_sources_are_added_in_doubt_only() -> None:
    best, other = told("a", "Its engine failed."), told("b", "Rebels bombed that boat.", score=0.03)
    assert quoted(composed(WHY, best, other)) == [best.text]
