"""The commands about articles: ingest, watch, articles, show, delete, reindex. Each returns its exit status."""

from collections.abc import Mapping
from typing import Annotated

import typer
from pydantic import TypeAdapter
from rich.text import Text

from api.schemas import ArticleOut
from clients.cli import arguments
from clients.cli.arguments import Json
from clients.cli.render import EMPTY_LIBRARY, article_lines, erased_lines, listing_lines, summary_lines
from clients.cli.session import ERROR, open_client, print_lines
from clients.cli.terminal import complain, standard_output, write_json
from clients.client import Client
from clients.visible import line
from clients.wording import counted
from qa.records import Erased
from qa.settings import load_settings
from vectorstore.errors import ArticleNotFoundError, ReadError
from vectorstore.records import ArticleSummary, Page, Span

PAGE = 200

Places = Annotated[
    list[str],
    typer.Argument(
        parser=arguments.place,
        metavar="PATH|URL",
        help="Files and folders; addresses of pages, files, feeds and sitemaps.",
    ),
]
Maps = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=NAME", help="What a CSV or JSONL dump calls a field: text=body."),
]


def ingest(
    places: Places,
    maps: Maps = None,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing if the library holds articles.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but what failed.")] = False,
) -> int:
    """Take articles in. One that is known is replaced; one that can't be read doesn't keep the others out."""
    # The readers cost a tenth of a question to a server to import, and no other command reads files.
    from clients.cli.ingest import ingest_places
    from vectorstore.fetching import Fetcher

    columns = _columns(maps)
    with open_client(making=True) as client:
        if if_empty and client.articles(limit=1).total > 0:
            return 0
        fetcher = Fetcher(allow_private=load_settings().allow_private_fetch)
        done = ingest_places(client, places, fetcher, columns, quiet=quiet)
    failed = bool(done.outcomes.failures)
    if not done.outcomes.total and not done.stopped:
        others = f": {counted(done.others, 'file')} of other kinds passed over" if done.others else ""
        complain(f"There are no articles in {', '.join(line(str(place)) for place in places)}{others}.")
        return ERROR
    if failed or not quiet:
        print_lines(summary_lines(done.outcomes, done.others))
    if done.failure is not None:
        raise done.failure
    if done.stopped:
        complain("Stopped before the end. What was taken in is kept; the same command goes on with the rest.")
        return done.stopped
    return ERROR if failed else 0


def watch(
    places: Places,
    every: Annotated[str, typer.Option(metavar="TIME", help="How often: 30s, 5m, 2h, 1d.")] = "5m",
    maps: Maps = None,
    once: Annotated[bool, typer.Option("--once", help="One round and no more, as for cron.")] = False,
) -> int:
    """Keep following places: take in what is new there or has changed, until Ctrl-C. What is gone is only told of."""
    from clients.cli.watch import Watch  # see `ingest`

    every_s = arguments.interval(every)
    watched = Watch(load_settings(), [*places], _columns(maps))
    return watched.once() if once else watched.follow(every_s)


def articles(
    limit: Annotated[int | None, typer.Option(min=1, max=500, help="One page of so many; else all of them.")] = None,
    cursor: Annotated[str | None, typer.Option(help="Where the page begins, as the page before says.")] = None,
    as_json: Json = False,
) -> int:
    """List the articles."""
    with open_client() as client:
        start = None if cursor is None else arguments.text(cursor)
        page = _every_page(client, start) if limit is None else client.articles(limit=limit, cursor=start)
    if as_json:
        write_json(TypeAdapter(Page).dump_json(page, indent=2))
        return 0
    print_lines(listing_lines(page.items) if page.total else [Text(EMPTY_LIBRARY)])
    if page.next_cursor is not None:
        print_lines([Text(f"{page.total} in all; more with --cursor {line(page.next_cursor)}", style="dim")])
    return 0


def show(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="As listings and answers give it.")],
    revision: Annotated[int | None, typer.Option(min=1, help="An older revision.")] = None,
    at: Annotated[
        Span | None,
        typer.Option(parser=arguments.span, metavar="START:END", help="Characters to highlight, as answers give them."),
    ] = None,
    as_json: Json = False,
) -> int:
    """Show an article with its text."""
    if as_json and at is not None:
        raise arguments.UsageError("--at and --json don't go together.")
    with open_client() as client:
        article = client.article(arguments.text(article_id), revision)
    if at is not None and at.end > len(article.text):
        raise arguments.UsageError(f"The article has {len(article.text)} characters, so --at can't end at {at.end}.")
    if as_json:
        write_json(TypeAdapter(ArticleOut).dump_json(article, indent=2))
    else:
        print_lines(article_lines(article, at, marks=not standard_output().is_terminal))
    return 0


def delete(
    article_ids: Annotated[list[str], typer.Argument(metavar="ID...", help="As listings and answers give them.")],
    verify: Annotated[
        bool,
        typer.Option("--verify", help="Search all files for its words and vectors, and say what is left."),
    ] = False,
) -> int:
    """Delete articles, in all their revisions. They are never cited again."""
    status = 0
    with open_client() as client:
        for article_id in article_ids:
            try:
                erased = _delete(client, arguments.text(article_id), verify=verify)
            except ArticleNotFoundError as error:
                complain(str(error))
                status = ERROR
                continue
            print_lines([Text(f"deleted {line(article_id)}")])
            if erased is not None:
                print_lines(erased_lines(erased))
                status = ERROR if erased.left else status
        client.clean()
    return status


def _delete(client: Client, article_id: str, *, verify: bool) -> Erased | None:
    if verify:
        return client.erase(article_id)
    client.delete(article_id)
    return None


def reindex() -> int:
    """Build both indexes anew from the library; embed it anew, too, where QA_EMBEDDING or an upgrade calls for it."""
    # The bar costs 20 ms to import, which is much of a question to a server.
    from clients.cli.progress import shown

    with open_client(reindexing=True) as client:
        try:
            with shown("passage") as bar:
                counts = client.reindex(lambda done, total: bar.update(done, done / total if total else None))
        except (KeyboardInterrupt, SystemExit):
            if client.url is not None:
                complain(f"No longer waited for: the server at {client.url} goes on with it.")
            else:
                complain("Stopped before the end. Nothing is lost; `qa reindex` begins anew.")
            raise
    print_lines(
        [Text(f"Indexed anew: {counted(counts.passages, 'passage')} of {counted(counts.articles, 'article')}.")]
    )
    return 0


def _columns(maps: list[str] | None) -> Mapping[str, str]:
    """Our field -> the name that the dumps have for it. Raises UsageError."""
    from vectorstore.readers.columns import columns_of  # see `ingest`

    try:
        return columns_of(map(arguments.text, maps or ()))
    except ReadError as error:
        raise arguments.UsageError(f"--map: {error}.") from None


def _every_page(client: Client, cursor: str | None) -> Page:
    items: list[ArticleSummary] = []
    while True:
        page = client.articles(limit=PAGE, cursor=cursor)
        items += page.items
        cursor = page.next_cursor
        if cursor is None:
            return Page(tuple(items), page.total, None)
