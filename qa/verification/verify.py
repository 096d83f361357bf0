"""Judge whether what a model's sentence cites bears it out: verified, partial or unsupported.

Verified: the words quoted hold every fact of the sentence, nothing in them speaks against it, and the trained judge is
sure that they say it. Partial: all its facts are in what it cites, but not together, or said less firmly, or the judge
is less sure. Everything else is unsupported: a fact is missing, the source says the contrary, or nothing says this.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa.language.instructions import asks
from qa.language.quotations import normalised
from qa.language.similarity import Similarity
from qa.language.terms import key_of
from qa.reading.reader import Reader
from qa.reading.trained import packaged as packaged_reader
from qa.verification.claim_facts import Facts, facts_of, plain
from qa.verification.claims import Claim
from qa.verification.contradict import contradictions
from qa.verification.entailment import Entailment, packaged
from qa.verification.fact_match import facts_in, unmet_words
from qa.verification.figure_match import Match
from qa.verification.fragments import as_told
from qa.verification.near_copies import substitutions
from qa.verification.roles import SAYING_KEYS
from qa.verification.support import SourceText, Window, header_of, keys_in, windows_of
from qa.verification.witness import REACH, gives, says_it, speaks_against
from vectorstore.languages import ENGLISH, language_of_question

__all__ = ["Quoted", "SourceText", "Verdict", "verify"]

Grade = Literal["verified", "partial", "unsupported"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """The exact words of a source that bear a claim out: `article.text[start:end]` of the source so numbered."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claim.

    quotes: best first, at most one of each source; none where it is unsupported. problems: what failed, in words that
    a model can repair by ("the figure 16,000 is not in [1]"); a verified claim may have one: that "[7] is no source".
    """

    claim: Claim
    support: Grade
    quotes: tuple[Quoted, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How far a claim must be borne out, in the log-odds that `_borne_out` gives; see docs/verification.md.

    said: the least share of the words met that are said of its names; no true sentence of our own has less. met: the
    share of a claim's words that another source must meet to be quoted too. read: how many stretches the
    trained judge reads at most; each takes some 10 ms.
    """

    verified: float = 0.79
    partial: float = -0.4
    said: float = 0.5
    met: float = 0.65
    read: int = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """What makes a claim one that is borne out: a regression's on our own sentences and half of FRANK's, near which the
    weights were chosen again when the reader had learned on; see docs/verification.md.

    judge: of the trained judge's log-odds. said: of the share of the words met that are no name, figure or date, for
    they tell what is said of them. here, against: of what the reader bears witness to.
    """

    bias: float = -1.3
    judge: float = 0.1
    said: float = 2.7
    here: float = 0.2
    against: float = -0.2


WEIGHTS = Weights()
THRESHOLDS = Thresholds()
_GRADES: tuple[Grade, ...] = ("verified", "partial", "unsupported")
_PART = re.compile(r",? (?:and|or|while|but|whereas) |; ")
_EDGES = " .,;:!?'*"


