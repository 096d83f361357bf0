"""An article deleted with proof: what a search of the data folder found of it afterwards, and whose answers say it."""

from qa.conversations.archive import Conversations
from qa.records import Erased, Remains
from vectorstore.store import Store


def erase(store: Store, conversations: Conversations, article_id: str) -> Erased:
    """Delete an article and prove that it is gone; see `Store.erase`. Raises as that does."""
    found = store.erase(article_id)
    words = {run for trace in found.left for run in trace.words}
    return Erased(
        article_id=found.article_id,
        files=found.files,
        bytes=found.size,
        words=found.words,
        vectors=found.vectors,
        stems=found.stems,
        left=tuple(Remains(trace.file, trace.words, len(trace.vectors), trace.stems) for trace in found.left),
        conversations=conversations.saying(words),
    )
