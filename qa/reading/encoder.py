"""A small fine-tuned transformer as the package ships it: two texts in, a few numbers out.

The only import of onnxruntime.

A model's folder holds `model.onnx`, `tokenizer.json` and its model card. `qa/training/export.py` writes it.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

if TYPE_CHECKING:
    import onnxruntime

Floats = NDArray[np.float32]
LONGEST = 192  # word pieces of two texts together; the second is cut


class Encoder:
    """Reads pairs of texts. Loaded when it is first used, in some 0.2 s; thread-safe.

    folder: where the model is. threads: how many cores one pair may use.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Return (n, heads): the numbers of each pair, for a model that gives some for a pair."""
        told = [numbers for _, numbers in self.read_pieces(pairs)]
        return np.stack(told) if told else np.zeros((0, 1), np.float32)

    def read_pieces(self, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[Encoding, Floats]]:
        """Give each pair's pieces and numbers: (heads,), or (t, heads) for a model that gives some for each piece.

        Pairs are read one by one: a batch would be filled up to its longest and quantised as one, so that what comes of
        a pair would depend on its company, and on one core it is no faster.
        """
        if not pairs:
            return
        with self._lock:
            tokenizer, session = self._tokenizer, self._session
        for row in tokenizer.encode_batch(list(pairs)):
            fed = {"pieces": row.ids, "types": row.type_ids, "mask": row.attention_mask}
            (told,) = session.run(None, {name: np.array([numbers], np.int64) for name, numbers in fed.items()})
            yield row, told[0]

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.enable_truncation(LONGEST, strategy="only_second")
        return tokenizer

    @cached_property
    def _session(self) -> "onnxruntime.InferenceSession":
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before the import, which else writes a device's id
        import onnxruntime  # half of the time that loading takes, and no question without a model needs it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self._folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
