from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vectorstore.changes import IndexBatch
from vectorstore.errors import IndexDamagedError
from vectorstore.lexical import LexicalIndex
from vectorstore.limits import NO_LIMITS, Limits

TEXTS = {
    1: "UK troops evacuated 15,000 people from Kabul",
    2: "The evacuation of the airport took two weeks",
    3: "A recipe for plum cake",
}


def batch(texts: dict[int, str], day: int | None = None, source: str | None = None) -> IndexBatch:
    return IndexBatch(
        ids=list(texts),
        texts=list(texts.values()),
        days=[day] * len(texts),
        sources=[source] * len(texts),
        vectors=np.zeros((len(texts), 0), np.float32),
    )


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex(tmp_path / "tantivy")
    index.add(batch(TEXTS))
    index.commit()
    return index


def ids(index: LexicalIndex, question: str, limits: Limits = NO_LIMITS) -> list[int]:
    return [number for number, _ in index.search(question, 10, limits)]


def test_words_are_met_by_their_stems(index: LexicalIndex) -> None:
    assert ids(index, "how many were evacuated from Kabul?") == [1, 2]
    assert ids(index, "cakes") == [3]
    assert ids(index, "nothing of the kind") == []


def test_stop_words_count_only_where_there_is_nothing_else(index: LexicalIndex) -> None:
    assert index.terms("how many were evacuated") == ["evacu"]
    assert index.terms("who is he") == ["who", "is", "he"]
    assert index.terms("?! …") == []
    assert ids(index, "for a") == [3]


@pytest.mark.parametrize(
    "question",
    ['evacuated AND (NOT "plum', "id:3 evacuated", "text:* OR kabul [a TO z]", "^evacuated~2 +-", "evacuated " * 2000],
)
def test_a_question_is_never_a_query(index: LexicalIndex, question: str) -> None:
    assert 1 in ids(index, question)


