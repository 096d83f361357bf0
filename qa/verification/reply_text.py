"""A model's reply without what isn't its answer: thoughts, lead-ins, emphasis, closing remarks. Pure.

Its citations come in one form: `answer_text("<think>Hm.</think>Answer: According to [1], **600** were sent (Source 2).
Let me know!", known={1, 2})` gives "600 [1] were sent [2]."
"""

import re
from collections.abc import Collection

_ANY_CASE = re.IGNORECASE | re.MULTILINE
_THOUGHT = r"think(?:ing)?|thought|reasoning|reflection"
_THINKS = re.compile(rf"<({_THOUGHT})\b[^>]*>.*?(?:</\1>|\Z)", re.IGNORECASE | re.DOTALL)
_THOUGHT_BEFORE = re.compile(rf"\A.*</(?:{_THOUGHT})>", re.IGNORECASE | re.DOTALL)  # the server took the beginning out
_THOUGHT_BEGINS = re.compile(rf"<(?:{_THOUGHT})\b[^>]*>", re.IGNORECASE)
_THOUGHT_ENDS = re.compile(rf"</(?:{_THOUGHT})>", re.IGNORECASE)
_HALF_TAG = re.compile(r"<[^<>\s]{0,14}\Z")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|__)(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])")
_FENCE = re.compile(r"<<[0-9a-f]{6}>>[ \t]*(?:end\b|source \d+:?)?")  # of the prompt, which small models repeat
_HEADER = re.compile(r"(?: \| [^|\n]{1,80})? \| \d{4}-\d{2}-\d{2}(?:T\S+)?(?=\s|$)")  # of a source in the prompt, too
_ASKED = re.compile(r"^[ \t]*question:[^\n]*$", _ANY_CASE)  # as in the prompt's examples
_STRAY = re.compile(r"\*{2,}")
_LABEL = re.compile(
    r"(?:^[ \t#>*_]*|(?<=[.!?\]] ))(?:(?:the|my|final|short|full|direct)[ \t]+)*"
    r"(?:answer|response|a)(?:[ \t]+is)?[ \t]*:[*_]*[ \t]*",
    _ANY_CASE,
)
_POLITE = re.compile(r"\A\W*(?:sure|certainly|of course|okay|ok|absolutely)\b[!,.:]+\s*", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"\A[^\n.!?\d\[\]]{0,120}\b(?:answer|sources?|articles?|information|summary|text|context|sentences?|response)\b"
    r"[^\n.!?\d\[\]]{0,60}:\s+",
    re.IGNORECASE,
)
_REMARK = (
    r"(?:let me know\b|i hope\b|hope this\b|feel free\b|please (?:note|let|feel)\b|note(?: that\b|:)"
    r"|if you (?:have|need|would|want|['’]d)\b|is there anything\b|would you like\b|do you (?:want|need)\b)"
)
_CLOSING = re.compile(rf"(?:\A|\n|(?<=[.!?\])] ))[ \t(*_]*{_REMARK}[^\n]*\s*\Z", re.IGNORECASE)
_BEGINS = r"(?:^|(?<=[.!?\]][ \n])|(?<=\n))"
_OF_SOURCES = (
    r"(?:(?:the|these|your) )?(?:(?:provided|given|above|numbered|available|cited) )*"
    r"(?:sources?|articles?|texts?|passages?|context|information)(?: (?:provided|given|above|available))?"
)
_BASED = re.compile(
    rf"{_BEGINS}(?:based (?:only )?on|according to|from|as stated in|as per|per) {_OF_SOURCES} *, *(?P<next>\S)",
    _ANY_CASE,
)
_NUMBERS = r"\d{1,2}(?: *(?:,|and|&) *(?:sources? +)?\d{1,2})*"
_NAMED = (
    r"(?:\[(?P<bracketed>\d{1,2})\]"
    rf"|\[?(?:the )?(?:source|article|passage|document) *\#?\[?(?P<named>{_NUMBERS})\]?)"
)
_TOLD = r"(?:reported|stated|noted|mentioned|described)"
_ACCORDING = re.compile(
    rf"{_BEGINS}(?:according to|as {_TOLD} (?:in|by)|in|per|from|based on) +{_NAMED} *, *(?P<word>\S+)", _ANY_CASE
)
_SAYS = re.compile(
    rf"{_BEGINS}(?:as +)?{_NAMED} +(?:also +)?(?:{_TOLD}|says|said|states|reports|mentions|notes|confirms|adds)"
    r"(?: +that +| *, *| +)(?P<word>\S+)",
    _ANY_CASE,
)
_LATER = re.compile(
    rf",? +(?:according to|as {_TOLD} (?:in|by)|per) +{_NAMED}(?=\s*(?:[.,;!?]|$))",
    _ANY_CASE,
)
_IN_BRACKETS = re.compile(
    rf"\((?:see +)?(?:sources?|articles?|ref(?:erence)?s?\.?|src) *:? *\#?\[?(?P<list>{_NUMBERS})\]?\)", re.IGNORECASE
)
_BARE = re.compile(
    r"(?<=[\w.,!?\"”’%)]) ?\((?P<number>\d{1,2})\)(?=\s*(?:[.!?;,](?:\s|$)|$)|\s+[A-Z]|\(\d)", re.MULTILINE
)


