"""Which sentence of articles in another language answers a question in it: by its words and the kind of thing asked
for. Pure.

No model that the package brings reads these languages: measured, one that reads English chooses worse than words do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answering.draft import Draft, Statement
from qa.answering.events import always_one
from qa.answering.newest import newest_first
from qa.multilingual.dates import dated_in
from qa.multilingual.spans import find_spans_in
from qa.multilingual.tongue import Tongue
from qa.question.understand import NUMERIC, Asked, Question
from qa.reading.candidates import Candidate, candidates_of
from qa.reading.coverage import Met
from qa.reading.evidence import NOTHING, Evidence, Findings
from qa.reading.spans.answer_span import FITTING, AnswerSpan, says_the_same
from vectorstore.records import Hit

Rarity = Callable[[str], float]

_RARITY = 0.3  # of a word's rarity, beside the 1 that each weighs: one that no article has would outweigh the others
_AROUND = 0.5  # of a word that only stands in the title or beside the sentence
_PART = 0.7  # of a word that is part of a longer one: "Haus" in "Wohnhaus"
_SHORTEST_PART = 5
_PRIOR = 0.1  # of the passage's own score
_ENOUGH = 0.55  # of the question's words
_PLAIN = 0.8  # of them, where the kind of thing asked for is not found
_BESIDE = 0.9  # of the best one's words, for another source's sentence
_MOST = 3
_WITHOUT = {Asked.WHO: 0.7, Asked.WHY: 0.45, Asked.WHERE: 0.5, Asked.WHEN: 0.4}
_WITHOUT_FIGURE = 0.3
_NEEDED = NUMERIC | {Asked.WHEN, Asked.WHERE}
_SHARES = 16


@dataclass(frozen=True, slots=True)
class _Term:
    key: str
    weight: float


def gather_in(tongue: Tongue, question: Question, hits: Sequence[Hit], rarity: Rarity) -> Findings:
    """The sentences of the hits that bear on a question, best first; hits: of articles in its language.

    rarity: how telling a word is in that language, above 0.
    """
    terms = [_Term(tongue.key(word), 1 + _RARITY * rarity(word)) for word in question.words]
    candidates = [one for one in candidates_of(hits) if one.reports]
    if not terms or not candidates:
        return NOTHING
    top = max((hit.score for hit in hits), default=0.0) or 1.0
    keys = [tongue.keys(one.text) for one in candidates]
    titles = {one.hit.article.id: tongue.keys(one.hit.article.title or "") for one in candidates}
    judged = []
    for at, one in enumerate(candidates):
        beside = [keys[near] for near in (at - 1, at + 1) if _is_beside(candidates, at, near)]
        around = titles[one.hit.article.id].union(*beside)
        met = _met(terms, keys[at], around)
        spans = find_spans_in(question, one.text, tongue)
        score = met.coverage * _share(question, one.text, spans, tongue) + _PRIOR * max(0.0, one.hit.score) / top
        judged.append((score, one, met, spans))
    total = sum(score for score, *_ in judged) or 1.0
    evidence = [
        Evidence(one.hit.article, one.start, one.end, score / total, met, spans, one.lead)
        for score, one, met, spans in sorted(judged, key=lambda found: -found[0])[:_SHARES]
    ]
    coverage = evidence[0].met.coverage  # no chance was learned for other languages
    return Findings(tuple(evidence), answerable=coverage, confidence=coverage)


def compose_in(tongue: Tongue, question: Question, findings: Findings) -> Draft:
    """The sentence that answers, and beside it what other sources give instead; a reason where none is enough."""
    if not findings.evidence:
        return Draft((), "no_match")
    best = findings.evidence[0]
    if not _is_enough(tongue, question, best):
        return Draft((), "weak_evidence")
    statements = [_stated(best)]
    for found in findings.evidence[1:]:
        if not _stands_beside(question, best, found):
            continue
        same = next((at for at, said in enumerate(statements) if _agree(said, found)), None)
        if same is None and len(statements) < _MOST:
            statements.append(_stated(found))
        elif same is not None and statements[same].evidence.article.id != found.article.id:
            said = statements[same]
            statements[same] = Statement(said.evidence, (*said.also_in, found), said.span, said.short)
    first, *others = newest_first(question, statements, 0.0, always_one)
    return Draft((_with_short(first, question, tongue), *others), None)


def _is_beside(candidates: Sequence[Candidate], at: int, near: int) -> bool:
    return 0 <= near < len(candidates) and candidates[near].hit.article.id == candidates[at].hit.article.id


def _met(terms: Sequence[_Term], keys: frozenset[str], around: frozenset[str]) -> Met:
    """How much of a question a sentence meets."""
    total = sum(term.weight for term in terms)
    direct = sum(term.weight * _own(term.key, keys) for term in terms)
    near = sum(term.weight * max(_own(term.key, keys), _AROUND * _own(term.key, around)) for term in terms)
    return Met(
        near / total,
        direct / total,
        0.0,
        0.0,
        absent=False,
        other_number=False,
        misqualified=False,
        said=direct / total,
    )


def _own(key: str, keys: frozenset[str]) -> float:
    if key in keys:
        return 1.0
    long = len(key) >= _SHORTEST_PART
    return _PART if long and any(other.startswith(key) or other.endswith(key) for other in keys) else 0.0


def _share(question: Question, sentence: str, spans: Sequence[AnswerSpan], tongue: Tongue) -> float:
    """What is left of a sentence's score by whether it holds the kind of thing asked for."""
    if question.asked is Asked.WHY:
        return 1.0 if tongue.reasons.search(sentence) else _WITHOUT[Asked.WHY]
    fit = spans[0].fit if spans else 0.0
    if question.asked in NUMERIC:
        return fit if fit >= FITTING else _WITHOUT_FIGURE
    without = _WITHOUT.get(question.asked, 1.0)
    return 1.0 if fit >= FITTING else without


def _is_enough(tongue: Tongue, question: Question, found: Evidence) -> bool:
    if found.met.coverage < _ENOUGH or not found.met.direct:
        return False
    if question.asked is Asked.WHY:
        return tongue.reasons.search(found.text) is not None
    return question.asked not in _NEEDED or found.fit >= FITTING or found.met.coverage >= _PLAIN


def _stands_beside(question: Question, best: Evidence, found: Evidence) -> bool:
    """Whether another article's sentence gives what is asked for as well."""
    same = found.article.id == best.article.id
    fits = question.asked in _NEEDED | {Asked.WHO} and found.fit >= FITTING and found.fit >= best.fit
    return not same and fits and found.met.coverage >= _BESIDE * best.met.coverage


def _agree(said: Statement, found: Evidence) -> bool:
    return said.span is not None and bool(found.spans) and says_the_same(said.span, found.spans[0])


def _stated(found: Evidence) -> Statement:
    span = found.spans[0] if found.spans and found.fit >= FITTING else None
    return Statement(found, (), span)


def _with_short(said: Statement, question: Question, tongue: Tongue) -> Statement:
    """With the words that say just what was asked; of a date, with what the article's own day tells of it."""
    if said.span is None:
        return said
    words = said.evidence.text[said.span.start : said.span.end]
    if question.asked is Asked.WHEN:
        words = dated_in(words, tongue.language, said.evidence.article.published)
    return Statement(said.evidence, said.also_in, said.span, words)