@given(question=st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_question_can_be_asked(index: LexicalIndex, question: str) -> None:
    assert set(ids(index, question)) <= {1, 2, 3}


def test_scores_are_positive_and_fall(index: LexicalIndex) -> None:
    scores = [score for _, score in index.search("evacuated Kabul plum", 10, NO_LIMITS)]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_limits_narrow_without_changing_the_scores(index: LexicalIndex) -> None:
    text = {4: TEXTS[1], 5: TEXTS[1], 6: TEXTS[1]}
    index.add(batch({4: text[4]}, 20210813, "the national"))
    index.add(batch({5: text[5]}, 20210814, "times"))
    index.add(batch({6: text[6]}))
    index.commit()
    assert ids(index, "Kabul", Limits(20210813, None, ())) == [4, 5]
    assert ids(index, "Kabul", Limits(None, 20210813, ())) == [4]
    assert ids(index, "Kabul", Limits(20210814, 20210814, ())) == [5]
    assert ids(index, "Kabul", Limits(None, None, ("the national", "times"))) == [4, 5]
    assert ids(index, "Kabul", Limits(20210814, None, ("the national",))) == []
    every = dict(index.search("Kabul", 10, NO_LIMITS))
    assert index.search("Kabul", 10, Limits(20210814, None, ("times",)))[0][1] == pytest.approx(every[5])


def test_adding_again_replaces_and_removing_removes(index: LexicalIndex) -> None:
    index.add(batch({3: "Kabul fell"}))
    index.remove([1, 99])
    index.commit()
    assert ids(index, "kabul") == [3]
    assert ids(index, "cake") == []
    assert index.count() == 2


def test_stems_that_only_removed_passages_had_are_told(index: LexicalIndex) -> None:
    german = replace(batch({4: "Die Häuser von Kabul", 5: "Gestern regnete es"}), languages=["de", "de"])
    index.add(german)
    index.commit()
    stems = index.stems_of("Die Häuser von Kabul", "de-AT") | index.stems_of("nothing was here", "xx")
    assert index.left_over(stems) == []
    index.remove([4])
    index.commit()
    # Kabul is in another passage, but not in its German stem
    assert sorted(index.left_over(stems)) == ["die", "haus", "hauser", "kabul", "von"]
    assert index.left_over(index.stems_of("Kabul", None)) == []


def test_it_proves_what_it_holds(index: LexicalIndex) -> None:
    assert index.proves(batch(TEXTS))
    assert index.proves(batch({}))
    assert not index.proves(batch({4: "not there"}))
    assert not index.proves(batch({1: "other words"}))


def test_it_holds_after_closing(index: LexicalIndex, tmp_path: Path) -> None:
    index.close()
    again = LexicalIndex(tmp_path / "tantivy")
    assert again.proves(batch(TEXTS))
    again.close()


def test_torn_files_are_damage(index: LexicalIndex, tmp_path: Path) -> None:
    index.close()
    (tmp_path / "tantivy" / "meta.json").write_text("{")
    with pytest.raises(IndexDamagedError):
        LexicalIndex(tmp_path / "tantivy")


def test_a_rare_word_tells_more(index: LexicalIndex) -> None:
    # idf = ln(1 + (n - df + 0.5) / (df + 0.5)), of 3 passages: "evacuat-" is in 2, "plum" in 1, "herat" in none.
    assert index.rarity("Evacuating") == pytest.approx(np.log(1 + 1.5 / 2.5))
    assert index.rarity("plum") == pytest.approx(np.log(1 + 2.5 / 1.5))
    assert index.rarity("herat") == pytest.approx(np.log(1 + 3.5 / 0.5))
    assert index.rarity("") > 0


def test_a_word_with_punctuation_is_as_rare_as_its_commonest_part(index: LexicalIndex) -> None:
    index.add(batch({4: "The U.S. sent 15,000 more", 5: "Some 300,000 in the U.S. army"}))
    index.commit()
    # Of 5 passages "u" and "s" are in 2, "15" in 2, "000" in 3.
    assert index.rarity("U.S") == pytest.approx(np.log(1 + 3.5 / 2.5))
    assert index.rarity("15,000") == pytest.approx(np.log(1 + 2.5 / 3.5))


@pytest.mark.parametrize("question", ["Orbath", "ORBÁTH", "orba\u0301th"])
def test_case_and_diacritics_do_not_count(index: LexicalIndex, question: str) -> None:
    index.add(batch({4: "Minister Orbáth resigned", 5: "Minister Orbath stayed"}))
    index.commit()
    assert ids(index, question) == [4, 5]
    assert index.rarity(question) == index.rarity("orbath")


def test_texts_that_it_does_not_hold_are_scored_nearly_as_if_it_did(index: LexicalIndex) -> None:
    words = {
        1: "kabul airport troops",
        2: "troops left the town by the road",
        3: "plum cake and more cake",
        4: "troops",
    }
    index.remove(list(TEXTS))
    index.add(batch(words))
    index.commit()
    held = dict(index.search("troops at the airport", 9, NO_LIMITS))
    told = index.scores_of("troops at the airport", words)
    assert set(told) == set(held) == {1, 2, 4}
    assert told == pytest.approx(held, rel=0.2)
    assert index.scores_of("the", {1: "", 2: "kabul"}) == {}


GERMAN = "Die Häuser wurden am Mittwoch geräumt"


def test_words_of_another_language_are_met_by_its_stems(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "tantivy")
    index.add(batch(TEXTS))
    index.add(replace(batch({4: GERMAN}), languages=["de"]))
    index.commit()
    german = index.speaking("de")
    assert [number for number, _ in german.search("Wer räumte das Haus?", 10, NO_LIMITS)] == [4]
    assert ids(index, "Wer räumte das Haus?") == []
    assert ids(index, "Mittwoch") == [4]  # a name is found in any language
    assert german.scores("Haus", [1, 4]).keys() == {4}
    assert german.weights("das Haus").keys() == {"haus"}
    assert german.stem("hausern") == "haus"
    assert index.rarity("Haus", "de") < index.rarity("Kabul", "de")
    assert index.proves(replace(batch({4: GERMAN}), languages=["de"]))
    index.close()


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "habitants évacués", "évacuer un habitant"),
        ("es", "viviendas dañadas", "la vivienda dañada"),
        ("it", "abitanti evacuati", "evacuare l'abitante"),
        ("pt", "pessoas desalojadas", "a pessoa desalojada"),
        ("nl", "bewoners ontruimden", "de bewoner ontruimde"),
    ],
)
def test_each_language_has_stems_of_its_own(index: LexicalIndex, language: str, one: str, other: str) -> None:
    assert set(index.terms(one, language)) == set(index.terms(other, language))
