"""From where on evidence is taken to answer, and to say another thing."""

from dataclasses import dataclass

from qa.reading.spans.answer_span import FITTING


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares from 0 to 1. Set by hand, tried on SQuAD 2.0's public half: docs/decisions.md."""

    # Whether the articles hold an answer at all.
    answerable: float = 0.2  # the least chance, where the best sentence does not tell it plainly
    read: float = -2.9  # the least log-odds of the best sentence's words, where a figure, date, name or place is asked
    here: float = -3.5  # the least log-odds that anything read answers, whatever is asked
    plain: float = 0.85  # the direct coverage from where on one tells plainly that something is so
    confident: float = 0.9  # the chance from where on a name may be further off
    left: float = 0.01  # the share of the best score that the first that may answer needs, where better ones may not

    # Which sentences may answer.
    said: float = 0.4  # the least that what is asked must be said in the sentence itself
    named: float = 0.2  # the least direct coverage where nothing of it is
    settled: float = 0.55  # the least direct coverage for yes or no
    unnamed: float = 0.75  # the least coverage where a name is not met
    fit: float = FITTING  # the least that its span must fit, where one is needed

    # Which stand beside the first.
    beside: float = 0.85  # the share of the best coverage that a sentence with another figure or date needs
    listed: float = 0.95  # and one with another name
    beside_fit: float = 0.8  # the least that its span must fit
    bearing: float = 0.7  # the share of the best direct coverage that it needs
    doubtful: float = 0.95  # as long as the statements' scores sum to less, the next sentence is added
    fallback: float = 0.05  # where it has this share of the best score
    unheard: float = 0.02  # the share of it that a sentence needs whose source is not in the answer yet

    recent: float = 0.2  # the share of the first one's score that a newer report's figure needs to take its place

    merged: float = 0.6  # the share of words in common from which on two sentences say the same
    alone: float = 0.7  # the direct coverage from where on "it" is quoted alone where the question's names are there


LIMITS = Limits()
READ = Limits(fallback=0.1, unheard=0.005)  # where the reader read: its shares are sharper
