"""Whether what a model wrote answers what was asked, at least as well as the embedded answerer's own first sentence.

Both are judged alike: as sentences that might be evidence for the question, weighed alike.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from qa.answering.answer import Sentence
from qa.answering.draft import Draft
from qa.language.figures import find_quantities
from qa.language.figures_compare import same_value
from qa.language.similarity import Similarity
from qa.language.terms import content_words, is_negated, key_of, keys_of
from qa.question.understand import NEEDS_SPAN, Question
from qa.reading.coverage import Rarity
from qa.reading.evidence import Evidence, gather
from qa.reading.reader import Reader
from vectorstore.records import Hit, Passage

_AS_WELL = 0.5  # of the draft's score among these sentences; chances are no finer than that
_FITS = 0.9  # of the draft's fit of what is asked for
_ABOUT = 0.6  # of a question's words, for a denial to be one of what it takes for granted


def answers_as_well(
    question: Question,
    sentences: Sequence[Sentence],
    draft: Draft,
    rarity: Rarity,
    similarity: Similarity,
    reader: Reader | None = None,
) -> bool:
    """Whether one of a model's sentences holds what the question asks for as well as the draft's first one does.

    It does where it gives the draft's own short answer, or is judged no worse; where it denies what is asked about, as
    of a question that takes something false for granted, it does too. draft: one with statements.
    """
    first = draft.statements[0]
    texts = [sentence.text for sentence in sentences if sentence.rests_on]
    if any(first.short is not None and gives(text, first.short) for text in texts):
        return True
    judged = _judged(question, [first.evidence.text, *texts], first.evidence, rarity, similarity, reader)
    ours, theirs = judged.get(first.evidence.text), [judged[text] for text in texts if text in judged]
    if ours is None:
        return bool(theirs)
    return any(_is_as_good(question, one, ours) for one in theirs)


def gives(text: str, short: str) -> bool:
    """Whether a sentence holds a short answer: its figure, or else all of its words that carry meaning.

    >>> gives("They evacuated fifteen thousand people.", "15,000 people"), gives("Ned Price spoke.", "Mr Price")
    (True, False)
    """
    asked, given = find_quantities(short), find_quantities(text)
    if asked:
        return any(same_value(one, other) for one in given for other in asked)
    keys = set(keys_of(text))
    return all(key_of(word) in keys for word in content_words(short) or short.split())


def _is_as_good(question: Question, one: Evidence, draft: Evidence) -> bool:
    if is_negated(one.text) and not is_negated(draft.text) and one.met.direct >= _ABOUT:
        return True
    if question.asked in NEEDS_SPAN and one.fit < _FITS * draft.fit:
        return False
    return one.score >= _AS_WELL * draft.score


def _judged(
    question: Question,
    texts: Sequence[str],
    like: Evidence,
    rarity: Rarity,
    similarity: Similarity,
    reader: Reader | None,
) -> dict[str, Evidence]:
    """Each text as the evidence it would be, were it all that an article of that title said."""
    hits = []
    for text in dict.fromkeys(texts):
        article = replace(like.article, id=uuid.uuid4().hex, text=text)
        hits.append(Hit(Passage(0, article.id, article.revision, 0, 0, len(text)), article, 1.0, 1.0, 0.0))
    evidence = gather(question, hits, rarity, similarity, reader).evidence
    return {one.article.text: one for one in evidence}
