"""What a model wrote, judged -> the sentences of an answer: what failed is dropped or marked, what differs is added."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qa.answering.answer import Basis, Sentence, sentences_of
from qa.answering.cite import Stretch, Words
from qa.answering.draft import Draft
from qa.answering.short_answers import ShortAnswers
from qa.language.figures import find_quantities
from qa.language.figures_compare import same_value
from qa.language.markup import addresses_in, plain
from qa.language.noise import is_quotable
from qa.question.understand import NUMERIC, Question
from qa.reading.spans.answer_span import AnswerSpan, Likeness, says_the_same
from qa.reading.spans.find import find_spans
from qa.records import Support
from qa.verification.verify import SourceText, Verdict
from qa.writing.generate import Written
from vectorstore.rows import aloud

UNSUPPORTED_MARK = "[unsupported]"
_ANSWERS = 0.6  # from this fit on, a span of a model's sentence is what was asked for
_FITS = 0.8  # from this fit on, a figure is one that was asked for


def written_sentences(
    question: Question,
    written: Written,
    sources: Mapping[int, SourceText],
    draft: Draft,
    shorts: ShortAnswers,
    *,
    flag: bool,
) -> tuple[Sentence, ...]:
    """Return what stands of a model's answer. flag: keep the sentences that failed, marked; else they are dropped.

    The words that say just what was asked are chosen as the draft's are.
    """
    sentences = []
    for verdict in written.verdicts:
        if verdict.support != "unsupported":
            sentences.append(_sentence_of(question, verdict, verdict.support, sources, draft, shorts))
        elif flag and _may_be_flagged(verdict.claim.text):
            sentences.append(Sentence(f"{verdict.claim.text} {UNSUPPORTED_MARK}", ()))
    return tuple(sentences)


def with_others(sentences: tuple[Sentence, ...], draft: Draft) -> tuple[Sentence, ...]:
    """Add what the embedded answerer found in further articles: who says the same, and who gives another figure.

    Agreement is counted and disagreement shown, whatever a model makes of them: it reads six stretches at most, and
    need not cite all that say so.
    """
    found = sentences_of(draft)
    given = _figures(sentences)
    agreeing = tuple(_with_agreement(sentence, found) for sentence in sentences)
    if not any(says_the_same(figure, other) for figure in given for other in _figures(found)):
        return agreeing
    differing = [sentence for sentence in found if any(not _is_among(figure, given) for figure in _figures([sentence]))]
    return (*agreeing, *differing)


def _figures(sentences: Iterable[Sentence]) -> list[AnswerSpan]:
    return [basis.figure for sentence in sentences for basis in sentence.rests_on if basis.figure]


def _is_among(figure: AnswerSpan, given: Iterable[AnswerSpan]) -> bool:
    return any(says_the_same(figure, other) for other in given)


def _with_agreement(sentence: Sentence, found: Sequence[Sentence]) -> Sentence:
    """Name the articles that answer by the same figure as a quote does, or by the same words as the sentence."""
    named = {basis.stretch.article.id for basis in sentence.rests_on}
    bases: list[Basis] = []
    for basis in sentence.rests_on:
        short = sentence.short if not bases else None
        others: dict[str, Stretch] = {}
        for other in found:
            if _agrees(basis.figure, short, other):
                stretches = [stretch for one in other.rests_on for stretch in (one.stretch, *one.also_in)]
                others |= {one.article.id: one for one in stretches if one.article.id not in named}
        named |= others.keys()
        bases.append(replace(basis, also_in=tuple(others.values())))
    return replace(sentence, rests_on=tuple(bases))


def _agrees(figure: AnswerSpan | None, short: str | None, other: Sentence) -> bool:
    if figure and _is_among(figure, _figures([other])):
        return True
    return bool(short and other.short) and str(short).casefold() == str(other.short).casefold()


def _may_be_flagged(text: str) -> bool:
    """Whether a sentence that failed may be shown at all: no markup, no instruction, no address."""
    return plain(text) == text and is_quotable(text) and not addresses_in(text)


def _sentence_of(
    question: Question,
    verdict: Verdict,
    support: Support,
    sources: Mapping[int, SourceText],
    draft: Draft,
    shorts: ShortAnswers,
) -> Sentence:
    text, likeness = verdict.claim.text, shorts.likeness
    spans = find_spans(question, text, likeness)
    known = draft.statements[0].short if draft.statements else None
    short = known if known and known in text else None
    if short is None and spans and (known or not draft.statements):
        short = shorts.in_text(text, spans)
    if short is None and spans and spans[0].fit >= _ANSWERS:
        short = text[spans[0].start : spans[0].end]
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
    for span in find_spans(question, aloud(words.article.text, words.start, words.end), likeness):
        quantity = span.quantity
        if span.fit >= _FITS and quantity and any(same_value(quantity, other) for other in given):
            return span
    return None
