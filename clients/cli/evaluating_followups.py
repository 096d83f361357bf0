"""What `qa eval` does with conversations: follow-ups are made to stand alone and searched for, without a model."""

from pathlib import Path

from api.version import version
from clients.cli.arguments import UsageError
from clients.cli.evaluation_table import print_summary
from clients.cli.session import terminable
from clients.cli.terminal import complain, write_json
from clients.visible import line
from qa.bootstrap import open_engine
from qa.engine import Engine
from qa.evaluation.as_json import to_json
from qa.evaluation.dialogues import read_dialogues, read_passages
from qa.evaluation.followups import evaluate_followups
from qa.evaluation.wording import failed_in
from qa.settings import Settings


def run_followups(
    dataset: Path,
    passages: Path | None,
    settings: Settings,
    *,
    limit: int | None,
    as_json: bool,
    others: tuple[str, ...],
) -> None:
    """Measure and print. others: options that were given and are not for conversations; raises UsageError for any.

    Where some turn has passages that bear on it, they are needed.
    """
    if others:
        raise UsageError(f"{dataset.name} holds conversations: leave {', '.join(others)} away.")
    dialogues = read_dialogues(dataset, limit)
    if passages is None and any(one.relevant for one in dialogues):
        raise UsageError(f"{dataset.name} names passages by their ids: say where they are with --passages FILE.")

    def opened(folder: Path) -> Engine:
        return open_engine(settings.model_copy(update={"data_dir": folder, "llm_model": None}), on_notice=complain)

    with terminable():  # so that the temporary library goes, too
        held = read_passages(passages) if passages is not None else ()
        evaluation = evaluate_followups(dataset.name.partition(".")[0], dialogues, held, opened, version=version())
    if as_json:
        write_json(to_json(evaluation))
    else:
        print_summary(evaluation.summary)
    for name in failed_in(evaluation):
        complain(f"Could not be taken in: {line(name)}")
