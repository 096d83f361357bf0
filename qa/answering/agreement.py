"""Whether a sentence says the same as a statement: the same of the kind asked for, or nearly the same words.

Two articles may print nearly the same words and one other answer among them ("a guard", "a forward"): that is not
agreement. Where the question's kind has no spans that could be compared, their short answers tell.
"""

from qa.answering.draft import Statement
from qa.answering.events import SameEvent
from qa.answering.limits import Limits
from qa.answering.short_answers import ShortAnswers
from qa.language.terms import STOP_WORDS, keys_of
from qa.reading.evidence import Evidence
from qa.reading.spans.answer_span import AnswerSpan, says_the_same

_ALIKE = 0.2  # how far below the best a span may fit to be compared as well


class Agreement:
    """Compares the sentences that may answer one question; each is taken into words only once."""

    def __init__(self, shorts: ShortAnswers, limits: Limits, same: SameEvent) -> None:
        self._same = same
        self._shorts = shorts
        self._limits = limits
        self._words: dict[tuple[str, int], set[str]] = {}

    def holds(self, said: Statement, found: Evidence) -> bool:
        """Whether a sentence only repeats a statement, of the same event."""
        if not self._same(said.evidence.article, found.article):
            return False
        if said.span and found.fit >= self._limits.fit:
            theirs = self._best_spans(found)
            return any(says_the_same(one, other) for one in self._best_spans(said.evidence) for other in theirs)
        return self._are_alike(said.evidence, found) and not self._differ(said.evidence, found)

    def _best_spans(self, found: Evidence) -> list[AnswerSpan]:
        return [span for span in found.spans if span.fit >= max(self._limits.fit, found.fit - _ALIKE)]

    def _are_alike(self, one: Evidence, other: Evidence) -> bool:
        ours, theirs = self._words_of(one), self._words_of(other)
        return len(ours & theirs) >= self._limits.merged * min(len(ours), len(theirs))

    def _differ(self, one: Evidence, other: Evidence) -> bool:
        """Whether two articles' sentences are known to answer otherwise; of one article they add to each other."""
        if one.article.id == other.article.id:
            return False
        ours, theirs = self._words_of(one), self._words_of(other)
        if ours <= theirs or theirs <= ours:
            return False
        ours, theirs = (_keys(self._shorts.of(found) or "") for found in (one, other))
        return bool(ours and theirs) and not (ours <= theirs or theirs <= ours)

    def _words_of(self, found: Evidence) -> set[str]:
        place = (found.article.id, found.start)
        if place not in self._words:
            self._words[place] = _keys(found.text)
        return self._words[place]


def _keys(text: str) -> set[str]:
    """The keys of the words by which texts are compared."""
    return set(keys_of(text)) - STOP_WORDS
