from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from qa.conversations.archive import Conversations
from qa.conversations.export import as_markdown
from qa.conversations.standing import Newest, standing
from qa.records import Excerpt, Standing
from tests.api.fakes import QUOTE, TEXT, answer, citation, no_answer
from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.store import Store


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        (Newest(1), "intact"),
        (Newest(2, TEXT), "intact"),
        (Newest(2, f"Corrected. {TEXT}"), "moved"),
        (Newest(2, TEXT.replace("15,000", "14,500")), "changed"),
        (Newest(2, ""), "changed"),
        (None, "deleted"),
    ],
)
def test_what_became_of_the_words(newest: Newest | None, expected: Standing) -> None:
    assert standing(citation(), newest) == expected
    assert standing(citation(gone=True), newest) == "deleted"


def test_a_kept_citation_says_whether_its_words_stand_now(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, FakeEmbedder())) as store:
        kept = Conversations(store.database)
        store.when_deleting(kept.forget_article)
        [result] = store.ingest([source("a", TEXT)])
        began = kept.start().id
        mine = citation(article_id=result.article_id)
        kept.add(
            began,
            "how many?",
            None,
            answer(citations=(mine, replace(mine, marker=2, quote="The last", start=0, end=8))),
        )

        def standings() -> tuple[str, ...]:
            return tuple(one.standing for one in kept.conversation(began).turns[0].answer.citations)

        assert standings() == ("intact", "intact")
        store.ingest([source("a", TEXT, title="Another title")])
        assert standings() == ("intact", "intact")
        store.ingest([source("a", TEXT.replace("The last flight", "The last of the flights"))])
        assert standings() == ("moved", "intact")
        store.ingest([source("a", TEXT.replace("15,000", "14,500"))])
        assert standings() == ("changed", "intact")
        assert kept.conversation(began).turns[0].answer.citations[0].quote == QUOTE
        assert f"“{QUOTE}” (these words are no longer in the article)" in as_markdown(kept.conversation(began))
        store.delete(result.article_id or "")
        assert standings() == ("deleted", "deleted")
        assert all(one.gone for one in kept.conversation(began).turns[0].answer.citations)


def test_other_articles_that_say_so_tell_it_too(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, FakeEmbedder())) as store:
        kept = Conversations(store.database)
        first, second = (one.article_id or "" for one in store.ingest([source("a", TEXT), source("b", TEXT)]))
        mine = citation(article_id=first)
        other = Excerpt(second, 1, None, None, None, None, QUOTE, mine.start, mine.end)
        began = kept.start().id
        kept.add(began, "how many?", None, answer(citations=(replace(mine, also_in=(other,)),)))
        kept.add(began, "and who?", None, no_answer(id="x2", nearest=(other,)))

        def standings() -> list[str]:
            answered, refused = (turn.answer for turn in kept.conversation(began).turns)
            [cited], [near] = answered.citations, refused.nearest
            return [cited.standing, cited.also_in[0].standing, near.standing]

        assert standings() == ["intact", "intact", "intact"]
        store.ingest([source("b", f"Corrected. {TEXT}")])
        assert standings() == ["intact", "moved", "moved"]
        store.ingest([source("b", TEXT.replace("15,000", "14,500"))])
        assert standings() == ["intact", "changed", "changed"]
