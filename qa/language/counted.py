"""Find what a figure counts: the noun phrase that stands right after it, without a part-of-speech tagger.

A phrase runs over modifiers to its first plural noun ("15 UK crisis response specialists have been" -> "UK crisis
response specialists"); words that cannot be part of one (prepositions, auxiliaries, common verbs) end the search.
"""

import re

from qa.language.word_lists import listed

_STOP_WORDS = listed("phrase end")
_PLURALS = listed("plurals")
_NO_PLURALS = listed("no plurals")
# After "of" these belong to the phrase: "11 of the provincial capitals". A pronoun there ends it: "11 of them".
_DETERMINERS = frozenset(["the", "its", "their", "his", "her", "our", "my", "your", "these", "those"])
# Nouns that stay in the singular after a number: "a 21 year old", "40 km".
_UNITS = frozenset(["second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century", "mile"])
_UNITS |= {"metre", "meter", "kilometre", "foot", "inch", "km", "kg", "mph", "kph", "tonne"}
_SINGULAR_ENDINGS = ("ss", "us", "is", "'s", "’s")
_ADJECTIVE_ENDINGS = ("al", "ic", "ous", "ary", "ive", "ful", "less", "ble", "est", "ish", "ian", "ly", "ing", "ed")
_LOOSE = frozenset(
    ["more", "other", "additional", "extra", "further", "new", "such", "only", "own", "next", "last", "same", "most"]
)

_FIRST = re.compile(r"[ \u00a0]+(?P<of>of[ \u00a0]+(?P<determiner>[^\W\d_]+[ \u00a0]+)?)?(?=[^\W\d_])")
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’-][^\W_]+)*[’']?")
_HYPHENED = re.compile(r"-([^\W\d_]+)(?:-[^\W\d_]+)*")
_GAP = re.compile(r",? (?=[^\W\d_])|[ \u00a0](?=[^\W\d_])")
_MOST_WORDS = 7


_RECORD = re.compile(r"[^:;\n]{1,60}: [^;\n]+(?:; [^:;\n]{1,60}: [^;\n]+)+")
_LONGEST_RECORD, _LONGEST_FIELD = 1_000, 90
_FIELD = re.compile(r"(?:^|; )([^:;\n]{1,60}): [^\d;\n]{0,20}$")


def field_of(text: str, start: int) -> str | None:
    """What the field of a record is called in which a figure is the first thing; None in any other text.

    In small letters, as a phrase in a sentence is, where it is no name or abbreviation.

    >>> field_of("District: East; Seats: 11", 23), field_of("The toll: 11", 10)
    ('seats', None)
    """
    if len(text) > _LONGEST_RECORD or ": " not in text:
        return None
    found = _FIELD.search(text, max(0, start - _LONGEST_FIELD), start)
    if found is None or not _RECORD.fullmatch(text):
        return None
    return found[1].lower() if found[1][1:].islower() else found[1]


def find_counted(text: str, end: int, *, single: bool) -> tuple[int, int] | None:
    """Where the noun phrase stands that a figure ending at `end` counts; None where there is none.

    single: the figure is one, or an ordinal, so that its noun is in the singular ("one person", "third capital").
    """
    hyphened = _HYPHENED.match(text, end)
    if hyphened:  # "eight-day", "21-year-old", but not "0-for-15"
        return None if hyphened[1].lower() in _STOP_WORDS else (end + 1, hyphened.end())
    first = _FIRST.match(text, end)
    if first is None:
        return None
    start = first.end()
    if first["of"] and first["determiner"] and first["determiner"].strip().lower() not in _DETERMINERS:
        start = first.start("determiner")
    return _phrase(text, start, single=single and not first["of"])


def _phrase(text: str, start: int, *, single: bool) -> tuple[int, int] | None:
    """The words from `start` to the head noun. Without one, to the last of leading names: "600 Taliban were"."""
    head = named = None
    at, lower_seen = start, False
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, at)
        if word is None:
            break
        lower = word[0].lower()
        if lower in _STOP_WORDS and not (word[0].isupper() and len(lower) > 1):  # "US troops"
            break
        end = word.end() - (word[0][-1] in "’'")
        if _is_plural(lower) or (lower in _UNITS and at == start):
            head = end
            if lower[:-1] in _UNITS:
                break
        elif head is not None:
            break
        elif word[0][0].isupper():
            named = named if lower_seen else end
        elif single and lower not in _LOOSE and not lower.endswith(_ADJECTIVE_ENDINGS):
            head = end
            break
        else:
            lower_seen = True
        gap = _GAP.match(text, word.end())
        if gap is None or (head is not None and gap[0] == ", "):
            break
        at = gap.end()
    found = head or named
    return (start, found) if found is not None else None


def _is_plural(lower: str) -> bool:
    if lower in _PLURALS:
        return True
    return len(lower) > 3 and lower[-1] == "s" and lower not in _NO_PLURALS and not lower.endswith(_SINGULAR_ENDINGS)
