"""Tell whether one date bears out another: "Aug. 13, 2021" bears out "13 August", not the other way round."""

from datetime import date

from qa.language.dates import DateKind, DateMention


def agree(source: DateMention, claim: DateMention) -> bool:
    """Whether the source's date bears out the claim's: it must state, or imply, every part that the claim states.

    "13 August 2021" bears out "13 August", "August 2021", "2021", "the 2020s" and "Friday"; "13 August" does not bear
    out "13 August 2021", nor does "August" bear out "13 August". Where the source's weekday was resolved with the day
    of publication, it bears out that day. An unresolved relative time is borne out by the same words only.
    """
    if claim.phrase is not None and claim.year is None:
        return source.phrase == claim.phrase
    if claim.kind is DateKind.DECADE:
        return source.year is not None and claim.year is not None and claim.year <= source.year < claim.year + 10
    if source.kind is DateKind.DECADE:
        return False
    if claim.kind is DateKind.WEEKDAY:  # its day may only have been guessed from the day of publication
        return claim.weekday == _weekday(source)
    parts = [(claim.year, source.year), (claim.month, source.month), (claim.day, source.day)]
    if any(stated is not None and stated != given for stated, given in parts):
        return False
    return claim.weekday is None or _weekday(source) in (None, claim.weekday)


def _weekday(mention: DateMention) -> int | None:
    """The weekday that a date states, or that follows from its day, month and year."""
    if mention.weekday is not None:
        return mention.weekday
    if mention.year is None or mention.month is None or mention.day is None:
        return None
    try:
        return date(mention.year, mention.month, mention.day).weekday()
    except ValueError:  # 31 June
        return None
