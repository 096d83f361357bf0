"""How much of a question a sentence meets: its words, in the sentence itself or around it, weighted by rarity. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from qa.language.figures import find_quantities
from qa.language.names import find_names
from qa.language.names_compare import looks_like_person, same_name
from qa.language.nations import is_nation
from qa.language.short_forms import is_slip, name_keys, other_keys
from qa.language.terms import content_words, key_of, synonyms_of, words_of
from qa.question.understand import Question
from qa.reading.candidates import AROUND, Candidate
from qa.reading.qualifiers import is_otherwise_qualified, speaks_of_another
from vectorstore.recency import published
from vectorstore.records import StoredArticle

Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Shares:
    """How far a word of the question counts as met, from 0 to 1, where the sentence does not hold the word itself.

    Set by hand and tried on SQuAD 2.0's public half; see docs/decisions.md.
    """

    surname: float = 0.9  # "Nick" where the sentence has "General Carter"
    slip: float = 0.7  # a name of which one letter is another
    synonym: float = 0.8  # a word that news reports use for it
    pronoun: float = 0.8  # a name in a neighbouring sentence, where this one says "he", "she" or "they"
    dated: float = 0.6  # a year, where the article is of that year and the sentence names none
    near: float = 0.55  # the word in a neighbouring sentence or the title
    passage: float = 0.25  # the word elsewhere in the passage


SHARES = Shares()
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMES_A_YEAR = re.compile(r"(?<!since )\b(?:19|20)\d\d\b", re.IGNORECASE)
_BASE = 1.5  # what a word weighs besides its rarity, which says little in a library of a few articles
_PRONOUNS = frozenset(map(key_of, ("he", "she", "they", "his", "her", "their", "him", "them")))


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question. weight: its rarity. named: whether it is part of a name, or of what somebody has.

    person: whether it is of a person's name. exact: whether only itself will do, as a number. focal: whether it says
    what is counted or named. surname: the key of the last word of the person's name that it begins, else "". heads: the
    keys of the words that it stands right before in the question ("foreign" before "secretary"). other: the keys by
    which its name may stand in another form, in short or in full. bearer: where it has a surname, that whole name.
    """

    word: str
    key: str
    weight: float
    named: bool
    person: bool
    exact: bool
    focal: bool
    surname: str
    heads: frozenset[str]
    other: frozenset[str] = frozenset()
    bearer: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """How much of a question is met, weighted by rarity, each from 0 to 1.

    coverage: words met only around the sentence count for a part; direct: those count for nothing, but half of what a
    name meant by "he" or "she" counts. unmet_names: the share of the words in names that are met neither in the
    sentence nor around it; loose_names: the share of those that the sentence itself does not speak of. absent: whether
    one of them is not even elsewhere in the passage; other_number: whether a number is not around the sentence.
    misqualified: whether the sentence qualifies something by another word than the question does; another: whether it
    speaks of another nation's, or of another in a row. said: how far the sentence itself meets the best met word that
    neither is a name nor says what is counted: what is said of them; 1 where there is none.
    """

    coverage: float
    direct: float
    unmet_names: float
    loose_names: float
    absent: bool
    other_number: bool
    misqualified: bool
    said: float
    another: bool = False


def terms_of(question: Question, rarity: Rarity) -> tuple[Term, ...]:
    """Return the words of a question with what they weigh. rarity: how telling a word is, above 0 (its idf)."""
    named = {word for name in question.names for word in name} | question.owned
    people = [name for name in question.names if looks_like_person(" ".join(name)) and name[0] not in question.located]
    persons = {word for name in people for word in name}
    focal = set(content_words(question.focus or ""))
    surnames = {word: key_of(name[-1]) for name in people for word in name[:-1]}
    bearers = {word: " ".join(name) for name in people for word in name[:-1]}
    others = {word: other_keys(name) for name in question.names for word in name}
    heads: dict[str, frozenset[str]] = {}
    for word, head in question.pairs:
        heads[word] = heads.get(word, frozenset()) | {key_of(head)}
    return tuple(
        Term(
            word,
            key_of(word),
            _BASE + rarity(word),
            named=word in named,
            person=word in persons,
            exact=word in question.exact,
            focal=word in focal,
            surname=surnames.get(word, ""),
            heads=heads.get(word, frozenset()),
            other=others.get(word, frozenset()),
            bearer=bearers.get(word, ""),
        )
        for word in question.words
    )


