from collections.abc import Sequence
from dataclasses import replace

import pytest

from qa.coverage import Met
from qa.evidence import NOTHING, Evidence, Findings
from qa.extract import MAX_SIDES, Draft, Limits, compose
from qa.question import understand
from qa.spans.figures import find_counts
from tests.qa.fakes import ALL_MET, article, evidence, nothing_alike, span

COUNT = "How many people were evacuated?"
WHY = "Why did the ferry burn?"
LIMITS = Limits()
UNSURE = (LIMITS.confidence + LIMITS.confident) / 2  # sure enough to answer, and not of a name that is further off
SURE, SMALL = 0.97, 0.01  # scores of evidence of which there is no doubt, and of that behind it


def composed(question: str, *found: Evidence, confidence: float = UNSURE) -> Draft:
    return compose(understand(question), Findings(found, confidence), nothing_alike())


def quoted(draft: Draft) -> list[str]:
    return [said.evidence.text for said in draft.statements]


def counted(sentence: str, name: str, *, score: float = SURE, question: str = COUNT, met: Met = ALL_MET) -> Evidence:
    """A sentence that is all of an article, with its figures."""
    spans = sorted(find_counts(understand(question), sentence, lambda *_: 0.0), key=lambda one: -one.fit)
    return evidence(sentence, article(sentence, name), score=score, spans=spans, met=met)


def test_without_evidence_nothing_matches() -> None:
    assert composed(COUNT) == Draft((), "no_match")
    assert compose(understand(COUNT), NOTHING, nothing_alike()) == Draft((), "no_match")


@pytest.mark.parametrize(
    ("question", "met"),
    [
        (WHY, replace(ALL_MET, absent=True)),
        (WHY, replace(ALL_MET, coverage=LIMITS.unnamed - 0.01, unmet_names=0.5)),
        ("Did the ferry burn?", replace(ALL_MET, direct=LIMITS.settled - 0.01)),
        ("Did the ferry burn?", replace(ALL_MET, loose_names=0.5)),
        ("Did the ferry burn?", replace(ALL_MET, said=LIMITS.said - 0.01)),
        ("Who burned it?", replace(ALL_MET, said=LIMITS.said - 0.01)),
        ("How many ferries burned?", replace(ALL_MET, said=LIMITS.said - 0.01)),
        ("How much did they pay?", replace(ALL_MET, said=LIMITS.said - 0.01)),
    ],
)
def test_evidence_that_meets_too_little_of_the_question_is_weak(question: str, met: Met) -> None:
    sentence = "The ferry burned."
    spans = [span(sentence, "ferry")]
    assert composed(question, evidence(sentence, met=met, spans=spans)) == Draft((), "weak_evidence")
    assert composed(question, evidence(sentence, spans=spans)).reason is None


def test_a_denial_need_not_be_sure_where_one_is_asked_for() -> None:
    denied, said = evidence("The ferry never burned."), evidence("The ferry burned.")
    assert composed("Why did the ferry not burn?", denied, confidence=0.0).reason is None
    assert composed("Why did the ferry not burn?", said, confidence=0.0).reason == "weak_evidence"
    assert composed(WHY, denied, confidence=0.0).reason == "weak_evidence"


@pytest.mark.parametrize(
    ("question", "met", "reason"),
    [
        ("Has Herat fallen?", ALL_MET, None),
        ("Has Herat fallen?", replace(ALL_MET, direct=LIMITS.plain - 0.01), "weak_evidence"),
        ("Has Herat fallen?", replace(ALL_MET, said=0.5), "weak_evidence"),
        ("Why did Herat fall?", ALL_MET, "weak_evidence"),
    ],
)
def test_what_plainly_tells_that_something_is_so_need_not_be_sure(question: str, met: Met, reason: str | None) -> None:
    assert composed(question, evidence("The Taliban took Herat.", met=met), confidence=0.0).reason == reason


def test_a_sentence_that_says_nothing_of_what_is_asked_is_weak_where_a_date_or_name_is_asked_for() -> None:
    silent = replace(ALL_MET, said=0.0, direct=LIMITS.named - 0.01)
    asked = "When did Kabul fall?"
    found = evidence("It ends by Friday.", met=silent, spans=[span("It ends by Friday.", "Friday")])
    assert composed(asked, found).reason == "weak_evidence"
    assert composed(asked, replace(found, met=replace(silent, direct=LIMITS.named))).reason is None
    assert composed(WHY, replace(found, spans=())).reason is None


