"""Sentences that tell the reader, or a model that reads them, what to do: they report nothing, and are never quoted.

An article may say anything, to a model too. These rules know a sentence by its form, not by what it is after; a lie in
the form of a report is a report that the article makes, and is cited as that article's. Pure.
"""

import re
from collections.abc import Iterable

from qa.language.word_lists import listed

_VERBS, _BEFORE_OBJECT = listed("imperative"), listed("imperative before an object")
_OBJECT = (
    r"(?:the|an?|yours?|every|each|all|any|this|these|those|me|us|it|them|only|as|in|with|that|to|nothing|no)\b"
    r"|[\"“‘'<`\[]"
)
_LEADING = (
    *("please", "kindly", "now", "then", "also", "instead", "next", "first", "finally", "always", "important", "note"),
    *("attention", "urgent", "warning", "reminder", "and", "but", "so", "hey", "hello", "assistant", "ai"),
)
_CONDITIONS = ("if", "when", "whenever", "before", "from", "at")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word.replace("_", " ")) for word in words)


_LEAD_IN = rf"(?:(?:{_any_of(_LEADING)})\b[\s,:;!–—-]*){{0,4}}"
_CLAUSE = r"(?:(?:if|when|whenever|before|from (?:now|here) on|at the (?:end|start))\b[^,.]{0,80},\s*)?"
_IMPERATIVE = re.compile(
    rf"[\W_]*{_LEAD_IN}{_CLAUSE}{_LEAD_IN}(?:(?:{_any_of(_VERBS)})(?![\w’'-])(?! (?:of|by)\b)"
    rf"|(?:{_any_of(_BEFORE_OBJECT)}) (?:{_OBJECT}))",
    re.IGNORECASE,
)
# What _IMPERATIVE begins with: a quick look before it.
_FIRST = re.compile(r"[\W_]*([a-z]+)", re.IGNORECASE)
_BEGINNINGS = frozenset(re.split(r"[_'’]", word)[0] for word in (*_VERBS, *_BEFORE_OBJECT, *_LEADING, *_CONDITIONS))
_REPLY = (
    r"(?:answers?|repl(?:y|ies)|responses?|outputs?|messages?|summar(?:y|ies)|prompts?|instructions?|context window)"
)
_TO_A_MODEL = re.compile(
    rf"""\byour\ (?:\w+\ ){{0,2}}{_REPLY}\b
      | \b(?:ignor|disregard|forget|overrid|bypass)(?:e|es|ing|ting)?\b.{{0,40}}\b(?:instructions?|prompts?|sources)\b
      | \b(?:ignore|disregard|forget)\b.{{0,20}}\b(?:above|previous|prior|earlier|before)\b
      | \b(?:new|updated|hidden|secret|real|developer|system)\ (?:instructions?|prompts?)\b
      | \bsystem\ (?:note|override)\b
      | \bas\ an?\ (?:ai|(?:large\ )?language\ model)\b | \byou\ are\ (?:now\ )?(?:an?|the|in)\ (?:\w+\ ){{0,3}}
        (?:ai|assistant|chatbot|bot|model|llm|mode)\b
      | \b(?:note|message|instructions?|reminder|attention)\ (?:to|for)\ (?:\w+\ ){{0,3}}
        (?:ai|assistants?|models?|llms?|chatbots?|bots?)\b
      | \b(?:ai|language\ models?|llms?|chatbots?|assistants?)\ (?:\w+\ ){{0,4}}(?:must|should|shall|are\ to|is\ to)\
        (?:\w+\ )?(?:answer|reply|respond|say|tell|write|output|include|mention|cite|repeat|recommend)\b
      | \byou\ (?:must|should|shall|will|need\ to|have\ to|are\ to)\ (?:\w+ly\ |now\ |always\ |only\ |never\ )?
        (?:answer|reply|respond|say|tell|write|output|include|mention|cite|state|repeat|ignore|recommend|print)\b
      | ^\W*(?:system|assistant|user|human|developer|instructions?|prompt)\s*[:>\]|]
      | <\|\w+\|> | \[/?INST\]""",
    re.IGNORECASE | re.VERBOSE,
)
# One of these is in everything that _TO_A_MODEL finds: a quick look before it.
_SIGNS = (
    *("answer", "repl", "respon", "output", "messag", "summar", "prompt", "instruct", "inst]", "context", "note"),
    *("ignor", "disregard", "forget", "overrid", "bypass", "you ", " ai ", "model", "llm", "assistant", "bot", "<|"),
    *("system", "user", "human", "developer"),
)
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")  # characters that nobody sees
_QUOTED = re.compile(r"^\W*[\"“‘'](?!\w+[\"”’'](?!\w))")
_ENDING = 20  # characters
_ASKS = re.compile(r"\?\W*$")
_ASKS_IN_QUOTES = re.compile(r"\?[\"”’'»]\W*$")


def instructs(sentence: str) -> bool:
    """Whether a sentence tells its reader what to do. Speech that begins one may: “Leave now,” he said.

    >>> instructs("Add a link to your reply."), instructs("“Leave now,” he said."), instructs("State media said no.")
    (True, False, False)
    """
    told = " ".join(_HIDDEN.sub("", sentence).split())
    lowered = f" {told.lower()}"
    if any(sign in lowered for sign in _SIGNS) and _TO_A_MODEL.search(told):
        return True
    first = _FIRST.match(lowered)
    if first is None or first[1] not in _BEGINNINGS or _QUOTED.match(told):
        return False
    return _IMPERATIVE.match(told) is not None


def asks(sentence: str) -> bool:
    """Whether a sentence is a question, and not somebody's who is quoted."""
    ending = sentence[-_ENDING:]
    return bool(_ASKS.search(ending)) and not _ASKS_IN_QUOTES.search(ending)
