from dataclasses import replace

from qa.reading.spoken import in_language, in_other_languages
from tests.qa.fakes import article, hit
from vectorstore.records import Hit


def of(language: str | None, number: int) -> Hit:
    return hit(replace(article("Text.", str(number)), language=language), number=number)


def test_only_articles_in_the_questions_language_answer_it() -> None:
    hits = [of("de", 1), of("en-GB", 2), of(None, 3)]
    assert in_language(hits, "en").hits == (hits[1], hits[2])
    assert in_language(hits, "de").hits == (hits[0], hits[2])
    assert in_language(hits, None).hits == tuple(hits)
    assert in_language(hits, "en").others == ()


def test_where_none_is_in_it_their_languages_are_told() -> None:
    assert in_language([of("de", 1), of("fr", 2), of("de", 3)], "en").others == ("de", "fr")
    assert in_language([], "en").others == ()
    assert in_other_languages(("de", "pl")) == (
        "The articles that come nearest are in German and the language 'pl', and the question is not. Ask in German."
    )
