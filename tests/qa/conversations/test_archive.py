import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from qa.conversations.archive import UNTITLED, Conversations
from qa.conversations.feedback import Feedback
from qa.conversations.records import MAX_TURNS, exchange_of, leaned_on
from qa.conversations.removal import NOTE
from qa.conversations.tables import turns
from qa.errors import AnswerNotFoundError, BadTitleError, ConversationFullError, ConversationNotFoundError
from qa.records import Excerpt, Exchange
from tests.api.fakes import GIVEN, answer, citation, no_answer
from vectorstore.database import Database, sqlite_url
from vectorstore.errors import BadCursorError
from vectorstore.records import Place
from vectorstore.tables import articles


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database.open(sqlite_url(tmp_path / "library.db"))) as opened:
        with opened.writing() as connection:
            row = {"revision": 1, "deleted": False, "content": ""}
            for name in ("airlift-1f0a9c3d", "other"):
                connection.execute(articles.insert().values(id=name, key=name, **row))
        yield opened


@pytest.fixture
def kept(database: Database) -> Conversations:
    return Conversations(database)


def test_turns_come_back_exactly_as_they_were_given(kept: Conversations, tmp_path: Path) -> None:
    also = Excerpt("other", 1, "Other", None, None, None, "15,000 left", 3, 14)
    given = answer(id="x1", citations=(citation(also_in=(also,)),), conversation_id="c")
    began = kept.start()
    first = kept.add(began.id, "how many?", "ada", given)
    second = kept.add(began.id, "and when?", None, no_answer(id="x2"))
    assert (first, second) == (replace(given, turn=1), no_answer(id="x2", turn=2))
    with closing(Database.open(sqlite_url(tmp_path / "library.db"))) as again:
        read = Conversations(again).conversation(began.id)
    assert [(turn.number, turn.question, turn.asker) for turn in read.turns] == [
        (1, "how many?", "ada"),
        (2, "and when?", None),
    ]
    assert [turn.answer for turn in read.turns] == [first, second]


def test_a_turn_keeps_the_filters_that_it_was_asked_with(kept: Conversations, database: Database) -> None:
    filtered = answer(id="x1", given_filters=GIVEN)
    began = kept.start()
    kept.add(began.id, "how many?", None, filtered)
    (turn,) = kept.conversation(began.id).turns
    assert turn.answer.given_filters == GIVEN
    with database.writing() as connection:
        older = json.loads(connection.execute(select(turns.c.answer)).scalar_one())
        del older["given_filters"]  # as it was kept before answers had it
        connection.execute(update(turns).values(answer=json.dumps(older)))
    (turn,) = kept.conversation(began.id).turns
    assert turn.answer == replace(filtered, turn=1, given_filters=None)


def test_a_conversation_takes_the_title_of_its_first_question(kept: Conversations) -> None:
    began = kept.start()
    assert began.title == UNTITLED
    kept.add(began.id, "how many\nwere evacuated " + "x" * 90, None, answer())
    assert kept.summary(began.id).title == "how many were evacuated…"
    kept.add(began.id, "and when?", None, answer(id="a2"))
    assert kept.summary(began.id).title == "how many were evacuated…"
    named = kept.start("  My   notes ")
    kept.add(named.id, "how many?", None, answer(id="a3"))
    assert kept.summary(named.id).title == "My notes"
    assert kept.rename(named.id, "Other").title == "Other"


@pytest.mark.parametrize("title", ["", "  ", "x" * 201, "a\0b"])
def test_a_title_that_can_not_be_given(kept: Conversations, title: str) -> None:
    with pytest.raises(BadTitleError, match="1 to 200"):
        kept.start(title)


