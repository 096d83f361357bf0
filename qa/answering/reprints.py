"""The reprints of what an answer cites, named beside it: those of the library's clusters that print the same words,
whether a search found them or not."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.answering.answer import Basis, Sentence
from qa.answering.cite import Stretch, Words
from vectorstore.records import StoredArticle

ReprintsOf = Callable[[StoredArticle], Sequence[StoredArticle]]
_WORD = re.compile(r"\w+")
_LONGEST = 1_000  # characters of a quote that is looked for


def with_reprints(sentences: Sequence[Sentence], reprints_of: ReprintsOf) -> tuple[Sentence, ...]:
    """Return the sentences of an answer, each stretch with the reprints that say the same in the same words.

    Case, white space and punctuation between the words don't count. What is named already is not named again.
    """
    return tuple(
        replace(one, rests_on=tuple(_with_reprints(basis, one.rests_on, reprints_of) for basis in one.rests_on))
        for one in sentences
    )


def _with_reprints(basis: Basis, beside: Sequence[Basis], reprints_of: ReprintsOf) -> Basis:
    named = {other.article.id for one in beside for other in (one.stretch, *one.also_in)}
    others = [one for one in reprints_of(basis.stretch.article) if one.id not in named]
    found: list[Stretch] = [words for other in others if (words := _same_words(basis.stretch, other))]
    return replace(basis, also_in=(*basis.also_in, *found))


def _same_words(stretch: Stretch, article: StoredArticle) -> Words | None:
    """Where an article prints the words of a stretch, the signs around them with them."""
    quote = stretch.article.text[stretch.start : stretch.end]
    if (at := article.text.find(quote)) >= 0:
        return Words(article, at, at + len(quote))
    words = _WORD.findall(quote)
    if not words or len(quote) > _LONGEST:
        return None
    found = re.search(r"\b" + r"\W+".join(map(re.escape, words)) + r"\b[^\w\s]*", article.text, re.IGNORECASE)
    return Words(article, *found.span()) if found else None
