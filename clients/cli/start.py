"""The executable's beginning: Ctrl-C before the commands are imported ends it without a traceback."""

import os
import signal
from types import FrameType

INTERRUPTED = 130


def main() -> None:
    """Import the commands and run one."""
    before = signal.signal(signal.SIGINT, _end)
    from clients.cli.app import main as run  # what takes the half second

    signal.signal(signal.SIGINT, before)
    run()


def _end(_: int, __: FrameType | None) -> None:
    os._exit(INTERRUPTED)
