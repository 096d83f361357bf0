"""The words of a sentence or question, and what each is by its looks: the signs by which an answer's span is chosen.

No tagger: the closed classes are listed, and open ones are told by capitals, digits and endings.
"""

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qa.language.terms import irregular_verb_forms, is_content

Floats = NDArray[np.float32]

WORD = re.compile(
    # "£2.5m", "13-year-old", and not "1277–1347"
    r"[$£€]?\d+(?:,\d+)*(?:\.\d+)?(?:%|(?:st|nd|rd|th|s|bn|m|k)\b)?(?:[-/][^\W\d]\w*)*"
    r"|(?:[^\W\d_]\.){2,}"  # "U.S."
    r"|(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Gen|Lt|Col|Sgt|Capt|Prof|Reps?|Sens?|Govs?|Gens|Maj|Brig|Rev|Adm|No|vs|v|(?<![\w.])[A-Z])\.(?=\s+\w)"
    r"|[DRI]-(?:[A-Z][a-z]{1,4}|(?:[A-Z]\.)+)\.?(?=,)"  # "D-Del.,"
    r"|['’]s\b"
    r"|\w+(?:['’](?!s\b)\w+|[-–.&/]\w+)*"
    r"|\.\.\.|[^\w\s]"
)
# Which class a word of the closed ones belongs to; the first that has it.
_CLASSES = {
    name: frozenset(words.split())
    for name, words in {
        "article": "a an the",
        "whose": "his her its their our my your whose",
        "pointing": "this that these those",
        "quantifier": "some any each every all both many several few most other another such no more less",
        "of": "of",
        "in": "in at on within near inside",
        "to": "to into towards toward onto",
        "by": "by",
        "from": "from since",
        "for": "for",
        "with": "with without",
        "as": "as like than",
        "preposition": "about over under between among during through against after before until across around behind "
        "beyond upon via per despite throughout above below along off out up down amid",
        "conjunction": "and or but nor & plus",
        "subordinating": "which who whom where when while although though if whether whereas unless once",
        "because": "because due",
        "be": "is are was were be been being am",
        "have": "has have had having",
        "modal": "will would can could may might shall should must do does did",
        "pronoun": "he she it they we i you him them us himself itself themselves there one",
        "not": "not n't never neither",
        "called": "called named known termed dubbed titled entitled nicknamed referred",
        "including": "including include includes e.g i.e namely",
        "adverb": "also only even still however therefore thus then now just later first often very too so almost "
        "nearly mainly mostly especially particularly usually generally typically approximately",
    }.items()
}
CLASS_OF: dict[str, str] = {}
for _name, _words in _CLASSES.items():
    for _word in _words:
        CLASS_OF.setdefault(_word, _name)
_PLACE_OF_CLASS = {name: place for place, name in enumerate(_CLASSES)}
_MARKS = (",", ".;?!", ":", "-–—", "([", ")]", "\"'", "“‘", "”’", "%°")
_PLACE_OF_MARK = {mark: place for place, marks in enumerate(_MARKS) for mark in marks}
_ENDINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"ed$",
        r"ing$",
        r"ly$",
        r"(?:tion|sion|ment|ness|ity|ism|ance|ence|ship|ure)$",
        r"(?:al|ous|ive|ic|able|ible|ful|less|ary|ant|ent)$",
        r"[^s]s$",
        r"(?:er|or|ist|ian|man)$",
    )
)
_SHORTEST_WITH_ENDING = 5
_PAST = frozenset(irregular_verb_forms())
_YEAR = re.compile(r"1\d{3}|20\d\d")
_FORMS = len(_CLASSES) + len(_MARKS) + 2  # the place of the endings: after a possessive's ending, and other marks
POSSESSIVE = ("'s", "’s")
IS_CAPITALISED = _FORMS + len(_ENDINGS)
HAS_DIGIT = IS_CAPITALISED + 2
IS_CONTENT = HAS_DIGIT + 2
TRAITS = IS_CONTENT + 2  # how many there are
ENDINGS = range(_FORMS, _FORMS + len(_ENDINGS))


def is_word(token: str) -> bool:
    """Whether it is a word or number, and no mark."""
    return token[0].isalnum() or token[0] in "$£€"


def lowered(word: str) -> str:
    """In lower case, but for the month of May."""
    return word if word == "May" else word.lower()


def is_open(lower: str) -> bool:
    """Whether a word is of an open class: a noun, verb or adjective, it may be."""
    return lower[0].isalnum() and lower not in CLASS_OF


def is_past(lower: str) -> bool:
    """Whether it looks like a past form of a verb."""
    return lower in _PAST or lower.endswith("ed")


@lru_cache(maxsize=65_536)
def traits_of(token: str) -> Floats:
    """What a token is by itself, (TRAITS,): its class, its ending, its capitals and digits. Not to be written to."""
    traits = np.zeros(TRAITS, np.float32)
    lower = lowered(token)
    if lower in CLASS_OF:
        traits[_PLACE_OF_CLASS[CLASS_OF[lower]]] = 1
    if lower in POSSESSIVE:
        traits[_FORMS - 2] = 1
        return traits
    if not is_word(token):
        place = _PLACE_OF_MARK.get(token)
        traits[_FORMS - 1 if place is None else len(_CLASSES) + place] = 1
        return traits
    if lower not in CLASS_OF:
        if len(lower) >= _SHORTEST_WITH_ENDING:
            traits[_FORMS : _FORMS + len(_ENDINGS)] = [ending.search(lower) is not None for ending in _ENDINGS]
        traits[IS_CONTENT] = is_content(token)
    traits[IS_CAPITALISED] = token[0].isupper()
    traits[IS_CAPITALISED + 1] = token.isupper() and len(token) > 1
    traits[HAS_DIGIT] = any(map(str.isdigit, token))
    traits[HAS_DIGIT + 1] = _YEAR.fullmatch(token) is not None
    traits[IS_CONTENT + 1] = lower in _PAST
    return traits
