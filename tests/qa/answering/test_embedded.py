from dataclasses import replace

from qa.answering.embedded import Embedded
from qa.language.similarity import Similarity
from qa.question.understand import Asked
from tests.qa.fakes import article, hit
from vectorstore.embedder import Embedder


class AllAlike:
    """asked: the words whose rarity was asked, with the language."""

    def __init__(self) -> None:
        self.asked: set[tuple[str, str]] = set()

    def rarity(self, word: str, language: str = "en") -> float:
        self.asked.add((word, language))
        return 1.0


def test_english_is_judged_and_other_languages_go_by_their_words(wordllama: Embedder) -> None:
    words = AllAlike()
    embedded = Embedded(words, Similarity(wordllama), None)
    english = article("Some 2,300 people had to leave their houses in Kelheim on Wednesday.")
    question, findings = embedded.read("How many people had to leave their houses?", "en", [hit(english)])
    assert embedded.draft(question, findings, "en").statements[0].short == "Some 2,300 people"
    german = replace(article("Rund 2.300 Menschen mussten ihre Häuser verlassen.", "b"), language="de")
    question, findings = embedded.read("Wie viele Menschen mussten ihre Häuser verlassen?", "de", [hit(german)])
    assert question.asked is Asked.COUNT
    assert embedded.draft(question, findings, "de").statements[0].short == "2.300 Menschen"
    assert {language for _, language in words.asked} == {"en", "de"}
