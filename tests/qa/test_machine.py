"""A library against a plain dict: articles come, change and go, questions are asked, and the process starts anew.

`make test` makes 100 runs of 30 steps, or as many as STATE_MACHINE_RUNS says; `make machine` the 2,000 of a release.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from qa.conversations.removal import NOTE
from qa.engine import Engine
from qa.records import Citation, Request
from tests.qa.fakes import nothing_alike
from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.chunking import cut_passages
from vectorstore.errors import ArticleNotFoundError
from vectorstore.identity import article_id
from vectorstore.records import Counts, Filters
from vectorstore.store import Store

_RUNS = int(os.environ.get("STATE_MACHINE_RUNS", "100"))
_KEYS = ("dam", "ferry", "tram", "vote")
_DATED = ("dam", "ferry")
_TEXTS = (
    "The Calder dam burst. Seven people died.",
    "The Calder dam burst. Nine people died in Norwick.",
    "Correction: seven. The Calder dam burst. Seven people died.",
    "Nobody knows how many people died.",
    "Troops left the city by the river road. " * 30,
)
_QUESTIONS = ("How many people died?", "What burst?", "Who left the city?")

keys = st.sampled_from(_KEYS)
bodies = st.tuples(st.sampled_from(_TEXTS), st.sampled_from([None, "The Calder dam", "What the river took"]))


@dataclass
class Known:
    """An article as the dict has it. versions: what came, with the number of the step at which it did; first: its
    first revision since it was deleted last."""

    first: int
    versions: list[tuple[int, str, str | None]] = field(default_factory=list)

    @property
    def revision(self) -> int:
        return self.first + len(self.versions) - 1

    def text(self, revision: int) -> str:
        return self.versions[revision - self.first][1]

    def at(self, step: int, *, dated: bool) -> int | None:
        """The revision that was current then."""
        came = [self.first + place for place, (at, _, _) in enumerate(self.versions) if at <= step]
        return came[-1] if came else self.first if dated else None


@dataclass
class Cited:
    """A citation as it was given. gone: whether its article was deleted since."""

    citation: Citation
    gone: bool = False


class Library(RuleBasedStateMachine):
    """The store and its engine beside what they must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
        self.notices: list[str] = []
        self.known: dict[str, Known] = {}
        self.last: dict[str, int] = {}
        self.moments: list[tuple[datetime, int]] = []
        self.given: list[tuple[str, list[Cited]]] = []  # the answers' texts and citations
        self.step = 0

    @initialize()
    def begin(self) -> None:
        self.opened()
        self.conversation = self.engine.conversations.start().id

    def opened(self) -> None:
        self.store = Store.open(self.folder, FakeEmbedder(), on_notice=self.notices.append)
        self.engine = Engine(self.store, nothing_alike())

    def passages(self, revisions: dict[str, int]) -> set[tuple[str, int, str]]:
        """What a search must find of these revisions."""
        found = set()
        for key, revision in revisions.items():
            text = self.known[key].text(revision)
            found |= {(article_id(key), revision, text[span.start : span.end]) for span in cut_passages(text)}
        return found

    def stepped(self) -> None:
        """Remember the moment before a change."""
        self.moments.append((datetime.now(UTC), self.step))
        self.step += 1

    @rule(batch=st.dictionaries(keys, bodies, min_size=1, max_size=2))
    def ingest(self, batch: dict[str, tuple[str, str | None]]) -> None:
        self.stepped()
        expected = []
        for key, (text, title) in batch.items():
            known = self.known.get(key)
            if known is not None and known.versions[-1][1:] == (text, title):
                expected.append("unchanged")
                continue
            expected.append("added" if known is None else "updated")
            known = self.known.setdefault(key, Known(self.last.get(key, 0) + 1))
            known.versions.append((self.step, text, title))
            self.last[key] = known.revision
        fields = {
            key: ({"title": title} if title else {}) | ({"published_at": "2021-08-15"} if key in _DATED else {})
            for key, (_, title) in batch.items()
        }
        results = self.store.ingest([source(key, text, **fields[key]) for key, (text, _) in batch.items()])
        assert [result.outcome for result in results] == expected

    @rule(key=keys)
    def delete(self, key: str) -> None:
        self.stepped()
        if self.known.pop(key, None) is None:
            with pytest.raises(ArticleNotFoundError):
                self.store.delete(article_id(key))
            return
        self.store.delete(article_id(key))
        for _, cited in self.given:
            for one in cited:
                one.gone |= one.citation.article_id == article_id(key)

    @rule(question=st.sampled_from(_QUESTIONS))
    def search(self, question: str) -> None:
        now = {key: known.revision for key, known in self.known.items()}
        hits = self.store.search(question, limit=100).hits
        assert {(hit.article.id, hit.article.revision, hit.text) for hit in hits} == self.passages(now)
        assert all(hit.article.current for hit in hits)

    @rule(question=st.sampled_from(_QUESTIONS), which=st.integers(0, 50))
    def search_as_of(self, question: str, which: int) -> None:
        moments = [*self.moments, (datetime.now(UTC), self.step)]
        moment, step = moments[which % len(moments)]
        then = {key: known.at(step, dated=key in _DATED) for key, known in self.known.items()}
        expected = self.passages({key: revision for key, revision in then.items() if revision is not None})
        result = self.store.search(question, limit=100, filters=Filters(as_of=moment))
        assert {(hit.article.id, hit.article.revision, hit.text) for hit in result.hits} == expected
        assert result.searched == Counts(len({one[0] for one in expected}), result.searched.passages)

    @rule(question=st.sampled_from(_QUESTIONS))
    def ask(self, question: str) -> None:
        answer = self.engine.ask(Request(question, conversation_id=self.conversation))
        for citation in answer.citations:
            [known] = [one for key, one in self.known.items() if article_id(key) == citation.article_id]
            assert citation.revision == known.revision
            assert known.text(known.revision)[citation.start : citation.end] == citation.quote
        self.given.append((answer.text, [Cited(citation) for citation in answer.citations]))

    @rule()
    def read_the_conversation(self) -> None:
        turns = self.engine.conversations.conversation(self.conversation).turns
        assert len(turns) == len(self.given)
        for turn, (text, cited) in zip(turns, self.given, strict=True):
            assert turn.answer.text == self.left_of(text, cited)
            for citation, before in zip(turn.answer.citations, cited, strict=True):
                assert (citation.standing, citation.gone) == (self.standing(before), before.gone)

    def left_of(self, text: str, cited: list[Cited]) -> str:
        """An answer of the articles' own sentences, with a note in the place of those that are deleted."""
        for number, one in enumerate(cited, start=1):
            if one.gone:
                before, said, after = text.partition(f" [{number}]")
                begin = max(before.rfind("] ") + 2, 0) if "] " in before else 0
                text = f"{before[:begin]}{NOTE}{said}{after}"
        return text

    def standing(self, cited: Cited) -> str:
        if cited.gone:
            return "deleted"
        words = cited.citation
        [known] = [one for key, one in self.known.items() if article_id(key) == words.article_id]
        text = known.text(known.revision)
        if text[words.start : words.end] == words.quote:
            return "intact"
        return "moved" if words.quote in text else "changed"

    @rule(key=keys, revision=st.integers(1, 6))
    def read_a_revision(self, key: str, revision: int) -> None:
        known = self.known.get(key)
        if known is None or not known.first <= revision <= known.revision:
            with pytest.raises(ArticleNotFoundError):
                self.store.article(article_id(key), revision)
        else:
            stored = self.store.article(article_id(key), revision)
            assert (stored.text, stored.current) == (known.text(revision), revision == known.revision)

    @rule()
    def restart(self) -> None:
        self.engine.close()
        self.opened()

    @invariant()
    def counts(self) -> None:
        now = {key: known.revision for key, known in self.known.items()}
        assert self.store.counts().articles == len(now)

    def teardown(self) -> None:
        assert self.store.check().ready
        self.engine.close()
        shutil.rmtree(self.folder)
        assert self.notices == []


def test_no_run_leads_anywhere_else_than_the_dict() -> None:
    run = settings(max_examples=_RUNS, stateful_step_count=30, deadline=None)
    run_state_machine_as_test(Library, settings=run)
