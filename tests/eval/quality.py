"""`make quality`: ask all sets of the evaluation data, and write docs/quality.md of it. Some five minutes.

    python -m tests.eval.quality [--evaluation FOLDER] [-o FILE]

The data is not the repository's: a folder with `eval/`, the sets, and `seeds/`, the articles that the samples were
written after, which is `../shared` unless another is named.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from qa.evaluation import quality
from tests.eval.running import ROOT, run

EVALUATION = ROOT.parent / "shared"
_OWN = ROOT / "seeds"


def sets_in(evaluation: Path) -> dict[str, tuple[str, ...]]:
    """What `qa eval` is given for each set, by the names that docs/quality-targets.toml has for them."""
    sets, seeds = evaluation / "eval", evaluation / "seeds"
    realtimeqa = sets / "realtimeqa_questions.jsonl.gz", sets / "realtimeqa_articles.jsonl.gz"
    given: dict[str, tuple[Path | str, ...]] = {
        "realtimeqa": (realtimeqa[0], "--articles", realtimeqa[1]),
        "squad2": (sets / "squad2.jsonl.gz",),
        "squad2-titles": (sets / "squad2.jsonl.gz", "--leave-out", "title"),
        "seeds": (_OWN / "questions.jsonl", "--articles", _OWN / "articles"),
        "shared-seeds": (seeds / "questions.jsonl", "--articles", seeds),
        "ramdocs": (sets / "ramdocs.jsonl.gz",),
        "clapnq": (sets / "clapnq.jsonl.gz",),
    }
    if lacking := [part for parts in given.values() for part in parts if isinstance(part, Path) and not part.exists()]:
        raise FileNotFoundError(lacking[0])
    return {name: tuple(map(str, parts)) for name, parts in given.items()}


def write(sets: dict[str, tuple[str, ...]], output: Path) -> bool:
    """Ask every set and write the page, unless one fails: then what stood there stays. Return whether all went well."""
    with tempfile.TemporaryDirectory(prefix="dateline-quality-") as folder:
        figures = {name: Path(folder) / f"{name}.json" for name in sets}
        for name, arguments in sets.items():
            started = time.perf_counter()
            with figures[name].open("wb") as file:
                if not run([*arguments, "--json"], Path(folder), file):
                    sys.stderr.write(f"{name} could not be measured: {output} stays as it was.\n")
                    return False
            sys.stderr.write(f"{name}: {time.perf_counter() - started:.0f} s\n")
        files = [str(file) for file in figures.values()]
        return quality.main([*files, "-o", str(output), "--targets", str(ROOT / quality.TARGETS)]) == 0


def main() -> int:
    """Run the command line above."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.quality", description="Write docs/quality.md.")
    parser.add_argument("--evaluation", type=Path, default=EVALUATION, help="the folder with `eval` and `seeds`")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "quality.md", help="where to write it")
    given = parser.parse_args()
    try:
        sets = sets_in(given.evaluation.resolve())
    except FileNotFoundError as error:
        sys.stderr.write(
            f"There is no {error}. The larger sets are not in the repository: name the folder that holds them in "
            "`eval` and the articles behind the samples in `seeds`, as in `make quality EVALUATION=FOLDER`.\n"
        )
        return 1
    return 0 if write(sets, given.output.resolve()) else 1


if __name__ == "__main__":
    sys.exit(main())
