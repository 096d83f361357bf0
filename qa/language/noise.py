"""Lines that stand in an article but report nothing: promotions, captions, labels, credits. Never an answer."""

import re

from qa.language.corrections import is_correction
from qa.language.furniture import is_furniture
from qa.language.instructions import asks, instructs
from qa.language.markup import is_live

_AGENCY = r"(?:CNN(?:\s?Business)?|AP|Reuters|AFP|BBC|UPI)"
_DATELINE = re.compile(
    rf"\W*(?:(?:[A-Z][\w.’'-]*,?\s+){{0,5}}(?:\({_AGENCY}\b[^)]{{0,20}}\)|{_AGENCY}\s*[—–-])|"
    # "ST. LOUIS, Mo. — The": a town in capitals, and a sentence after it
    r"[A-Z][A-Z.’'-]+(?:\s[A-Z.’'-]+){0,3}(?:,\s[A-Z][\w.]*(?:\s[A-Z]\w*)?)?\s+[—–-]{1,2}\s+(?=[\W]?[A-Z]))\W*"
)
_ENDED = re.compile(r"[.!?…;][\"'”’»)\]]*\s*$")
_LABEL = re.compile(r"^[^.!?]{1,60}:\s*$")


def is_noise(sentence: str, line: str, line_before: str) -> bool:
    """Whether a sentence is page furniture, a label or a caption instead of a report.

    line: the whole line of the article that it stands in; line_before: the last line above that is not blank, or "".
    A line below a page's label ("The National:") that does not end as a sentence does is that label's caption. Quick:
    it is asked of every sentence that is read.
    """
    if _LABEL.match(line) or is_furniture(sentence, line):
        return True
    return is_heading(line) and bool(_LABEL.match(line_before)) and is_furniture(line_before, line_before)


def end_of_dateline(sentence: str) -> int:
    """Where a sentence begins to report: after "Paris (CNN)" or "WASHINGTON —", where and for whom it was written.

    >>> end_of_dateline("ROME, Italy (AP) — It burned.")
    19
    """
    dateline = _DATELINE.match(sentence)
    return dateline.end() if dateline else 0


def is_quotable(sentence: str) -> bool:
    """Whether a sentence may stand in an answer or bear one out: not what tells the reader, or a model, what to do, or
    asks, or holds a link, a script or an image.
    """
    return not (instructs(sentence) or asks(sentence) or is_live(sentence))


def is_barred(text: str, start: int, end: int) -> bool:
    """Whether the sentence `text[start:end]` is no evidence, and not shown to a model either: as `is_quotable` has it,
    except that a question may stand around what answers it; and what a note of correction says, for it was wrong.
    """
    sentence = text[start:end]
    if sentence.startswith("[") and text[start - 1 : start] == "!":
        return True  # an image, of whose "!" a sentence was made
    return instructs(sentence) or is_live(sentence) or is_correction(sentence)


def is_heading(line: str) -> bool:
    """Whether a line stands alone without ending as a sentence does: a headline, a caption, an item of a menu."""
    return not _ENDED.search(line)
