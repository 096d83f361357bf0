"""`qa`: questions, articles and the server, from the command line.

Exit status: 0 done (an answer was given), 1 an error, 2 wrong usage, 3 no answer.
"""

import gc
import sys
from datetime import date
from typing import Annotated, Literal

import typer
from pydantic import TypeAdapter
from rich.text import Text

from api.version import version
from clients.answer_stream import ANSWER
from clients.cli import arguments, evaluation, library, upkeep
from clients.cli.arguments import Json
from clients.cli.asking import ask_showing
from clients.cli.chat import chat
from clients.cli.render import EMPTY_LIBRARY, answer_lines, found_lines
from clients.cli.session import ERROR, NO_ANSWER, USAGE, open_client, print_lines
from clients.cli.slack import slack
from clients.cli.start import INTERRUPTED
from clients.cli.terminal import abandon_output, complain, open_closed_streams, write_json, written
from clients.errors import ClientError, OutputError
from qa.errors import BadQuestionError, QAError
from qa.reading.searching import Found
from qa.records import Request
from qa.settings import load_settings
from vectorstore.errors import VectorstoreError
from vectorstore.records import Filters

app = typer.Typer(
    name="qa",
    epilog="Exit status: 0 done, 1 an error, 2 wrong usage, 3 no answer.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Since = Annotated[
    date | None, typer.Option(parser=arguments.day, metavar="DAY", help="Only what was published then or later.")
]
Until = Annotated[
    date | None, typer.Option(parser=arguments.day, metavar="DAY", help="Only what was published then or earlier.")
]
AsOf = Annotated[
    date | None,
    typer.Option(parser=arguments.moment, metavar="DAY|TIME", help="As if asked then: articles as they were."),
]
Sources = Annotated[list[str] | None, typer.Option("--source", help="Only this publisher; may be repeated.")]


def main() -> None:
    """The executable."""
    open_closed_streams()
    status = run(sys.argv[1:])
    gc.freeze()  # or Python looks through everything once more before it ends: a fifth of a question to a server
    sys.exit(status)


def run(command: list[str]) -> int:
    """Run a command and return its exit status. Whatever goes wrong is one line on stderr, never a traceback."""
    try:
        status = app(command, prog_name="qa", standalone_mode=False)
        with written():
            sys.stdout.flush()
    except typer.TyperException as error:
        message = error.format_message().replace("Value error, ", "")
        complain(f"{message.rstrip('.')}. See `qa --help`.")
        return USAGE
    except BadQuestionError as error:
        complain(str(error))
        return USAGE
    except OutputError as error:
        abandon_output()
        complain(str(error))
        return ERROR
    except (QAError, VectorstoreError, ClientError) as error:
        complain(str(error))
        return ERROR
    except BrokenPipeError:
        abandon_output()  # nobody reads on
        return ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - the last resort, for panics of Rust libraries too
        complain(f"Something unforeseen went wrong ({type(error).__name__}: {error}). Please report it.")
        return ERROR
    return status if isinstance(status, int) else 0


@app.callback(invoke_without_command=True)
def top(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Ask questions over news articles and get answers you can check."""
    if show_version:
        print_lines([Text(f"qa {version()}")])
        raise typer.Exit
    if context.invoked_subcommand is None:
        print_lines([Text(context.get_help())])
        raise typer.Exit(USAGE)


def ask(
    question: Annotated[
        list[str] | None, typer.Argument(help='The question; without one, or with "-", it is read from stdin.')
    ] = None,
    as_json: Json = False,
    mode: Annotated[Literal["auto", "extractive", "generated"], typer.Option(help="Who writes the answer.")] = "auto",
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    sources: Sources = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell what a model wrote that is not shown, and why.")
    ] = False,
) -> int:
    """Ask a question: the answer, and the words that it rests on."""
    names = tuple(arguments.text(name) for name in sources or ())
    request = Request(arguments.question(question or []), Filters(since, until, as_of, names), mode, explain)
    with open_client() as client:
        answer = client.ask(request) if as_json or not sys.stdout.isatty() else ask_showing(client, request)
        empty = answer.searched.articles == 0 and client.articles(limit=1).total == 0
    if as_json:
        write_json(ANSWER.dump_json(answer, indent=2))
    elif empty:
        print_lines([Text(EMPTY_LIBRARY)])
    else:
        print_lines(answer_lines(answer))
    return 0 if answer.status == "answered" else NO_ANSWER


def search(
    question: Annotated[
        list[str] | None, typer.Argument(help='The question; without one, or with "-", it is read from stdin.')
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many passages to give at most.")] = 10,
    as_json: Json = False,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    sources: Sources = None,
) -> int:
    """Search without an answer: the passages that bear on a question, to read for oneself."""
    names = tuple(arguments.text(name) for name in sources or ())
    request = Request(arguments.question(question or []), Filters(since, until, as_of, names))
    with open_client() as client:
        found = client.search(request, limit)
    if as_json:
        write_json(TypeAdapter(Found).dump_json(found, indent=2))
    else:
        print_lines(found_lines(found))
    return 0 if found.passages else NO_ANSWER


def serve(
    host: Annotated[str, typer.Option(help="The address to serve on; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to serve on; 0 takes a free one.")] = 8000,
) -> int:
    """Serve questions over HTTP, until Ctrl-C or SIGTERM."""
    settings = load_settings()
    # Seconds of imports (FastAPI, LlamaIndex, Chroma), which the other commands must not pay.
    from api import server

    def ready(url: str) -> None:
        print_lines([Text(f"Dateline answers at {url} (the API is described at {url}/docs). Ctrl-C ends it.")])
        sys.stdout.flush()

    try:
        server.serve(settings, host, port, on_ready=ready, on_notice=complain)
    except server.ServeError as error:
        raise ClientError(str(error)) from None
    return 0


def mcp() -> int:
    """Serve MCP on stdin and stdout, for programs that bring a model; through a running server if there is one."""
    settings = load_settings()
    # Half a second of imports, which the other commands must not pay.
    from clients.cli.mcp_server import serve_stdio

    return serve_stdio(settings)


for command in (
    ask,
    search,
    chat,
    library.ingest,
    library.watch,
    library.articles,
    library.show,
    library.delete,
    library.reindex,
    upkeep.doctor,
    upkeep.backup,
    upkeep.restore,
    serve,
    slack,
    mcp,
):
    app.command()(command)
app.command("eval")(evaluation.evaluate)
