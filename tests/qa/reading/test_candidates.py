from hypothesis import given
from hypothesis import strategies as st

from qa.language.terms import key_of
from qa.reading.candidates import Candidate, candidates_of
from tests.qa.fakes import article, hit, hits


def one_of(text: str, words: str) -> Candidate:
    return next(one for one in candidates_of(hits(text)) if words in one.text)


def test_the_sentences_of_all_hits_come_in_order_with_their_place_in_the_article() -> None:
    text = "Kabul fell. Herat held on.\n\nGhazni burned 🙂. Nobody came."
    first = hit(article(text), text.index("Herat"), text.index("Nobody") - 1)
    second = hit(article("Cake.", "b"), number=2)
    found = candidates_of([first, second])
    assert [one.text for one in found] == ["Herat held on.", "Ghazni burned 🙂.", "Cake."]
    assert [one.start for one in found] == [text.index("Herat"), text.index("Ghazni"), 0]
    assert found[2].hit is second


def test_a_sentence_has_its_words_and_their_keys() -> None:
    one = one_of("The troops were sent.", "troops")
    assert list(one.words) == ["The", "troops", "were", "sent"]
    assert one.keys == {"the", "troop", "were", "send"}


def test_near_are_the_title_two_sentences_before_and_one_after() -> None:
    found = candidates_of([hit(article("Alpha. Bravo. Charlie. Delta. Echo. Foxtrot.", title="Golf"))])
    keys = {word: key_of(word) for word in "alpha bravo charlie delta echo foxtrot golf".split()}
    assert found[3].text == "Delta."
    assert found[3].near == {keys["golf"], keys["bravo"], keys["charlie"], keys["echo"]}
    assert found[0].near == {keys["golf"], keys["bravo"]}
    assert found[5].near == {keys["golf"], keys["delta"], keys["echo"]}
    assert found[3].passage == set(keys.values()) - {keys["golf"]}


def test_what_stands_beside_the_passage_is_near_its_first_and_last_sentence() -> None:
    text = "Zulu. Alpha came. Bravo came. Charlie came. Yankee."
    found = candidates_of([hit(article(text), text.index("Alpha"), text.index("Yankee") - 1)])
    assert [key_of("Zulu") in one.near for one in found] == [True, True, False]
    assert [key_of("Yankee") in one.near for one in found] == [False, False, True]
    assert not any(key_of("Zulu") in one.passage for one in found)


def test_what_stands_far_from_the_passage_is_not_near() -> None:
    text = f"Zulu. {'Filler words. ' * 40}Alpha came."
    (one,) = candidates_of([hit(article(text), text.index("Alpha"))])
    assert key_of("filler") in one.near
    assert key_of("Zulu") not in one.near


def test_the_lead_is_where_the_sentence_before_starts_within_the_passage() -> None:
    text = "Kabul fell. Herat fell.\n\nIt was Friday."
    assert [one.lead for one in candidates_of([hit(article(text))])] == [None, 0, text.index("Herat")]
    assert [one.lead for one in candidates_of([hit(article(text), text.index("Herat"))])] == [None, text.index("Herat")]


def test_all_sentences_of_a_promoting_line_are_left_out() -> None:
    text = "Kabul fell.\n\nREAD MORE: What was the point? This is why we must help.\n\nHerat fell."
    first, last = candidates_of(hits(text))
    assert (first.text, last.text) == ("Kabul fell.", "Herat fell.")
    assert key_of("point") not in last.near | last.passage
    assert last.lead is None


def test_a_caption_is_known_by_a_label_that_stands_before_the_passage() -> None:
    text = "He warned.\n\nThe National:\n\nAround 600 troops are being sent\n\nIt comes as Herat fell."
    (report,) = candidates_of([hit(article(text), text.index("Around"))])
    assert report.text == "It comes as Herat fell."


def test_promotions_beside_the_passage_do_not_stand_around_its_sentences() -> None:
    text = "READ MORE: Alyn Smith on Kabul\n\nHerat fell."
    (report,) = candidates_of([hit(article(text), text.index("Herat"))])
    assert key_of("Alyn") not in report.near


def test_the_date_at_the_head_of_a_text_is_no_sentence_of_it() -> None:
    first, _ = candidates_of(hits(" date 2021-08-13 Kabul fell. Herat fell."))
    assert first.text == "Kabul fell."


def test_a_headline_is_a_line_without_an_end() -> None:
    text = "Taliban capture Kandahar\n\nKandahar fell on Friday."
    assert [one.is_heading for one in candidates_of(hits(text))] == [True, False]


@given(st.text(max_size=200))
def test_the_sentences_of_any_text_stand_in_it(text: str) -> None:
    for one in candidates_of(hits(text)):
        assert one.text
        assert one.text == text[one.start : one.end]
        assert one.keys <= one.passage
        assert one.lead is None or one.lead < one.start
