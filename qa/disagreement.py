"""What tells whether sources differ, where the question's kind has no spans that could be compared, and who has not yet
been heard.

Two articles may print nearly the same words and one other answer among them ("a guard", "a forward"): that is not
agreement. Their short answers tell.
"""

from collections.abc import Sequence

from qa.evidence import Evidence
from qa.language.similarity import Similarity
from qa.language.terms import STOP_WORDS, keys_of
from qa.question import Question
from qa.short_answer.choose import short_answer
from qa.short_answer.model import SpanModel

MOST_WORKED_OUT = 4  # a short answer takes about a millisecond
_CHANCE = 0.15  # below, a short answer is right so seldom that none is better


class ShortAnswers:
    """The short answers of one question's sentences, each worked out once and only when asked for, four at most."""

    def __init__(self, question: Question, similarity: Similarity, model: SpanModel | None = None) -> None:
        self._question = question
        self._similarity = similarity
        self._model = model
        self._known: dict[tuple[str, int], str | None] = {}
        self._words: dict[tuple[str, int], set[str]] = {}

    def of(self, found: Evidence) -> str | None:
        """The words of a sentence that say just what was asked; None where none do, or it is one too many."""
        place = (found.article.id, found.start)
        if place not in self._known:
            if len(self._known) == MOST_WORKED_OUT:
                return None
            chosen = short_answer(self._question, found.text, found.spans, self._similarity, self._model)
            sure = chosen is not None and chosen.chance >= _CHANCE
            self._known[place] = found.text[chosen.start : chosen.end] if chosen and sure else None
        return self._known[place]

    def words(self, found: Evidence) -> set[str]:
        """The keys of the words of a sentence, by which it is compared with others."""
        place = (found.article.id, found.start)
        if place not in self._words:
            self._words[place] = words_of(found.text)
        return self._words[place]

    def differ(self, one: Evidence, other: Evidence) -> bool:
        """Whether two articles' sentences are known to answer otherwise; of one article they add to each other."""
        if one.article.id == other.article.id:
            return False
        ours, theirs = self.words(one), self.words(other)
        if ours <= theirs or theirs <= ours:
            return False
        ours, theirs = (words_of(self.of(found) or "") for found in (one, other))
        return bool(ours and theirs) and not (ours <= theirs or theirs <= ours)


def words_of(text: str) -> set[str]:
    """The keys of the words by which texts are compared."""
    return set(keys_of(text)) - STOP_WORDS


def unheard(good: Sequence[Evidence], shown: Sequence[Evidence], least: float) -> list[Evidence]:
    """Return the sentences of the sources that the answer doesn't rest on yet, best first.

    good: what may answer, best first; shown: what the answer rests on. least: the score that a sentence needs. What an
    article that is shown says word for word too is a reprint's, and no other source's.
    """
    heard = {found.article.id: found.article.text for found in shown}
    return [
        found
        for found in good
        if found.score >= least
        and found.article.id not in heard
        and not any(found.text in text for text in heard.values())
    ]
