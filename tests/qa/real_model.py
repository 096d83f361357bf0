"""A real model in the loop: what it wrote, what became of each sentence, and what was shown, for a person to read.

    python -m tests.qa.real_model --out asked.txt --squad ../shared/eval/squad2.jsonl.gz [--first 10]

The model is the one served at QA_TEST_LLM_BASE_URL (docs/trying-a-model.md). It is asked the questions of
`seeds/questions.jsonl` over `seeds/articles`, and as many of SQuAD's as make a hundred with them, over all of SQuAD's
paragraphs. Every line that begins with SHOWN is a sentence that a reader would see under the model's name.
"""

import argparse
import os
import sys
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from qa.engine import Engine
from qa.errors import ModelError
from qa.evaluation.dataset import read_dataset
from qa.evaluation.libraries import take_documents, take_dump, temporary
from qa.evaluation.records import Document
from qa.language.similarity import Similarity
from qa.llm.model import ChatModel, Deadline, Message, Reply
from qa.llm.openai_model import open_model
from qa.records import Answer, Request
from qa.writing.generate import Writer, Written
from qa.writing.prompt import Prompt
from tests.qa.seeded import SEEDS
from vectorstore.embedding import open_embedding
from vectorstore.sentences import split_sentences
from vectorstore.store import Store

VARIABLE = "QA_TEST_LLM_BASE_URL"
MOST = 100
_SECONDS = 240.0  # a small model on one slow core, repair included


@dataclass
class Overheard:
    """A model whose replies are kept. replies: all it said since it was last asked for them."""

    model: ChatModel
    replies: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.model.name

    def complete(self, messages: Sequence[Message], deadline: Deadline) -> Reply:
        reply = self.model.complete(messages, deadline)
        self.replies.append(reply.text)
        return reply

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Generator[str, None, Reply]:
        reply = yield from self.model.stream(messages, deadline)
        self.replies.append(reply.text)
        return reply

    def check(self) -> str | None:
        return self.model.check()

    def close(self) -> None:
        self.model.close()


class WatchedWriter(Writer):
    """A writer whose last judged reply is kept. failed: why there was none."""

    written: Written | None = None
    failed: str | None = None

    def write(self, prompt: Prompt, deadline: Deadline) -> Written:
        """Have the model write, as a writer does."""
        self.written = self.failed = None
        try:
            self.written = super().write(prompt, deadline)
        except ModelError as error:
            self.failed = str(error)
            raise
        return self.written


@dataclass
class Watched:
    """An engine whose model is listened to."""

    engine: Engine
    model: Overheard
    writer: WatchedWriter

    def ask(self, question: str) -> Answer:
        """Ask, with nothing left of the question before."""
        self.model.replies.clear()
        self.writer.written = self.writer.failed = None
        return self.engine.ask(Request(question))


def served_model(base_url: str) -> ChatModel:
    """The first model that a server lists."""
    listed = httpx.get(f"{base_url.rstrip('/')}/models", timeout=10).raise_for_status().json()
    return open_model(base_url, listed["data"][0]["id"], None, max_tokens=300)


@contextmanager
def watched(base_url: str, documents: Sequence[Document] = ()) -> Iterator[Watched]:
    """An engine with the served model over a library of these articles, or of the samples, for a time."""
    embedder = open_embedding("wordllama", None, None, 0)
    similarity = Similarity(embedder)
    model = Overheard(served_model(base_url))
    writer = WatchedWriter(model, similarity)

    def opened(folder: Path) -> Engine:
        return Engine(Store.open(folder, embedder), similarity, writer, deadline_s=_SECONDS)

    with temporary(opened) as engine:
        if documents:
            take_documents(engine.store, documents, lambda _: None)
        else:
            take_dump(engine.store, SEEDS / "articles", lambda _: None)
        yield Watched(engine, model, writer)


def shown_sentences(answer: Answer) -> list[str]:
    """The sentences of an answer that a reader sees under the model's name."""
    if answer.mode != "generated" or answer.status != "answered":
        return []
    return [answer.text[span.start : span.end] for span in split_sentences(answer.text)]


def told(question: str, answer: Answer, asked: Watched) -> Iterator[str]:
    """What happened to a question, in lines."""
    yield f"QUESTION: {question}"
    yield from (f"REPLY {number}: {text!r}" for number, text in enumerate(asked.model.replies, 1))
    if asked.writer.failed:
        yield f"FAILED: {asked.writer.failed}"
    if asked.writer.written:
        for verdict in asked.writer.written.verdicts:
            problems = f" ({'; '.join(verdict.problems)})" if verdict.problems else ""
            yield f"WROTE {verdict.support}: {verdict.claim.text} {list(verdict.claim.markers)}{problems}"
        if asked.writer.written.refused:
            yield "WROTE a refusal"
    degraded = ", degraded" if answer.degraded else ""
    reason = f", {answer.reason}" if answer.reason else ""
    yield f"ANSWER ({answer.mode}{degraded}, {answer.status}{reason}): {answer.text}"
    yield f"SHORT: {answer.short_answer}"
    yield from (f"SHOWN: {sentence}" for sentence in shown_sentences(answer))
    yield from (f"CITED [{cited.marker}] {cited.support}: {cited.quote!r}" for cited in answer.citations)
    yield ""


def main() -> None:
    """Ask, and write what happened."""
    parser = argparse.ArgumentParser(prog="python -m tests.qa.real_model")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--squad", type=Path, help="SQuAD's questions with their paragraphs, a line each")
    parser.add_argument("--first", type=int, help="ask only so many of each")
    arguments = parser.parse_args()
    base_url = os.environ.get(VARIABLE)
    if not base_url:
        parser.error(f"set {VARIABLE} to the address of a model, like http://127.0.0.1:18080/v1")
    seeds = read_dataset(SEEDS / "questions.jsonl").cases
    rounds: list[tuple[list[str], tuple[Document, ...]]] = [([case.question for case in seeds], ())]
    if arguments.squad:
        rounds.append(_drawn(arguments.squad, MOST - len(seeds)))
    answers: list[Answer] = []
    with arguments.out.open("w", encoding="utf-8") as out:
        for questions, documents in rounds:
            with watched(base_url, documents) as asked:
                for question in questions[: arguments.first]:
                    answers.append(asked.ask(question))
                    out.writelines(f"{line}\n" for line in told(question, answers[-1], asked))
                    out.flush()
        out.write(f"{_summary(answers)}\n")
    sys.stdout.write(f"{_summary(answers)}\n")


def _drawn(path: Path, how_many: int) -> tuple[list[str], tuple[Document, ...]]:
    """So many questions of a data set, drawn by their ids, and all articles that it brings."""
    dataset = read_dataset(path)
    drawn = sorted(dataset.cases, key=lambda case: zlib.crc32(case.id.encode()))[:how_many]
    return [case.question for case in drawn], dataset.documents


def _summary(answers: Sequence[Answer]) -> str:
    by_model = [answer for answer in answers if answer.mode == "generated"]
    shown = sum(len(shown_sentences(answer)) for answer in answers)
    refused = sum(answer.status == "no_answer" for answer in by_model)
    degraded = sum(answer.degraded for answer in answers)
    return (
        f"{len(answers)} questions: {len(by_model) - refused} answered by the model with {shown} sentences, "
        f"{refused} refused by it, {degraded} degraded"
    )


if __name__ == "__main__":
    main()
