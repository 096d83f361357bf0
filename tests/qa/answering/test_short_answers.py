import pytest

from qa.answering.short_answers import ShortAnswers, short_answer
from qa.question.understand import understand
from qa.reading.reader import Found
from qa.reading.spans.answer_span import AnswerSpan
from qa.reading.spans.find import find_spans
from tests.qa.fakes import evidence, nothing_alike
from tests.qa.reading.fakes import FakeReader

SENTENCE = "In all, up to 600 troops and 40 ships were sent by Ada Lun."


def spans_for(question: str) -> tuple[AnswerSpan, ...]:
    return find_spans(understand(question), SENTENCE, lambda *_: 0.0)


def found(words: str, score: float = 2.0) -> Found:
    start = SENTENCE.index(words)
    return Found(start, start + len(words), score)


def short(question: str, answer: Found | None, *, read: bool = True) -> str | None:
    return short_answer(understand(question), SENTENCE, spans_for(question), answer, read=read)


def test_what_was_read_is_given() -> None:
    assert short("Who sent them?", found("Ada Lun.")) == "Ada Lun"


def test_a_figure_is_given_with_what_it_counts_and_its_bound() -> None:
    assert short("How many troops were sent?", found("600")) == "up to 600 troops"


def test_no_other_figure_stands_in_for_the_one_that_fits() -> None:
    assert short("How many troops were sent?", found("40")) == "up to 600 troops"
    assert short("How many helicopters were sent?", None) is None


def test_what_is_too_seldom_right_is_not_given() -> None:
    assert short("Who sent them?", found("Ada Lun", -3.1)) is None
    assert short("What did Ada Lun say?", found("40 ships", -0.1)) is None
    assert short("What did Ada Lun say?", found("40 ships", 0.1)) == "40 ships"
    assert short("Who sent them?", None) is None


def test_where_nothing_is_read_the_best_span_is_given() -> None:
    assert short("Who sent them?", None, read=False) == "Ada Lun"


def test_yes_or_no_has_no_short_answer() -> None:
    assert short("Were ships sent?", found("40 ships")) is None


@pytest.mark.parametrize(("reader", "expected"), [(FakeReader({"Ada": 1.0}), "Ada"), (None, "Ada Lun")])
def test_any_sentence_can_be_read(reader: FakeReader | None, expected: str) -> None:
    question = "Who sent them?"
    shorts = ShortAnswers(understand(question), nothing_alike(), reader)
    assert shorts.in_text(SENTENCE, spans_for(question)) == expected


def test_evidence_is_not_read_again() -> None:
    reader = FakeReader({"Ada": 1.0})
    assert ShortAnswers(understand("Who sent them?"), nothing_alike(), reader).of(evidence(SENTENCE)) is None
    assert reader.windows == []
