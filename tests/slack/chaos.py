"""A bot whose socket is cut every two seconds, and whose service is killed and comes back.

Every question must be answered once, or be told once that it failed. `python -m tests.slack.chaos` does so for a minute
(`make slack-chaos`); the tests do for seconds.
"""

import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.slack.bots import Process
from tests.slack.people import People, until
from tests.slack.server import Server
from tests.slack.services import Service
from tests.slack.waiting import ANN, CHANNEL, is_final, said
from tests.slack.workspace import Workspace

QUESTION = "How many people were evacuated in Operation Pitting?"
ANSWER = "15,000"
SETTLE_S = 60.0
CUT_S = 2.0
ASK_S = 0.5


@dataclass(frozen=True)
class Outcome:
    """What became of the questions. told: that they failed. lost: without any answer. twice: with more than one."""

    asked: int
    answered: int
    told: int
    lost: int
    twice: int
    cuts: int

    def __str__(self) -> str:
        return (
            f"{self.asked} questions: {self.answered} answered, {self.told} told that they failed, {self.lost} lost, "
            f"{self.twice} answered twice; the socket was cut {self.cuts} times"
        )


def disturbed(folder: Path, seconds: float, *, kill_every_s: float) -> Outcome:
    """Ask all the time while things break. kill_every_s: how long the service is there before it is killed again."""
    service = Service(folder / "service").start()
    (folder / "bot").mkdir()
    with Server(Workspace(), patience_s=1.0) as slack:
        bot = Process(folder / "bot", service.url, slack)
        try:
            asked, cuts = _ask_while_it_breaks(slack, service, seconds, kill_every_s)
            service.wait()
            space = slack.space
            until(lambda: all(any(map(is_final, space.replies(CHANNEL, one))) for one in asked), SETTLE_S, every_s=0.2)
            time.sleep(slack.patience_s)  # what comes twice comes late
            replies = [space.replies(CHANNEL, one) for one in asked]
        finally:
            bot.stop()
            service.end()
    answered = sum(any(ANSWER in said(one) for one in found) for found in replies)
    told = sum(bool(found) and not any(ANSWER in said(one) for one in found) for found in replies)
    lost, twice = sum(not found for found in replies), sum(len(found) > 1 for found in replies)
    return Outcome(len(asked), answered, told, lost, twice, cuts)


def _ask_while_it_breaks(slack: Server, service: Service, seconds: float, kill_every_s: float) -> tuple[list[str], int]:
    """The questions, and how often the socket was cut."""
    over, cuts = threading.Event(), [0]

    def cut() -> None:
        while not over.wait(CUT_S):
            cuts[0] += slack.cut()

    def kill() -> None:
        while not over.wait(kill_every_s):
            service.end()
            service.start_later()
            service.wait()

    breaking = [threading.Thread(target=cut), threading.Thread(target=kill)]
    for thread in breaking:
        thread.start()
    people, asked = People(slack), []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        asked.append(people.ask(CHANNEL, ANN, QUESTION))
        time.sleep(ASK_S)
    over.set()
    for thread in breaking:
        thread.join()
    return asked, cuts[0]


def main() -> int:
    """A minute of it."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = disturbed(Path(folder), 60, kill_every_s=15)
    print(outcome)
    return 1 if outcome.lost or outcome.twice else 0


if __name__ == "__main__":
    sys.exit(main())
