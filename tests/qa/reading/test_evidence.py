from collections.abc import Sequence

import pytest

from qa.language.similarity import Similarity
from qa.question.offices import ANOTHER
from qa.question.understand import understand
from qa.reading.evidence import NOTHING, SHORTLIST, Evidence, gather
from tests.qa.fakes import FakeEmbedder, article, hit, hits, nothing_alike
from vectorstore.records import Hit


def gathered(question: str, found: Sequence[Hit], similarity: Similarity | None = None) -> tuple[Evidence, ...]:
    return gather(understand(question), found, lambda _: 1.0, similarity or nothing_alike()).evidence


def confidence_in(question: str, text: str) -> tuple[float, float]:
    found = gather(understand(question), hits(text), lambda _: 1.0, nothing_alike())
    return found.confidence, found.answerable


def test_the_sentence_that_meets_most_of_the_question_comes_first() -> None:
    found = gathered("Why did the ferry to Herat burn?", hits("Cake was eaten. The ferry left. The ferry burned."))
    assert [one.text for one in found] == ["The ferry burned.", "The ferry left.", "Cake was eaten."]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_evidence_stands_in_its_article_where_it_says() -> None:
    text = "Zulu 🙂. The ferry burned.\u00a0It sank."
    of = article(text)
    found = gathered("Why did the ferry burn?", [hit(of, text.index("The"))])
    assert [one.text for one in found] == ["The ferry burned.", "It sank."]
    assert all(text[one.start : one.end] == one.text and one.article is of for one in found)
    assert [one.lead for one in found] == [None, text.index("The")]


def test_no_more_sentences_are_weighed_than_the_shortlist_holds_and_the_best_are_among_them() -> None:
    text = " ".join(f"A boat left on day {number}." for number in range(60)) + " The ferry burned."
    found = gathered("Why did the ferry burn?", hits(text))
    assert len(found) == SHORTLIST
    assert found[0].text == "The ferry burned."


def test_no_hits_give_no_evidence_and_no_confidence() -> None:
    found = gather(understand("Why did the ferry burn?"), [], lambda _: 1.0, nothing_alike())
    assert found == NOTHING
    assert (found.evidence, found.confidence, found.answerable) == ((), 0.0, 0.0)


def test_promotions_are_never_evidence_however_well_they_match() -> None:
    text = "READ MORE: Why did the ferry burn?\n\nNothing is known.\n\nWatch: Why did the ferry burn?"
    assert [one.text for one in gathered("Why did the ferry burn?", hits(text))] == ["Nothing is known."]


def test_promotions_do_not_crowd_reports_out_of_the_shortlist() -> None:
    text = "READ MORE: Why did the ferry burn?\n\n" * (SHORTLIST + 10) + "The boat sank."
    assert [one.text for one in gathered("Why did the ferry burn?", hits(text))] == ["The boat sank."]


def test_an_article_of_promotions_gives_no_evidence() -> None:
    assert gathered("Why did the ferry burn?", hits("READ MORE: Why did the ferry burn?\n\nWatch: The ferry")) == ()


def test_scores_are_chances_that_sum_to_one() -> None:
    found = gathered("Why did the ferry to Herat burn?", hits("Cake was eaten. The ferry left. The ferry burned."))
    assert sum(one.score for one in found) == pytest.approx(1)
    assert all(0 < one.score < 1 for one in found)


def test_the_more_of_the_question_is_met_the_surer_it_is() -> None:
    question = "When did the ferry burn?"
    said = ["Cake was eaten.", "The ferry left.", "The ferry burned on Friday."]
    for chances in zip(*(confidence_in(question, text) for text in said), strict=True):
        assert list(chances) == sorted(set(chances))


def test_a_headline_loses_against_a_report() -> None:
    found = gathered("Why did the ferry burn?", hits("The ferry burned\n\nThe ferry burned."))
    assert [one.text for one in found] == ["The ferry burned.", "The ferry burned"]
    assert found[0].score > found[1].score


def test_a_question_for_what_is_not_so_wants_a_denial() -> None:
    found = gathered("Why did the ferry not burn?", hits("The ferry burned. The ferry never burned."))
    assert [one.text for one in found] == ["The ferry never burned.", "The ferry burned."]
    assert found[0].score > 0.9
    assert sum(one.score for one in found) == pytest.approx(1)


def test_a_denial_that_meets_less_wins_where_what_is_not_so_is_asked_for() -> None:
    texts = hits("The ferry burned. The ferry never left.")
    assert gathered("Why did the ferry not burn?", texts)[0].text == "The ferry never left."
    assert gathered("Why did the ferry burn?", texts)[0].text == "The ferry burned."


def test_a_sentence_of_a_better_passage_wins_among_equals() -> None:
    worse = hit(article("The ferry burned.", "worse"), number=1, score=0.4)
    better = hit(article("The ferry burned.", "better"), number=2, score=1.6)
    assert [one.article.id for one in gathered("Why did the ferry burn?", [worse, better])] == ["better", "worse"]