def test_the_last_used_is_listed_first(kept: Conversations) -> None:
    ids = [kept.start(f"title {number}").id for number in range(3)]
    kept.add(ids[0], "how many?", None, answer())
    page = kept.page(limit=2)
    assert [item.id for item in page.items] == [ids[0], ids[2]]
    assert (page.items[0].turns, page.total) == (1, 3)
    rest = kept.page(limit=2, cursor=page.next_cursor)
    assert ([item.id for item in rest.items], rest.next_cursor) == ([ids[1]], None)
    with pytest.raises(BadCursorError):
        kept.page(cursor="x")


def test_what_is_not_there_is_said(kept: Conversations) -> None:
    for call in (kept.conversation, kept.summary, kept.delete, lambda name: kept.exchanges(name, 3)):
        with pytest.raises(ConversationNotFoundError, match="no conversation 'gone'"):
            call("gone")
    with pytest.raises(ConversationNotFoundError):
        kept.add("gone", "how many?", None, answer())
    with pytest.raises(ConversationNotFoundError):
        kept.rename("gone", "x")


def test_a_full_conversation_takes_no_more(kept: Conversations, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.conversations.archive.MAX_TURNS", 1)
    assert MAX_TURNS == 200
    began = kept.start()
    kept.add(began.id, "how many?", None, answer())
    with pytest.raises(ConversationFullError, match="Begin a new one"):
        kept.exchanges(began.id, 3)
    with pytest.raises(ConversationFullError):
        kept.add(began.id, "and when?", None, answer(id="a2"))


def test_a_deleted_article_leaves_no_word_in_a_conversation(kept: Conversations, database: Database) -> None:
    other = citation(marker=2, article_id="other", quote="left")
    near = no_answer(id="x2")
    began = kept.start()
    text = f"{answer().text} Some were left. [2]"
    kept.add(began.id, "how many?", None, answer(id="x1", text=text, citations=(citation(), other)))
    kept.add(began.id, "and when?", None, near)
    with database.writing() as connection:
        kept.forget_article(connection, "airlift-1f0a9c3d")
    first, second = kept.conversation(began.id).turns
    gone, stays = first.answer.citations
    assert (gone.gone, gone.quote, gone.title, gone.url, gone.source) == (True, "(deleted)", None, None, None)
    assert (gone.marker, gone.start) == (1, citation().start)
    assert stays == other
    assert first.answer.text == f"{NOTE} [1] Some were left. [2]"
    assert (first.answer.short_answer, first.answer.figures) == (None, ())
    assert second.answer.nearest == ()


def test_what_a_follow_up_took_from_a_deleted_article_goes_too(kept: Conversations, database: Database) -> None:
    began, untouched = kept.start(), kept.start()
    kept.add(began.id, "how many?", None, answer(id="x1"))
    taken = no_answer(
        id="x2",
        reason="unclear",
        text="It isn't clear who is meant by “he”: Pitting or Example.",
        question="what did he say?",
        standalone_question="what did he say? (Operation Pitting)",
        suggestions=("What did Pitting say?", "What did he say to whom?"),
        nearest=(),
    )
    kept.add(began.id, "what did he say?", None, taken)
    kept.add(untouched.id, "what of Pitting?", None, replace(taken, id="x3"))
    opinions = Feedback(database)
    opinions.give("x2", "down")
    with database.writing() as connection:
        kept.forget_article(connection, "airlift-1f0a9c3d")
    told = kept.conversation(began.id).turns[1].answer
    assert told.text == "It isn't clear who is meant by “he”."
    assert (told.standalone_question, told.suggestions) == ("what did he say?", ("What did he say to whom?",))
    assert [one.question for one in opinions.page().items] == ["what did he say?"]
    assert kept.conversation(untouched.id).turns[0].answer.text == taken.text
    [exchange, _] = kept.exchanges(began.id, 2)
    assert (exchange.text, exchange.cited) == ("", ())


def test_what_was_asked_stays_as_it_was(kept: Conversations, database: Database) -> None:
    began = kept.start()
    kept.add(began.id, "how many in Operation Pitting?", None, answer(id="x1"))
    follow_up = no_answer(id="x2", standalone_question="and when? (Operation Pitting)", nearest=())
    kept.add(began.id, "and when?", None, follow_up)
    with database.writing() as connection:
        kept.forget_article(connection, "airlift-1f0a9c3d")
    assert kept.conversation(began.id).turns[1].answer.standalone_question == "and when? (Operation Pitting)"


def test_an_article_that_is_deleted_while_it_is_cited_is_gone_at_once(kept: Conversations, database: Database) -> None:
    with database.writing() as connection:
        connection.execute(articles.update().where(articles.c.id == "other").values(deleted=True))
    began = kept.start()
    told = kept.add(began.id, "how many?", None, answer(citations=(citation(article_id="other"),)))
    assert told.citations[0].gone
    assert told.text == f"{NOTE} [1]"
    assert kept.conversation(began.id).turns[0].answer == told


def test_a_deleted_conversation_leaves_no_word_in_the_folder(kept: Conversations, tmp_path: Path) -> None:
    began = kept.start("Ptarmigan title")
    kept.add(began.id, "ptarmigan question?", "ptarmigan asker", answer(text="ptarmigan answer. [1]"))
    kept.delete(began.id)
    assert kept.page().total == 0
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"tarmigan" in path.read_bytes()]


