"""The one place where the parts are put together. Slow to import (LlamaIndex, Chroma): import it only to open."""

from collections.abc import Callable

from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.reading.trained import packaged
from qa.settings import Settings
from qa.writing.generate import Writer
from vectorstore.embedding import open_embedding
from vectorstore.store import Store

_LOCAL = "wordllama"


def open_engine(
    settings: Settings, *, on_notice: Callable[[str], None] = lambda _: None, reindexing: bool = False
) -> Engine:
    """The engine over the data folder of the settings, which it owns until it is closed.

    on_notice: told, in words for the user, what was repaired. reindexing: open although the embedding model changed,
    so that `Store.reindex` can embed anew. Raises VectorstoreError where the folder or the model can't be opened.
    """
    key = settings.embedding_api_key
    embedding = open_embedding(
        settings.embedding,
        settings.embedding_base_url,
        None if key is None else key.get_secret_value(),
        settings.embedding_timeout,
    )
    # Sentences are compared by a local model in any case: a remote one would cost a call for every question.
    local = embedding if settings.embedding == _LOCAL else open_embedding(_LOCAL, None, None, 0)
    similarity = Similarity(local)
    writer = _open_writer(settings, similarity)
    store = Store.open(settings.data_dir, embedding, on_notice=on_notice, reindexing=reindexing)
    flag = settings.unsupported == "flag"
    reader = packaged() if settings.reader == "on" else None
    return Engine(store, similarity, writer, deadline_s=settings.answer_deadline, flag=flag, reader=reader)


def _open_writer(settings: Settings, similarity: Similarity) -> Writer | None:
    """The model that writes answers, where one is set. No request is made; `Engine.check_model` makes one."""
    if settings.llm_model is None:
        return None
    from qa.llm.openai_model import open_model

    key = settings.llm_api_key
    model = open_model(
        settings.llm_base_url,
        settings.llm_model,
        None if key is None else key.get_secret_value(),
        max_tokens=settings.llm_max_tokens,
    )
    return Writer(model, similarity)
