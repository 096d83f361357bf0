"""The assistant pane: a greeting with what may be asked, and a title for each thread."""

import logging
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAssistant, AsyncBoltContext, AsyncSay, AsyncSetSuggestedPrompts, AsyncSetTitle
from slack_sdk.errors import SlackApiError

from clients.errors import ClientError
from clients.slack.asking import Answering
from clients.slack.intake import taken
from clients.slack.knowledge import Knowledge, look_up
from clients.slack.service import Service
from clients.slack.splitting import shortened
from clients.slack.voice import Voice
from clients.visible import line
from qa.errors import QAError
from vectorstore.errors import VectorstoreError

GREETING = "Ask me about the news in the library. Every sentence of my answers comes with the words that it rests on."
PROMPTS = 4
"""As many as Slack shows."""

_MAX_PROMPT = 75
_MAX_TITLE = 100
_log = logging.getLogger(__name__)


def create_assistant(service: Service, answering: Answering, voice: Voice) -> AsyncAssistant:
    """Bolt's middleware for the pane. Its questions are answered like all others."""
    assistant = AsyncAssistant(app_name="dateline")

    @assistant.thread_started
    async def greet(say: AsyncSay, set_suggested_prompts: AsyncSetSuggestedPrompts) -> None:
        try:
            await say(GREETING)
            if prompts := suggested(await look_up(service, PROMPTS)):
                await set_suggested_prompts(prompts=prompts, title="From the newest articles:")
        except SlackApiError as error:
            voice.complaints.tell(error, "a greeting")
        except (QAError, VectorstoreError, ClientError, aiohttp.ClientError, TimeoutError) as error:
            _log.warning("A thread begins without suggestions: %s", error)

    @assistant.user_message
    async def answer(context: AsyncBoltContext, set_title: AsyncSetTitle) -> None:
        kept = taken(context)
        answering.start(kept)
        try:
            await set_title(shortened(line(kept.asked.text), _MAX_TITLE) or "A question")
        except SlackApiError as error:
            voice.complaints.tell(error, "a title")
        except (aiohttp.ClientError, TimeoutError):
            _log.warning("A thread stays without a title: Slack can't be reached.")

    return assistant


def suggested(known: Knowledge) -> list[dict[str, Any]]:
    """A prompt for each of the newest articles that has a title."""
    titles = [line(article.title) for article in known.newest if article.title and line(article.title)]
    return [
        {"title": shortened(title, _MAX_PROMPT), "message": f"What happened: {shortened(title, 300)}?"}
        for title in titles
    ]
