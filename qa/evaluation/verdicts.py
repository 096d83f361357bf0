"""Whether an answer is right: what it names, and whether there should have been one. Pure."""

from qa.evaluation.citations import plain, sentences_of
from qa.evaluation.naming import named, wrong_named
from qa.evaluation.records import Case
from qa.evaluation.squad import exact_match, f1
from qa.records import Answer
from vectorstore.sentences import split_sentences

FIRST, WHOLE = "ans@1", "ans@3"
EXACT, SHORT = "EM", "F1"
ANSWERED, ABSTAINED = "answered", "abstained"


def judge(answer: Answer, case: Case) -> dict[str, float]:
    """Return what an answer adds to the measures that it counts in, by their names, from 0 to 1.

    - "ans@1": every gold answer stands in the first sentence of the text. Of a quote of two, that is the first.
    - "ans@3": every gold answer stands in the whole text, which is up to four quotes. A refusal names nothing.
    - "EM", "F1": of the short answer, where there is one gold answer.
    - "answered" where the articles say, "abstained" where they don't: whether it did.
    - where sources differ, that is, where there are wrong answers or several gold ones: "all gold named", "gold named"
      (their share), "wrong named" (any of them) and "wrong named as undisputed" (one of them, and no gold answer).
    """
    answered = answer.status == "answered"
    if not case.answerable:
        return {ABSTAINED: float(not answered)}
    verdicts = {ANSWERED: float(answered)}
    if not case.golds:
        return verdicts
    text = plain(answer) if answered else ""
    first = _first_sentence(answer) if text else ""
    golds = named(text, case.golds, case.wrong)
    verdicts |= {FIRST: float(all(named(first, case.golds, case.wrong))), WHOLE: float(all(golds))}
    if len(case.golds) == 1:
        short = answer.short_answer if answered else None
        verdicts |= {EXACT: exact_match(short, case.golds[0]), SHORT: f1(short, case.golds[0])}
    if case.wrong or len(case.golds) > 1:
        verdicts |= {"all gold named": float(all(golds)), "gold named": sum(golds) / len(golds)}
    if case.wrong:
        wrong = wrong_named(text, case.wrong, case.golds)
        verdicts |= {"wrong named": float(wrong), "wrong named as undisputed": float(wrong and not any(golds))}
    return verdicts


def _first_sentence(answer: Answer) -> str:
    """The first sentence of a text that isn't empty, without its markers; a marker ends a sentence, too."""
    begins = sentences_of(answer)[0].text
    span = split_sentences(begins)[0]
    return begins[span.start : span.end]
