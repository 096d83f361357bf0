"""The reader as a witness: asked for a name of a claim, it must find that name in the source's words, and no other.

"Simon Gass leads the Taliban" becomes "[MASK] leads the Taliban." and "Simon Gass leads [MASK].": where the words say
who leads them, and it is somebody else, the claim has changed the roles over. Figures and dates are compared exactly
elsewhere, whatever their form.
"""

from dataclasses import dataclass

from qa.language.names import Name
from qa.language.nations import is_nation, people_of
from qa.language.terms import key_of, keys_of
from qa.reading.reader import Reader, Window
from qa.verification.claim_facts import Facts

MASK = "[MASK]"
_REACH = 3.0  # log-odds beyond which nothing is surer
_SUREST = 5.0
_MOST = 3  # names that are asked for: each takes some 8 ms
_ABSENT = -4.0  # log-odds of the claim's own name, below which another one speaks against it


@dataclass(frozen=True, slots=True)
class Witness:
    """here: the log-odds that the words say what the claim says, from -3 to 3. against: those that something else
    stands in the place of one of its names, from 0 to 5; 0 where its names are found."""

    here: float
    against: float


def bear_witness(stated: Facts, words: str, reader: Reader, before: str = "", publisher: str | None = None) -> Witness:
    """Ask the reader for the claim, and for its first names, in the words of a source.

    before: what is read before the claim, where it is no sentence by itself. publisher: of the source, of whom its own
    words say nothing ("the Wire reported").
    """
    (whole,) = reader.read(before + stated.text, [Window("", words)])
    against = 0.0
    asked = [name for name in stated.names if not _is_adjective(name.text) and name.text not in (publisher or "")]
    for name in asked[:_MOST]:
        masked = f"{before}{stated.text[: name.start]}{MASK}{stated.text[name.end :]}"
        against = max(against, _against(name, masked, words, reader))
    return Witness(min(max(whole.here, -_REACH), _REACH), against)


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
