"""Teach the reader, which finds the words that answer a question in a window of a text, and write what is shipped.

    python -m qa.training.train_reader LESSONS --to FOLDER [--squad FILE] [--begin MODEL] [--minutes 60] [--seed 1]

LESSONS is the folder with the SQuAD-like files of questions (qamr, squadshifts_*); --squad a file of SQuAD 2.0, a fifth
of whose titles is kept apart; --begin the folder of a model from whose weights it goes on. The learning rate falls with
the time that is left, so that any machine gets a whole run. It needs the extra `train`: `pip install -e .[train]`.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from qa.training.encoder import Encoder, SpanEncoder, pretrained
from qa.training.export import export
from qa.training.learning import batches, filled, learn
from qa.training.reader_lessons import Lesson, Lessons, examples_of
from qa.training.taking_up import take_up

HEADS = 3  # start, end, and, off the first piece, whether the window answers
_RATE = 1.2e-4
_WARM_UP = 0.05  # of the time
_PIECES = 3_600  # word pieces a step
_LONGEST = 192
_POOL = 1_500  # lessons among which those of like lengths are put together
_HERE = 0.5  # weight of whether it answers, against where
_AGAIN = {"squad": 3, "written": 6}  # sets of few questions that are read so often a pass
_SHARES = {"qamr": 0.45, "squadshifts_reddit": 0.6, "squadshifts_amazon_reviews": 0.6}  # of a set's questions in a pass


class Row(NamedTuple):
    """A lesson in word pieces. start, end: pieces of the answer; both 0 (the first piece) where it isn't there."""

    pieces: list[int]
    types: list[int]
    start: int
    end: int


def rows_of(tokenizer: Tokenizer, lessons: Sequence[Lesson]) -> Iterator[Row]:
    """The lessons whose answers are among the pieces that are read."""
    tokenizer.enable_truncation(_LONGEST, strategy="only_second")
    tokenizer.no_padding()
    texts = [(one.question, f"{one.header} {one.window}" if one.header else one.window) for one in lessons]
    for lesson, read in zip(lessons, tokenizer.encode_batch(texts), strict=True):
        if lesson.start is None or lesson.end is None:
            yield Row(read.ids, read.type_ids, 0, 0)
            continue
        before = len(lesson.header) + 1 if lesson.header else 0
        start, end = read.char_to_token(before + lesson.start, 1), read.char_to_token(before + lesson.end - 1, 1)
        if start is not None and end is not None:
            yield Row(read.ids, read.type_ids, start, end)


def loss_of(encoder: Encoder, batch: Sequence[Row]) -> Tensor:
    """How far the reader is from where the answer starts and ends, the first piece standing for nowhere, and from
    whether it is there."""
    pieces, types, mask = filled(batch)
    with torch.autocast("cpu", torch.bfloat16):
        told = encoder(pieces, types, mask).float()
    starts, ends = (torch.tensor(places) for places in zip(*((row.start, row.end) for row in batch), strict=True))
    outside = (types == 0).float() * -1e4
    outside[:, 0] = 0
    where = nn.functional.cross_entropy(told[:, :, 0] + outside, starts)
    where = where + nn.functional.cross_entropy(told[:, :, 1] + outside, ends)
    here = nn.functional.binary_cross_entropy_with_logits(told[:, 0, 2], (starts > 0).float())
    return where / 2 + _HERE * here


def pass_of(made: dict[str, Lessons], sizes: dict[str, int], tokenizer: Tokenizer, seed: int) -> list[Row]:
    """The rows of one pass over all sets."""
    rows: list[Row] = []
    for name, lessons in made.items():
        for again in range(_AGAIN.get(name, 1)):
            wanted = int(sizes[name] * _SHARES.get(name, 1))
            rows += rows_of(tokenizer, list(lessons.of_pass(seed * 10 + again, wanted)))
    return rows


def train(folder: Path, squad: Path | None, to: Path, minutes: float, seed: int, begin: Path | None = None) -> str:
    """Learn for so many minutes, write the model's folder, and return its checksum.

    begin: the folder of a model from whose weights it goes on; None: from the published ones.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    encoder, tokenizer = pretrained(SpanEncoder(HEADS))
    if begin is not None:
        take_up(encoder, begin)
    examples = examples_of(folder, squad)
    made = {name: Lessons(asked) for name, asked in examples.items()}
    sizes = {name: len(asked) for name, asked in examples.items()}

    def passes(number: int) -> Iterator[list[Row]]:
        return batches(pass_of(made, sizes, tokenizer, seed + number), rng, most=_PIECES, pool=_POOL)

    learn(encoder, passes, loss_of, rate=_RATE, warm_up=_WARM_UP, minutes=minutes)
    return export(encoder, tokenizer, to)


def main() -> None:
    """Read the arguments, learn, and tell the checksum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", type=Path)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--begin", type=Path)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"sha256 {train(given.lessons, given.squad, given.to, given.minutes, given.seed, given.begin)}")  # noqa: T201


if __name__ == "__main__":
    main()
