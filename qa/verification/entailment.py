"""Whether a stretch of a source bears a sentence out: the judgement of a small trained transformer."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from qa.reading.encoder import Encoder, Floats

FOLDER = Path(__file__).with_name("entailment_model")


class Entailment(Protocol):
    """The seam: pairs of a source's words and a claim in, how likely each claim is borne out, out: (n,), 0 to 1."""

    def scores(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Judge pairs of (source, claim)."""
        ...


class TrainedEntailment:
    """all-MiniLM-L6-v2, fine-tuned by `qa.training.train_entailment`. Thread-safe; loaded when it is first asked."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._encoder = Encoder(folder)

    def scores(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Judge pairs of (source, claim); each alone, so that its score does not depend on the others."""
        told = self._encoder.read([(claim, source) for source, claim in pairs])[:, 0]
        likely: Floats = (1 / (1 + np.exp(-told))).astype(np.float32)
        return likely


@cache
def packaged() -> Entailment:
    """The judge that the package brings; one for the process, since it takes some 60 MB."""
    return TrainedEntailment()