def test_a_turn_that_is_taken_back_leaves_no_word(kept: Conversations, tmp_path: Path) -> None:
    began = kept.start()
    kept.add(began.id, "who was the zeppelin's captain?", "ada", answer(id="x1"))
    kept.add(began.id, "how many?", "bob", answer(id="x2"))
    kept.take_back(began.id, "x1")
    read = kept.conversation(began.id)
    assert [(turn.number, turn.answer.id) for turn in read.turns] == [(2, "x2")]
    assert read.title == "how many?"
    assert all(b"zeppelin" not in path.read_bytes() for path in tmp_path.iterdir())
    kept.add(began.id, "and when?", "ada", answer(id="x3"))
    assert [turn.number for turn in kept.conversation(began.id).turns] == [2, 3]


def test_a_conversation_whose_only_turn_is_taken_back_is_as_new(kept: Conversations) -> None:
    began, named = kept.start(), kept.start("My notes")
    for conversation, name in ((began, "x1"), (named, "x2")):
        kept.add(conversation.id, "how many?", None, answer(id=name))
        kept.take_back(conversation.id, name)
    assert kept.exchanges(began.id, 8) == ()
    assert (kept.summary(began.id).title, kept.summary(named.id).title) == (UNTITLED, "My notes")
    kept.add(began.id, "when?", None, answer(id="x3"))
    assert kept.summary(began.id).title == "when?"


def test_only_a_turn_of_the_conversation_is_taken_back(kept: Conversations) -> None:
    began, other = kept.start(), kept.start()
    kept.add(other.id, "how many?", None, answer(id="x1"))
    with pytest.raises(AnswerNotFoundError, match="has no answer 'x1'"):
        kept.take_back(began.id, "x1")
    with pytest.raises(ConversationNotFoundError):
        kept.take_back("nope", "x1")
    assert len(kept.conversation(other.id).turns) == 1


def test_a_follow_up_sees_the_last_exchanges(kept: Conversations) -> None:
    began = kept.start()
    for number in range(3):
        kept.add(began.id, f"question {number}?", None, answer(id=f"x{number}"))
    seen = kept.exchanges(began.id, 2)
    assert [one.question for one in seen] == ["question 1?", "question 2?"]
    assert seen[0].cited == (Place("airlift-1f0a9c3d", 1, citation().start, citation().end),)
    assert seen[0].text == citation().quote
    turn = kept.conversation(began.id).turns[0]
    assert exchange_of(replace(turn, answer=no_answer())).text == ""


def test_the_askers_own_exchanges_come_last() -> None:
    before = tuple(Exchange(f"{number}", f"{number}", "", asker=who) for number, who in enumerate("aba"))
    assert [one.question for one in leaned_on(before, "b")] == ["0", "2", "1"]
    assert leaned_on(before, None) == before
