"""What a question's words are qualified by: "UK troops" are no US troops, and "the second largest" is not the largest.

Pure. A sentence may meet every word of a question and speak of another thing all the same.
"""

import re
from collections import Counter
from collections.abc import Iterator, Set
from itertools import pairwise, takewhile

from qa.language.nations import is_nation
from qa.language.terms import is_content, key_of, synonyms_of, words_of
from qa.question.deeds import is_done_otherwise
from qa.question.understand import Asked, Question
from qa.reading.candidates import Candidate

_ORDINAL = re.compile(r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)", re.IGNORECASE)
_SUPERLATIVE = re.compile(r"most|least|[a-z]{3,}est")
_ARTICLES = frozenset(("a", "an", "the"))
_PLACED = frozenset("across at for from in inside into near of outside over to toward towards within".split())
_NO_SUPERLATIVES = frozenset(
    "arrest conquest contest earnest forest guest harvest honest interest invest manifest modest nest protest quest "
    "request suggest test west".split()
)

# How often an article must speak of a nation for an office without one to be taken for its own: as a share of how often
# it does of another in the same sentence, and of the one of which it speaks most. Set by hand.
_BESIDE, _ELSEWHERE = 2 / 3, 1 / 3


def words_before(heads: frozenset[str], one: Candidate, asked: frozenset[str]) -> Iterator[str]:
    """Yield the words that stand before the heads in a sentence, the question's own passed over.

    heads: the keys of words that something stands before in the question; asked: the keys of all its words.
    """
    if one.keys.isdisjoint(heads):
        return
    for place in range(1, len(one.words)):
        if key_of(one.words[place]) in heads:
            before = place - 1
            while before > 0 and key_of(one.words[before]) in asked:
                before -= 1
            yield one.words[before]


def is_otherwise_qualified(heads: frozenset[str], one: Candidate, asked: frozenset[str]) -> bool:
    """Whether a sentence qualifies by another word what the question qualifies by one of its own.

    In a sentence on the "defence secretary", the foreign secretary of the sentence before is not who is meant; but
    "the embassy" may well be the British embassy of the sentence before.
    """
    return any(is_content(word) for word in words_before(heads, one, asked))


def speaks_of_another(question: Question, one: Candidate) -> bool:
    """Whether a sentence speaks of another than is asked for: another nation's, another in a row, or another's deed."""
    if question.deed and not one.keys.isdisjoint(question.deed.verbs) and is_done_otherwise(question.deed, one.text):
        return True
    return (
        _is_another_nations(question, one) or _counts_another_nations(question, one) or _ranks_otherwise(question, one)
    )


def _counts_another_nations(question: Question, one: Candidate) -> bool:
    """Whether a nation's are counted, and a sentence tells of another nation's alone: "the UK is sending 600 troops".

    A nation that something is in, or goes to, is no other one's: "3,000 troops will go to Afghanistan".
    """
    asked = {key for key in map(key_of, words_of(question.focus or "")) if is_nation(key)}
    if question.asked is not Asked.COUNT or not asked or not asked.isdisjoint(one.keys):
        return False
    words = [word for word in one.words if word.lower() not in _ARTICLES]
    return any(is_nation(key_of(word)) and before not in _PLACED for before, word in pairwise(("", *words)))


def _is_another_nations(question: Question, one: Candidate) -> bool:
    """Whether what the question says to be a nation's is another's in the sentence.

    An office may be named without its nation ("the Defence Secretary"): then it is of the one spoken of before it in
    the sentence, or else of one of those of which the article speaks most.
    """
    nations = {key for word in question.words if is_nation(key := key_of(word))}
    missing = nations - one.keys
    for word, head in question.pairs:
        if key_of(word) in missing:
            heads = synonyms_of(key_of(head))
            if any(is_nation(key_of(before)) for before in words_before(heads, one, heads)):
                return True
    unsaid = bool(question.office and nations) and missing == nations
    return unsaid and not _is_at_home(nations, question, one)


def _is_at_home(nations: Set[str], question: Question, one: Candidate) -> bool:
    """Whether an office that a sentence names without its nation may be of one of these."""
    office = {key_of(word) for word in question.words} - nations
    keys = [key_of(word) for word in one.words]
    if any(map(is_nation, takewhile(lambda key: key not in office, keys))):
        return False
    spoken_of = Counter(filter(is_nation, map(key_of, words_of(one.hit.article.text))))
    asked = max(spoken_of[nation] for nation in nations)
    behind = max((spoken_of[key] for key in keys if is_nation(key)), default=0)
    return asked >= _BESIDE * behind and asked >= _ELSEWHERE * max(spoken_of.values(), default=0)


def _ranks_otherwise(question: Question, one: Candidate) -> bool:
    """Whether a sentence has the question's superlative with an ordinal before it, and the question has none."""
    asked = words_of(question.text.lower())
    for superlative in {word for word in asked if _SUPERLATIVE.fullmatch(word)} - _NO_SUPERLATIVES:
        before = [one.words[place - 1] if place else "" for place, word in enumerate(one.words) if word == superlative]
        if before and all(map(_ORDINAL.fullmatch, before)) and not any(map(_ORDINAL.fullmatch, asked)):
            return True
    return False
