from dataclasses import replace

from qa.answering.draft import Draft
from qa.multilingual.asking import understand_in
from qa.multilingual.choosing import compose_in, gather_in
from qa.multilingual.tongue import tongue_of
from tests.qa.fakes import article, hit
from vectorstore.records import StoredArticle

DE = tongue_of("de")
TEXT = "Etwa 1.850 Einwohner mussten ihre Häuser verlassen. Zwei Brücken wurden gesperrt, weil das Wasser stieg."


def german(text: str, name: str = "a", **fields: str | None) -> StoredArticle:
    return replace(article(text, name, **fields), language="de")


def draft(question: str, *articles: StoredArticle) -> Draft:
    asked = understand_in(DE, question)
    hits = [hit(one, number=number) for number, one in enumerate(articles)]
    return compose_in(DE, asked, gather_in(DE, asked, hits, lambda _: 1.0))


def test_the_sentence_with_the_words_and_the_kind_asked_for() -> None:
    told = draft("Wie viele Einwohner mussten ihre Häuser verlassen?", german(TEXT))
    assert [one.evidence.text for one in told.statements] == ["Etwa 1.850 Einwohner mussten ihre Häuser verlassen."]
    assert told.statements[0].short == "1.850 Einwohner"
    assert told.statements[0].span
    assert told.statements[0].span.quantity
    assert told.statements[0].span.quantity.low == 1850


def test_a_reason_is_asked_for_and_given() -> None:
    assert draft("Warum wurden die Brücken gesperrt?", german(TEXT)).statements[0].evidence.text.startswith("Zwei")
    assert draft("Warum mussten Einwohner ihre Häuser verlassen?", german(TEXT)).reason == "weak_evidence"


def test_what_the_articles_do_not_say() -> None:
    assert draft("Wie viele Schiffe sanken im Hafen?", german(TEXT)).reason == "weak_evidence"
    assert draft("Wie viele?", german(TEXT)).reason == "no_match"


def test_the_newest_figure_leads_and_who_says_the_same_is_named() -> None:
    older = german("Am Abend waren 12 Menschen ertrunken.", "a", published_at="2024-06-01")
    newer = german("Inzwischen sind 31 Menschen ertrunken.", "b", published_at="2024-06-03")
    same = german("Es sind 31 Menschen ertrunken, heißt es.", "c", published_at="2024-06-03")
    told = draft("Wie viele Menschen sind ertrunken?", older, newer, same)
    assert [one.short or one.evidence.article.id for one in told.statements] == ["31 Menschen", "a"]
    assert {other.article.id for other in told.statements[0].also_in} == {"c"}


def test_a_date_is_told_by_the_articles_day() -> None:
    told = draft("Wann sank die Fähre?", german("Die Fähre sank am Mittwoch.", published_at="2024-03-07"))
    assert told.statements[0].short == "Mittwoch, 6. März 2024"
