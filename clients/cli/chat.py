"""`qa chat`: a conversation in the terminal. Ctrl-C stops the answer and not the chat; Ctrl-D ends it."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from clients.cli.asking import ask_showing
from clients.cli.render import EMPTY_LIBRARY, answer_lines, article_lines, turn_lines
from clients.cli.session import open_client, print_lines
from clients.cli.terminal import complain, standard_output
from clients.client import Client
from clients.errors import ClientError
from clients.visible import line
from qa.conversations.export import as_markdown
from qa.errors import QAError
from qa.records import Answer, Request
from vectorstore.errors import VectorstoreError
from vectorstore.records import Span

PROMPT = "> "
HELP = """A line is a question; the next may lean on it ("and when was that?"). A number chooses a suggestion.
/sources       the articles that the last answer cites
/open 2        the article of citation 2, with the cited words marked
/new           a new conversation
/list          the conversations; /go 2 takes up the second
/export FILE   the conversation as Markdown
/help          this; Ctrl-C stops an answer, Ctrl-D (or /quit) ends the chat"""
_LISTED = 20


class Chat:
    """One chat: a client, the conversation that is open, and what was answered last."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._conversation: str | None = None
        self._last: Answer | None = None
        self._listed: tuple[str, ...] = ()
        self._commands = {
            "/sources": self._sources,
            "/open": self._open,
            "/new": self._new,
            "/list": self._list,
            "/go": self._go,
            "/export": self._export,
            "/help": self._help,
        }

    def resume(self, conversation_id: str | None = None) -> None:
        """Take up a conversation, the last used one where none is named, and show it so far."""
        if conversation_id is None:
            page = self._client.conversations(limit=1)
            if not page.items:
                complain("There is no conversation to go on with yet: this is a new one.")
                return
            conversation_id = page.items[0].id
        kept = self._client.conversation(conversation_id)
        self._conversation = kept.id
        self._last = kept.turns[-1].answer if kept.turns else None
        print_lines([Text(line(kept.title), style="bold")])
        for turn in kept.turns:
            print_lines(turn_lines(turn))

    def take(self, typed: str) -> None:
        """Do what a line says. What goes wrong is said, and the chat goes on."""
        name, _, rest = typed.partition(" ")
        try:
            if name in self._commands:
                self._commands[name](rest.strip())
            elif name.startswith("/"):
                complain(f"There is no {line(name)}. /help lists what there is.")
            else:
                self._ask(self._chosen(typed))
        except KeyboardInterrupt:
            print_lines([Text("Stopped. The question has no answer, and is not kept.", style="yellow")])
        except (QAError, VectorstoreError, ClientError) as error:
            complain(str(error))

    def _chosen(self, typed: str) -> str:
        """The suggestion of this number, where the last question was asked back; else what was typed."""
        suggestions = self._last.suggestions if self._last else ()
        if typed.isdecimal() and 1 <= int(typed) <= len(suggestions):
            return suggestions[int(typed) - 1]
        return typed

    def _ask(self, question: str) -> None:
        if self._conversation is None:
            self._conversation = self._client.start_conversation().id
        request = Request(question, conversation_id=self._conversation)
        answer = ask_showing(self._client, request) if sys.stdout.isatty() else self._client.ask(request)
        self._last = answer
        if answer.standalone_question != question:
            print_lines([Text(f"({line(answer.standalone_question)})", style="dim italic")])
        empty = answer.searched.articles == 0 and self._client.articles(limit=1).total == 0
        print_lines([Text(EMPTY_LIBRARY)] if empty else answer_lines(answer))

    def _sources(self, _: str) -> None:
        if self._last is None or not self._last.citations:
            complain("The last answer cites nothing." if self._last else "Nothing was asked yet.")
            return
        for one in self._last.citations:
            title = "The article was deleted." if one.gone else line(one.title or one.article_id)
            about = ", ".join(line(part) for part in (one.source, one.published_at, one.url) if part)
            print_lines([Text.assemble((f"[{one.marker}] ", "cyan"), (title, "bold"), f" ({about})" if about else "")])

    def _open(self, number: str) -> None:
        cited = self._last.citations if self._last else ()
        found = next((one for one in cited if str(one.marker) == number), None)
        if found is None:
            numbers = ", ".join(str(one.marker) for one in cited) or "none yet"
            complain(f"/open takes the number of a citation of the last answer: {numbers}.")
            return
        article = self._client.article(found.article_id, found.revision)
        marks = not standard_output().is_terminal
        print_lines(article_lines(article, Span(found.start, found.end), marks=marks))

    def _new(self, _: str) -> None:
        self._conversation, self._last = None, None
        print_lines([Text("A new conversation.", style="dim")])

    def _list(self, _: str) -> None:
        page = self._client.conversations(limit=_LISTED)
        self._listed = tuple(item.id for item in page.items)
        if not page.items:
            print_lines([Text("There are no conversations yet.")])
        for number, item in enumerate(page.items, start=1):
            about = f"  {item.turns} turns, {item.updated_at:%Y-%m-%d %H:%M}"
            print_lines([Text.assemble((f"{number}. ", "cyan"), line(item.title), (about, "dim"))])

    def _go(self, number: str) -> None:
        if not (number.isdecimal() and 1 <= int(number) <= len(self._listed)):
            complain("/go takes a number of /list.")
            return
        self.resume(self._listed[int(number) - 1])

    def _export(self, name: str) -> None:
        if not name:
            complain("/export takes the name of a file.")
            return
        if self._conversation is None:
            complain("There is nothing to export yet: ask something first.")
            return
        text = as_markdown(self._client.conversation(self._conversation))
        try:
            with Path(name).expanduser().open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            complain(f"{line(name)} is there already. Choose another name.")
        except OSError as error:
            complain(f"{line(name)} can't be written: {error.strerror}. Choose another name.")
        else:
            print_lines([Text(f"Written to {line(name)}.")])

    def _help(self, _: str) -> None:
        print_lines(map(Text, HELP.splitlines()))


def chat(
    go_on: Annotated[bool, typer.Option("--continue", help="Go on with the conversation that was used last.")] = False,
) -> int:
    """Ask and ask on: a conversation, in which a question may lean on those before it."""
    with suppress(ImportError):  # editing the line, and its history; there is none on Windows
        import readline  # noqa: F401
    with open_client() as client:
        talk = Chat(client)
        if go_on:
            talk.resume()
        elif sys.stdin.isatty():
            print_lines([Text("Ask the articles. /help tells what else there is; Ctrl-D ends it.", style="dim")])
        while True:
            try:
                typed = input(PROMPT if sys.stdin.isatty() else "").strip()
            except EOFError:
                return 0
            except KeyboardInterrupt:
                print_lines([Text("(Ctrl-D ends the chat.)", style="dim")])
                continue
            if typed == "/quit":
                return 0
            if typed:
                talk.take(typed)
