"""The canonical text of an article: what a person reads, which is what is indexed and cited. Pure.

Two texts that look alike are the same characters here, whatever program wrote them.
"""

import re
import unicodedata

TEXT_RECIPE = 1
"""What `canonical_text` does: counted up with each change, so that older articles can be told and carried forward.

1: the first; 0 (none) is an article from before, its text as it came."""

_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Soft hyphens, zero-width spaces and joiners of words, byte order marks, marks of direction, invisible operators,
# annotations and tags: none of them shows, and each of them parts a word from itself.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Joiners make what Persian and Indic words and emoji look like; between Latin letters and digits they are just unseen.
_JOINERS = re.compile(
    "(?<![\u0600-\u1fff\u2190-\u2bff\ufe0f\U00010000-\U0001ffff])[\u200c\u200d]+|[\u200c\u200d]+(?=\\s|$)"
)
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_GARBLED = re.compile("[\u00c2-\u00f4\u0152-\u0192\u0402-\u045f][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2010-\u2122]")


def canonical_text(text: str) -> str:
    """The text with one kind of newline, in Unicode's NFC, without what can't be seen; ligatures become letters, and
    what was decoded wrongly is mended where that is certain.

    Doing it again changes nothing. NBSPs, tabs and white space at the ends stay: they are seen, or do no harm.

    >>> canonical_text("The ﬁre bri\\u00adgade\\r\\nsaid donâ€™t")
    'The fire brigade\\nsaid don’t'
    """
    if text.isascii():
        return _NEWLINES.sub("\n", text) if "\r" in text or "\x0b" in text or "\x0c" in text else text
    text = _mended(text)
    text = _NEWLINES.sub("\n", text)
    text = _UNSEEN.sub("", text)
    text = _JOINERS.sub("", text)
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return unicodedata.normalize("NFC", text)


def _mended(text: str) -> str:
    """What is UTF-8 that was read as Windows' or Latin encodings, read rightly."""
    if not _GARBLED.search(text):
        return text
    import ftfy  # 70 ms, and few articles are garbled

    return "".join(ftfy.fix_encoding(line) for line in text.splitlines(keepends=True))