def test_a_name_may_be_further_off_where_an_answer_is_likely() -> None:
    found = evidence("The ferry burned.", met=replace(ALL_MET, absent=True))
    assert composed(WHY, found, confidence=LIMITS.confident).reason is None
    assert composed(WHY, found, confidence=LIMITS.confident - 0.01).reason == "weak_evidence"


def test_a_name_that_the_article_does_not_hold_is_never_met_elsewhere() -> None:
    text = "The ferry burned. Herat mourned."
    found = evidence("The ferry burned.", article(text), met=replace(ALL_MET, absent=True))
    assert composed("Why did the ferry to Herat burn?", found, confidence=LIMITS.confident).reason is None
    assert composed("Why did the ferry to Doha burn?", found, confidence=LIMITS.confident).reason == "weak_evidence"


def test_evidence_that_is_hardly_likely_to_hold_an_answer_is_weak() -> None:
    found = evidence("It burned.")
    assert composed(WHY, found, confidence=LIMITS.confidence - 0.01) == Draft((), "weak_evidence")
    assert composed(WHY, found, confidence=LIMITS.confidence).reason is None


@pytest.mark.parametrize("question", [COUNT, "When did it burn?", "Who burned it?", "Where did it burn?"])
def test_evidence_without_the_kind_of_thing_asked_for_is_weak(question: str) -> None:
    sentence = "The ferry burned."
    assert composed(question, evidence(sentence)).reason == "weak_evidence"
    unfit = span(sentence, "ferry", fit=LIMITS.fit - 0.01)
    assert composed(question, evidence(sentence, spans=[unfit])).reason == "weak_evidence"
    fit = span(sentence, "ferry", fit=LIMITS.fit)
    assert composed(question, evidence(sentence, spans=[fit])).reason is None


def test_who_is_not_answered_by_what_is_otherwise_qualified() -> None:
    sentence = "Ben Wallace led the other evacuation."
    found = evidence(sentence, met=replace(ALL_MET, misqualified=True), spans=[span(sentence, "Ben Wallace")])
    assert composed("Who led the evacuation?", found).reason == "weak_evidence"


def test_who_holds_an_office_is_told_by_who_is_given_just_that_one() -> None:
    sentence = "Florida Gov. Ron DeSantis spoke."
    unmet = replace(ALL_MET, absent=True, misqualified=True, said=0.0)
    for fit, reason in ((1.0, None), (0.9, "weak_evidence")):
        found = evidence(sentence, met=unmet, spans=[replace(span(sentence, "Ron DeSantis"), fit=fit)])
        draft = composed("Who is the governor of Florida?", found)
        assert draft.reason == reason
        assert reason or draft.statements[0].short == "Ron DeSantis"


def test_weak_evidence_in_front_does_not_hide_what_is_behind_it() -> None:
    weak = evidence("The ferry left.", score=SURE, met=replace(ALL_MET, absent=True))
    assert quoted(composed(WHY, weak, evidence("The ferry burned.", score=SMALL))) == ["The ferry burned."]


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


def test_the_same_number_of_other_people_is_not_the_same_fact() -> None:
    question = "how many were evacuated"
    draft = composed(
        question,
        counted("600 troops were evacuated.", "a", question=question),
        counted("600 civilians were evacuated.", "b", question=question),
    )
    assert all(said.also_in == () for said in draft.statements)


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


def test_sentences_of_nearly_the_same_words_are_one_statement() -> None:
    one = evidence("The ferry burned because its engine failed.", score=0.6)
    other = evidence("Because its engine failed the ferry burned, police said.", score=0.4)
    (said,) = composed(WHY, one, other).statements
    assert said.also_in == (other,)


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


@pytest.mark.parametrize(
    ("sentence", "met", "alone"),
    [
        ("This engine fault let the ferry burn.", ALL_MET, True),
        ("This engine fault let the ferry burn.", replace(ALL_MET, direct=LIMITS.alone - 0.01), False),
        ("It was the engine that let the ferry burn.", ALL_MET, False),
        ("They let her burn.", ALL_MET, False),  # the question's name is not there
    ],
)
def test_a_sentence_that_itself_tells_what_was_asked_is_quoted_alone(sentence: str, met: Met, alone: bool) -> None:
    found = evidence(sentence, article(f"Smoke was seen. {sentence}"), met=met)
    question = "Why did the Ferry burn?" if "ferry" in sentence else "Why did Ostend's ferry burn?"
    assert quoted(composed(question, found)) == [sentence if alone else f"Smoke was seen. {sentence}"]


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
