"""What a client wants POST /ask to give: one JSON document, or events as they come. By the Accept header (RFC 9110)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

EVENTS = "text/event-stream"
JSON = "application/json"
_WEIGHT = re.compile(r"\s*q\s*=\s*(0(\.\d{0,3})?|1(\.0{0,3})?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Range:
    """A media range of the header. place: how many stand before it."""

    media: str
    weight: float
    place: int


def wants_events(accept: str) -> bool:
    """Whether events are wanted: only where they are named, and not less than JSON is. Of equals the first wins.

    >>> wants_events("text/event-stream"), wants_events("*/*"), wants_events("")
    (True, False, False)
    >>> wants_events("application/json, text/event-stream;q=0.9")
    False
    """
    ranges = list(_ranges(accept))
    events = next((one for one in ranges if one.media == EVENTS), None)
    if events is None or events.weight == 0:
        return False
    for media in (JSON, "application/*", "*/*"):  # the most specific range that JSON falls into counts
        for one in ranges:
            if one.media == media:
                named_before = media == JSON and one.place < events.place
                return events.weight > one.weight or (events.weight == one.weight and not named_before)
    return True


def _ranges(accept: str) -> Iterator[_Range]:
    """The media ranges; one whose weight can't be read is as if it weren't there."""
    for place, part in enumerate(accept.split(",")):
        media, *parameters = part.split(";")
        weight = 1.0
        for parameter in parameters:
            if parameter.strip().lower().startswith("q"):
                read = _WEIGHT.fullmatch(parameter)
                weight = float(read[1]) if read else -1.0
        if weight >= 0:
            yield _Range(media.strip().lower(), weight, place)