def meet(question: Question, terms: Sequence[Term], one: Candidate, likened: Mapping[str, float]) -> Met:
    """Judge how much of a question a sentence meets.

    likened: for each key of the question, how far the nearest word of the sentence means the same, from 0 to 1.
    """
    total = met = direct = 0.0
    named = unmet = loose = 0
    misqualified = absent = other_number = False
    plain: list[float] = []
    asked = frozenset(term.key for term in terms)
    pronoun = not one.keys.isdisjoint(_PRONOUNS)
    near = one.near
    for term in terms:
        share = own = _own_share(term, one, likened)
        if own < SHARES.synonym and is_otherwise_qualified(term.heads, one, asked):
            misqualified = True
            share = max(own, SHARES.passage if term.key in one.passage or term.key in near else 0.0)
        elif own < SHARES.pronoun:
            held = frozenset((term.key, _surname_around(term, one, near)))
            meant = term.named and pronoun and not near.isdisjoint(held)
            share = max(own, SHARES.pronoun if meant else _share_around(term, held, one, near))
            own = max(own, SHARES.pronoun / 2 if meant else 0.0)
        total += term.weight
        direct += term.weight * own
        met += term.weight * share
        if term.exact:
            other_number = other_number or share <= SHARES.passage
        elif term.named:
            named += 1
            unmet += share <= SHARES.passage
            loose += not own
            absent = absent or not share
        elif not term.focal:
            plain.append(own)
    if not total:
        return Met(0.0, 0.0, 0.0, 0.0, absent=False, other_number=False, misqualified=False, said=0.0)
    return Met(
        coverage=met / total,
        direct=direct / total,
        unmet_names=unmet / max(1, named),
        loose_names=loose / max(1, named),
        absent=absent,
        other_number=other_number,
        misqualified=misqualified,
        said=max(plain, default=1.0),
        another=speaks_of_another(question, one),
    )


def is_named(question: Question, article: StoredArticle) -> bool:
    """Whether an article holds a word of each name in the question.

    Nations need not be held, since news at home leaves them out; nor a single word whose capital begins the question.
    """
    names = [name for name in question.names if not any(is_nation(key_of(word)) for word in name)]
    names = [name for name in names if len(name) > 1 or not question.text.startswith(name)]
    if not names:
        return True
    keys = _keys_held(article)
    missing = [name for name in names if keys.isdisjoint(map(key_of, name)) and keys.isdisjoint(other_keys(name))]
    if not missing:
        return True
    return not any(_other_keys_held(article).isdisjoint(other_keys(name)) for name in missing)


@lru_cache(maxsize=8)
def _keys_held(article: StoredArticle) -> frozenset[str]:
    """The keys of an article's words. (It is asked of each of its sentences.)"""
    return frozenset(map(key_of, set(_words_held(article))))


@lru_cache(maxsize=8)
def _other_keys_held(article: StoredArticle) -> frozenset[str]:
    """The keys of its names in other forms, in short or in full."""
    return frozenset(name_keys(_words_held(article)))


def _words_held(article: StoredArticle) -> list[str]:
    return words_of(f"{article.title or ''}\n{article.text}")


def foresee(terms: Sequence[Term], one: Candidate) -> float:
    """A quick guess at the coverage of a sentence, from 0 to 1, to choose those that are worth judging."""
    total = met = 0.0
    for term in terms:
        total += term.weight
        if term.key in one.keys:
            met += term.weight
        elif one.is_near(term.key):
            met += term.weight * SHARES.near
    return met / total if total else 0.0


def _own_share(term: Term, one: Candidate, likened: Mapping[str, float]) -> float:
    """How far a word is met by the sentence itself."""
    if term.key in one.keys:
        return 1.0
    if term.exact:
        return 1.0 if _has_number(one.text, term.key) else SHARES.dated if _is_of_year(term.key, one) else 0.0
    if not one.keys.isdisjoint(term.other):
        return 1.0
    share = likened[term.key]
    if term.named and share < SHARES.slip and any(is_slip(term.key, key) for key in one.keys):
        share = SHARES.slip
    if term.surname in one.keys:
        share = max(share, SHARES.surname)
    if share < SHARES.synonym and not one.keys.isdisjoint(synonyms_of(term.key)):
        share = SHARES.synonym
    return share


def _has_number(text: str, key: str) -> bool:
    """Whether a sentence has a number in other words: "fifteen thousand" for "15000"."""
    try:
        value = float(key)
    except ValueError:
        return False
    return any(quantity.low <= value <= quantity.high for quantity in find_quantities(text))


def _is_of_year(key: str, one: Candidate) -> bool:
    """Whether a sentence that names no year, but since when, stands in an article of that year."""
    if not _YEAR.fullmatch(key):
        return False
    day = published(one.hit.article)
    return day is not None and str(day[0]) == key and not _NAMES_A_YEAR.search(one.text)


def _surname_around(term: Term, one: Candidate, near: Set[str]) -> str:
    """The key of its surname where that stands around the sentence, and of nobody else: "Peter Marsh" is not Jane."""
    if not term.surname or (term.surname not in near and term.surname not in one.passage):
        return ""
    article, passage = one.hit.article, one.hit.passage
    around = article.text[max(0, passage.start - AROUND) : passage.end + AROUND]
    names = [name.text for text in (article.title or "", around) for name in find_names(text)]
    bearers = [name for name in names if term.surname in map(key_of, words_of(name)[-1:])]
    return term.surname if all(same_name(name, term.bearer) for name in bearers) else ""


def _share_around(term: Term, held: Set[str], one: Candidate, near: Set[str]) -> float:
    """How far a word is met by what stands around the sentence.

    held: its key and the surname that stands for it; near: the keys of what stands right beside the sentence.
    """
    if term.key in near and not term.person:  # what is said beside a person is not said of them
        return SHARES.near
    if not (held.isdisjoint(one.passage) and held.isdisjoint(near) and one.passage.isdisjoint(term.other)):
        return SHARES.passage
    return 0.0
