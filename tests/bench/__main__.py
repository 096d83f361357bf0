"""`make bench`: what the service costs, as ratios to the bare parts, measured in the same run on the same articles.

    make bench                                      # the evaluation's 4,000 articles, beside the checkout
    make bench ARTICLES=dump.jsonl QUESTIONS=questions.jsonl
    python -m tests.bench --only growing --sizes 1000 10000   # one part of it; asking, growing, busy

The articles are a JSONL dump as `qa ingest` reads it; the questions one JSON object a line with a field "text".
Nothing here asserts: machines are noisy, and figures are for people to read. See docs/decisions.md for those of note.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from tests.bench.asking import measure_asking
from tests.bench.busy import measure_busy
from tests.bench.client import measure_client
from tests.bench.conversing import measure_conversing
from tests.bench.crowd import measure_crowd
from tests.bench.ingesting import measure_ingesting
from tests.bench.loading import measure_loading
from tests.bench.material import read_material
from tests.bench.scaling import SIZES, measure_scaling

_EVALUATION = Path(__file__).parents[3] / "shared" / "eval"


def main() -> None:
    """Measure each part, and print it with its ratio."""
    arguments = _arguments()
    if arguments.only in {None, "asking"}:
        _asking(arguments)
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        if arguments.only in {None, "growing"}:
            for size in arguments.sizes:
                print(measure_scaling(Path(folder) / str(size), size), flush=True)
        if arguments.only in {None, "busy"}:
            print(measure_busy(Path(folder) / "busy"))


def _asking(arguments: argparse.Namespace) -> None:
    """Ingest, ask, many clients, follow-ups and `qa ask`, on articles and questions that are given."""
    material = read_material(arguments.articles, arguments.questions)
    print(
        f"{len(material.articles):,} articles, {len(material.texts):,} passages, {len(material.questions):,} questions"
    )
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        ratios = []
        for turn in range(arguments.rounds):
            figures = measure_ingesting(material, Path(folder) / str(turn))
            ratios.append(figures.ratio)
            print(figures)
        print(f"ingest: median ratio {statistics.median(ratios):.2f} of {len(ratios)} (at most 1.5)")
        last = Path(folder) / str(arguments.rounds - 1)
        asking = measure_asking(material, last)
        print(asking)
        print(measure_loading())
        print(measure_crowd(material, last, statistics.fmean(asking.reader)))
        print(measure_conversing(material, last))
        print(measure_client(material, last))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--articles", type=Path, default=_EVALUATION / "realtimeqa_articles.jsonl.gz")
    parser.add_argument("--questions", type=Path, default=_EVALUATION / "realtimeqa_questions.jsonl.gz")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("asking", "growing", "busy"))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="passages of the libraries that are grown")
    arguments = parser.parse_args()
    for path in () if arguments.only in {"growing", "busy"} else (arguments.articles, arguments.questions):
        if not path.exists():
            parser.error(f"{path} is not there: name a dump with ARTICLES=... and questions with QUESTIONS=...")
    return arguments


if __name__ == "__main__":
    main()
