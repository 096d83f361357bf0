import subprocess
import sys

import pytest

from vectorstore.languages import base_of, language_of_article, language_of_question

ARTICLES = {
    "en": "The fire brigade said that the ferry had been evacuated by noon, and the harbour was closed to all ships.",
    "de": "Die Feuerwehr teilte mit, dass die Fähre bis Mittag geräumt und der Hafen für alle Schiffe gesperrt wurde.",
    "fr": "Les pompiers ont indiqué que le ferry avait été évacué avant midi et que le port était fermé aux navires.",
    "es": "Los bomberos dijeron que el transbordador fue evacuado antes del mediodía y que el puerto quedó cerrado.",
    "it": "I vigili del fuoco hanno detto che il traghetto è stato evacuato entro mezzogiorno e il porto chiuso.",
    "pt": "Os bombeiros disseram que o barco foi evacuado antes do meio-dia e que o porto ficou fechado aos navios.",
    "nl": "De brandweer zei dat de veerboot voor de middag was ontruimd en dat de haven voor alle schepen dicht was.",
    "pl": "Straż pożarna poinformowała, że prom ewakuowano przed południem, a port zamknięto dla wszystkich statków.",
}
QUESTIONS = {
    "en": "how many were evacuated",
    "de": "Wer räumte die Fähre?",
    "fr": "Qui a évacué le ferry ?",
    "es": "¿Quién evacuó el transbordador?",
    "it": "Chi ha evacuato il traghetto?",
    "pt": "Quem evacuou o barco?",
    "nl": "Wie ontruimde de veerboot?",
}


@pytest.mark.parametrize(("language", "text"), ARTICLES.items())
def test_the_language_of_an_article(language: str, text: str) -> None:
    assert language_of_article(text) == language


def test_what_an_article_says_of_itself_counts_where_it_says_more_or_the_text_tells_nothing() -> None:
    assert language_of_article(ARTICLES["pt"], "pt-BR") == "pt-BR"
    assert language_of_article(ARTICLES["de"], "en") == "de"
    assert language_of_article("17:0", "fr") == "fr"
    assert language_of_article("17:0") is None


@pytest.mark.parametrize(("language", "question"), QUESTIONS.items())
def test_the_language_of_a_question(language: str, question: str) -> None:
    assert language_of_question(question) == language


@pytest.mark.parametrize("question", ["Kabul 2021", "🙂", "17:0?"])
def test_a_question_whose_words_do_not_tell(question: str) -> None:
    assert language_of_question(question) is None


def test_the_language_of_a_tag() -> None:
    assert [base_of(tag) for tag in ("pt-BR", "EN_us", "de", None)] == ["pt", "en", "de", None]


def test_english_needs_no_model() -> None:
    program = (
        "import sys; from vectorstore.languages import *; "
        f"print(language_of_question('how many were evacuated'), language_of_article({ARTICLES['en']!r}), "
        "'py3langid' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["en", "en", "False"]
