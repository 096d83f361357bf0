"""Embedding models that are served elsewhere, behind LlamaIndex, which is slow to import: import it only for one."""

from collections.abc import Callable, Sequence

import numpy as np
import openai
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.embeddings.openai import OpenAIEmbedding  # type: ignore[import-untyped]

from vectorstore.embedder import Vectors
from vectorstore.errors import EmbeddingError

_OPENAI_URL = "https://api.openai.com/v1"
_TEXTS_A_CALL = 64
# LlamaIndex retries around the client's own retries: 1 is one attempt of the former, so at most two requests in all.
_RETRIES = 1


class ModelEmbedder:
    """The seam over any LlamaIndex embedding: checks what it returns, and makes its vectors float32 of unit norm."""

    def __init__(self, model: BaseEmbedding, name: str) -> None:
        self._model = model
        self._name = name
        self._dimensions: int | None = None

    @property
    def name(self) -> str:
        """What the library remembers its vectors by."""
        return self._name

    @property
    def dimensions(self) -> int | None:
        """How long a vector is; None until a remote model has given one."""
        return self._dimensions

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit norm, in the order of the texts. Raises EmbeddingError."""
        model = self._model
        if not texts:
            return np.zeros((0, self._dimensions or 0), np.float32)
        return self._checked(self._called(lambda: model.get_text_embedding_batch(list(texts))), len(texts))

    def embed_question(self, text: str) -> Vectors:
        """(d,) float32, unit norm. Raises EmbeddingError."""
        model = self._model
        first: Vectors = self._checked(self._called(lambda: [model.get_query_embedding(text)]), 1)[0]
        return first

    def _called(self, call: Callable[[], list[list[float]]]) -> list[list[float]]:
        """Call the model. What it raises is told by kind only: its own words may hold the key."""
        try:
            return call()
        except openai.APIStatusError as error:
            raise _status_error(self._name, error.status_code) from None
        except openai.APIConnectionError as error:
            kind = "did not answer in time" if isinstance(error, openai.APITimeoutError) else "can't be reached"
            raise EmbeddingError(
                f"The embedding model {self._name} {kind}. Check its address and the network, then try again.",
                retryable=True,
            ) from None
        except Exception as error:  # noqa: BLE001 - an integration may raise anything; none of it may pass
            raise EmbeddingError(
                f"The embedding model {self._name} gave no embeddings ({type(error).__name__}). "
                "Check that its address is that of an OpenAI-compatible API."
            ) from None

    def _checked(self, rows: list[list[float]], count: int) -> Vectors:
        """(count, d) of unit norm, or an EmbeddingError that says what is wrong with it."""
        name = self._name
        if len(rows) != count:
            raise EmbeddingError(f"The embedding model {name} gave {len(rows)} vectors for {count} texts.")
        try:
            vectors = np.asarray(rows, dtype=np.float32)
        except (ValueError, TypeError):
            raise EmbeddingError(
                f"The embedding model {name} gave vectors of different lengths, or no numbers."
            ) from None
        if vectors.ndim != 2 or not vectors.shape[1]:
            raise EmbeddingError(f"The embedding model {name} gave no vectors.")
        if self._dimensions is not None and vectors.shape[1] != self._dimensions:
            raise EmbeddingError(
                f"The embedding model {name} gave {vectors.shape[1]} dimensions, and {self._dimensions} before. "
                "If it was changed on purpose, run `qa reindex`."
            )
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or not (norms > 0).all():
            raise EmbeddingError(f"The embedding model {name} gave a vector that is zero or not a number.")
        self._dimensions = int(vectors.shape[1])
        unit: Vectors = vectors / norms
        return unit


def open_remote(name: str, model: str, base_url: str | None, api_key: str | None, timeout_s: float) -> ModelEmbedder:
    """A model of an OpenAI-compatible API; see `vectorstore.embedding.open_embedding`. Opening makes no request."""
    remote = OpenAIEmbedding(
        model_name=model,  # not `model`, which is limited to the names OpenAI had
        # Both given, always: LlamaIndex would look for what is missing in the environment.
        api_base=base_url or _OPENAI_URL,
        api_key=api_key or "none",
        timeout=timeout_s,
        max_retries=_RETRIES,
        embed_batch_size=_TEXTS_A_CALL,
    )
    return ModelEmbedder(remote, name)


def _status_error(name: str, status: int) -> EmbeddingError:
    """What an HTTP status means for the user."""
    advice = {
        401: "Check the API key.",
        403: "Check that the API key may use this model.",
        404: "Check the model's name and the API's address.",
        429: "The limit of requests is reached: wait, then try again.",
    }.get(status, "Try again later." if status >= 500 else "Check the model's name and its limits.")
    retryable = status in {408, 409, 429} or status >= 500
    return EmbeddingError(
        f"The embedding model {name} refused with HTTP status {status}. {advice}", retryable=retryable
    )
