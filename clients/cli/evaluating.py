"""What `qa eval` does: the data set is asked through here, in this process, and the figures are shown and kept."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from api.version import version
from clients.cli.arguments import UsageError
from clients.cli.evaluating_followups import run_followups
from clients.cli.evaluation_table import print_summary
from clients.cli.session import ERROR, terminable
from clients.cli.terminal import abandon_output, complain, standard_error, write_json
from clients.errors import ClientError, OutputError
from clients.visible import line
from qa.bootstrap import open_engine
from qa.engine import Engine
from qa.evaluation.as_json import to_json
from qa.evaluation.baseline import compare, differences, matching, read_baseline, save_baseline
from qa.evaluation.dataset import Dataset, read_dataset
from qa.evaluation.dialogues import holds_dialogues
from qa.evaluation.files import try_to_write
from qa.evaluation.records import Change, Evaluation, Summary
from qa.evaluation.report import write_report
from qa.evaluation.runner import Place, evaluate
from qa.evaluation.wording import failed_in, missing_in
from qa.settings import DOTENV, Settings, load_settings
from vectorstore.errors import FolderLockedError
from vectorstore.layout import owns
from vectorstore.readers import files_read, would_read


@dataclass(frozen=True, slots=True)
class Options:
    """What was typed; see `clients.cli.evaluation.evaluate`."""

    dataset: Path
    articles: Path | None = None
    as_json: bool = False
    report: Path | None = None
    baseline: Path | None = None
    save_baseline: Path | None = None
    limit: int | None = None
    leave_out: str | None = None
    passages: Path | None = None


def run(options: Options) -> int:
    """Measure, and return the exit status: 1 where a measure is worse than in the baseline, else 0.

    What can be refused is refused before the first question is asked. Of the figures, what can be shown is shown and
    what can be kept is kept, whatever becomes of the rest: they may have taken an hour.
    """
    logging.basicConfig(handlers=[logging.NullHandler()])  # what is logged is in the results, too
    settings = load_settings()
    if holds_dialogues(options.dataset):
        run_followups(
            options.dataset,
            options.passages,
            settings,
            limit=options.limit,
            as_json=options.as_json,
            others=_not_for_conversations(options),
        )
        return 0
    if options.passages is not None:
        raise UsageError("--passages goes with a data set of conversations: use --articles for questions.")
    _refuse_overwriting(options, settings.data_dir)
    _refuse_unwritable(options)
    dataset = read_dataset(options.dataset, limit=options.limit, leave_out=options.leave_out)
    before = None
    if options.baseline is not None:
        before = matching(read_baseline(options.baseline), dataset, options.baseline)
    _refuse_elsewhere(settings, dataset, options.articles)
    with terminable():  # so that the temporary library goes, too
        evaluation = _evaluated(dataset, settings, options.articles)
    changes = compare(evaluation.summary, before) if before is not None else ()
    worse = [f"{change.before.name}{'' if change.now else ' (gone)'}" for change in changes if change.worse]
    try:
        _show(evaluation, changes, as_json=options.as_json)
        _name_left_out(evaluation)
        if before is not None and (others := differences(evaluation.summary, before)):
            complain(f"Not as in the baseline: {others}.")
        if worse:
            complain(f"Worse than the baseline by more than its interval: {', '.join(worse)}.")
    except (OutputError, BrokenPipeError):
        abandon_output()  # here, since keeping them may raise something else
        raise
    finally:
        _keep(options, evaluation, before)
    return ERROR if worse else 0


def _not_for_conversations(options: Options) -> tuple[str, ...]:
    given = {
        "--articles": options.articles,
        "--report": options.report,
        "--baseline": options.baseline,
        "--save-baseline": options.save_baseline,
        "--leave-out": options.leave_out,
    }
    return tuple(name for name, value in given.items() if value is not None)


def _evaluated(dataset: Dataset, settings: Settings, articles: Path | None) -> Evaluation:
    def opened(folder: Path) -> Engine:
        try:
            return open_engine(settings.model_copy(update={"data_dir": folder}), on_notice=complain)
        except FolderLockedError as error:
            owner = "another process" if error.url is None else f"the server at {error.url}"
            raise ClientError(
                f"The data folder {folder} is in use by {owner}. `qa eval` needs it for itself: stop that, or give "
                "--articles."
            ) from None

    with _progress(len(dataset.cases)) as progress:
        return evaluate(dataset, Place(opened, settings.data_dir, articles), version=version(), progress=progress)


def _keep(options: Options, evaluation: Evaluation, before: Summary | None) -> None:
    try:
        if options.save_baseline is not None:
            save_baseline(options.save_baseline, evaluation.summary)
    finally:
        if options.report is not None:
            _write_report(options.report, evaluation, before)


def _write_report(place: Path, evaluation: Evaluation, before: Summary | None) -> None:
    try:
        write_report(evaluation, before, place)
    except OSError as error:
        raise ClientError(f"The report can't be written: {error.strerror}. Choose another place for it.") from None


def _show(evaluation: Evaluation, changes: tuple[Change, ...], *, as_json: bool) -> None:
    if as_json:
        write_json(to_json(evaluation))
    else:
        print_summary(evaluation.summary, changes)


def _name_left_out(evaluation: Evaluation) -> None:
    for what, names in (
        ("Could not be taken in", failed_in(evaluation)),
        ("Named, but not in the library", missing_in(evaluation)),
    ):
        for name in names:
            complain(f"{what}: {line(name)}")


@contextmanager
def _progress(questions: int) -> Iterator[Callable[[str, int], None]]:
    """A line on stderr, where that is a terminal: how many articles are in, then how many questions are answered."""
    console = standard_error()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("articles", total=None)
        yield lambda what, done: bar.update(
            task, description=what, completed=done, total=questions if what == "questions" else None
        )


def _refuse_overwriting(options: Options, data_dir: Path) -> None:
    """An output is nothing that is read, nor the other output. A baseline may be renewed in its place."""
    report, kept = ("--report", options.report), ("--save-baseline", options.save_baseline)
    data, articles = ("the data set", options.dataset), ("--articles", options.articles)
    pairs = (
        *((report, other) for other in (data, articles, ("--baseline", options.baseline), kept)),
        *((kept, other) for other in (data, articles)),
    )
    for (option, place), (other, taken) in pairs:
        if place is not None and taken is not None and place.resolve() == taken.resolve():
            raise UsageError(f"{option} and {other} are one file, {place}: name another place for {option}.")
    outputs = {place.resolve(): option for option, place in (report, kept) if place is not None}
    for place, option in outputs.items():
        if place == DOTENV.resolve() or owns(data_dir, place):
            raise UsageError(f"{option} is a file that `qa` itself needs, {place}: name another place for it.")
    if options.articles is not None and options.articles.is_dir():
        read = set(files_read([options.articles])) if outputs else set()
        for place, option in outputs.items():
            if place in read or would_read(options.articles, place):
                raise UsageError(f"{option} is a file that --articles reads, {place}: name another place for it.")


def _refuse_unwritable(options: Options) -> None:
    """Before an hour of questions, not after."""
    for place in (options.report, options.save_baseline):
        if place is None:
            continue
        if place.is_dir():
            raise UsageError(f"{place} is a folder: name a file to write.")
        if place.exists() and not place.is_file():
            raise UsageError(f"{place} is no file that could be replaced by a new one: name another.")
        if not place.parent.is_dir():
            raise UsageError(f"There is no folder {place.parent} to write {place.name} in.")
        try:
            try_to_write(place)
        except OSError as error:
            raise UsageError(f"{place} can't be written: {error.strerror}. Choose another place.") from None
    if options.save_baseline is not None and options.save_baseline.exists():
        read_baseline(options.save_baseline)  # the figures go beside what it holds


def _refuse_elsewhere(settings: Settings, dataset: Dataset, articles: Path | None) -> None:
    if dataset.brings_articles and articles is not None:
        raise UsageError("The data set brings its own articles: leave --articles away.")
    if settings.server is not None and articles is None and not dataset.brings_articles:
        raise UsageError(
            "`qa eval` can't go through a server: unset QA_SERVER to ask the library in QA_DATA_DIR, or use --articles."
        )
