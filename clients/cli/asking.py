"""`qa ask` on a terminal: what the model writes, as it comes, in the place where the checked answer will stand."""

from contextlib import ExitStack, closing

from rich.live import Live

from clients.answer_stream import CUT_OFF
from clients.cli.render import provisional
from clients.cli.terminal import standard_output
from clients.client import Client
from clients.errors import CutOffError
from qa.events import AnswerEvent, EvidenceEvent, TextEvent
from qa.records import Answer, Request


def ask_showing(client: Client, request: Request) -> Answer:
    """The answer. Meanwhile the text is shown as provisional; it is gone when this returns or raises.

    Where no model writes, nothing is shown.
    """
    text, sources = "", 0
    shown = Live(console=standard_output(wrapped=True), transient=True)
    with closing(client.stream_ask(request)) as events, ExitStack() as screen:
        for event in events:
            match event:
                case EvidenceEvent(found):
                    sources = len(found)
                case TextEvent(delta):
                    if not text:
                        screen.enter_context(shown)
                    text += delta
                    shown.update(provisional(text, sources))
                case AnswerEvent(answer):
                    return answer
    raise CutOffError(CUT_OFF)
