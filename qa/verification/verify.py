"""Judge whether what a model's sentence cites bears it out: verified, partial or unsupported. Pure.

Verified: the words quoted hold every fact of the sentence and enough of its words. Partial: all its facts are in what
it cites, but not together, or said less firmly, or fewer of its words are met. Everything else is unsupported: a fact
is missing, the source says the contrary, or nothing there says this.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from qa.language.quotations import normalised
from qa.language.similarity import Floats, Similarity
from qa.verification.claim_facts import Facts, facts_of, plain
from qa.verification.claims import Claim
from qa.verification.contradict import contradictions
from qa.verification.fact_match import facts_in, unmet_words
from qa.verification.figure_match import Match
from qa.verification.near_copies import substitutions
from qa.verification.support import SourceText, Window, header_of, windows_of

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
    """What share of a claim's words must be met. Tuned on one half of FRANK's sentences; see docs/verification.md."""

    verified: float = 0.80
    partial: float = 0.65
    apart: float = 0.80  # where two stretches of the sources meet them together


THRESHOLDS = Thresholds()
_EDGES = " .,;:!?'*"


def verify(claim: Claim, sources: Mapping[int, SourceText], similarity: Similarity) -> Verdict:
    """Judge a claim by the excerpts of the sources that it cites, and by nothing else."""
    unknown = tuple(f"[{number}] is no source" for number in claim.unknown)
    cited = [sources[number] for number in claim.markers if number in sources]
    if not cited:
        return Verdict(claim, "unsupported", (), unknown or ("it cites no source",))
    stated = facts_of(plain(claim.text), None)
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
    support, problems = _graded(stated, quotes, windows)
    if support == "unsupported":
        return Verdict(claim, support, (), (_nothing(cited), *unknown))
    return Verdict(claim, support, tuple(map(_quoted, quotes)), (*problems, *unknown))


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
        *(given.keys for window in windows for given in window.sentences), *(header_of(one).keys for one in cited)
    )
    for name in stated.names:
        if name.text not in told:
            problems += [f"“{word}” of “{name.text}” is not in {where}" for word in unmet_words(name.text, keys)]
    return problems


def _chosen(stated: Facts, windows: Sequence[Window]) -> tuple[list[Window], list[str]]:
    """The windows to quote, at most one of each source; or what the best window says to the contrary."""
    persons = [name.text for window in windows for given in window.sentences for name in given.names]
    quotes: list[Window] = []
    for window in windows:
        if any(window.source is other.source for other in quotes) or (quotes and not _adds(window, quotes)):
            continue
        against = contradictions(stated, window.sentences, window.main, persons)
        if against and not quotes:
            return [], [f"in [{window.source.number}], {problem}" for problem in dict.fromkeys(against)]
        if not against:
            quotes.append(window)
    return quotes, []


def _adds(window: Window, quotes: Sequence[Window]) -> bool:
    """Whether a window of another source bears the claim out as well, or holds a fact that the others don't."""
    if window.coverage >= THRESHOLDS.partial and all(met is Match.MET for met in window.met):
        return True
    return any(met > max(other.met[at] for other in quotes) for at, met in enumerate(window.met))


def _graded(stated: Facts, quotes: Sequence[Window], windows: Sequence[Window]) -> tuple[Grade, list[str]]:
    """How well the quotes bear a claim out of which no fact is missing, and what keeps it from being verified."""
    words = np.max([window.words for window in quotes], axis=0)
    coverage = _mean(words)
    number = quotes[0].source.number
    held = [max(met) for met in zip(*(window.met for window in quotes), strict=True)]
    problems = [
        f"[{number}] says “{fact.text}” less firmly" if met else f"“{fact.text}” is not in the same place of [{number}]"
        for fact, met in zip(facts_in(stated), held, strict=True)
        if met is not Match.MET
    ]
    unmet = [stated.content[place] for place in sorted(quotes[0].unmet)]
    problems += [f"{problem} in [{number}]" for problem in substitutions(stated, quotes[0].main, unmet)]
    if not problems and coverage >= THRESHOLDS.verified:
        return "verified", []
    apart = max(_mean(np.maximum(words, window.words)) for window in windows)
    if coverage >= THRESHOLDS.partial or apart >= THRESHOLDS.apart:
        return "partial", problems or [f"[{number}] does not say “{word}”" for word in unmet[:3]]
    return "unsupported", []


def _mean(words: Floats) -> float:
    return float(words.mean()) if len(words) else 0.0
