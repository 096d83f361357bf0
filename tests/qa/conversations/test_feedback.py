from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qa.conversations.archive import Conversations
from qa.conversations.feedback import Feedback
from qa.conversations.records import Opinion
from qa.errors import AnswerNotFoundError, BadFeedbackError
from tests.api.fakes import answer
from vectorstore.database import Database, sqlite_url


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database.open(sqlite_url(tmp_path / "library.db"))) as opened:
        yield opened


def test_each_asker_has_one_verdict_that_may_change(database: Database) -> None:
    feedback = Feedback(database)
    feedback.remember(answer(id="x1", standalone_question="how many left?"))
    assert feedback.give("x1", "up", asker="ada").question == "how many left?"
    feedback.give("x1", "down", "  wrong year ", asker="ada")
    feedback.give("x1", "up")
    page = feedback.page()
    assert [(one.verdict, one.comment, one.asker) for one in page.items] == [
        ("up", None, None),
        ("down", "wrong year", "ada"),
    ]
    assert feedback.page(verdict="down").total == 1


def test_an_answer_of_a_conversation_is_known_after_a_restart_and_goes_with_it(database: Database) -> None:
    kept = Conversations(database)
    began = kept.start()
    kept.add(began.id, "how many?", None, answer(id="x1", standalone_question="how many left?"))
    assert Feedback(database).give("x1", "down").question == "how many left?"
    kept.delete(began.id)
    assert Feedback(database).page().total == 0
    with pytest.raises(AnswerNotFoundError, match="No answer 'x1' is known"):
        Feedback(database).give("x1", "up")


def test_a_turn_tells_what_its_asker_thought_of_it_else_what_somebody_without_a_name_did(database: Database) -> None:
    kept, feedback = Conversations(database), Feedback(database)
    name, other = kept.start().id, kept.start().id
    for asker, answer_id in (("ada", "x1"), (None, "x2"), ("bo", "x3")):
        kept.add(name, "how many?", asker, answer(id=answer_id))
    kept.add(other, "how many?", None, answer(id="y1"))
    for answer_id, asker in (("x1", "bo"), ("x2", "bo"), ("x3", None), ("y1", None)):
        feedback.give(answer_id, "up", asker=asker)
    given = [turn.feedback for turn in kept.conversation(name).turns]
    assert given == [None, None, Opinion("up", None)]
    feedback.give("x1", "down", "old figure", "ada")
    feedback.give("x1", "up")
    assert kept.conversation(name).turns[0].feedback == Opinion("down", "old figure")


def test_what_was_judged_once_can_be_judged_again_after_a_restart(database: Database) -> None:
    first = Feedback(database)
    first.remember(answer(id="x1"))
    first.give("x1", "up")
    assert Feedback(database).give("x1", "down").verdict == "down"


def test_only_so_many_answers_are_remembered(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.conversations.feedback._REMEMBERED", 2)
    feedback = Feedback(database)
    for number in range(3):
        feedback.remember(answer(id=f"x{number}"))
    with pytest.raises(AnswerNotFoundError):
        feedback.give("x0", "up")
    feedback.give("x2", "up")


def test_pages(database: Database) -> None:
    feedback = Feedback(database)
    feedback.remember(answer(id="x1"))
    for who in "abc":
        feedback.give("x1", "up", asker=who)
    page = feedback.page(limit=2)
    assert [one.asker for one in page.items] == ["c", "b"]
    assert [one.asker for one in feedback.page(limit=2, cursor=page.next_cursor).items] == ["a"]


def test_a_comment_has_bounds(database: Database) -> None:
    feedback = Feedback(database)
    feedback.remember(answer(id="x1"))
    for comment, asker in (("x" * 2_001, None), ("a\0", None), ("fine", "x" * 201)):
        with pytest.raises(BadFeedbackError, match="at most 2,000 characters"):
            feedback.give("x1", "up", comment, asker)
