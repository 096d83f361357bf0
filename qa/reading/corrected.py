"""Figures that a newspaper has said were wrong: its older report of them is not given beside the right one. Pure."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from qa.language.corrections import is_correction
from qa.language.counted_compare import same_counted
from qa.language.figures import Kind, Quantity, find_quantities
from qa.language.figures_compare import same_value
from qa.question.understand import NUMERIC, Question
from qa.reading.candidates import Candidate
from vectorstore.records import StoredArticle
from vectorstore.rows import aloud
from vectorstore.sentences import split_sentences

_HEAD, _FOOT = 800, 1_600  # characters of an article in which notes stand
_KEPT, _LONGEST_KEPT = 256, 20_000  # articles whose notes are kept, and the characters of one


def without_corrected(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, where a figure is asked for without those that give one which their own newspaper has
    said was wrong, in the same article or in one that is not older.
    """
    if question.asked not in NUMERIC:
        return list(candidates)
    articles = {one.hit.article.id: one.hit.article for one in candidates}.values()
    wrong = [(article, said) for article in articles if (said := said_wrong(article.text))]
    return [one for one in candidates if not wrong or not _is_corrected(one, wrong)]


def said_wrong(text: str) -> tuple[Quantity, ...]:
    """The figures that an article's notes of correction say were wrong.

    A note holds the wrong figure, and often the right one; the sentence after it, in its paragraph, holds the right one
    only. Where that has none, what the rest of the article says as well is right.

    >>> [one.low for one in said_wrong("15 died.\\nAn earlier version of this article said that 50 died. It is 15.")]
    [50.0]
    """
    return _kept_said_wrong(text) if len(text) <= _LONGEST_KEPT else _said_wrong(text)


def _said_wrong(text: str) -> tuple[Quantity, ...]:
    wrong: list[Quantity] = []
    for start, end in _ends_of(text):
        spans = split_sentences(text, start, end)
        told = [aloud(text, span.start, span.end) for span in spans]
        notes = [is_correction(sentence) for sentence in told]
        for at, note in enumerate(notes):
            if note:
                after = (
                    at + 1 < len(told) and not notes[at + 1] and "\n" not in text[spans[at].end : spans[at + 1].start]
                )
                right = find_quantities(told[at + 1]) if after else ()
                wrong += [one for one in _counts(told[at]) if not _is_among(one, right or _reported(text))]
    return tuple(wrong)


def _counts(sentence: str) -> list[Quantity]:
    """The figures of a sentence but ordinals: "our first report" counts nothing."""
    return [one for one in find_quantities(sentence) if one.kind is not Kind.ORDINAL]


def _ends_of(text: str) -> list[tuple[int, int]]:
    """The head and the foot of an article, where notes stand; all of a short one."""
    if len(text) <= _HEAD + _FOOT:
        return [(0, len(text))]
    head, foot = text.find("\n", _HEAD, -_FOOT), text.rfind("\n", _HEAD, -_FOOT)
    return [(0, head if head >= 0 else _HEAD), (foot if foot >= 0 else len(text) - _FOOT, len(text))]


@lru_cache(maxsize=64)
def _reported(text: str) -> tuple[Quantity, ...]:
    """The figures of an article's sentences that are no notes."""
    told = (text[span.start : span.end] for span in split_sentences(text))
    return tuple(one for sentence in told if not is_correction(sentence) for one in find_quantities(sentence))


_kept_said_wrong = lru_cache(maxsize=_KEPT)(_said_wrong)


def _is_corrected(one: Candidate, wrong: Iterable[tuple[StoredArticle, Sequence[Quantity]]]) -> bool:
    given = find_quantities(one.text)
    return any(
        _may_correct(article, one.hit.article) and any(_is_among(figure, said) for figure in given)
        for article, said in wrong
    )


def _may_correct(note: StoredArticle, report: StoredArticle) -> bool:
    """Whether a note in one article may be of another: of the same newspaper, and not an older one's."""
    if note.id == report.id:
        return True
    if not note.source or note.source != report.source:
        return False
    return note.published is None or report.published is None or report.published <= note.published


def _is_among(figure: Quantity, others: Iterable[Quantity]) -> bool:
    return any(
        same_value(figure, other)
        and (not figure.counted or not other.counted or same_counted(figure.counted, other.counted))
        for other in others
    )
