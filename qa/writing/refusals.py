"""Whether a sentence of a model says that the sources don't say. Pure.

Models seldom keep to the phrase that they are given: what is looked for is the sources, or what they tell, as what is
spoken of, and that it isn't there.
"""

import re

_SOURCES = r"(?:sources?|articles?|texts?|passages?|excerpts?|documents?|context|information|material)"
_GIVEN = r"(?:(?:provided|given|available|above|cited|numbered|supplied|listed) )*"
_NAMED = (
    r"(?:sources? \d+|articles? \d+|(?:the|these|those|this|any of the|either of the|all of the|your) "
    rf"(?:\w+ )?{_GIVEN}{_SOURCES})"
)
_AFTER = r"(?: (?:provided|given|available|above|here|i have|you (?:gave|provided)|\[?\d[\d, ]*\]?))*"
_NOT = r"(?:(?:do|does|did)(?: not|n['’]?t)|never|fails? to)"
_TELL = (
    r"(?:say|mention|state|specif|provid|contain|indicat|includ|give|tell|report|answer|discuss|address|cover|reveal"
    r"|explain|offer|hold|have|describe|identif|name|clarif|confirm|disclose|make (?:any )?mention|speak|refer)"
)
_ADVERB = r"(?: (?:explicitly|directly|specifically|actually|clearly|appear to|seem to|any\w*|also))*"
_NONE = r"(?:no|not any|not enough|insufficient|not sufficient|no such)"
_TOPIC = r"(?:information|mention|answer|data|details?|reference|record|figure|evidence)"
_KNOWN = (
    r"(?:mention|stat|specifi|provid|giv|report|includ|contain|found|answer|discuss|clear|available|indicat|disclos"
    r"|known)\w*"
)
_THIS = (
    r"(?:it|this|that|th(?:e|is|at) (?:answer|information|exact \w+|number|name|date|question|\w+ \w+))"
    r" (?:is|are|was|were|has|have)(?: not|n['’]?t)(?: been)?"
)
_CANNOT = (
    r"(?:i|we|it) (?:can ?not|can['’]?t|could not|couldn['’]?t|am not able to|am unable to|do not|don['’]?t"
    r"|is not possible to|['’]?m (?:unable|not able) to)"
)
_PATTERNS = (
    # "The sources do not mention ...", "None of the articles says ...", "The text is silent on ..."
    rf"{_NAMED}{_AFTER} {_NOT}{_ADVERB} {_TELL}",
    rf"(?:none|neither) of {_NAMED}{_AFTER}{_ADVERB} {_TELL}",
    rf"no {_GIVEN}{_SOURCES} {_TELL}",
    rf"{_NAMED}{_AFTER} (?:is|are) (?:silent|unclear|not (?:clear|specific|sufficient|enough))",
    rf"{_NAMED}{_AFTER} (?:contains?|provides?|gives?|has|have|offers?|makes?|includes?) {_NONE}\b",
    # "There is no information on ...", "Not enough information"
    rf"there (?:is|are|was|were) {_NONE} (?:\w+ )?{_TOPIC}",
    rf"there (?:is|was)(?: not|n['’]?t) (?:any|enough) {_TOPIC}",
    rf"(?:{_NONE}|there['’]s no) (?:\w+ )?(?:information|mention|answer|details?|data)\b",
    # "It is not mentioned in the sources", "This can't be answered"
    rf"{_THIS}{_ADVERB} {_KNOWN}(?:[.!]| (?:in|by|within|from|here|for)\b.*{_SOURCES}| ?$)",
    r"(?:it|this|the question) can(?:not|['’]?t| not) be (?:answered|determined|found|said|told)",
    r"(?:unknown|not (?:mentioned|stated|specified|provided|given|known|available|found))\b[^,]{0,60}$",
    # "I cannot find this in the sources"
    rf"{_CANNOT} (?:\w+ ){{0,2}}(?:find|answer|determine|tell|say|provide|know|see|have|identify|confirm|locate)",
)
_LEAD = (
    r"\W*(?:(?:unfortunately|however|sorry|i['’]?m sorry|i apologi[sz]e|but|based on [^,]{0,60}|from [^,]{0,60}"
    r"|according to [^,]{0,60}|in [^,]{0,40}|as for [^,]{0,60})\W+)*"
)
_REFUSAL = re.compile(_LEAD + "(?:" + "|".join(_PATTERNS) + ")", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def is_refusal(sentence: str) -> bool:
    """Whether a sentence says that the sources don't say.

    >>> is_refusal("The articles don’t say. [1]"), is_refusal("There is no mention of a date in the sources.")
    (True, True)
    >>> is_refusal("The articles say nothing of the kind."), is_refusal("The ministry did not say how many died.")
    (False, False)
    """
    return _REFUSAL.match(_SPACES.sub(" ", sentence)) is not None
