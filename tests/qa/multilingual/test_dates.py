from datetime import date

import pytest

from qa.multilingual.dates import dated_in, find_dates_in

PUBLISHED = date(2024, 3, 7)  # a Thursday


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("de", "Er kam am Mittwoch und ging am 7. Oktober 2025.", ["Mittwoch", "7. Oktober 2025"]),
        ("fr", "Le musée a ouvert samedi, pas le 4 février.", ["samedi", "4 février"]),
        ("es", "Se estrenará en mayo de 2025, no ayer.", ["mayo de 2025", "ayer"]),
        ("it", "Comincia il 5 ottobre; nel 1958 no.", ["5 ottobre", "1958"]),
        ("pt", "Foi na quarta-feira, 18 de março.", ["quarta-feira", "18 de março"]),
        ("nl", "Dicht tot 12 februari, sinds gisteren.", ["12 februari", "gisteren"]),
    ],
)
def test_dates_as_each_language_writes_them(language: str, text: str, words: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_dates_in(text, language)] == words


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("de", "Mittwoch", "Mittwoch, 6. März 2024"),
        ("de", "Donnerstag", "Donnerstag, 7. März 2024"),
        ("fr", "hier", "mercredi 6 mars 2024"),
        ("fr", "4 février", "dimanche 4 février 2024"),
        ("es", "lunes", "lunes, 4 de marzo de 2024"),
        ("it", "ieri", "mercoledì 6 marzo 2024"),
        ("pt", "quarta-feira", "quarta-feira, 6 de março de 2024"),
        ("nl", "gisteren", "woensdag 6 maart 2024"),
    ],
)
def test_a_date_is_told_by_the_day_of_publication(language: str, words: str, told: str) -> None:
    assert dated_in(words, language, PUBLISHED) == told


def test_what_needs_or_allows_no_telling_stays() -> None:
    assert dated_in("Mittwoch", "de", None) == "Mittwoch"
    assert dated_in("7. Oktober 2025", "de", PUBLISHED) == "7. Oktober 2025"
    assert dated_in("Oktober", "de", PUBLISHED) == "Oktober"
    assert dated_in("Mittwoch", "de", date.min) == "Mittwoch"
    assert dated_in("hier", "fr", date.min) == "hier"
