"""A look at the bot without a workspace: `make slack-demo`.

The Slack of the tests, a real service over the sample articles and the real bot; three questions in one thread.
"""

import sys
import tempfile
import textwrap
from pathlib import Path

from tests.slack.bots import Process
from tests.slack.people import People
from tests.slack.rendering import rendered
from tests.slack.server import Server
from tests.slack.services import Service
from tests.slack.waiting import ANN, BOB, CHANNEL, answers
from tests.slack.workspace import Workspace

NAMES = {ANN: "Ann", BOB: "Bob", "UBOT00001": "Dateline"}
WIDTH = 110


def main() -> int:
    """Ask, and print the thread."""
    with tempfile.TemporaryDirectory() as name, Server(Workspace()) as slack:
        folder = Path(name)
        service = Service(folder / "service").start()
        (folder / "bot").mkdir()
        bot = Process(folder / "bot", service.url, slack)
        try:
            print(bot.ready)
            people = People(slack)
            thread = people.ask(CHANNEL, ANN, "How many people were evacuated in Operation Pitting?")
            answers(people, CHANNEL, thread)
            people.say(CHANNEL, BOB, "and how many were left behind?", thread)
            answers(people, CHANNEL, thread, 2)
            people.ask(CHANNEL, ANN, "How many provincial capitals have fallen to the Taliban?", thread)
            answers(people, CHANNEL, thread, 3)
            _print_thread(slack, thread)
        finally:
            logged = bot.stop()
            service.end()
    if logged:
        print(logged, file=sys.stderr)
    return 0


def _print_thread(slack: Server, thread: str) -> None:
    print("#newsroom")
    for one in slack.space.thread(CHANNEL, thread):
        for line in rendered(one, NAMES[one.user]):
            indent = " " * (len(line) - len(line.lstrip()))
            text = line.replace("<@UBOT00001>", "@Dateline")
            print(textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False))
        print()


if __name__ == "__main__":
    sys.exit(main())
