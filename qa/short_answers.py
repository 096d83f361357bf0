"""The short answers of the sentences that may answer one question."""

from collections.abc import Sequence

from qa.evidence import Evidence
from qa.language.similarity import Similarity
from qa.question import Asked, Question
from qa.short_answer.choose import short_answer
from qa.short_answer.model import StretchModel
from qa.spans.answer_span import AnswerSpan, Likeness

MOST_WORKED_OUT = 4  # a short answer takes about a millisecond
_CHANCE = 0.15  # below, a short answer is right so seldom that none is better
# The same for kinds of which the likely ones are mostly right, and the others hardly ever.
_CHANCE_OF = {Asked.WHO: 0.4, Asked.WORDS: 0.4, Asked.WHERE: 0.3}


class ShortAnswers:
    """Each is worked out once and only when asked for, four at most."""

    def __init__(self, question: Question, similarity: Similarity, model: StretchModel | None = None) -> None:
        self._question = question
        self._similarity = similarity
        self._model = model
        self._known: dict[tuple[str, int], str | None] = {}

    def of(self, found: Evidence) -> str | None:
        """The words of a sentence that say just what was asked; None where none do, or it is one too many."""
        place = (found.article.id, found.start)
        if place not in self._known:
            if len(self._known) == MOST_WORKED_OUT:
                return None
            self._known[place] = self.in_text(found.text, found.spans)
        return self._known[place]

    def in_text(self, text: str, spans: Sequence[AnswerSpan]) -> str | None:
        """The same of any sentence. spans: where in it what is asked for may stand."""
        chosen = short_answer(self._question, text, spans, self._similarity, self._model)
        sure = chosen is not None and chosen.chance >= _CHANCE_OF.get(self._question.asked, _CHANCE)
        return text[chosen.start : chosen.end] if chosen and sure else None

    @property
    def likeness(self) -> Likeness:
        """How near two words are in meaning."""
        return self._similarity.of_words
