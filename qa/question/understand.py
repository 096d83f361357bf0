"""What a question asks for: the kind of thing, what is counted or named, and the words that must be met."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qa.language.names import find_names
from qa.language.nations import is_nation, nation_of, people_of
from qa.language.reasons import asks_reason
from qa.language.terms import (
    bare,
    content_words,
    distinct,
    irregular_verb_forms,
    is_negated,
    is_possessive,
    key_of,
    keys_of,
    pairs_of,
)
from qa.question.deeds import Deed, read_deed
from qa.question.offices import Office, read_office
from vectorstore.sentences import split_sentences


class Asked(StrEnum):
    """The kind of thing that a question asks for."""

    COUNT = "how many"
    AMOUNT = "how much"
    PERCENT = "what share"
    DURATION = "how long"
    MEASURE = "how far, old, fast"
    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    WHICH = "which"
    WORDS = "what was said"
    YES_NO = "yes or no"
    WHAT = "what"
    WHY = "why or how"


NUMERIC = frozenset({Asked.COUNT, Asked.AMOUNT, Asked.PERCENT, Asked.DURATION, Asked.MEASURE})
NEEDS_SPAN = NUMERIC | {Asked.WHEN, Asked.WHO, Asked.WHERE}  # a sentence without such a thing answers nothing


@dataclass(frozen=True, slots=True)
class Question:
    """A question, taken apart.

    focus: the words that name the thing asked for, as written ("US troops", "cities"), or None.
    words: the words that carry meaning, as written, once each.
    names: for each name in the question its words, of those.
    excluded: the keys of what the asker already has ("besides Herat"). also: the kinds asked for besides ("and where").
    owned: the words that say whose thing is meant and which ("wife" in "Laurie Bristow's wife").
    exact: the words that only themselves will do for: numbers, "second". places: the keys of what stands after "in" or
    "to"; located: the words right after "in" or "near", with which no person's name begins. office: the one whose
    holder is asked for ("who is the defence secretary"), or None. deed: what is done by or to a name, or None; always
    None for yes or no, which the other way round answers as well.
    negated: whether it asks for what is not so. pairs: words of which one stands right before the other, as "foreign"
    before "secretary". reasoned: whether it asks for a reason or a cause, by "why" or in other words.
    """

    text: str
    asked: Asked
    focus: str | None
    words: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    excluded: frozenset[str]
    also: tuple[Asked, ...] = ()
    negated: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    owned: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    located: frozenset[str] = frozenset()
    office: Office | None = None
    deed: Deed | None = None
    reasoned: bool = False


# What may stand before a noun as well: "ground troops", "felt hats".
_NO_VERBS = frozenset(
    ("bore", "bound", "felt", "ground", "lay", "light", "lit", "lost", "rose", "saw", "wound", "found")
)
_PAST = "|".join(sorted(set(irregular_verb_forms()) - _NO_VERBS))
_END_OF_FOCUS = (
    r"(?=\s+(?:is|are|was|were|be|been|being|do|does|did|has|have|had|will|would|can|could|may|might|should|must|"
    r"in|on|at|of|to|from|for|by|with|about|after|before|during|than|that|who|which|and|or|there|as|into|under|over|"
    rf"\w+n['’]t|remain\w*|says|takes|died|got|go|goes|went|came|besides|except|apart|[a-z]{{3,}}ed|according|{_PAST})\b|[?,.;:!]|\s*$)"
)
_NO_FOCUS = r"(?!(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|in|on|at|from|by|with|for)\b)"
_FOCUS_WORD = r"(?>(?:[A-Z]\.){2,}|[^\s?,.;:!]+)"  # "U.S." is one
_FOCUS = rf"\s+{_NO_FOCUS}((?:{_FOCUS_WORD}\s+){{0,5}}?{_FOCUS_WORD}){_END_OF_FOCUS}"
_TIME = r"(?:year|years|day|days|date|dates|month|months|week|time|century|decade)"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must)"
_SPOKE = (
    r"(?:call|called|describe|described|say|said|warn|warned|tell|told|label|labelled|labeled|term|termed|dub|dubbed|"
    r"claim|claimed)"
)
_NO_KIND = (
    rf"(?:{_AUXILIARY}|if|the|a|an|happen\w*|about|else|caus\w*|made|makes|led|leads|prompt\w*|risks|means|comes|"
    r"[a-z]+ed)"
)
_NUMBER_OF = r"(?:number|total|count|toll|death\s+toll)\b(?:\s+of)?"
# Not "population of X": X is no more what is counted than in "the people of X".
_POPULATION = r"the(?:\s+(?:total|exact|current|final|estimated))?(?=\s+population\b)"
_COSTS = r"(?-i:cost|costs|price|worth|salary|budget)"  # not the name "Price"
# "Why was the man who ...?" asks no name, but "what is the name of the man who" does.
_NOT_OF_WHOM = r"^(?!\W*(?:why|where|when|how|what\s+(?:do|does|did))\b)"
_HOW_MUCH = r"(?:old|far|tall|high|big|large|fast|deep|wide|heavy|often|hot|cold|strong)"
_WHAT_AGE = rf"(?:(?:at\s+)?what\s+age(?!\s+(?:group|range|bracket|limit))|what\s+{_AUXILIARY}\s+the\s+age\s+of)"
# In the order in which they are tried.
_PATTERNS: tuple[tuple[Asked, re.Pattern[str]], ...] = tuple(
    (asked, re.compile(pattern, re.IGNORECASE))
    for asked, pattern in (
        (Asked.PERCENT, r"\b(?:what|which)\s+(?:percentage|per\s?cent|proportion|share|fraction)\b(?:\s+of)?"),
        (
            Asked.DURATION,
            r"\bhow\s+(?:long|much\s+(?:more\s+)?(?:time|longer)|many\s+(?:years|months|weeks|days|hours|minutes|decades))\b",
        ),
        (Asked.AMOUNT, r"\bhow\s+much\b"),
        (Asked.AMOUNT, rf"\bwhat\s+{_AUXILIARY}\b.*\b{_COSTS}\b"),
        (Asked.COUNT, r"\bhow\s+many\b"),
        (Asked.COUNT, rf"\b(?:what|which)\s+{_AUXILIARY}\s+the\s+(?:(?:total|exact|current|final)\s+)?{_NUMBER_OF}"),
        (Asked.COUNT, rf"\b(?:what|which)\s+{_AUXILIARY}\s+{_POPULATION}"),
        (Asked.COUNT, r"\b(?:what|which)\s+number\s+of\b"),
        (Asked.WHEN, r"\bhow\s+(?:soon|late|recently)\b"),
        (Asked.MEASURE, rf"\bhow\s+{_HOW_MUCH}\b|\b{_WHAT_AGE}\b"),
        (Asked.WHO, rf"{_NOT_OF_WHOM}.*?\b(?:who|whom|whose)\b"),
        (Asked.WHEN, rf"^\W*(?:(?:since|until|by|from|and)\s+)?when\b|\bwhen\W*$|\b(?:what|which)\s+{_TIME}\b"),
        (Asked.WHERE, r"\bwhere\b"),
        (Asked.WORDS, rf"\b(?:what|how)\s+{_AUXILIARY}\b.*\b{_SPOKE}\b"),
        (Asked.WHICH, r"\bwhich\b"),
        (Asked.WHY, r"\bwhy\b"),
        (Asked.YES_NO, rf"^\W*(?:{_AUXILIARY}|am)\b"),
        (Asked.WHICH, rf"\bwhat(?!\s+{_NO_KIND}\b)(?=\s+\w)"),
        (Asked.WHAT, r"\bwhat\b"),
        (Asked.WHY, r"\bhow\b"),
    )
)
# Words that only ask, and need not be met.
_ASKING = {
    Asked.WORDS: frozenset(
        key_of(word)
        for word in "call describe say warn tell label term dub claim state statement comment announce declare".split()
    ),
    Asked.DURATION: frozenset(map(key_of, ("long", "take", "last"))),
    Asked.MEASURE: frozenset(map(key_of, ("old", "age"))),
}
_CLAUSE_FIRST = re.compile(
    r"\W*(?:when|since|after|before|while|where|if|as)\b[^?]*,\s*(?=(?:what|which|who|whom|whose|where|why|how)\b)"
    # "When a ship sinks it may leave what behind?"
    rf"|\W*(?:when|while|if)\s+(?!{_AUXILIARY}\b|\w+n['’]t\b)[^?]*?\s(?=(?:what|which|whom|how\s+(?:many|much))\b)",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\b(?:and|or)\s+(who|when|where|why|how many|how much|how long)\b", re.IGNORECASE)
_EXCLUDED = re.compile(
    r"\b(?:besides|other than|except(?: for)?|apart from|aside from|in addition to)\s+([^?]+)", re.IGNORECASE
)
_ORDINAL = re.compile(
    r"(?:\d+(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)", re.IGNORECASE
)
_PLACED = re.compile(r"\b(?:to|in|into|from|at|near|across|towards?|out\s+of|on|for)\s+(?:the\s+)?(\w+)", re.IGNORECASE)
_LOCATED = re.compile(r"\b(?:in|into|at|near|outside|across|around)\s+(?:the\s+)?(\w+)", re.IGNORECASE)
# "how many us troops", but not "tell us how"
_LOWER_US = re.compile(r"(?<=many )us\b(?= [a-z])|(?<=the |did |are |was |has )us\b(?= [a-z])")
_LEADING_FOCUS = re.compile(_FOCUS, re.IGNORECASE)


def understand(text: str) -> Question:
    """Take a question apart.

    >>> understand("How many US troops are being sent?").focus
    'US troops'
    """
    as_put, text = text, _cased(text)
    also = tuple(_kind_of(match.group(1))[0] for match in _ALSO.finditer(text))
    asked, after = _kind_of(_asking(_ALSO.sub(" ", text)))
    excluded = _EXCLUDED.search(text)
    shown = text[: excluded.start()] if excluded else text
    focus = _focus_of(asked, after)
    asking = _ASKING.get(asked, frozenset())
    words = distinct(word for word in content_words(text) if key_of(word) not in asking)
    pairs = pairs_of(text)
    # What stands before the sentence that asks tells what it is about; an article may tell that in other words.
    numbers = [word for word in content_words(_asking_sentence(text)) if word in words]
    names = _names_in(_asking_sentence(shown), words) or _names_in(shown, words)
    only_names = bool(words) and {word for name in names for word in name}.issuperset(words)
    office = read_office(text)
    if office:
        asked = Asked.WHO
    elif asked is Asked.WHO and only_names:
        asked = Asked.WHAT  # "who is Ned Price?" asks for what is said of him, and not for a name
    return Question(
        text=as_put,
        asked=asked,
        focus=focus,
        words=words,
        names=names,
        excluded=frozenset(keys_of(excluded.group(1))) if excluded else frozenset(),
        also=tuple(dict.fromkeys(kind for kind in also if kind is not asked)),
        negated=is_negated(text),
        owned=frozenset(bare(other) for one, other in pairs if is_possessive(one)),
        exact=frozenset(word for word in numbers if word[0].isdigit() or _ORDINAL.fullmatch(word)),
        places=frozenset(key_of(match[1]) for match in _PLACED.finditer(text)),
        located=frozenset(_LOCATED.findall(text)),
        office=office,
        deed=read_deed(text) if asked is not Asked.YES_NO else None,
        pairs=tuple((bare(one), bare(other)) for one, other in pairs if {bare(one), bare(other)} <= set(words)),
        reasoned=asks_reason(_asking(text)),
    )


def to_search(question: Question) -> str:
    """What to search for: the question, and for a nation's office the word for its people.

    News has "Ukrainian President", and a search for "the president of Ukraine" finds whoever meets him.
    """
    owners = sorted(question.office.owners) if question.office else []
    return " ".join(filter(None, (question.text, *(people_of(owner) for owner in owners if is_nation(owner)))))


def _cased(text: str) -> str:
    """Give a question in one case the capitals of its countries: "US TROOPS" and "us troops" are the same."""
    if text.isupper() and " " in text:
        text = " ".join(word if nation_of(word.strip("?.,!")) else word.lower() for word in text.split(" "))
    return _LOWER_US.sub("US", text) if text.islower() or not any(map(str.isupper, text[1:])) else text


def _asking(text: str) -> str:
    """The part of a text that asks: its last sentence with a question mark, from its question word on where a clause
    with "when" or "since" stands before that ("When the airport fell, who left?")."""
    asking = _asking_sentence(text)
    clause = _CLAUSE_FIRST.match(asking)
    return asking[clause.end() :] if clause else asking


@lru_cache(maxsize=64)
def _asking_sentence(text: str) -> str:
    """The last sentence with a question mark, or else the whole text."""
    text = " ".join(text.split())  # a line's end ends no question
    sentences = [text[span.start : span.end] for span in split_sentences(text)]
    return next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), text)


def _names_in(text: str, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The names in a text, each by those of its words that are among the given."""
    names = (tuple(word for word in content_words(name.text) if word in words) for name in find_names(text))
    return tuple(name for name in names if name)


def _kind_of(text: str) -> tuple[Asked, str]:
    """Return the kind asked for, and the text after the words that ask."""
    for asked, pattern in _PATTERNS:
        if match := pattern.search(text):
            if asked is Asked.DURATION:  # the unit in "how many years" is what is counted
                return asked, text[match.start() + len("how many") :] if "many" in match.group().lower() else ""
            return asked, text[match.end() :]
    return Asked.WHAT, ""


def _focus_of(asked: Asked, after: str) -> str | None:
    """Return the noun phrase right after "how many" or "which", where there is one."""
    if asked not in {Asked.COUNT, Asked.WHICH, Asked.PERCENT, Asked.AMOUNT}:
        return None
    match = _LEADING_FOCUS.match(after)
    if not match:
        return None
    words = content_words(match.group(1))
    return " ".join(words) if words else None
