"""Find times of the day in English news text: "4:30 p.m.", "9am", "14:00 GMT", "noon", and less told, "at dawn"."""

import re

_HALF = r"(?:[ap]\.\ ?m\.|[AP]\.\ ?M\.|[ap]m|[AP]M)(?!\w)"
_HOUR = r"(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?"
_TO = r"(?:\ ?[-–]\ ?|\ to\ |\ and\ |\ until\ )"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ZONE = r"\ (?:[ECMP][SD]?T|GMT|BST|UTC|CES?T|(?:Eastern|Central|Mountain|Pacific)(?:\ [Tt]ime)?|local\ time)(?!\w)"
_CLOCK = re.compile(
    rf"""(?<![\w.:,$£€-])(?:
        (?:{_HOUR}(?:\ ?{_HALF})?{_TO})?{_HOUR}\ ?{_HALF}
        | (?:[01]?\d|2[0-3]):[0-5]\d(?![\d:]|\.\d)
        | (?i:\d{{1,2}}|{_WORDS})\ o['’]clock
        | (?i:noon|midnight|midday)(?!\w)
    )(?:{_ZONE})?""",
    re.VERBOSE,
)
_PART_OF_DAY = re.compile(
    r"\b(?:(?:early|late|mid)[ -])?(?:morning|afternoon|evening|night|dawn|dusk|sunrise|sunset)\b|"
    r"\b(?:overnight|early hours)\b",
    re.IGNORECASE,
)


def find_clock_times(text: str) -> tuple[tuple[int, int], ...]:
    """Return where times of the day stand in a text, with the zone where it is told.

    >>> text = "Doors open at 6:30 p.m. ET on Friday."
    >>> [text[start:end] for start, end in find_clock_times(text)]
    ['6:30 p.m. ET']
    """
    return tuple(match.span() for match in _CLOCK.finditer(text))


def find_parts_of_day(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text tells the time of the day by no clock: "early Friday morning" by its "morning"."""
    return tuple(match.span() for match in _PART_OF_DAY.finditer(text))
