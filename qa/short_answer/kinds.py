"""Which stretches are of the kind asked for: no name says why, no date is a city, and no one name is three of them.

What a stretch is must be plain from its looks: a rule that is wrong now and then costs right answers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.language.terms import key_of
from qa.language.word_lists import listed
from qa.question import Asked, Question
from qa.short_answer.signs import COLUMN, Laid
from qa.short_answer.tokens import HAS_DIGIT, IS_CONTENT
from qa.short_answer.wanted import Wanted, noun_of

Mask = NDArray[np.bool_]

_DATE = ("date",)
_FIGURE = ("number", "money", "percent")
_NAME = ("name",)
_PERSON = ("person",)
# What a stretch that answers is never, where it is nothing else besides.
_NEVER = {
    Asked.WHO: (_DATE, _FIGURE),
    Asked.WHERE: (_DATE, _FIGURE),
    Asked.WORDS: (_DATE, _FIGURE),
    Asked.WHY: (_DATE, _FIGURE, _NAME),
}
_TOLD_IN_FIGURES = frozenset(("date", "number", "name"))  # kinds of nouns: "which number", "under what name"
_LANDS = frozenset("country countries nation nations state states continent continents".split())
_WORDINGS = frozenset("word words term terms phrase phrases nickname slogan motto".split())
_LOOSE, _ARTICLES, _INTRODUCING = map(listed, ("loose before figures", "articles", "before reasons"))
_NAMED = frozenset(map(key_of, listed("named")))
_WHY = re.compile(r"\bwhy\b", re.IGNORECASE)
_HOW_SO = re.compile(
    r"\bhow\s+(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must)\b", re.IGNORECASE
)  # not "how accurate"
_SAID = re.compile(r"\b(?:claim|say|tell|told|warn)(?:ed|s)?\b", re.IGNORECASE)  # not "what is it called"
_PARTY_AND_STATE = re.compile(r"[dri]-[a-z]{1,5}\.?|[dri]-(?:[a-z]\.){2}")
_HOW_MANY_NAMED = re.compile(
    r"\b(?:which|what|(?:are|were|name)\s+the)\s+(?:other\s+)?(?P<number>two|three|four|five|six|[2-6])\s",
    re.IGNORECASE,
)
_NUMBERS = {word: number for number, word in enumerate(("two", "three", "four", "five", "six"), start=2)}
_BETWEEN_NAMED = re.compile(r",\s+(?:and|or)\s|[,;]\s|\s(?:and|or|nor|&|as well as)\s")
_NO_LIST = re.compile(r"\b(?:but|because|since|when|where|which|while|who|whom)\b")


@dataclass(frozen=True, slots=True)
class Stretches:
    """The stretches of a sentence: the places of their first and last words, and what is known of each word.

    content: which words count where a stretch is told to be nothing but a date or a name: not "late", not "about".
    """

    sentence: str
    laid: Laid
    words: Sequence[str]
    first: NDArray[np.intp]
    last: NDArray[np.intp]
    content: Mask

    def only(self, columns: Sequence[str]) -> Mask:
        """Which are nothing but what one of the columns tells: "late March", "Defence Secretary Ben Wallace"."""
        told = self.laid.table[:, [COLUMN[name] for name in columns]].max(axis=1) >= 1
        only: Mask = (self.count(self.content & ~told) == 0) & (self.count(told) > 0)
        return only

    def count(self, of_words: Mask) -> NDArray[np.intp]:
        """How many of the words of each stretch are among the given."""
        sums = np.concatenate([[0], np.cumsum(of_words)])
        counted: NDArray[np.intp] = sums[self.last + 1] - sums[self.first]
        return counted


def read_stretches(sentence: str, laid: Laid) -> Stretches:
    """Take the stretches of a sentence as the rules read them."""
    words = [sentence[start:end].lower() for start, end in zip(laid.starts, laid.ends, strict=True)]
    loose = np.array([word in _LOOSE for word in words], bool)
    content = (laid.table[:, IS_CONTENT] > 0) & ~loose | (laid.table[:, HAS_DIGIT] > 0)
    return Stretches(sentence, laid, words, laid.places[:, 0], laid.places[:, 1], content)


def asks_why(question: Question) -> bool:
    """Whether a question asks why; `Asked.WHY` is of "how" as well."""
    return question.asked is Asked.WHY and _WHY.search(question.text) is not None


def of_wrong_kind(wanted: Wanted, read: Stretches) -> Mask:
    """Which stretches are plainly another kind of thing than is asked for, (n,): a date where a city is."""
    wrong = np.zeros(len(read.first), bool)
    for columns in _never(wanted):
        wrong |= read.only(columns)
    if wanted.question.asked is Asked.WHY:
        return _no_reason(wrong, read) if asks_why(wanted.question) else wrong & ~_is_score(read)
    return wrong


def of_wrong_form(wanted: Wanted, read: Stretches) -> Mask:
    """Which stretches, whatever they are, are not put as asked, (n,): one name for "which three", a word not quoted.

    Nor is a politician's party and state ever what was asked ("D-Del.").
    """
    tags = np.array([word[1:2] == "-" and _PARTY_AND_STATE.fullmatch(word) is not None for word in read.words], bool)
    wrong: Mask = _too_few(wanted.question, read) | ((read.first == read.last) & tags[read.first])
    return wrong | _unquoted(read) if (wanted.focus or "").lower() in _WORDINGS else wrong


def _never(wanted: Wanted) -> Sequence[Sequence[str]]:
    """What a stretch that answers is never, by the columns that tell it."""
    question, focus = wanted.question, (wanted.focus or "").lower()
    if question.asked is Asked.WHY and not (asks_why(question) or _HOW_SO.search(question.text)):
        return ()
    if question.asked is Asked.WORDS and _SAID.search(question.text):
        return _DATE, _FIGURE, _NAME
    if question.asked not in (Asked.WHICH, Asked.WHAT):
        return _NEVER.get(question.asked, ())
    if any(noun_of(word) in _TOLD_IN_FIGURES for word in (focus, *question.words)):
        return ()
    if focus in _LANDS:
        return _DATE, _FIGURE, _PERSON
    return (_DATE, _FIGURE) if key_of(focus) in _NAMED else (_DATE,)


def _no_reason(wrong: Mask, read: Stretches) -> Mask:
    """Which give no reason: what can be none by itself, or a single word, where no "because of" introduces it."""
    brief = read.first == read.last
    introduced = np.array([_word_before(read, place) in _INTRODUCING for place in range(len(read.words))], bool)
    no_reason: Mask = (wrong | brief) & ~introduced[read.first]
    return no_reason


def _word_before(read: Stretches, place: int) -> str:
    """The word before a place, articles passed over; empty at the beginning."""
    return next((word for word in reversed(read.words[max(0, place - 2) : place]) if word not in _ARTICLES), "")


def _is_score(read: Stretches) -> Mask:
    """Which hold several figures, as a vote or a match is told: "6-3"."""
    return read.count(read.laid.table[:, HAS_DIGIT] > 0) > 1


def _too_few(question: Question, read: Stretches) -> Mask:
    """Which name fewer than are asked for: "which three states"."""
    asking = _HOW_MANY_NAMED.search(question.text)
    if not asking:
        return np.zeros(len(read.first), bool)
    number = asking["number"].lower()
    least = _NUMBERS.get(number) or int(number)
    texts = (read.sentence[read.laid.starts[one] : read.laid.ends[other]] for one, other in read.laid.places)
    return np.array(
        [len(_BETWEEN_NAMED.findall(text)) < least - 1 or _NO_LIST.search(text) is not None for text in texts], bool
    )


def _unquoted(read: Stretches) -> Mask:
    """Where a sentence quotes words, which hold others: a term or a nickname is given in quotation marks."""
    quoted = read.laid.table[:, COLUMN["quoted"]] > 0
    unquoted: Mask = (read.count(read.content & ~quoted) > 0) & quoted.any()
    return unquoted
