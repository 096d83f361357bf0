"""The reader as a witness: asked for a name of a claim, it must find that name in the source's words, and no other.

"Simon Gass leads the Taliban" becomes "[MASK] leads the Taliban." and "Simon Gass leads [MASK].": where the words say
who leads them, and it is somebody else, the claim has changed the roles over. Figures and dates are compared exactly
elsewhere, whatever their form.
"""

from qa.language.names import Name
from qa.language.nations import is_nation, people_of
from qa.language.terms import key_of, keys_of, words_of
from qa.reading.reader import Reader, Window
from qa.verification.claim_facts import Facts

MASK = "[MASK]"
REACH = 3.0
"""The log-odds beyond which nothing is surer."""
GIVEN = 1.5
"""The log-odds of the reader's own answer, from which on a claim of a few words may give it; docs/verification.md."""
_SUREST = 5.0
_MOST = 3  # names that are asked for: each takes some 8 ms
_ABSENT = -4.0  # log-odds of the claim's own name, below which another one speaks against it


def says_it(stated: Facts, words: str, reader: Reader, before: str = "") -> float:
    """The log-odds that the words of a source say what a claim says, from -REACH to REACH.

    before: what is read before the claim, where it is no sentence by itself.
    """
    (whole,) = reader.read(before + stated.text, [Window("", words)])
    return min(max(whole.here, -REACH), REACH)


def gives(claim: str, question: str, words: str, reader: Reader) -> bool:
    """Whether a claim that is no sentence has in it what the reader finds in a source's words for the question.

    Half of its words at least must be the reader's. A title, or another name that stands there too, is met word for
    word, and answers nothing.
    """
    (reading,) = reader.read(question, [Window("", words)])
    said = _lower(claim)
    found = [_lower(words[span.start : span.end]) for span in reading.spans if span.score >= GIVEN]
    return any(2 * len(answer & said) >= len(said) for answer in found)


def _lower(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in words_of(text))


def speaks_against(stated: Facts, words: str, reader: Reader, before: str = "", publisher: str | None = None) -> float:
    """The log-odds that something else stands in the place of one of a claim's first names, from 0 to 5.

    0 where its names are found. publisher: of the source, of whom its own words say nothing ("the Wire reported").
    """
    against = 0.0
    asked = [name for name in stated.names if not _is_adjective(name.text) and name.text not in (publisher or "")]
    for name in asked[:_MOST]:
        masked = f"{before}{stated.text[: name.start]}{MASK}{stated.text[name.end :]}"
        against = max(against, _against(name, masked, words, reader))
    return against


def _is_adjective(name: str) -> bool:
    """Whether a name only says of which nation something is: "British" of the British ambassador."""
    key = key_of(name)
    return is_nation(key) and people_of(key) == name


def _against(name: Name, masked: str, words: str, reader: Reader) -> float:
    (reading,) = reader.read(masked, [Window("", words)])
    ours = set(keys_of(name.text))
    own = [span.score for span in reading.spans if ours.intersection(keys_of(words[span.start : span.end]))]
    if not reading.spans or max(own, default=_ABSENT) > _ABSENT:
        return 0.0
    return min(max(reading.spans[0].score, 0.0), _SUREST)
