"""Two models of one shape -> one whose weights lie between: what was learned last, with more left of what was before.

    python -m qa.training.averaging reader|judge BEFORE AFTER --share .7 --to FOLDER

A model that learned on from another's weights gives up some of what the other could do; on the line between the two
most of both is kept (Wortsman et al. 2022, https://arxiv.org/abs/2109.01903). It needs the extra `train`.
"""

import argparse
from pathlib import Path

from qa.training.encoder import Encoder, SpanEncoder, pretrained
from qa.training.export import export
from qa.training.taking_up import take_up
from qa.training.train_reader import HEADS


def average(kind: str, before: Path, after: Path, share: float, to: Path) -> str:
    """Write the model between two, and return its checksum. share: of the second one's weights, from 0 to 1."""
    (first, tokenizer), (second, _) = (pretrained(SpanEncoder(HEADS) if kind == "reader" else Encoder(1)) for _ in "12")
    take_up(first, before)
    take_up(second, after)
    weights = second.state_dict()
    first.load_state_dict({name: (1 - share) * one + share * weights[name] for name, one in first.state_dict().items()})
    return export(first, tokenizer, to)


def main() -> None:
    """Read the arguments, and tell the checksum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("reader", "judge"))
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--share", type=float, required=True)
    parser.add_argument("--to", type=Path, required=True)
    given = parser.parse_args()
    print(f"sha256 {average(given.kind, given.before, given.after, given.share, given.to)}")  # noqa: T201


if __name__ == "__main__":
    main()
