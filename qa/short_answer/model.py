"""What is learned of short answers: a small network over the signs of a question and of a stretch of a sentence.

Its weights are in weights.npz, which qa/training/train_stretches.py makes; docs/decisions.md says of what.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from qa.short_answer.tokens import Floats

WEIGHTS = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True, slots=True)
class StretchModel:
    """One layer of rectified units beside a linear one.

    signs: (stretch's signs, units); asked: (question's signs, units); bias, out: (units,); direct: (stretch's signs,).
    """

    signs: Floats
    asked: Floats
    bias: Floats
    out: Floats
    direct: Floats

    def score(self, asked: Floats, signs: Floats) -> Floats:
        """Score stretches, (n,); only differences between those of one sentence mean something.

        asked: the question's signs, (q,). signs: the stretches', (n, s).
        """
        scores: Floats = np.maximum(signs @ self.signs + (asked @ self.asked + self.bias), 0) @ self.out
        return scores + signs @ self.direct

    def save(self, path: Path) -> None:
        """Write the weights, as float16, to a file."""
        names = ("signs", "asked", "bias", "out", "direct")
        np.savez_compressed(path, **{name: getattr(self, name).astype(np.float16) for name in names})


@cache
def load_model(path: Path = WEIGHTS) -> StretchModel:
    """Read the weights of a file."""
    with np.load(path) as kept:
        return StretchModel(**{name: kept[name].astype(np.float32) for name in kept.files})
