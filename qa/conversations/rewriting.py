"""A follow-up rewritten by the model, where what it writes can be used; else as the rules have it.

The model gets a short share of the answer's deadline, and no name or figure of its own: what it writes is held against
what was asked and cited.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from qa.conversations.pointing import ASKING, HELPERS
from qa.conversations.records import leaned_on
from qa.conversations.standalone import StandingAlone, claims
from qa.errors import ModelCancelledError, ModelError
from qa.language.markup import addresses_in, plain
from qa.language.names import find_names
from qa.language.terms import keys_of, words_of
from qa.llm.model import ChatModel, Deadline, Message
from qa.records import Exchange, Usage
from qa.verification.reply_text import without_thoughts

_SHARE = 5  # of the deadline, one part in so many
_MOST_S = 4.0
_BACK = 4  # exchanges that the model is shown
_ANSWER = 300  # characters of each answer
_LONGEST = 300  # characters of a rewriting, beside the question's own
_PROMPT = Path(__file__).parent / "prompts" / "standalone.md"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The question as it is searched, and what the model's call for that cost, whether its reply was of use or not."""

    standing: StandingAlone
    usage: Usage | None = None


def rewritten(
    question: str,
    before: Sequence[Exchange],
    ruled: StandingAlone,
    model: ChatModel,
    deadline: Deadline,
    asker: str | None = None,
) -> Rewriting:
    """Return the question as the model makes it stand alone. ruled: as the rules do, which stands in for it.

    What the rules ask back is asked back, and "tell me more" is theirs. Takes 4 s at most, and a fifth of what is left.
    Raises ModelCancelledError once the deadline is cancelled, and no other ModelError.
    """
    leaned = leaned_on(before, asker)[-_BACK:]
    if not leaned or ruled.unclear is not None or ruled.more:
        return Rewriting(ruled)
    share = Deadline.at(min(_MOST_S, deadline.remaining() / _SHARE), deadline.cancelled)
    try:
        reply = model.complete((Message("user", _prompt(question, leaned)),), share)
    except ModelCancelledError:
        raise
    except ModelError as error:
        _log.info("The model did not rewrite the follow-up, the rules stand in: %s", error)
        return Rewriting(ruled)
    told = None if reply.cut else usable(reply.text, question, leaned)
    if told is None:
        _log.info("The model's rewriting can't be used, the rules stand in.")
        return Rewriting(ruled, reply.usage)
    return Rewriting(replace(ruled, question=told, own=None), reply.usage)


def usable(reply: str, question: str, before: Sequence[Exchange]) -> str | None:
    """A model's reply as a question, or None where it is none, is too long, or brings in or leaves out what it may not.

    Its names and figures are of the question, of questions asked before or of answers; those of the question are in it.
    """
    text = without_thoughts(reply).strip().removeprefix("Rewritten:").strip()
    text = text.strip('"“”').strip()
    words = [word.lower() for word in words_of(text)]
    if not words or "\n" in text or len(text) > len(question) + _LONGEST or plain(text) != text or addresses_in(text):
        return None
    if not text.endswith("?") and not (ASKING | HELPERS).intersection(words[:1]):
        return None
    asked = [one for one in before if one.text or not claims(one.question)]
    met = {key for one in asked for key in keys_of(f"{one.question} {one.standalone} {one.text}")}
    if not _telling(text) <= met.union(keys_of(question)) or not _telling(question) <= set(keys_of(text)):
        return None
    return text


def _telling(text: str) -> set[str]:
    """The keys of a text's names and figures."""
    named = [name.text for name in find_names(f"x {text}")]
    figures = [word for word in words_of(text) if any(map(str.isdigit, word))]
    return {key for part in (*named, *figures) for key in keys_of(part)}


def _prompt(question: str, before: Sequence[Exchange]) -> str:
    told = "\n".join(f"Question: {_line(one.question)}\nAnswer: {_line(one.text[:_ANSWER]) or '-'}" for one in before)
    return _template().format(conversation=told, question=_line(question))


def _line(text: str) -> str:
    return " ".join(text.split())


@cache
def _template() -> str:
    return _PROMPT.read_text(encoding="utf-8").strip()
