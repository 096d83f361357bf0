"""What the model is told: few words of evidence, numbered and fenced, so that no article passes for an instruction."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from secrets import token_hex

from qa.answer import REFUSAL
from qa.candidates import reports
from qa.evidence import Evidence
from qa.language.noise import is_quotable
from qa.llm.model import Message
from qa.verification.verify import SourceText, Verdict
from vectorstore.records import StoredArticle
from vectorstore.sentences import split_sentences

MAX_SOURCES = 6
_FOLDER = Path(__file__).with_name("prompts")
_AROUND = 250  # characters beside a sentence in which its neighbours are looked for
_LONGEST = 400  # characters of a sentence with its neighbours: about 100 tokens
_LONGEST_ABOUT = 160  # characters of a title, or of a publisher's name
# The fixed phrase, as models spell it, and as they go on: "The sources do not say how many."
_REFUSAL = re.compile(
    r"\W*the (?:articles?|sources?)(?: provided)? (?:don['’]?t|doesn['’]?t|do not|does not) say\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """The messages of a question, and the sources that they number from 1."""

    messages: tuple[Message, ...]
    sources: tuple[SourceText, ...]


def write_prompt(question: str, evidence: Sequence[Evidence]) -> Prompt:
    """Number the best evidence, each sentence with its neighbours, at most six stretches, and ask of them."""
    sources = _sources_of(evidence)
    headed = [(f"source {source.number}: {_about(source.article)}", source.text) for source in sources]
    fence = _fence_for("\n".join(part for head in headed for part in head) + question)
    shown = "\n".join(f"{fence} {head}\n{words}\n{fence} end" for head, words in headed)
    return Prompt(
        (
            Message("system", _template("system").format(fence=fence, refusal=REFUSAL)),
            Message("user", _template("question").format(sources=shown, question=question)),
        ),
        sources,
    )


def write_repair(prompt: Prompt, reply: str, verdicts: Sequence[Verdict]) -> tuple[Message, ...]:
    """Tell the model which of its sentences failed, and why."""
    problems = "\n".join(
        f"- {verdict.claim.text} ({'; '.join(verdict.problems)})"
        for verdict in verdicts
        if verdict.support == "unsupported"
    )
    repair = _template("repair").format(problems=problems, refusal=REFUSAL)
    return (*prompt.messages, Message("assistant", reply), Message("user", repair))


def is_refusal(sentence: str) -> bool:
    """Whether a sentence says that the sources don't say, in the fixed phrase or nearly so.

    >>> is_refusal("The articles don’t say. [1]"), is_refusal("The articles say nothing of the kind.")
    (True, False)
    """
    return _REFUSAL.match(sentence) is not None


def _sources_of(evidence: Sequence[Evidence]) -> tuple[SourceText, ...]:
    """The stretches around the best evidence; those that touch become one, and keep the better one's number.

    A sentence that stands in another article word for word is a reprint, and told once.
    """
    stretches: list[tuple[StoredArticle, int, int]] = []
    told: dict[str, str] = {}
    for found in evidence:
        if told.setdefault(_one_line(found.text), found.article.id) != found.article.id:
            continue
        start, end = _stretch_around(found.article.text, found.start, found.end)
        for place, (article, known_start, known_end) in enumerate(stretches):
            if article.id == found.article.id and start <= known_end and known_start <= end:
                both = min(start, known_start), max(end, known_end)
                if both[1] - both[0] <= 2 * _LONGEST:
                    stretches[place] = (article, *both)
                break
        else:
            if len(stretches) == MAX_SOURCES:
                break
            stretches.append((found.article, start, end))
    return tuple(SourceText(number, *stretch) for number, stretch in enumerate(stretches, start=1))


def _stretch_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence with the one before and the one after it, as far as they are short, whole, and report something."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = [(first + span.start, first + span.end) for span in split_sentences(text[first:start])]
    after = [(end + span.start, end + span.end) for span in split_sentences(text[end:last])]
    if first > 0:
        before = before[1:]  # cut in two, for all we know
    if last < len(text):
        after = after[:-1]
    if before and end - before[-1][0] <= _LONGEST and reports(text, *before[-1]):
        start = before[-1][0]
    if after and after[0][1] - start <= _LONGEST and reports(text, *after[0]):
        end = after[0][1]
    return start, end


def _about(article: StoredArticle) -> str:
    """Title, publisher and date in one line; a title that tells the model what to do is left out."""
    named = [_one_line(part) for part in (article.title, article.source) if part]
    known = [part[:_LONGEST_ABOUT] for part in named if is_quotable(part)]
    return " | ".join([*known, *filter(None, [article.published_at])])


def _fence_for(texts: str) -> str:
    """Draw what marks a source's beginning and end: nothing that any text holds, and that no article can foresee."""
    fence = f"<<{token_hex(3)}>>"
    return fence if fence not in texts else _fence_for(texts)


def _one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _template(name: str) -> str:
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()
