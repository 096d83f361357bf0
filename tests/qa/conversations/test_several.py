import pytest

from qa.conversations.several import several_in
from tests.qa.fakes import FakeStore, article
from vectorstore.errors import ArticleNotFoundError
from vectorstore.records import Filters, Place, StoredArticle

HELD = [article(f"Bank {name} grants a loan to its airport.", name) for name in "abc"]


class Shelf(FakeStore):
    """Has its articles by their ids, too."""

    def article(self, article_id: str, revision: int | None = None) -> StoredArticle:
        found = [one for one in self.held if one.id == article_id]
        if not found:
            raise ArticleNotFoundError(article_id)
        return found[0]


@pytest.mark.parametrize(("held", "told"), [(HELD, True), (HELD[:2], False)])
def test_there_are_several_where_three_articles_speak_of_one(held: list[StoredArticle], told: bool) -> None:
    assert several_in(Shelf(held).as_store(), Filters(), [])("loan") is told


def test_passages_of_one_article_are_no_several() -> None:
    long = [article("A loan was granted.\n\n" * 400, "a")]
    assert not several_in(Shelf(long).as_store(), Filters(), [])("loan")


def test_the_one_that_was_cited_last_is_meant() -> None:
    store = Shelf(HELD).as_store()
    assert not several_in(store, Filters(), [Place("a", 1, 0, 4)])("loan")
    assert several_in(store, Filters(), [Place("gone", 1, 0, 4)])("loan")
