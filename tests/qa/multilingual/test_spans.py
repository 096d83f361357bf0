import pytest

from qa.multilingual.asking import understand_in
from qa.multilingual.spans import find_spans_in
from qa.multilingual.tongue import tongue_of


@pytest.mark.parametrize(
    ("language", "question", "sentence", "words"),
    [
        ("de", "Wie viele Brücken fielen?", "Nach 14 Tagen fielen 3 Brücken.", "3 Brücken"),
        ("de", "Wer ist Bürgermeisterin?", "Es dankte Bürgermeisterin Karin Vogt.", "Karin Vogt"),
        ("de", "Wo tagt der Rat?", "Der Rat tagt im Alten Rathaus.", "Alten Rathaus"),
        (
            "fr",
            "Combien a coûté le musée ?",
            "Pour 65 ouvriers, il a coûté 42 millions d'euros.",
            "42 millions d'euros",
        ),
        ("es", "¿Cuánto dura el trayecto?", "Con 4 paradas dura 48 minutos.", "48 minutos"),
        ("it", "Chi guida il comune?", "Lo guida Paola Righi.", "Paola Righi"),
        ("nl", "Hoeveel procent biedt de directie?", "Na 24 uur biedt zij 3 procent.", "3 procent"),
        ("pt", "Quando começa a produção?", "A produção começa em março de 2025.", "março de 2025"),
    ],
)
def test_the_place_that_fits_best(language: str, question: str, sentence: str, words: str) -> None:
    tongue = tongue_of(language)
    best = find_spans_in(understand_in(tongue, question), sentence, tongue)[0]
    assert sentence[best.start : best.end] == words


def test_a_reason_stands_in_no_one_place() -> None:
    tongue = tongue_of("de")
    assert find_spans_in(understand_in(tongue, "Warum fiel sie?"), "Sie fiel um 3 Uhr.", tongue) == ()
