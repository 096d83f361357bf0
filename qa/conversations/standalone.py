"""A follow-up -> a question that stands alone, or what is missing for it to be understood. Pure.

What a follow-up lacks is taken from what was asked before, and from what an answer cited: never from what a person
merely asserted in passing. Whether anything is taken is told by closed classes of words alone (pronouns, question words
and words that lead in) and by which words and names were met before; docs/conversations.md has what that is worth.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.conversations.antecedents import resolved
from qa.conversations.pointing import (
    ASKING,
    HELPERS,
    PERSONAL,
    Several,
    Unclear,
    one_of_several,
    points_nowhere,
    unclear_person,
    undemonstrated,
    unmet,
)
from qa.conversations.records import leaned_on
from qa.language.dates import find_dates
from qa.language.names import find_names
from qa.language.names_compare import looks_like_person
from qa.language.nations import nation_of
from qa.language.terms import content_words, key_of, keys_of, words_of
from qa.records import Exchange

_SHORT = 2  # content words, up to which a follow-up is taken to lean on the question before
_FRAGMENT = 7  # words of what a "what about ...?" asks about
_BACK = 3  # questions that are looked through for one with something to lean on
_ANSWERED = 1  # names of an answer that are carried: each more is one more word for an article to lack
_POINTING = frozenset("it its they them their theirs this that these those there then same one ones such".split())
_LEAD = re.compile(
    r"^(?:(?:and|but|so|or|then|also|ok(?:ay)?|well|please|no|nope|sorry|actually|wait|hm+)\b[,.!]*\s*)+", re.IGNORECASE
)
_MEANT = re.compile(
    r"^(?:i\s+(?:meant|mean)|not\s+\S+[^,]*,\s*(?:but\s+)?|(?:what|how)\s+about|only|just)\s+", re.IGNORECASE
)
# A claim before a question is no part of it: "I thought it was the French. Who was it?"
_CLAIMED = re.compile(
    r"^(?:(?:but|so|and|well)[\s,]+)?i\s+(?:thought|heard|believed?|think|read|know|knew|was\s+told)\b[^?.!]*[.!]\s+(?=\S)",
    re.IGNORECASE,
)
_MORE = frozenset(
    "tell me more about it that this go on continue anything else details please give some any what".split()
)


@dataclass(frozen=True, slots=True)
class StandingAlone:
    """A question as it is searched.

    unclear: what is missing, in a sentence, where it can't be understood; suggestions: up to three questions that may
    have been meant. more: whether it asks for what the last answer's articles say beyond it.
    own: the follow-up itself, where something was put after it.
    """

    question: str
    unclear: str | None = None
    suggestions: tuple[str, ...] = ()
    more: bool = False
    own: str | None = None

    @property
    def answered(self) -> str:
        """The words that an answer must meet: the follow-up's own, where it has any; the rest only helps to find it."""
        return self.own if self.own and content_words(self.own) else self.question


def _one_thing(_: str) -> bool:
    """Where nothing is known of the articles."""
    return False


def stand_alone(
    question: str, before: Sequence[Exchange], asker: str | None = None, several: Several = _one_thing
) -> StandingAlone:
    """Return the question so that it stands alone; as it is where it does, or where there is nothing before it.

    several: whether the articles speak of several such things ("loan"), and those cited last of none of them.

    >>> asked = Exchange("How many UK troops were sent?", "How many UK troops were sent?", "")
    >>> stand_alone("what about the US?", [asked]).question, stand_alone("Who resigned in Paris?", [asked]).question
    ('How many US troops were sent?', 'Who resigned in Paris?')
    """
    leaned = leaned_on(before, asker)
    if leaned:
        question = without_claim(question)
    words = [word.lower() for word in words_of(question)]
    if not leaned:
        return _asked_back(question, points_nowhere(question))
    if "more" in words and _MORE.issuperset(words):
        return StandingAlone(leaned[-1].standalone, more=True)
    led = _LEAD.sub("", question.strip())
    meant = _MEANT.sub("", led)
    if _is_fragment(meant) and (meant != question.strip() or len(words) <= _FRAGMENT - 2):
        return StandingAlone(_changed(_base(leaned), meant.strip(" ?.!")))
    if isinstance(person := unclear_person(question, leaned), str):
        return StandingAlone(person)
    if unclear := person or undemonstrated(question, leaned) or one_of_several(question, leaned):
        return _asked_back(question, unclear)
    if not _leans(question, words, led, leaned):
        return _asked_back(question, unmet(question, leaned, several))
    context, own = _context(question, words, leaned), resolved(question.strip(), leaned)
    return StandingAlone(f"{own} ({context})", own=own) if context else StandingAlone(own)


def _asked_back(question: str, unclear: Unclear | None) -> StandingAlone:
    """The question as it is, with what is missing where something is."""
    return StandingAlone(question, unclear.missing, unclear.suggestions) if unclear else StandingAlone(question)


