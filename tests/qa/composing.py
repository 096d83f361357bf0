"""Helpers to have answers composed of evidence made by hand."""

from qa.answering.compose import compose
from qa.answering.draft import Draft
from qa.answering.limits import LIMITS
from qa.question.understand import understand
from qa.reading.coverage import Met
from qa.reading.evidence import Evidence, Findings
from qa.reading.spans.figures import find_counts
from tests.qa.fakes import ALL_MET, article, evidence, nothing_alike

COUNT = "How many people were evacuated?"
WHY = "Why did the ferry burn?"
PART = "What was Carter's part in the club?"
UNSURE = (LIMITS.answerable + LIMITS.confident) / 2  # sure enough to answer, and not of a name that is further off
SURE, SMALL = 0.97, 0.01  # scores of evidence of which there is no doubt, and of that behind it


def composed(question: str, *found: Evidence, confidence: float = UNSURE) -> Draft:
    return compose(understand(question), Findings(found, confidence, confidence), nothing_alike())


def quoted(draft: Draft) -> list[str]:
    return [said.evidence.text for said in draft.statements]


def counted(sentence: str, name: str, *, score: float = SURE, question: str = COUNT, met: Met = ALL_MET) -> Evidence:
    """A sentence that is all of an article, with its figures."""
    spans = sorted(find_counts(understand(question), sentence, lambda *_: 0.0), key=lambda one: -one.fit)
    return evidence(sentence, article(sentence, name), score=score, spans=spans, met=met)


def told(name: str, sentence: str, *, score: float = SURE, text: str | None = None) -> Evidence:
    """A sentence of an article, which is only that unless its text is given."""
    return evidence(sentence, article(text or sentence, name), score=score)
