import pytest

from qa.multilingual.asking import understand_in
from qa.multilingual.tongue import OTHERS, tongue_of
from qa.question.understand import Asked


@pytest.mark.parametrize(
    ("language", "question", "asked"),
    [
        ("de", "Wie viel Prozent der Stimmen holte er?", Asked.PERCENT),
        ("de", "Wie viel kostet das?", Asked.AMOUNT),
        ("de", "Mit wem sprach er, und wann?", Asked.WHO),
        ("de", "Wie heißt die Sprecherin?", Asked.WHO),
        ("fr", "Comment s’appelle la préfète ?", Asked.WHO),
        ("fr", "Combien de temps a duré la grève ?", Asked.DURATION),
        ("fr", "Combien d’habitants ont fui ?", Asked.COUNT),
        ("fr", "D'où vient le feu ?", Asked.WHERE),
        ("es", "¿Cuándo empezó?", Asked.WHEN),
        ("es", "¿Qué exigen?", Asked.WHAT),
        ("it", "Perché è chiusa?", Asked.WHY),
        ("pt", "Em quanto são estimados os prejuízos?", Asked.AMOUNT),
        ("nl", "Hoeveel kostte de brug?", Asked.AMOUNT),
        ("nl", "Hoeveel fietsers komen er?", Asked.COUNT),
    ],
)
def test_the_kind_that_is_asked_for(language: str, question: str, asked: Asked) -> None:
    assert understand_in(tongue_of(language), question).asked is asked


def test_what_must_be_met_and_what_is_counted() -> None:
    question = understand_in(tongue_of("de"), "Wie viele Menschen mussten ihre Häuser verlassen?")
    assert (question.words, question.focus) == (("Menschen", "Häuser", "verlassen"), "Menschen")
    assert understand_in(tongue_of("fr"), "Combien d'habitants ont fui ?").focus == "habitants"


@pytest.mark.parametrize("language", OTHERS)
def test_the_words_that_ask_carry_no_meaning(language: str) -> None:
    tongue = tongue_of(language)
    assert tongue.asking[Asked.WHO].search("?") is None
    assert tongue.content_words("2.300 x") == ("2.300",)


def test_words_are_compared_by_their_stems() -> None:
    assert tongue_of("de").key("Häusern") == tongue_of("de").key("haus")
    assert tongue_of("pt").key("3.100") == "3100"