def answer_text(reply: str, known: Collection[int]) -> str:
    """Return what a reply answers, its citations as "[1]". known: the numbers of the sources.

    A source that a sentence names ("According to [1], Britain sent ...") is its citation, and no words of it. A number
    in round brackets is a citation only where a source has it and no list is counted by it.
    """
    text = _ASKED.sub("", _HEADER.sub("", _FENCE.sub("", without_thoughts(reply)))).strip()
    text = _STRAY.sub("", _EMPHASIS.sub(r"\2", text))
    text = _LABEL.sub("", _LEAD_IN.sub("", _POLITE.sub("", text)))
    while (shorter := _CLOSING.sub("", text)) != text:
        text = shorter
    text = _IN_BRACKETS.sub(lambda match: _marker(match["list"]), text)
    if not text.startswith("("):
        text = _BARE.sub(lambda match: f"[{match['number']}]" if int(match["number"]) in known else match[0], text)
    for pattern in (_ACCORDING, _SAYS):
        text = pattern.sub(lambda match: f"{_capital(match['word'])} {_source_of(match)}", text)
    text = _LATER.sub(lambda match: f" {_source_of(match)}", text)
    return _BASED.sub(lambda match: match["next"].upper(), text).strip()


def without_thoughts(reply: str) -> str:
    """The reply without what a model thought aloud, begun or not, ended or not.

    >>> without_thoughts("<think>600?</think>600."), without_thoughts("600?</think>600.")
    ('600.', '600.')
    """
    return _THOUGHT_BEFORE.sub("", _THINKS.sub("", reply))


class ThoughtStream:
    """Keeps what a model thinks aloud out of a stream, however that is cut: `feed` returns what may be shown by now."""

    def __init__(self) -> None:
        self._held = ""
        self._thinks = False

    def feed(self, delta: str) -> str:
        """Take the next piece of a reply, and return what of it, and of what was held back, is no thought."""
        text, shown = self._held + delta, ""
        while True:
            found = (_THOUGHT_ENDS if self._thinks else _THOUGHT_BEGINS).search(text)
            if found is None:
                break
            shown += "" if self._thinks else text[: found.start()]
            text, self._thinks = text[found.end() :], not self._thinks
        half = _HALF_TAG.search(text)
        self._held = text[half.start() :] if half else ""
        return shown if self._thinks else shown + text[: len(text) - len(self._held)]

    def flush(self) -> str:
        """Return what was held back, if it is no thought: the reply is at its end."""
        held, self._held = self._held, ""
        return "" if self._thinks else held


def _source_of(match: re.Match[str]) -> str:
    return _marker(match["bracketed"] or match["named"])


def _marker(numbers: str) -> str:
    return f"[{', '.join(re.findall(r'[0-9]+', numbers))}]"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
