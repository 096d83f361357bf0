import pytest

from qa.multilingual.figures import find_figures
from qa.multilingual.tongue import tongue_of


@pytest.mark.parametrize(
    ("language", "text", "value", "unit", "words"),
    [
        ("de", "Rund 2.300 Menschen flohen.", 2300, None, "2.300"),
        ("de", "Es kostet 12,5 Millionen Euro.", 12.5e6, "EUR", "12,5 Millionen Euro"),
        ("de", "Er holte 34,2 Prozent der Stimmen.", 34.2, "%", "34,2 Prozent"),
        ("de", "Am 7. Oktober kamen zwei Gäste.", 2, None, "zwei"),
        ("de", "Seit 1958 stehen dort dreihundert Häuser.", 300, None, "dreihundert"),
        ("fr", "1 250,5 millions d'euros ont été versés.", 1250.5e6, "EUR", "1 250,5 millions d'euros"),
        ("fr", "Quelque 3 400 habitants ont fui.", 3400, None, "3 400"),
        ("fr", "Une hausse de 6 % suffit.", 6, "%", "6 %"),
        ("fr", "Le 4 février, quatre-vingt-dix maisons ont brûlé.", 90, None, "quatre-vingt-dix"),
        ("es", "La obra costó 310 millones de euros.", 310e6, "EUR", "310 millones de euros"),
        ("es", "Murieron veintidós mineros.", 22, None, "veintidós"),
        ("it", "Vale 900.000 euro.", 900_000, "EUR", "900.000 euro"),
        ("it", "Il 40 per cento è perso.", 40, "%", "40 per cento"),
        ("pt", "Vacinou 80 mil crianças.", 80_000, None, "80 mil"),
        ("pt", "São 9,4 milhões de dólares.", 9.4e6, "USD", "9,4 milhões de dólares"),
        ("nl", "Het kostte 6,5 miljoen euro.", 6.5e6, "EUR", "6,5 miljoen euro"),
        ("nl", "Er kwamen tachtig mensen.", 80, None, "tachtig"),
    ],
)
def test_figures_as_each_language_writes_them(
    language: str, text: str, value: float, unit: str | None, words: str
) -> None:
    (figure,) = find_figures(text, tongue_of(language))
    assert figure.low == pytest.approx(value)
    assert (figure.unit, text[figure.start : figure.end]) == (unit, words)


def test_what_a_figure_counts() -> None:
    (figure,) = find_figures("Rund 2.300 Menschen flohen.", tongue_of("de"))
    assert figure.counted == "Menschen"
    (hours,) = find_figures("Il treno è fermo da quattro ore.", tongue_of("it"))
    assert hours.counted == "ore"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Am 7. Oktober um 14:30 Uhr."),
        ("fr", "Le 4 février 2024."),
        ("es", "Una casa, desde 1958."),
        ("nl", "De B5"),
    ],
)
def test_days_times_years_and_articles_are_no_figures(language: str, text: str) -> None:
    assert find_figures(text, tongue_of(language)) == []
