"""Answer the questions of a SQuAD 2.0 file with what was learned from its other titles: what the answerer is worth on
articles that it has not learned from. Some half an hour.

    python -m qa.training.folds SQUAD [--folds 5]

The questions are asked over a library of all paragraphs, and measured as `qa eval` does.
SQuAD 2.0 is CC BY-SA 4.0 (Rajpurkar, Jia and Liang, https://arxiv.org/abs/1806.03822).
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from qa.engine import Engine
from qa.evaluation.abstention import share_above
from qa.evaluation.records import Case
from qa.evaluation.verdicts import judge as verdicts_on
from qa.judge import Judge
from qa.language.similarity import Similarity
from qa.records import Request
from qa.short_answer.model import StretchModel
from qa.training import train_judge, train_stretches
from qa.training.squad import Example, read_squad
from vectorstore.embedding import open_embedding
from vectorstore.store import Store

Verdicts = dict[str, float]


def ask(
    examples: Sequence[Example], store: Store, similarity: Similarity, judge: Judge, stretch_model: StretchModel
) -> Iterator[tuple[Example, Verdicts, float]]:
    """Return for each question what `qa eval` makes of the answer to it, and the answer's confidence."""
    engine = Engine(store, similarity, judge=judge, stretch_model=stretch_model)
    for line, example in enumerate(examples, start=1):
        golds = (tuple(dict.fromkeys(example.answers)),) if example.answers else ()
        case = Case(str(line), line, example.question, golds, answerable=bool(golds))
        answer = engine.ask(Request(example.question))
        yield example, verdicts_on(answer, case), answer.confidence


def summary(told: Sequence[tuple[Example, Verdicts, float]]) -> str:
    """The mean of each measure, and the area under ROC, answerable against misleading."""
    means: dict[str, list[float]] = defaultdict(list)
    for _, verdicts, _ in told:
        for name, value in verdicts.items():
            means[name].append(value)
    lines = [f"{name} {np.mean(values):.3f} of {len(values)}" for name, values in means.items()]
    sure, unsure = ([one for example, _, one in told if bool(example.answers) is held] for held in (True, False))
    if sure and unsure:
        lines.append(f"area under ROC {share_above(np.array(sure), np.array(unsure)):.3f}")
    return "\n".join(lines)


def main() -> None:
    """Tell what was measured over all folds of titles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("squad", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    similarity = Similarity(open_embedding("wordllama", None, None, 0))
    examples = read_squad(options.squad)
    titles = sorted({example.title for example in examples})
    stretches = list(train_stretches.lessons_of([example for example in examples if example.answers], similarity))
    told: list[tuple[Example, Verdicts, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        sentences, names = train_judge.lessons_of(examples, similarity, Path(folder))
        with train_judge.library(examples, frozenset(titles), Path(folder) / "all") as store:
            for fold in range(options.folds):
                held = set(titles[fold :: options.folds])
                judge = train_judge.learn([lesson for lesson in sentences if lesson.title not in held], names)
                model = train_stretches.learn([lesson for lesson in stretches if lesson.example.title not in held])
                of_fold = [example for example in examples if example.title in held]
                told += ask(of_fold, store, similarity, judge, model)
    print(summary(told))  # noqa: T201 - a script


if __name__ == "__main__":
    main()
