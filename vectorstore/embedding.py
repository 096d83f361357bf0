"""The embedding models: the embedded one, and the way to those that are served elsewhere.

The embedded model is asked by itself: LlamaIndex's interface costs 1.1 s to import, and twice the time to embed.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors import safe_open
from tokenizers import Tokenizer

from vectorstore.embedder import Embedder, Vectors
from vectorstore.errors import EmbeddingError

_OPENAI_PREFIX = "openai:"
_TEXTS_AT_ONCE = 64


class WordLlamaEmbedder:
    """The embedded model: static token vectors of 256 dimensions, averaged; needs no key, no network and no GPU.

    Source: https://github.com/dleemiller/WordLlama, whose weights are inside its wheel.
    """

    name = "wordllama"

    def __init__(self) -> None:
        folder = _folder_of("wordllama")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
        # Padding every text to the longest of its batch is two thirds of the time; nor is a text cut.
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        with safe_open(folder / "weights" / "l2_supercat_256.safetensors", framework="np") as file:
            self._weights: Vectors = file.get_tensor("embedding.weight").astype(np.float32)

    @property
    def dimensions(self) -> int:
        """How long a vector is."""
        return int(self._weights.shape[1])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit norm, in the order of the texts."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        batches = (texts[start : start + _TEXTS_AT_ONCE] for start in range(0, len(texts), _TEXTS_AT_ONCE))
        every: Vectors = np.concatenate([self._vectors(batch) for batch in batches])
        return every

    def embed_question(self, text: str) -> Vectors:
        """(d,) float32, unit norm."""
        first: Vectors = self._vectors([text])[0]
        return first

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit norm. A text without a known token gets a fixed vector, far from most, never NaN."""
        sums = np.zeros((len(texts), self.dimensions), np.float32)
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        for row, tokens in enumerate(encoded):
            if tokens.ids:
                sums[row] = self._weights[tokens.ids].sum(axis=0)
        sums[~sums.any(axis=1)] = 1.0
        sums /= np.linalg.norm(sums, axis=1, keepdims=True)
        return sums


def open_embedding(name: str, base_url: str | None, api_key: str | None, timeout_s: float) -> Embedder:
    """The embedding model that is set: "wordllama", or "openai:MODEL" for any OpenAI-compatible API.

    base_url: the API's address, None for OpenAI's own. timeout_s: seconds for one request. Raises EmbeddingError.
    Opening makes no request.
    """
    if name == WordLlamaEmbedder.name:
        return WordLlamaEmbedder()
    model = name.removeprefix(_OPENAI_PREFIX)
    if not name.startswith(_OPENAI_PREFIX) or not model:
        raise EmbeddingError(f"There is no embedding model {name!r}. Set QA_EMBEDDING to wordllama or openai:MODEL.")
    # A second of imports (LlamaIndex), which nobody pays who doesn't use it.
    from vectorstore.remote_embedding import open_remote

    return open_remote(name, model, base_url, api_key, timeout_s)


def _folder_of(package: str) -> Path:
    """Where an installed package lies. It isn't imported: WordLlama's own code would set up logging and a download."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise EmbeddingError(f"The package {package} is not installed. Install what requirements.lock lists.")
    return Path(spec.origin).parent
