"""An answer that was given, without the words of articles that were deleted since. Pure.

A sentence that only deleted articles bear out, or that has words of one as it cited them, gives way to a note; its
markers stay, and so does every other sentence. What a follow-up took over from such words goes as well.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from qa.language.terms import STOP_WORDS, words_of
from qa.records import Answer, Citation, Excerpt, Figure

DELETED = "(deleted)"
"""What stands in the place of a quote: a citation has one in any case."""

NOTE = "(This sentence was from an article that has been deleted.)"
"""What stands in the place of a sentence."""

_SENTENCE = re.compile(r"(?P<said>.+?)(?P<markers>(?:\s*\[\d+\])+)(?P<after>\s*)", re.DOTALL)
_MARKER = re.compile(r"\[(\d+)\]")


def articles_shown(answer: Answer) -> frozenset[str]:
    """The ids of the articles whose words or titles an answer shows."""
    cited = {one.article_id for one in answer.citations if not one.gone}
    others = {other.article_id for one in answer.citations for other in one.also_in}
    return frozenset(cited | others | {near.article_id for near in answer.nearest})


def without_articles(answer: Answer, gone: Collection[str]) -> Answer:
    """The answer with the citations of these articles marked as gone, and nothing else of them."""
    if not gone:
        return answer
    left = tuple(_without(one, gone) for one in answer.citations)
    lost = frozenset(one.marker for one in left if one.gone)
    newly = [one.quote for one in answer.citations if one.marker in lost and not one.gone]
    kept = replace(
        answer,
        citations=left,
        nearest=tuple(near for near in answer.nearest if near.article_id not in gone),
        dropped=answer.dropped and (),  # whatever the model wrote of them, none of it was cited
    )
    return _without_sentences(kept, lost, newly) if newly else kept


def words_taken(before: Answer, after: Answer) -> frozenset[str]:
    """The telling words that an answer showed of articles and does not show any more."""
    return _shown(before) - _shown(after)


def words_kept(question: str, answer: Answer) -> frozenset[str]:
    """The telling words that a turn has in any case: what was asked, and what articles that are there say."""
    return _telling([question]) | _shown(answer)


def without_words(answer: Answer, lost: Collection[str]) -> Answer:
    """The answer to a question that took some of these words from an answer before it, without them."""

    def has_lost(text: str) -> bool:
        return not _telling([text]).isdisjoint(lost)

    asked_back = answer.reason == "unclear" and has_lost(answer.text)
    return replace(
        answer,
        text=f"{answer.text.partition(': ')[0]}." if asked_back else answer.text,  # without the names that it lists
        standalone_question=answer.question if has_lost(answer.standalone_question) else answer.standalone_question,
        suggestions=tuple(one for one in answer.suggestions if not has_lost(one)),
    )


def _without_sentences(answer: Answer, lost: frozenset[int], quotes: Collection[str]) -> Answer:
    """The answer without the sentences, the short answer and the figures that rest on markers that are lost."""
    told, short, end = [], answer.short_answer, 0
    for sentence in _SENTENCE.finditer(answer.text):
        markers = {int(number) for number in _MARKER.findall(sentence["markers"])}
        if markers <= lost or any(_on_one_line(quote) in _on_one_line(sentence["said"]) for quote in quotes):
            told.append(f"{NOTE}{sentence['markers']}{sentence['after']}")
            short = short if end else None  # it is of the first sentence
        else:
            told.append(sentence[0])
        end = sentence.end()
    figures = tuple(_of_others(figure, answer) for figure in answer.figures if not set(figure.markers) <= lost)
    compared = answer.agreement == "agree" or len(figures) == len(answer.figures) or len(figures) > 1
    return replace(
        answer,
        text="".join([*told, answer.text[end:]]),
        short_answer=short,
        figures=figures,
        agreement=answer.agreement if compared else None,
    )


def _of_others(figure: Figure, answer: Answer) -> Figure:
    """A figure as the citations that are left give it."""
    left = [one for one in answer.citations if one.marker in figure.markers and not one.gone]
    if len(left) == len(figure.markers):
        return figure
    markers = tuple(one.marker for one in left)
    return replace(figure, markers=markers, source=left[0].source, as_of=left[0].published_at)


def _without(citation: Citation, gone: Collection[str]) -> Citation:
    others = tuple(other for other in citation.also_in if other.article_id not in gone)
    if citation.article_id not in gone:
        return replace(citation, also_in=others)
    left = replace(citation, gone=True, standing="deleted", quote=DELETED)
    return replace(left, title=None, url=None, source=None, published_at=None, also_in=others, dates=())


def _shown(answer: Answer) -> frozenset[str]:
    """The telling words of articles that an answer shows; what a refusal says is not theirs."""
    excerpts: list[Citation | Excerpt] = [one for one in answer.citations if not one.gone]
    excerpts += [*(other for one in answer.citations for other in one.also_in), *answer.nearest]
    said = [answer.text, answer.short_answer or ""] if answer.status == "answered" else []
    return _telling([*said, *(one.quote for one in excerpts), *(one.title or "" for one in excerpts)])


def _telling(texts: Iterable[str]) -> frozenset[str]:
    words = {word.casefold() for text in texts for word in words_of(text.replace(NOTE, ""))}
    return frozenset(words - STOP_WORDS)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
