"""What the model is told: few words of evidence, numbered and fenced, so that no article passes for an instruction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from secrets import token_hex

from qa.answering.answer import REFUSAL
from qa.language.noise import is_quotable
from qa.llm.model import Message
from qa.reading.candidates import reports
from qa.reading.evidence import Evidence
from qa.verification.verify import SourceText, Verdict
from vectorstore.records import StoredArticle
from vectorstore.sentences import split_sentences

MAX_SOURCES = 5
_FOLDER = Path(__file__).with_name("prompts")
_AROUND = 250  # characters beside a sentence in which its neighbours are looked for
_LONGEST = 400  # characters of a sentence with its neighbours: about 100 tokens
_LONGEST_ABOUT = 160  # characters of a title, or of a publisher's name


@dataclass(frozen=True, slots=True)
class Prompt:
    """The messages of a question, the sources that they number from 1, and the question itself."""

    messages: tuple[Message, ...]
    sources: tuple[SourceText, ...]
    question: str


def write_prompt(question: str, evidence: Sequence[Evidence]) -> Prompt:
    """Number the articles of the best evidence, each sentence with its neighbours, five stretches at most, and ask."""
    return _asked(question, _sources_of(evidence))


def with_half(prompt: Prompt) -> Prompt | None:
    """The same question with the better half of its sources, for a model whose context is too small; None of one."""
    kept = prompt.sources[: len(prompt.sources) // 2]
    return _asked(prompt.question, kept) if kept else None


def _asked(question: str, sources: tuple[SourceText, ...]) -> Prompt:
    """The system's message is the same each time, so that a server need read it once only; the fence is not in it."""
    headed = [(f"source {source.number}: {_about(source.article)}", source.text) for source in sources]
    fence = _fence_for("\n".join(part for head in headed for part in head) + question)
    shown = "\n".join(f"{fence} {head}\n{words}\n{fence} end" for head, words in headed)
    told = _template("question").format(sources=shown, question=question, fence=fence, refusal=REFUSAL)
    return Prompt(
        (Message("system", _template("system").format(refusal=REFUSAL)), Message("user", told)), sources, question
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


def _sources_of(evidence: Sequence[Evidence]) -> tuple[SourceText, ...]:
    """The stretches around the best evidence, those of one article under one number.

    A sentence that stands in another article word for word is a reprint, and told once.
    """
    sources: list[SourceText] = []
    told: dict[str, str] = {}
    for found in evidence:
        if told.setdefault(_one_line(found.text), found.article.id) != found.article.id:
            continue
        stretch = _stretch_around(found.article.text, found.start, found.end)
        place = next((at for at, one in enumerate(sources) if one.article.id == found.article.id), None)
        room = sum(len(one.stretches) for one in sources) < MAX_SOURCES
        if place is not None:
            sources[place] = _with_stretch(sources[place], stretch, room=room)
        elif room:
            sources.append(SourceText(len(sources) + 1, found.article, *stretch))
    return tuple(sources)


def _with_stretch(source: SourceText, stretch: tuple[int, int], *, room: bool) -> SourceText:
    """A source with one more stretch; those that touch become one, where that isn't too long. room: for one more."""
    start, end = stretch
    for place, (known_start, known_end) in enumerate(source.stretches):
        if start <= known_end and known_start <= end:
            both = min(start, known_start), max(end, known_end)
            if both[1] - both[0] > 2 * _LONGEST:
                return source
            others = [one for at, one in enumerate(source.stretches) if at != place]
            if any(both[0] <= other_end and other_start <= both[1] for other_start, other_end in others):
                return source
            stretches = [*source.stretches]
            stretches[place] = both
            return replace(source, start=stretches[0][0], end=stretches[0][1], further=tuple(stretches[1:]))
    return replace(source, further=(*source.further, stretch)) if room else source


def _stretch_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence with the one before and the one after it, as far as they are short, whole, and report something."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = [(span.start, span.end) for span in split_sentences(text, first, start)]
    after = [(span.start, span.end) for span in split_sentences(text, end, last)]
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
