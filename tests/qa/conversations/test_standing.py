from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from qa.conversations.archive import Conversations
from qa.conversations.export import as_markdown
from qa.conversations.standing import Newest, standing
from qa.records import Standing
from tests.api.fakes import QUOTE, TEXT, answer, citation
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
