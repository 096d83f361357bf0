"""Teach the judge of entailment, whether a source bears a sentence out, and write what is shipped.

    python -m qa.training.train_entailment LESSONS --to FOLDER [--learned FILE] [--minutes 60] [--seed 1]

LESSONS is the folder with entailment.jsonl.gz and SQuAD-like files of questions (qamr*, squadshifts*). The learning
rate falls with the time that is left, so that any machine gets a whole run, of as many lessons as it has time for. It
needs the extra `train`: `pip install -e .[train]`. --learned: the weights that `train_reader` wrote, to begin from.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from qa.training.encoder import Encoder, pretrained
from qa.training.export import export
from qa.training.pairs import Pair, made, published

_RATE = 1.3e-4
_WARM_UP = 0.04  # of the time
_PIECES = 3_000  # word pieces a step
_LONGEST = 128  # word pieces of a pair
_SMOOTHING = 0.03  # of made pairs some are wrong
_MADE_A_PUBLISHED = 3.0  # how many made pairs are read for each published one
_AGAIN = {"FeverSymmetric": 4}  # sets of so few pairs that each is read several times a pass
_FROZEN = ("words.", "positions.", "types.")


def lessons(folder: Path, seed: int) -> list[Pair]:
    """All lessons of a pass, shuffled: the published pairs, and made ones in proportion, false and true alike."""
    rng = random.Random(seed)
    told = published(folder / "entailment.jsonl.gz", apart=False)
    told = [pair for pair in told for _ in range(_AGAIN.get(pair.kind, 1))]
    news = [folder / "qamr.jsonl.gz", folder / "squadshifts_new_wiki.jsonl.gz"]
    talk = [folder / "squadshifts_reddit.jsonl.gz", folder / "squadshifts_amazon_reviews.jsonl.gz"]
    wanted = len(told) * _MADE_A_PUBLISHED
    own = _halves(list(made(news, seed)), int(wanted * 0.85), rng)
    own += _halves(list(made(talk, seed)), int(wanted * 0.15), rng)
    return rng.sample([*told, *own], len(told) + len(own))


def _halves(pairs: Sequence[Pair], wanted: int, rng: random.Random) -> list[Pair]:
    """So many of the pairs, as many true as false ones."""
    parts = ([pair for pair in pairs if pair.borne_out is borne_out] for borne_out in (True, False))
    return [pair for part in parts for pair in rng.sample(part, min(len(part), wanted // 2))]


def encoded(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> list[tuple[list[int], list[int], float]]:
    """Each pair's pieces, their types, and its label."""
    tokenizer.enable_truncation(_LONGEST, strategy="longest_first")
    tokenizer.no_padding()
    rows = tokenizer.encode_batch([(pair.claim, pair.source) for pair in pairs])
    return [(row.ids, row.type_ids, float(pair.borne_out)) for row, pair in zip(rows, pairs, strict=True)]


def batches(rows: list[tuple[list[int], list[int], float]], rng: random.Random) -> Iterator[tuple[Tensor, ...]]:
    """Rows of like lengths together, the batches in random order: pieces, types, mask (b, t), and labels (b,)."""
    pool = 2_000
    rng.shuffle(rows)
    found = []
    for first in range(0, len(rows), pool):
        part = sorted(rows[first : first + pool], key=lambda row: len(row[0]))
        batch: list[tuple[list[int], list[int], float]] = []
        for row in part:
            if (len(batch) + 1) * len(row[0]) > _PIECES:
                found.append(batch)
                batch = []
            batch.append(row)
        found.append(batch)
        rng.shuffle(found)
        while found:
            yield _tensors(found.pop())


def _tensors(batch: Sequence[tuple[list[int], list[int], float]]) -> tuple[Tensor, ...]:
    length = max(len(pieces) for pieces, _, _ in batch)

    def filled(rows: Sequence[Sequence[int]]) -> Tensor:
        return torch.tensor([[*row, *[0] * (length - len(row))] for row in rows])

    return (
        filled([pieces for pieces, _, _ in batch]),
        filled([types for _, types, _ in batch]),
        filled([[1] * len(pieces) for pieces, _, _ in batch]),
        torch.tensor([label for _, _, label in batch]),
    )


def train(folder: Path, to: Path, minutes: float, seed: int, learned: Path | None = None) -> str:
    """Learn for so many minutes, write the model's folder, and return its checksum. learned: what to begin from."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    encoder, tokenizer = pretrained(Encoder(1), learned)
    for name, weights in encoder.named_parameters():
        weights.requires_grad_(not name.startswith(_FROZEN))
    learning = torch.optim.AdamW([one for one in encoder.parameters() if one.requires_grad], weight_decay=0.01)
    began, seen, seconds, reported = time.monotonic(), 0, minutes * 60, 0.0
    mean = 0.7
    for epoch in range(100):
        for pieces, types, mask, labels in batches(encoded(tokenizer, lessons(folder, seed + epoch)), rng):
            done = (time.monotonic() - began) / seconds
            if done >= 1:
                print(f"{seen} lessons, {epoch + 1} passes begun", flush=True)  # noqa: T201
                return export(encoder, tokenizer, to)
            for group in learning.param_groups:
                group["lr"] = _RATE * min(done / _WARM_UP, (1 - done) / (1 - _WARM_UP))
            with torch.autocast("cpu", torch.bfloat16):
                told = encoder(pieces, types, mask)[:, 0].float()
            wanted = labels * (1 - 2 * _SMOOTHING) + _SMOOTHING
            loss = nn.functional.binary_cross_entropy_with_logits(told, wanted)
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            learning.step()
            learning.zero_grad(set_to_none=True)
            seen, mean = seen + len(labels), 0.98 * mean + 0.02 * float(loss)
            if time.monotonic() - reported > 60:
                reported = time.monotonic()
                print(f"{done:.0%} of the time, {seen} lessons, loss {mean:.3f}", flush=True)  # noqa: T201
    raise RuntimeError("a hundred passes ended before the time did: give fewer minutes")


def main() -> None:
    """Read the arguments, learn, and tell the checksum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--learned", type=Path)
    given = parser.parse_args()
    print(f"sha256 {train(given.lessons, given.to, given.minutes, given.seed, given.learned)}")  # noqa: T201


if __name__ == "__main__":
    main()