def verify(
    claim: Claim,
    sources: Mapping[int, SourceText],
    similarity: Similarity,
    entailment: Entailment | None = None,
    *,
    question: str | None = None,
    reader: Reader | None = None,
) -> Verdict:
    """Judge a claim by the excerpts of the sources that it cites, and by nothing else.

    entailment, reader: the trained judge and the reader; None for the package's. question: what a claim that is no
    sentence is the answer to.
    """
    unknown = tuple(f"[{number}] is no source" for number in claim.unknown)
    cited = [sources[number] for number in claim.markers if number in sources]
    if not cited:
        return Verdict(claim, "unsupported", (), unknown or ("it cites no source",))
    stated = facts_of(plain(claim.text), None)
    if asks(stated.text):
        return Verdict(claim, "unsupported", (), ("it is a question", *unknown))
    windows = windows_of(stated, cited, similarity)
    same = [window for window in windows if _is_verbatim(stated, window)]
    if same:
        others = [window for window in _chosen(stated, windows)[0] if window.source is not same[0].source]
        return Verdict(claim, "verified", (_quoted(same[0]), *map(_quoted, others)), unknown)
    missing = _missing(stated, windows, cited)
    if missing:
        return Verdict(claim, "unsupported", (), (*missing, *unknown))
    quotes, contrary = _chosen(stated, windows)
    if not quotes:
        return Verdict(claim, "unsupported", (), (*(contrary or [_nothing(cited)]), *unknown))
    if len(quotes) > 1 and not any(all(window.met) for window in quotes):
        return _by_parts(claim, sources, similarity, entailment, reader)
    told = as_told(stated.text, question)
    before = told.removesuffix(stated.text)
    read = [one for one in quotes[: THRESHOLDS.read] if _says_enough(stated, one)]  # to read takes by far the longest
    if before and question and language_of_question(question) in (None, ENGLISH):  # which is all that the reader reads
        read = [one for one in read if gives(stated.text, question, one.in_context, reader or packaged_reader())]
    if not read:
        return Verdict(claim, "unsupported", (), (_nothing(cited), *unknown))
    borne_out = -math.inf
    for one in read:
        (likely,) = (entailment or packaged()).scores([(one.with_title, told)]).tolist()
        borne_out = max(borne_out, _borne_out(stated, one, likely, before, reader or packaged_reader()))
        if borne_out >= THRESHOLDS.verified:  # no other one could make it more
            break
    support, problems = _graded(stated, quotes, borne_out)
    if support == "unsupported":
        return Verdict(claim, support, (), (_nothing(cited), *unknown))
    return Verdict(claim, support, tuple(map(_quoted, quotes)), (*problems, *unknown))


def _by_parts(
    claim: Claim,
    sources: Mapping[int, SourceText],
    similarity: Similarity,
    entailment: Entailment | None,
    reader: Reader | None,
) -> Verdict:
    """Judge a claim whose facts stand in different sources: each of its parts must be borne out by one of them.

    Else the figure of one source would pass with the deed of another.
    """
    parts = [part for part in _PART.split(claim.text) if part.strip()]
    if len(parts) == 1:
        cited = [sources[number] for number in claim.markers if number in sources]
        return Verdict(claim, "unsupported", (), (f"nothing in {_listed(cited)} says all of this",))
    verdicts = [verify(replace(claim, text=part), sources, similarity, entailment, reader=reader) for part in parts]
    problems = tuple(dict.fromkeys(problem for verdict in verdicts for problem in verdict.problems))
    worst = max((verdict.support for verdict in verdicts), key=_GRADES.index)
    if worst == "unsupported":
        return Verdict(claim, worst, (), problems)
    quotes: dict[int, Quoted] = {}
    for quoted in (quoted for verdict in verdicts for quoted in verdict.quotes):
        quotes.setdefault(quoted.number, quoted)
    return Verdict(claim, worst, tuple(quotes.values()), problems)


def _quoted(window: Window) -> Quoted:
    return Quoted(window.source.number, window.start, window.end)


def _is_verbatim(stated: Facts, window: Window) -> bool:
    return normalised(window.text).strip(_EDGES) == normalised(stated.text).strip(_EDGES) != ""


def _listed(cited: Sequence[SourceText]) -> str:
    return " or ".join(f"[{source.number}]" for source in cited)


def _nothing(cited: Sequence[SourceText]) -> str:
    return f"nothing in {_listed(cited)} says this"


def _missing(stated: Facts, windows: Sequence[Window], cited: Sequence[SourceText]) -> list[str]:
    """The facts that are nowhere in what is cited, in words."""
    where = _listed(cited)
    problems, told = [], set()
    for at, fact in enumerate(facts_in(stated)):
        if not any(window.met[at] for window in windows):
            kind, word_for_word = fact.kind, " word for word" if fact.kind == "quotation" else ""
            text = f"“{fact.text}”" if word_for_word else fact.text
            problems.append(f"the {kind} {text} is not in {where}{word_for_word}")
            told.add(fact.text)
    keys = frozenset().union(
        *(given.keys for window in windows for given in window.sentences),
        *(
            header_of(one).keys | keys_in(one.article.text) for one in cited
        ),  # a title, or a first name: "General Carter"
    )
    for name in stated.names:
        if name.text not in told:
            problems += [f"“{word}” of “{name.text}” is not in {where}" for word in unmet_words(name.text, keys)]
    return problems


