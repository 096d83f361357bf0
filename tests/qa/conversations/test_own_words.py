"""What a follow-up's own words find counts again beside what the question that stands alone finds."""

from qa.conversations.own_words import SHARE, blended, find_for
from tests.qa import fakes
from vectorstore.records import Counts, Hit, SearchResult


def _hit(name: str, score: float) -> Hit:
    return fakes.hit(fakes.article(f"About {name}.", name), score=score)


def _result(*hits: Hit) -> SearchResult:
    return SearchResult(hits, Counts(articles=3, passages=3))


def test_a_passage_that_both_find_rises_above_one_that_only_what_was_carried_finds() -> None:
    found = (_hit("carried", 2.0), _hit("both", 1.9))

    ranked = blended(found, (_hit("both", 2.0),))

    assert [(hit.article.id, round(hit.score, 3)) for hit in ranked] == [("both", 1.9 + SHARE * 2.0), ("carried", 2.0)]


def test_what_only_the_own_words_find_comes_after_what_the_question_finds_as_well() -> None:
    ranked = blended((_hit("found", 2.0),), (_hit("own", 3.0),))

    assert [hit.article.id for hit in ranked] == ["found", "own"]


def test_no_passage_is_told_twice_and_no_more_than_were_asked_for() -> None:
    in_full, own = _result(_hit("a", 2.0), _hit("b", 1.0)), _result(_hit("b", 4.0), _hit("c", 3.0))
    results = {"asked in full": in_full, "asked": own}

    found = find_for("asked in full", "asked", results.__getitem__, limit=2)

    assert [hit.article.id for hit in found.hits] == ["b", "a"]


def test_words_that_say_nothing_are_not_searched_by() -> None:
    asked: list[str] = []

    def search(text: str) -> SearchResult:
        asked.append(text)
        return _result(_hit("a", 2.0))

    find_for("When was the dam built?", "when was it?", search, limit=6)
    find_for("Who blew it up? (dam)", "I thought it was the French. Who was it?", search, limit=6)

    assert asked == ["When was the dam built?", "Who blew it up? (dam)"]


def test_what_a_person_merely_asserts_is_not_searched_by() -> None:
    asked: list[str] = []

    def search(text: str) -> SearchResult:
        asked.append(text)
        return _result(_hit("a", 2.0))

    find_for("Who closed it? (airport)", "I heard that the French left. Who closed it?", search, limit=6)
    find_for("Who closed the port?", "I thought it was the French. Who closed the port?", search, limit=6)

    assert asked == ["Who closed it? (airport)", "Who closed it?", "Who closed the port?"]
