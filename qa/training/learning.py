"""What the two trainings share: rows of word pieces to batches, and a run that ends with the time it is given."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

import torch
from torch import Tensor, nn

from qa.training.encoder import Encoder

_FROZEN = ("words.", "positions.", "types.")
_MOST_PASSES = 100


class Row(Protocol):
    """A lesson in word pieces."""

    @property
    def pieces(self) -> list[int]:
        """The pieces' numbers."""
        ...

    @property
    def types(self) -> list[int]:
        """For each piece 0, of the first text, or 1."""
        ...


R = TypeVar("R", bound=Row)


def batches(rows: list[R], rng: random.Random, *, most: int, pool: int) -> Iterator[list[R]]:
    """Rows of like lengths together, in random order.

    most: word pieces of a batch. pool: rows among which those of like lengths are put together.
    """
    rng.shuffle(rows)
    for first in range(0, len(rows), pool):
        found: list[list[R]] = []
        batch: list[R] = []
        for row in sorted(rows[first : first + pool], key=lambda row: len(row.pieces)):
            if batch and (len(batch) + 1) * len(row.pieces) > most:
                found.append(batch)
                batch = []
            batch.append(row)
        found.append(batch)
        rng.shuffle(found)
        yield from found


def filled(batch: Sequence[Row]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, types and mask of a batch, each (b, t), filled up to its longest row."""
    length = max(len(row.pieces) for row in batch)

    def up_to(rows: Sequence[Sequence[int]]) -> Tensor:
        return torch.tensor([[*row, *[0] * (length - len(row))] for row in rows])

    mask = [[1] * len(row.pieces) for row in batch]
    return up_to([row.pieces for row in batch]), up_to([row.types for row in batch]), up_to(mask)


def learn(
    encoder: Encoder,
    passes: Callable[[int], Iterator[list[R]]],
    loss_of: Callable[[Encoder, list[R]], Tensor],
    *,
    rate: float,
    warm_up: float,
    minutes: float,
) -> None:
    """Learn for so many minutes; the rate falls with the time that is left. Tells once a minute how it goes.

    passes: the batches of a pass over the lessons, by its number from 0. warm_up: the share of the time in which the
    rate rises first. Raises RuntimeError where a hundred passes end
    before the time does.
    """
    for name, weights in encoder.named_parameters():
        weights.requires_grad_(not name.startswith(_FROZEN))
    learning = torch.optim.AdamW([one for one in encoder.parameters() if one.requires_grad], weight_decay=0.01)
    began, seen, reported, mean = time.monotonic(), 0, 0.0, None
    for number in range(_MOST_PASSES):
        for batch in passes(number):
            done = (time.monotonic() - began) / (minutes * 60)
            if done >= 1:
                print(f"{seen} lessons, {number + 1} passes begun", flush=True)  # noqa: T201
                return
            for group in learning.param_groups:
                group["lr"] = rate * min(done / warm_up, (1 - done) / (1 - warm_up))
            loss = loss_of(encoder, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            learning.step()
            learning.zero_grad(set_to_none=True)
            seen, mean = seen + len(batch), loss.item() if mean is None else 0.98 * mean + 0.02 * loss.item()
            if time.monotonic() - reported > 60:
                reported = time.monotonic()
                print(f"{done:.0%} of the time, {seen} lessons, loss {mean:.3f}", flush=True)  # noqa: T201
    raise RuntimeError("a hundred passes ended before the time did: give fewer minutes")
