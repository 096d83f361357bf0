"""Pure: the cases that went wrong, worst first, each with why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from qa.evaluation.records import Outcome
from qa.evaluation.verdicts import SHORT, WHOLE

Kind = Literal["wrong", "unfounded", "refused", "short"]

_REASONS = {
    "no_match": "nothing that was found bears on the question",
    "weak_evidence": "what was found doesn't answer it",
    "unclear": "it is not clear what is asked about",
    "contradicted": "the articles are taken to say the contrary",
    "unverified": "the model's answer is not borne out by what it cites",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that went wrong. why: in words.

    kind: what is said is "wrong", is "unfounded" since the articles don't say, or is "refused" though they do; or it is
    right, and the "short" answer isn't: no word of it is.
    """

    outcome: Outcome
    kind: Kind
    why: str


def failures(outcomes: Iterable[Outcome]) -> tuple[Failure, ...]:
    """Return what went wrong, by kind as `Kind` names them, of each kind the most confident first.

    Of what was refused the most confident came nearest to an answer. A case whose gold answer is not known can fail
    only by being refused.
    """
    order = get_args(Kind)
    found = [Failure(outcome, kind, explain(outcome, kind)) for outcome in outcomes if (kind := _kind(outcome))]
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), -one.outcome.answer.confidence)))


def first_relevant(outcome: Outcome) -> int | None:
    """The rank, from 1, of the first article that holds the answer. None: none was found, or it is not known which."""
    return next((rank for rank, article in enumerate(outcome.ranking, start=1) if article.relevant), None)


def explain(outcome: Outcome, kind: Kind) -> str:
    """Say why a case went wrong, as far as what was retrieved and what was cited tell."""
    if kind == "unfounded":
        return "Answered, though the articles don't say."
    if kind == "short":
        return (
            f"The answer is right, {'but not in short' if outcome.answer.short_answer else 'without a short answer'}."
        )
    found = _found(outcome)
    if kind == "refused":
        reason = outcome.answer.reason or ""
        return f"Refused ({reason}: {_REASONS.get(reason, 'no reason was given')}). {found}."
    if outcome.verdicts.get("gold named", 0.0) > 0:
        return f"Only some of the right answers are named. {found}."
    if outcome.verdicts.get("wrong named", 0.0) > 0:
        return f"It names an answer that is known to be wrong. {found}."
    cited = {citation.article_id for citation in outcome.answer.citations}
    cited |= {also.article_id for citation in outcome.answer.citations for also in citation.also_in}
    right = {article.article_id for article in outcome.ranking if article.relevant}
    if not right:
        return f"{found}."
    chosen = "another sentence of it was chosen" if cited & right else "sentences of other articles were chosen"
    return f"{found}, but {chosen}."


def _kind(outcome: Outcome) -> Kind | None:
    answered = outcome.answer.status == "answered"
    if not outcome.case.answerable:
        return "unfounded" if answered else None
    if not answered:
        return "refused"
    if outcome.verdicts.get(WHOLE, 1.0) < 1.0:
        return "wrong"
    return "short" if outcome.verdicts.get(SHORT, 1.0) == 0 else None


def _found(outcome: Outcome) -> str:
    rank = first_relevant(outcome)
    if rank:
        return f"An article that holds the answer was retrieved at rank {rank}"
    named = len(outcome.case.relevant)
    if named and len(outcome.missing) == named:
        one = "The article that the data set names is not in the library"
        return one if named == 1 else f"None of the {named} articles that the data set names is in the library"
    if not outcome.ranking:
        return "Nothing was retrieved"
    if all(article.relevant is None for article in outcome.ranking):
        return "The data set doesn't say which article holds the answer"
    return f"Not retrieved: none of the first {len(outcome.ranking)} articles holds the answer"
