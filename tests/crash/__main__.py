"""`make crash-test`: 200 kills at random moments, on the disk, and what was found after them."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.crash.kills import killed_again_and_again


def main() -> int:
    """Kill, look, and tell; exit status 1 where something was not as it should be."""
    parser = argparse.ArgumentParser(prog="make crash-test")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dateline-crash-") as folder:
        outcome = killed_again_and_again(Path(folder), arguments.kills, arguments.seed)
    print(f"{outcome} ({time.monotonic() - begun:,.0f} s, seed {arguments.seed})")
    for kind in ("lost", "cited", "unfound", "repairs", "failed"):
        for what in getattr(outcome, kind)[:10]:
            print(f"{kind}: {what}")
    return 0 if outcome.well else 1


if __name__ == "__main__":
    sys.exit(main())