def _is_fragment(text: str) -> bool:
    """Whether a text asks nothing by itself: a few words without a question word or a helping verb."""
    words = [word.lower() for word in words_of(text)]
    return 0 < len(words) <= _FRAGMENT and not (ASKING | HELPERS | PERSONAL).intersection(words)


def _base(leaned: Sequence[Exchange]) -> str:
    """The last question that asks of something; of a bare "by whom?", what was put after it in brackets."""
    for one in reversed(leaned[-_BACK:]):
        if not one.text and claims(one.question):
            continue
        for text in (one.outside, one.inside.partition(";")[0]):
            if content_words(text):
                return text
    return leaned[-1].outside


def without_claim(question: str) -> str:
    """A question without what is merely asserted before it.

    >>> without_claim("I thought it was the French. Who was it?")
    'Who was it?'
    """
    return _CLAIMED.sub("", question.strip()) or question


def claims(question: str) -> bool:
    """Whether it tells more than it asks, question mark or not: "Surely the French did it?"."""
    words = [word.lower() for word in words_of(_LEAD.sub("", question.strip()))]
    return len(words) > _SHORT and ASKING.isdisjoint(words) and words[0] not in HELPERS


def _changed(base: str, new: str) -> str:
    """A question with another of its parts: a nation for a nation, a day for a day, a person for a person.

    Where nothing in it is of the new part's kind, that is added: "(in 2020)".
    """
    bare = re.sub(r"^(?:the|in|on|for|of|by|from|at|to|with)\s+(?:the\s+)?", "", new, flags=re.IGNORECASE)
    rest = {key_of(word) for word in words_of(base)}
    nations = [word for word in words_of(bare) if nation_of(word)]
    others = [word for word in content_words(bare) if word not in nations]
    if nations and rest.issuperset(map(key_of, others)):
        for word in words_of(base):
            if nation_of(word) and key_of(word) != key_of(nations[0]):
                return base.replace(word, nations[0], 1)
    if find_dates(bare, None):
        for date in find_dates(base, None):
            return f"{base[: date.start]}{bare}{base[date.end :]}"
    names = find_names(f"x {bare}")
    if names and names[0].text == bare and not nations and new.lower() not in base.lower():
        for name in find_names(base):
            same = looks_like_person(name.text) is looks_like_person(bare)
            if same and not nation_of(name.text) and name.text not in bare:
                return f"{base[: name.start]}{bare}{base[name.end :]}"
    return base if new.lower() in base.lower() else f"{base} ({new})"


def _leans(question: str, words: Sequence[str], led: str, leaned: Sequence[Exchange]) -> bool:
    """Whether a question leans on those before it: it points back, is led in, or has little to say by itself.

    One with a name of its own that was not met before begins a new topic, unless it points back.
    """
    if _POINTING.union(PERSONAL).intersection(words[1:] if words[:1] == ["there"] else words):
        return True
    known = {key for one in leaned for key in keys_of(f"{one.standalone} {one.text}")}
    names = [word for name in find_names(f"x {question}") for word in name.text.split()]
    if any(key_of(name) not in known for name in names):
        return led != question.strip() and len(content_words(question)) <= _SHORT
    if len(content_words(question)) <= _SHORT or led != question.strip():
        return True
    own = set(map(key_of, content_words(question)))
    asked = {key for one in leaned[-_BACK:] for key in map(key_of, content_words(one.standalone))}
    return not names and not own.isdisjoint(asked)


def _context(question: str, words: Sequence[str], leaned: Sequence[Exchange]) -> str:
    """What is put after a question: what the one before asked about, what was answered, and names met earlier."""
    own = set(keys_of(question))
    parts = [_asked(_base(leaned))]
    last = leaned[-1]
    if len(content_words(parts[0])) < _SHORT:  # too little to tell what was meant: what was answered tells more
        answered = next((one.text for one in reversed(leaned) if one.text), "")
        parts += list(dict.fromkeys(name.text for name in find_names(answered)))[:_ANSWERED]
    if last.short_answer and PERSONAL.union(_POINTING).intersection(words):
        parts.append(last.short_answer)
    parts += [name.text for one in reversed(leaned[:-1]) for name in find_names(f"x {one.outside}")]
    told: list[str] = []
    for part in parts:
        keys = set(keys_of(part))
        if not own.issuperset(keys):
            told.append(part)
            own |= keys
    return "; ".join(told)


def _asked(question: str) -> str:
    """What a question is about: without its question word and the verb that helps it."""
    words = _LEAD.sub("", question.strip(" ?.!")).split()
    while len(words) > 1 and words[0].lower() in ASKING | HELPERS | {"many", "much", "old", "long"}:
        words = words[1:]
    return " ".join(words)
