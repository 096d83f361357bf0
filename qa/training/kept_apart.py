"""How well questions are answered about what the reader never saw: the titles of SQuAD that its lessons left out.

    python -m qa.training.kept_apart SQUAD

SQUAD: a SQuAD 2.0 file. Its questions about those titles are asked over all paragraphs ("squad2" in
docs/quality-targets.toml), and again over all but the titles' own, where none has an answer ("squad2-titles").
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from qa.bootstrap import open_engine
from qa.evaluation.cases import unanswerable
from qa.evaluation.dataset import Dataset, read_dataset
from qa.evaluation.measures import measure
from qa.evaluation.records import Outcome
from qa.evaluation.runner import Place, evaluate
from qa.settings import Settings
from qa.training.reader_lessons import is_kept_apart


def with_and_without(dataset: Dataset) -> tuple[Dataset, Dataset]:
    """The questions about what was kept apart over everything, and those that have an answer over all but that."""
    kept = tuple(case for case in dataset.cases if is_kept_apart(case.group or ""))
    missing = tuple(unanswerable(case) for case in kept if case.answerable)
    others = tuple(document for document in dataset.documents if not is_kept_apart(document.title or ""))
    return replace(dataset, cases=kept), replace(dataset, cases=missing, documents=others)


def report(here: Sequence[Outcome], gone: Sequence[Outcome]) -> Iterator[str]:
    """The figures of both, a line each. here: with what answers them; gone: without."""
    answerable = [outcome for outcome in here if outcome.case.answerable]
    for name, outcomes in (("squad2", here), ("squad2-titles", [*answerable, *gone])):
        yield f"{name}: {len(outcomes)} questions"
        yield from (f"  {one.name} {one.value:.3f} ({one.low:.3f} to {one.high:.3f})" for one in measure(outcomes, ()))


def main() -> None:
    """Ask, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("squad", type=Path)
    with tempfile.TemporaryDirectory() as folder:
        place = Place(lambda data: open_engine(Settings(data_dir=data)), Path(folder))
        asked = with_and_without(read_dataset(parser.parse_args().squad))
        here, gone = (evaluate(dataset, place, version="").outcomes for dataset in asked)
    print("\n".join(report(here, gone)))  # noqa: T201


if __name__ == "__main__":
    main()
