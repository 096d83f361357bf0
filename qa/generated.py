"""What a model wrote, judged -> the sentences of an answer: what failed is dropped or marked, what differs is added."""

from collections.abc import Mapping

from qa.answer import Basis, Sentence, sentences_of
from qa.answer_span import AnswerSpan, Likeness
from qa.cite import Words
from qa.extract import Draft
from qa.figures import find_quantities
from qa.figures_compare import same_value
from qa.generate import Written
from qa.markup import addresses_in, plain
from qa.noise import is_quotable
from qa.question import NUMERIC, Question
from qa.records import Support
from qa.spans import find_spans
from qa.verify import SourceText, Verdict

UNSUPPORTED_MARK = "[unsupported]"
_FITS = 0.8  # from this fit on, a figure is one that was asked for


def written_sentences(
    question: Question, written: Written, sources: Mapping[int, SourceText], likeness: Likeness, *, flag: bool
) -> tuple[Sentence, ...]:
    """Return what stands of a model's answer. flag: keep the sentences that failed, marked; else they are dropped."""
    sentences = []
    for verdict in written.verdicts:
        if verdict.support != "unsupported":
            sentences.append(_sentence_of(question, verdict, verdict.support, sources, likeness))
        elif flag and _may_be_flagged(verdict.claim.text):
            sentences.append(Sentence(f"{verdict.claim.text} {UNSUPPORTED_MARK}", ()))
    return tuple(sentences)


def with_disagreement(sentences: tuple[Sentence, ...], draft: Draft) -> tuple[Sentence, ...]:
    """Add what other sources say where the embedded answerer found figures that differ, and the model gave only some.

    Disagreement is shown, whatever a model makes of it.
    """
    given = {basis.figure.value for sentence in sentences for basis in sentence.rests_on if basis.figure}
    found = sentences_of(draft)
    differing = {basis.figure.value for sentence in found for basis in sentence.rests_on if basis.figure}
    if not given & differing or differing <= given:
        return sentences
    missing = [
        sentence
        for sentence in found
        if any(basis.figure and basis.figure.value not in given for basis in sentence.rests_on)
    ]
    return (*sentences, *missing)


def _may_be_flagged(text: str) -> bool:
    """Whether a sentence that failed may be shown at all: no markup, no instruction, no address."""
    return plain(text) == text and is_quotable(text) and not addresses_in(text)


def _sentence_of(
    question: Question, verdict: Verdict, support: Support, sources: Mapping[int, SourceText], likeness: Likeness
) -> Sentence:
    text = verdict.claim.text
    spans = find_spans(question, text, likeness)
    short = text[spans[0].start : spans[0].end] if spans and spans[0].fit >= _FITS else None
    bases = []
    for quoted in verdict.quotes:
        words = Words(sources[quoted.number].article, quoted.start, quoted.end)
        bases.append(Basis(words, support, figure=_figure_in(question, text, words, likeness)))
    return Sentence(text, tuple(bases), short)


def _figure_in(question: Question, claim: str, words: Words, likeness: Likeness) -> AnswerSpan | None:
    """The figure of a quote that was asked for and that the claim gives as well."""
    if question.asked not in NUMERIC:
        return None
    given = find_quantities(claim)
    for span in find_spans(question, words.article.text[words.start : words.end], likeness):
        quantity = span.quantity
        if span.fit >= _FITS and quantity and any(same_value(quantity, other) for other in given):
            return span
    return None
