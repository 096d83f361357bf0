from collections.abc import Sequence
from dataclasses import replace

import pytest

from qa.answering.draft import Draft
from qa.answering.limits import LIMITS
from qa.question.understand import understand
from qa.reading.coverage import Met
from qa.reading.evidence import Evidence
from qa.reading.spans.figures import find_counts
from tests.qa.composing import COUNT, WHY, composed, quoted
from tests.qa.fakes import ALL_MET, article, evidence, span


def test_what_hangs_on_the_sentence_before_is_quoted_with_it_in_one_stretch() -> None:
    text = "Kandahar is lost.\n\nIt is the second largest city 🙂. More."
    found = evidence("It is the second largest city 🙂.", article(text))
    (said,) = composed("What is the second largest city?", found).statements
    assert said.evidence.text == "Kandahar is lost.\n\nIt is the second largest city 🙂."
    assert text[said.evidence.start : said.evidence.end] == said.evidence.text


def test_the_span_moves_with_its_sentence() -> None:
    text = "The airlift by Carter ended. They evacuated 15,000 people."
    sentence = "They evacuated 15,000 people."
    question = "How many people did Carter evacuate?"
    spans = find_counts(understand(question), sentence, lambda *_: 0.0)
    (said,) = composed(question, evidence(sentence, article(text), spans=spans)).statements
    assert said.evidence.text == text
    assert said.span is not None
    assert said.span.quantity is not None
    assert text[said.span.start : said.span.end] == "15,000 people"
    assert text[said.span.quantity.start : said.span.quantity.end] == "15,000"
    assert said.span.quantity.counted_end == said.span.end


@pytest.mark.parametrize("sentence", ["Kabul is the second largest city.", "Item: it is the second largest city."])
def test_a_sentence_that_stands_alone_is_quoted_alone(sentence: str) -> None:
    found = evidence(sentence, article(f"Kandahar is lost. {sentence}"))
    assert quoted(composed("What is the second largest city?", found)) == [sentence]


def test_the_first_sentence_of_a_passage_is_quoted_alone() -> None:
    assert quoted(composed("What is the city?", evidence("It is the city."))) == ["It is the city."]


def test_a_sentence_that_holds_what_was_asked_for_and_all_names_is_quoted_alone() -> None:
    text = "The airlift ended. They evacuated 15,000 people."
    sentence = "They evacuated 15,000 people."
    found = evidence(sentence, article(text), spans=[span(sentence, "15,000 people")])
    assert quoted(composed(COUNT, found)) == [sentence]


@pytest.mark.parametrize(
    ("sentence", "met", "alone"),
    [
        ("This engine fault let the ferry burn.", ALL_MET, True),
        ("This engine fault let the ferry burn.", replace(ALL_MET, direct=LIMITS.alone - 0.01), False),
        ("It was the engine that let the ferry burn.", ALL_MET, False),
        ("They let her burn.", ALL_MET, False),  # the question's name is not there
    ],
)
def test_a_sentence_that_itself_tells_what_was_asked_is_quoted_alone(sentence: str, met: Met, alone: bool) -> None:
    found = evidence(sentence, article(f"Smoke was seen. {sentence}"), met=met)
    question = "Why did the Ferry burn?" if "ferry" in sentence else "Why did Ostend's ferry burn?"
    assert quoted(composed(question, found)) == [sentence if alone else f"Smoke was seen. {sentence}"]


def test_no_words_are_quoted_twice() -> None:
    text = "The ferry burned because its engine failed. It also carried fuel, officials told reporters."
    of = article(text)
    found = [evidence(sentence, of) for sentence in text.replace(". ", ".\n").split("\n")]
    assert not overlapping(composed(WHY, *found))


def overlapping(draft: Draft) -> Sequence[Evidence]:
    said = [one.evidence for one in draft.statements]
    return [
        one
        for place, one in enumerate(said)
        for other in said[:place]
        if one.article is other.article and one.start < other.end and other.start < one.end
    ]