def _chosen(stated: Facts, windows: Sequence[Window]) -> tuple[list[Window], list[str]]:
    """The windows to quote, at most one of each source; or what the best window says to the contrary."""
    publishers = [source for window in windows if (source := window.source.article.source)]
    persons = [name.text for window in windows for given in window.sentences for name in given.names]
    quotes: list[Window] = []
    for window in windows:
        if any(window.source is other.source for other in quotes) or (quotes and not _adds(window, quotes)):
            continue
        against = contradictions(stated, window.sentences, window.main, persons, publishers)
        if against and not quotes:
            return [], [f"in [{window.source.number}], {problem}" for problem in dict.fromkeys(against)]
        if not against:
            quotes.append(window)
    return quotes, []


def _adds(window: Window, quotes: Sequence[Window]) -> bool:
    """Whether a window of another source bears the claim out as well, or holds a fact that the others don't."""
    if window.coverage >= THRESHOLDS.met and all(met is Match.MET for met in window.met):
        return True
    return any(met > max(other.met[at] for other in quotes) for at, met in enumerate(window.met))


def _said(stated: Facts, window: Window) -> list[float]:
    """How far a window meets each of the words that a claim says of its names, figures and dates.

    Names are most of the words of a short sentence, and say nothing; nor does who says so ("the Post reported").
    """
    places = [(one.start, one.end) for part in (stated.names, stated.quantities, stated.dates) for one in part]
    named = {word for start, end in places for word in stated.text[start:end].split()}
    return [
        share
        for share, word in zip(window.words.tolist(), stated.content, strict=True)
        if word not in named and key_of(word) not in SAYING_KEYS
    ]


def _says_enough(stated: Facts, window: Window) -> bool:
    """Whether a window meets enough of what a claim says for it to be worth reading."""
    said = _said(stated, window)
    return sum(said) >= THRESHOLDS.said * len(said)


def _borne_out(stated: Facts, window: Window, likely: float, before: str, reader: Reader) -> float:
    """The log-odds that a window bears a claim out of which no fact is missing, and of which it says enough.

    likely: the trained judge's word for it, from 0 to 1. before: what is read before the claim. The reader is asked as
    long as its word can make a difference.
    """
    said = _said(stated, window)
    judged = min(max(likely, 1e-4), 1 - 1e-4)
    odds = math.log(judged / (1 - judged))
    if not said:  # only names, figures and dates, or nothing at all: what they are said to be is the judge's alone
        return odds if stated.names or stated.quantities or stated.dates else -math.inf
    borne = WEIGHTS.bias + WEIGHTS.judge * odds + WEIGHTS.said * sum(said) / len(said)
    if borne + WEIGHTS.here * REACH < THRESHOLDS.partial:
        return borne
    borne += WEIGHTS.here * says_it(stated, window.with_title, reader, before)
    if borne < THRESHOLDS.partial:
        return borne
    publisher = window.source.article.source
    return borne + WEIGHTS.against * speaks_against(stated, window.with_title, reader, before, publisher)


def _graded(stated: Facts, quotes: Sequence[Window], borne_out: float) -> tuple[Grade, list[str]]:
    """How well the quotes bear a claim out of which no fact is missing, and what keeps it from being verified."""
    if borne_out < THRESHOLDS.partial:
        return "unsupported", []
    number = quotes[0].source.number
    held = [max(met) for met in zip(*(window.met for window in quotes), strict=True)]
    problems = [
        f"[{number}] says “{fact.text}” less firmly" if met else f"“{fact.text}” is not in the same place of [{number}]"
        for fact, met in zip(facts_in(stated), held, strict=True)
        if met is not Match.MET
    ]
    unmet = [stated.content[place] for place in sorted(quotes[0].unmet)]
    problems += [f"{problem} in [{number}]" for problem in substitutions(stated, quotes[0].main, unmet)]
    if borne_out < THRESHOLDS.verified:
        problems.append(f"[{number}] may not say just this")
    return ("partial", problems) if problems else ("verified", [])
