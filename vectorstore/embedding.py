"""The embedding models, as LlamaIndex embeddings. Slow to import (LlamaIndex): import it only to open one."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import openai
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.embeddings.openai import OpenAIEmbedding  # type: ignore[import-untyped]
from pydantic import PrivateAttr

from vectorstore.embedder import Embedder, Vectors
from vectorstore.errors import EmbeddingError

if TYPE_CHECKING:
    from wordllama.inference import WordLlamaInference  # type: ignore[import-untyped]

_OPENAI_PREFIX = "openai:"
_OPENAI_URL = "https://api.openai.com/v1"
_TEXTS_A_CALL = 64
# LlamaIndex retries around the client's own retries: 1 is one attempt of the former, so at most two requests in all.
_RETRIES = 1


class WordLlamaEmbedding(BaseEmbedding):
    """The embedded model: static token vectors of 256 dimensions, averaged; needs no key, no network and no GPU.

    Source: https://github.com/dleemiller/WordLlama, whose weights are inside its wheel.
    """

    _model: "WordLlamaInference" = PrivateAttr()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(model_name="wordllama", **kwargs)
        self._model = _load_wordllama()
        # It pads every text to the longest of its batch; averaged text by text, that is two thirds of the time.
        self._model.tokenizer.no_padding()

    @classmethod
    def class_name(cls) -> str:
        """LlamaIndex's name for it."""
        return "WordLlamaEmbedding"

    @property
    def dimensions(self) -> int:
        """How long a vector is."""
        return int(self._model.embedding.shape[1])

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit norm. A text without a known token gets a fixed vector, far from most, never NaN."""
        weights = self._model.embedding
        sums = np.zeros((len(texts), self.dimensions), np.float32)
        encoded = self._model.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        for row, tokens in enumerate(encoded):
            if tokens.ids:
                sums[row] = weights[tokens.ids].sum(axis=0)
        sums[~sums.any(axis=1)] = 1.0
        sums /= np.linalg.norm(sums, axis=1, keepdims=True)
        return sums

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self.vectors(texts).tolist()
        return rows

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class ModelEmbedder:
    """The seam over any LlamaIndex embedding: checks what it returns, and makes its vectors float32 of unit norm."""

    def __init__(self, model: BaseEmbedding, name: str) -> None:
        self._model = model
        self._name = name
        self._dimensions: int | None = model.dimensions if isinstance(model, WordLlamaEmbedding) else None

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
        if isinstance(model, WordLlamaEmbedding):
            # Past LlamaIndex's events, which would turn each of the numbers into an object and check it: 2x the time.
            batches = (texts[start : start + _TEXTS_A_CALL] for start in range(0, len(texts), _TEXTS_A_CALL))
            every: Vectors = np.concatenate([model.vectors(batch) for batch in batches])
            return every
        return self._checked(self._called(lambda: model.get_text_embedding_batch(list(texts))), len(texts))

    def embed_question(self, text: str) -> Vectors:
        """(d,) float32, unit norm. Raises EmbeddingError."""
        model = self._model
        if isinstance(model, WordLlamaEmbedding):
            vectors = model.vectors([text])
        else:
            vectors = self._checked(self._called(lambda: [model.get_query_embedding(text)]), 1)
        first: Vectors = vectors[0]
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


def open_embedding(name: str, base_url: str | None, api_key: str | None, timeout_s: float) -> Embedder:
    """The embedding model that is set: "wordllama", or "openai:MODEL" for any OpenAI-compatible API.

    base_url: the API's address, None for OpenAI's own. timeout_s: seconds for one request. Raises EmbeddingError.
    Opening makes no request.
    """
    if name == "wordllama":
        return ModelEmbedder(WordLlamaEmbedding(), name)
    model = name.removeprefix(_OPENAI_PREFIX)
    if not name.startswith(_OPENAI_PREFIX) or not model:
        raise EmbeddingError(f"There is no embedding model {name!r}. Set QA_EMBEDDING to wordllama or openai:MODEL.")
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


def _load_wordllama() -> "WordLlamaInference":
    """Load the model from its own wheel, without a download and without its changes to logging."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    # Here, because importing it sets up the root logger, which is not a library's to set up.
    import wordllama

    for handler in set(root.handlers).difference(handlers):
        root.removeHandler(handler)
    root.setLevel(level)
    # Its tokenizer lies in its package folder, where it does not look by itself.
    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
