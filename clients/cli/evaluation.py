"""`qa eval`: how good the answers are, over anybody's questions and articles."""

from pathlib import Path
from typing import Annotated

import typer

from clients.cli import arguments
from clients.cli.arguments import Json
from clients.cli.evaluating_feedback import print_cases


def evaluate(
    dataset: Annotated[
        Path | None, typer.Argument(parser=arguments.path, metavar="DATASET", help="Questions: .jsonl or .jsonl.gz.")
    ] = None,
    articles: Annotated[
        Path | None,
        typer.Option(parser=arguments.path, metavar="DUMP", help="Ask these articles, whatever `qa ingest` reads."),
    ] = None,
    passages: Annotated[
        Path | None,
        typer.Option(
            parser=arguments.path, metavar="FILE", help="The passages that a data set of conversations names."
        ),
    ] = None,
    as_json: Json = False,
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="Write an HTML report there.")] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Compare with it: exit status 1 where a measure fell below its interval."),
    ] = None,
    save_baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the figures there, to compare with later.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first questions, so many.")] = None,
    leave_out: Annotated[
        str | None,
        typer.Option(metavar="FIELD", help="Leave out the articles of every second value of this field."),
    ] = None,
    from_feedback: Annotated[
        bool,
        typer.Option("--from-feedback", help="Print a data set of the answers with a thumb down, to be filled in."),
    ] = False,
) -> int:
    """Measure the answers to a data set: what is found, named, cited and refused, and how long it takes.

    The questions go to the articles that the data set brings, to those of --articles, or to the library.

    \b
    A data set is a file with one object a line, such as
      {"question": "When did it freeze?", "answers": ["1963"], "article": "ice"}
    where "answers" null says that the articles don't answer it, and "context"
    brings the article.
    A line with "turns" or "rewrite" is a conversation: its follow-up is measured,
    without a model.
    """
    others = (dataset, articles, passages, report, baseline, save_baseline, limit, leave_out)
    if from_feedback:
        if as_json or any(one is not None for one in others):
            raise arguments.UsageError("--from-feedback stands alone: it prints a data set, to be kept with > FILE.")
        return print_cases()
    if dataset is None:
        raise arguments.UsageError("Name a data set, or make one of thumbs down with --from-feedback.")
    # Seconds of imports (LlamaIndex, Chroma, SciPy), which the other commands must not pay.
    from clients.cli.evaluating import Options, run

    field = None if leave_out is None else arguments.text(leave_out)
    return run(Options(dataset, articles, as_json, report, baseline, save_baseline, limit, field, passages))
