import pytest

from qa.question.asked_sources import SourceLimit, names_sources, source_limits

SOURCES = ("The National", "National Review", "Post", "The Valley Post")


@pytest.mark.parametrize(
    ("question", "source", "words"),
    [
        ("How many died, according to The National?", "The National", "according to The National"),
        ("According to the national, how many died?", "The National", "According to the national"),
        ("According to The National how many died?", "The National", "According to The National"),
        ("How many died, as reported by National Review?", "National Review", "as reported by National Review"),
        ("Wie viele starben laut Valley Post?", "The Valley Post", "laut Valley Post"),
        ("How many deaths did the Post report?", "Post", "did the Post report"),
    ],
)
def test_a_publisher_that_the_question_names(question: str, source: str, words: str) -> None:
    (limit,) = source_limits(question, SOURCES)
    assert limit.sources == (source,)
    assert question[limit.start : limit.end] == words


@pytest.mark.parametrize(
    "question",
    [
        "How many died, according to The National Guard?",
        "How many died, according to the national weather service?",
        "How many died, according to The Nationalist?",
        "How many died, according to the mayor?",
        "What did the Post sell?",
        "Who edits The National?",
    ],
)
def test_what_is_no_publisher_of_the_library_limits_nothing(question: str) -> None:
    assert source_limits(question, SOURCES) == []


def test_several_publishers_and_what_the_question_keeps() -> None:
    (limit,) = source_limits("How many died, according to The National and the Post?", SOURCES)
    assert limit.sources == ("The National", "Post")
    assert source_limits("What does Post say of it?", SOURCES) == [SourceLimit(5, 18, ("Post",), "is said")]
    assert not names_sources("How many died?")
