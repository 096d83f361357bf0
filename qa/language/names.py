"""Find names of persons, places and organisations in English news text, by their capitals.

`find_names("The US State Department's Ned Price told AFP")` gives "US State Department", "Ned Price" and "AFP".
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.language.nations import nation_of
from qa.language.word_lists import listed


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, without a possessive's 's: `text[start:end] == name.text`."""

    start: int
    end: int
    text: str


# The patterns begin with a plain set of characters, by which the regex engine skips to the next capital.
_UPPER = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x530) if chr(code).isupper())
_TITLE_DOT = (
    r"\.(?:(?<=\bM[rs]\.)|(?<=\b(?:Dr|Lt|St|Sr|Jr)\.)|(?<=\b(?:Capt|Cmdr|Prof|Brig|Supt|Insp)\.)"
    r"|(?<=\b(?:Mrs|Gen|Col|Sgt|Sen|Rep|Gov|Rev|Adm|Maj|Hon|Pte|Cpl)\.))"
)
_WORD = (
    rf"[{_UPPER}](?:(?:\.[{_UPPER}](?!\w))*\.(?!\w)|(?:\.[{_UPPER}](?!\w))+"
    rf"|\w*(?:['’][{_UPPER}]\w+)*(?:-(?:[{_UPPER}0-9]|al-|el-)\w*)*(?:{_TITLE_DOT})?)"
)
_LINK = r"(?:of the|of|de la|de|del|della|di|da|dos|du|la|le|al|bin|bint|ibn|van der|van den|van|von|ul|&)[ \u00a0]"
_NAME = re.compile(rf"{_WORD}(?:(?:(?<=s)['’])?[ \u00a0](?:{_LINK})?(?:al-|el-)?{_WORD}){{0,12}}")
_ONE_WORD = re.compile(_WORD)

_FUNCTION = listed("function")
_COMMON = listed("common") | _FUNCTION
_LABELS = listed("labels")
_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_TIMES = _WEEKDAYS | {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october"}
_TIMES |= {"november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
_TIMES |= {"gmt", "bst", "utc", "am", "pm", *(f"{day}s" for day in _WEEKDAYS)}
_NO_NAMES = _TIMES | _FUNCTION  # alone, wherever they stand
_FORMS = frozenset(["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "sir", "dame", "lord", "lady", "dr", "dr."])
_SPECIAL = _COMMON | _TIMES | _FORMS
# At a sentence's start a word so ended is more likely no name: "Fighting", "Evacuations", "Organisers".
_PLAIN_ENDINGS = ("ing", "ings", "ly", "tion", "tions", "ment", "ments", "ness", "ists", "isers", "izers", "ies")
_PLURAL_VERB = re.compile(r" (?:are|were|have|say|do)\b")  # "Growers have said": no name takes the plural
_NUMBER = re.compile(r"[ \u00a0][0-9]{1,4}(?![\w%]|[.,][0-9])")
_PARTICLES = frozenset(["al ", "al-", "el ", "el-"])
_OPENING = frozenset("“‘\"'[(—–•*|>")
_ENDING = frozenset(".!?:;…\n\r\t\u2028\u2029")


@lru_cache(maxsize=1_024)
def find_names(text: str) -> tuple[Name, ...]:
    """All names of a text in order, without overlaps; offsets are code points into `text`.

    A word that has its capital from beginning a sentence, a quotation or a line counts only when it is no common
    English word; in a headline (capitals throughout) names are the words that are no common ones.
    """
    names: list[Name] = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        if start:
            before = text[start - 1]
            if before.isalnum() or before in "_@#":
                if before != "i" or text[start - 2 : start - 1].isalnum():  # "iPhone"
                    continue
                start -= 1
            elif text[start - 3 : start] in _PARTICLES and not text[start - 4 : start - 3].isalnum():
                start -= 3
        run = match[0]
        if " " in run or "\u00a0" in run:
            if _SPECIAL.isdisjoint(run.lower().split()):
                names.append(_named(text, start, end))
            else:
                names.extend(_from_run(text, start, match))
        elif nation_of(run) is not None or not _is_plain(text, start, run.lower(), _begins_sentence(text, start)):
            names.append(_named(text, start, end))
    return tuple(names)


def _from_run(text: str, start: int, match: re.Match[str]) -> list[Name]:
    """The names in a run of capitalised words: one, none, or several in a headline or around a weekday.

    start: where the run begins with the particle before it ("al Qaida").
    """
    parts = [word.span() for word in _ONE_WORD.finditer(text, match.start(), match.end())]
    lowers = [_lower(text[a:b]) for a, b in parts]
    parts[0] = (start, parts[0][1])
    capitals = match[0].isupper() and len(parts) > 2
    headline = capitals or any(lower in _FUNCTION and lower not in ("the", "a") for lower in lowers[1:])
    lead = _begins_sentence(text, start)
    groups: list[list[int]] = [[]]
    for index, lower in enumerate(lowers):
        stops = lower in _COMMON if headline else lower in _FUNCTION and not groups[-1]
        if stops or lower in _WEEKDAYS:
            groups.append([])
            continue
        if index == 1 and lead and groups[-1] == [0] and _heads_phrase(text, lowers[0], parts):
            groups = [[]]
        if lower in _FORMS and index and not lowers[index - 1]:  # "to Afghanistan Sir Laurie Bristow"
            groups.append([])
        groups[-1].append(index)
    names = []
    for group in filter(None, groups):
        begin, end = parts[group[0]][0], parts[group[-1]][1]
        words = [lowers[index] for index in group]
        first = lead and (group[0] == 0 or headline)
        if len(words) == 1 and words[0]:
            plain = _is_plain(text, begin, words[0], first)
        else:
            plain = first and _COMMON.issuperset(words) and text[begin:end].isupper()  # "READ MORE"
        if not plain:
            names.append(_named(text, begin, end))
    return names


def _heads_phrase(text: str, lower: str, parts: list[tuple[int, int]]) -> bool:
    """Whether a sentence's first word heads a phrase instead of a name: "Criticism of Gu", "Evacuations of Kabul"."""
    return lower.endswith((*_PLAIN_ENDINGS, "ers", "ism")) and text.startswith(" of ", parts[0][1])


def _lower(word: str) -> str:
    """The word in lower case, or nothing where its capitals make it a country ("US")."""
    return "" if nation_of(word) is not None else word.lower()


def _is_plain(text: str, start: int, lower: str, first: bool) -> bool:
    """Whether a single word is capitalised for another reason than being a name. first: it begins a sentence."""
    if lower in _NO_NAMES or len(lower) == 1:
        return True
    if not first:
        return False
    if lower in _COMMON or f" {lower} " in text or (lower[-1] == "s" and _PLURAL_VERB.match(text, start + len(lower))):
        return True
    return lower.endswith(_PLAIN_ENDINGS) and text.count(text[start : start + len(lower)]) == 1


def _begins_sentence(text: str, start: int) -> bool:
    """Whether what stands before is nothing, a sentence's end, a line's end or an opening quote."""
    at = start - 1
    while at >= 0 and text[at] in " \u00a0":
        at -= 1
    return at < 0 or text[at] in _ENDING or text[at] in _OPENING


def _named(text: str, start: int, end: int) -> Name:
    """The name, with its number where it is one of a numbered kind: "Boeing 737", "Article 50"."""
    if text[end : end + 1] in (" ", "\u00a0"):
        number = _NUMBER.match(text, end)
        if number is not None and text[start:end].split()[-1].lower() in _LABELS:
            end = number.end()
    return Name(start, end, text[start:end])
