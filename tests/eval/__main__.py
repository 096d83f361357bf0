"""`make eval`: ask the fixed small sets, and compare what comes of them with `baseline.json`. See README.md.

python -m tests.eval                     fails where a figure is worse than the baseline by more than its interval
python -m tests.eval --renew             makes the baseline anew, and tells which figures it moves
python -m tests.eval --reports FOLDER    writes an HTML report of each set as well; makes the folder
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from qa.evaluation.baseline import read_baseline
from qa.evaluation.errors import BaselineError
from tests.eval.renewal import LEAST, moved
from tests.eval.running import ROOT, run

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
SETS: dict[str, tuple[str, ...]] = {
    "seeds": (str(ROOT / "seeds" / "questions.jsonl"), "--articles", str(ROOT / "seeds" / "articles")),
    "squad_small": (str(HERE / "squad_small.jsonl"),),
    "squad_small_titles": (str(HERE / "squad_small.jsonl"), "--leave-out", "title"),
}
_FELL = (
    "A figure fell, or the baseline is of other questions or articles. Where that is meant, make it anew with "
    "`make eval-baseline`, and commit it with what moved it."
)


def evaluate(options: Sequence[str], reports: Path | None, folder: Path) -> bool:
    """Run `qa eval` over every set, and return whether all went well. folder: an empty one to run in."""
    well = True
    for name, arguments in SETS.items():
        report = ("--report", str(reports / f"{name}.html")) if reports else ()
        well = run([*arguments, *options, *report], folder) and well
    return well


def main() -> int:
    """Run the command line above."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description="Ask the fixed small sets.")
    parser.add_argument("--renew", action="store_true", help="make the baseline anew")
    parser.add_argument("--reports", type=Path, metavar="FOLDER", help="write HTML reports there")
    given = parser.parse_args()
    reports = given.reports.resolve() if given.reports else None
    if reports:
        try:
            reports.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            parser.error(f"the folder {given.reports} can't be made: {error.strerror}. Name another.")
    with tempfile.TemporaryDirectory(prefix="dateline-eval-") as folder:
        if not given.renew:
            if evaluate(["--baseline", str(BASELINE)], reports, Path(folder)):
                return 0
            sys.stderr.write(f"{_FELL}\n")
            return 1
        new = Path(folder) / BASELINE.name
        if not evaluate(["--save-baseline", str(new)], reports, Path(folder)):
            return 1
        told = _told(new)
        BASELINE.write_bytes(new.read_bytes())
    sys.stdout.write(told)
    return 0


def _told(new: Path) -> str:
    """What a new baseline changes, to be read before it is committed."""
    try:
        old = read_baseline(BASELINE) if BASELINE.exists() else ()
    except BaselineError as error:
        return f"The old baseline can't be compared with: {error}\n"
    changes = list(moved(read_baseline(new), old))
    if not changes:
        return f"\nThe new baseline moves no figure beyond its old interval, nor by more than {LEAST}.\n"
    return "\n".join(("", "The new baseline moves:", *(f"  {change}" for change in changes), ""))


if __name__ == "__main__":
    sys.exit(main())
