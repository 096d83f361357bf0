"""Teach the judge of entailment, whether a source bears a sentence out, and write what is shipped.

    python -m qa.training.train_entailment LESSONS --to FOLDER [--begin MODEL] [--minutes 60] [--seed 1]

LESSONS is the folder with entailment.jsonl.gz and SQuAD-like files of questions (qamr*, squadshifts*); --begin that of
a model from whose weights it goes on. The learning rate falls with the time that is left, so that any machine gets a
whole run, of as many lessons as it has time for. It needs the extra `train`: `pip install -e .[train]`.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from qa.training.encoder import Encoder, pretrained
from qa.training.export import export
from qa.training.learning import batches, filled, learn
from qa.training.pairs import Pair, made, published
from qa.training.taking_up import take_up

_RATE = 1.3e-4
_WARM_UP = 0.04  # of the time
_PIECES = 3_000  # word pieces a step
_LONGEST = 128  # word pieces of a pair
_SMOOTHING = 0.03  # of made pairs some are wrong
_MADE_A_PUBLISHED = 3.0  # how many made pairs are read for each published one
_AGAIN = {"FeverSymmetric": 4, "written": 6}  # sets of so few pairs that each is read several times a pass
_WRITTEN = Path(__file__).with_name("written_pairs.jsonl.gz")
_POOL = 2_000  # pairs among which those of like lengths are put together


def lessons(folder: Path, seed: int) -> list[Pair]:
    """All lessons of a pass, shuffled: the published pairs, made ones in proportion, false and true alike, and the
    written ones."""
    rng = random.Random(seed)
    told = published(folder / "entailment.jsonl.gz", apart=False)
    wanted = sum(_AGAIN.get(pair.kind, 1) for pair in told) * _MADE_A_PUBLISHED
    told = [pair for pair in (*told, *published(_WRITTEN, apart=False)) for _ in range(_AGAIN.get(pair.kind, 1))]
    news = [folder / "qamr.jsonl.gz", folder / "squadshifts_new_wiki.jsonl.gz"]
    talk = [folder / "squadshifts_reddit.jsonl.gz", folder / "squadshifts_amazon_reviews.jsonl.gz"]
    own = _halves(list(made(news, seed)), int(wanted * 0.85), rng)
    own += _halves(list(made(talk, seed)), int(wanted * 0.15), rng)
    return rng.sample([*told, *own], len(told) + len(own))


def _halves(pairs: Sequence[Pair], wanted: int, rng: random.Random) -> list[Pair]:
    """So many of the pairs, as many true as false ones."""
    parts = ([pair for pair in pairs if pair.borne_out is borne_out] for borne_out in (True, False))
    return [pair for part in parts for pair in rng.sample(part, min(len(part), wanted // 2))]


class Row(NamedTuple):
    """A pair in word pieces, and its label."""

    pieces: list[int]
    types: list[int]
    label: float


def rows_of(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> list[Row]:
    """Each pair's pieces, their types, and its label."""
    tokenizer.enable_truncation(_LONGEST, strategy="longest_first")
    tokenizer.no_padding()
    read = tokenizer.encode_batch([(pair.claim, pair.source) for pair in pairs])
    return [Row(one.ids, one.type_ids, float(pair.borne_out)) for one, pair in zip(read, pairs, strict=True)]


def loss_of(encoder: Encoder, batch: Sequence[Row]) -> Tensor:
    """How far the judge is from a batch's labels."""
    with torch.autocast("cpu", torch.bfloat16):
        told = encoder(*filled(batch))[:, 0].float()
    wanted = torch.tensor([row.label for row in batch]) * (1 - 2 * _SMOOTHING) + _SMOOTHING
    return nn.functional.binary_cross_entropy_with_logits(told, wanted)


def train(folder: Path, to: Path, minutes: float, seed: int, begin: Path | None = None) -> str:
    """Learn for so many minutes, write the model's folder, and return its checksum.

    begin: the folder of a model from whose weights it goes on; None: from the published ones.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    encoder, tokenizer = pretrained(Encoder(1))
    if begin is not None:
        take_up(encoder, begin)

    def passes(number: int) -> Iterator[list[Row]]:
        return batches(rows_of(tokenizer, lessons(folder, seed + number)), rng, most=_PIECES, pool=_POOL)

    learn(encoder, passes, loss_of, rate=_RATE, warm_up=_WARM_UP, minutes=minutes)
    return export(encoder, tokenizer, to)


def main() -> None:
    """Read the arguments, learn, and tell the checksum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--begin", type=Path)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"sha256 {train(given.lessons, given.to, given.minutes, given.seed, given.begin)}")  # noqa: T201


if __name__ == "__main__":
    main()