def test_a_worse_passage_does_not_win_where_all_passages_score_below_nothing() -> None:
    better = hit(article("The ferry burned.", "better"), number=1, score=-0.1)
    worse = hit(article("The ferry burned.", "worse"), number=2, score=-0.4)
    found = gathered("Why did the ferry burn?", [better, worse])
    assert [one.article.id for one in found] == ["better", "worse"]


def test_a_sentence_that_holds_the_kind_of_thing_asked_for_wins() -> None:
    found = gathered("When did the ferry burn?", hits("The ferry burned badly. The ferry burned on Friday."))
    assert [one.text for one in found] == ["The ferry burned on Friday.", "The ferry burned badly."]
    assert [one.fit > 0 for one in found] == [True, False]
    assert found[0].text[found[0].spans[0].start : found[0].spans[0].end] == "Friday"


def test_a_second_kind_asked_for_counts_too() -> None:
    texts = hits("The 15 specialists were deployed at dawn.", "The 15 specialists were deployed to Doha.")
    question = "How many specialists were deployed and where?"
    assert gathered(question, texts)[0].text == "The 15 specialists were deployed to Doha."


def test_words_that_are_alike_are_met_in_part() -> None:
    likes = Similarity(FakeEmbedder({"ferry": (1.0, 0.0), "vaporetto": (0.6, 0.8)}))
    (alike,) = gathered("Why did the ferry burn?", hits("The vaporetto burned."), likes)
    (other,) = gathered("Why did the ferry burn?", hits("The vaporetto burned."))
    assert alike.met.direct == pytest.approx((0.75 + 1) / 2)
    assert other.met.direct == pytest.approx(1 / 2)


def test_words_that_are_hardly_alike_are_not_met() -> None:
    likes = Similarity(FakeEmbedder({"ferry": (1.0, 0.0), "harbour": (0.4, 0.9)}))
    (one,) = gathered("Why did the ferry burn?", hits("The harbour burned."), likes)
    assert one.met.direct == pytest.approx(1 / 2)


def test_nations_are_not_likened() -> None:
    likes = Similarity(FakeEmbedder({"Canadians": (1.0, 0.0), "Americans": (0.9, 0.1)}))
    (one,) = gathered("How many Canadians were evacuated?", hits("200 Americans were evacuated."), likes)
    assert one.met.direct == pytest.approx(1 / 2)
    assert one.met.unmet_names == 1


def test_scores_do_not_depend_on_which_question_came_before() -> None:
    likes = Similarity(FakeEmbedder({"ferry": (1.0, 0.0), "boat": (0.6, 0.8)}))
    texts = hits("The boat burned.", "The ferry left.")
    first = gathered("Why did the ferry burn?", texts, likes)
    gathered("Who ate the cake?", hits("Ned Price ate the cake."), likes)
    assert gathered("Why did the ferry burn?", texts, likes) == first


def test_who_is_given_just_that_office_comes_first() -> None:
    told = hits("The governor of Florida spoke to Ned Price in Florida.", "Florida Gov. Ron DeSantis left.")
    found = gathered("Who is the governor of Florida?", told)
    assert found[0].text == "Florida Gov. Ron DeSantis left."
    assert [one.fit for one in found] == [1.0, 0.4]


def test_who_holds_such_an_office_elsewhere_by_one_sentence_holds_it_elsewhere_in_all() -> None:
    told = hits("President Vladimir Putin spoke on Ukraine.", "Russian President Vladimir Putin left Ukraine.")
    assert {one.fit for one in gathered("Who is the president of Ukraine?", told)} == {ANOTHER}
    assert {one.fit for one in gathered("Who is the president of Ukraine?", told[:1])} == {0.9}


def test_where_a_reason_is_asked_for_the_sentence_that_gives_it_comes_before_one_that_restates_the_question() -> None:
    text = "The old ferry burned in the harbour. The old ferry burned because a lamp fell."
    found = gathered("Why did the old ferry burn in the harbour?", hits(text))
    assert found[0].text == "The old ferry burned because a lamp fell."
    assert sum(one.score for one in found) == pytest.approx(1)
    assert gathered("When did the old ferry burn in the harbour?", hits(text))[0].text != found[0].text


def test_what_was_caused_comes_after_what_caused_it() -> None:
    cause, effect = "The fire was caused by a faulty cable.", "The fire at the hotel forced 200 guests to flee."
    assert gathered("What caused the fire at the hotel?", hits(f"{cause} {effect}"))[0].text == cause


def test_a_reason_right_after_the_sentence_that_restates_the_question_is_lent_of_its_score() -> None:
    told, reason, other = "The ferry burned in the harbour.", "It was caused by a lamp.", "Cake was eaten."
    question = "Why did the ferry burn in the harbour?"
    near = {one.text: one.score for one in gathered(question, hits(f"{told} {reason} {other}"))}
    far = {one.text: one.score for one in gathered(question, hits(f"{told} {other} {reason}"))}
    assert near[reason] > 2 * far[reason]
