"""create_app: the Bolt app, put together. What comes in goes through `Intake` first; everything else is a listener."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from clients.errors import ClientError
from clients.slack import buttons
from clients.slack.actions import Actions
from clients.slack.asking import Answering
from clients.slack.assistant import create_assistant
from clients.slack.channels import Channels
from clients.slack.command import Command
from clients.slack.delivered import Delivered
from clients.slack.home import NEWEST, home_view
from clients.slack.intake import Intake, taken
from clients.slack.knowledge import look_up
from clients.slack.service import Service
from clients.slack.threads import Threads
from clients.slack.voice import Voice
from qa.errors import QAError
from vectorstore.errors import VectorstoreError

COMMAND = "/ask"
RATE_LIMITED_TRIES = 5
"""How often a call is made again that Slack limits, each time when Slack says."""
CALL_S = 30.0
"""How long Slack may take for a call."""

_FAILED = (QAError, VectorstoreError, ClientError)
_log = logging.getLogger(__name__)


class Bot:
    """The parts of a bot. app: Bolt's. identity: what `auth.test` told of the bot's token."""

    def __init__(
        self, client: AsyncWebClient, identity: dict[str, Any], store: Delivered, service: Service, channels: Channels
    ) -> None:
        self.service = service
        self.store = store
        self.client = client
        self.voice = Voice(client, str(identity["user_id"]))
        self.answering = Answering(store, service, Threads(store, service), self.voice)
        self.intake = Intake(store, self.answering, self.voice, channels)
        self.command = Command(store, self.answering, self.voice, channels)
        self.actions = Actions(store, service, self.answering, self.voice, client, channels)
        self._identity = identity

    def create_app(self, signing_secret: str | None) -> AsyncApp:
        """The Bolt app. signing_secret: by which requests over HTTP are verified; None over Socket Mode."""
        app = AsyncApp(
            name="dateline",
            logger=quiet_logger("bolt", logging.WARNING),
            client=web_client(None, self.client.base_url, self.client.session),
            authorize=_known_as(self._identity, self.client.token),
            signing_secret=signing_secret or "",
            request_verification_enabled=signing_secret is not None,
            ssl_check_enabled=False,  # it answers requests that nobody has signed
        )
        app.middleware(self.intake)
        app.assistant(create_assistant(self.service, self.answering, self.voice))
        app.event("app_mention")(self._answer)
        app.event("message")(self._answer)
        app.event("app_home_opened")(self._show_home)
        app.command(COMMAND)(self.command)
        for action in (buttons.FEEDBACK, buttons.UP, buttons.DOWN):
            app.action(action)(self.actions.judge)
        app.action(buttons.SOURCES)(self.actions.show_sources)
        app.action(buttons.SHARE)(self.actions.share)
        for number in range(buttons.SUGGESTIONS):
            app.action(f"{buttons.SUGGEST}{number}")(self.actions.suggest)
        return app

    async def _answer(self, context: AsyncBoltContext) -> None:
        self.answering.start(taken(context))

    async def _show_home(self, event: dict[str, Any]) -> None:
        if event.get("tab") != "home":
            return
        try:
            known = await look_up(self.service, NEWEST)
        except _FAILED as error:
            _log.warning("The Home tab is shown without the library: %s", error)
            known = None
        try:
            await self.client.views_publish(user_id=event["user"], view=home_view(known))
        except SlackApiError as error:
            self.voice.complaints.tell(error, "the Home tab")
        except (aiohttp.ClientError, TimeoutError):
            _log.warning("The Home tab is not shown: Slack can't be reached.")


def _known_as(identity: dict[str, Any], token: str | None) -> Callable[[], Awaitable[AuthorizeResult]]:
    """Who the bot is: known from its start, so that no event waits for Slack to say it again."""
    known = AuthorizeResult(
        enterprise_id=identity.get("enterprise_id"),
        team_id=identity.get("team_id"),
        team=identity.get("team"),
        url=identity.get("url"),
        bot_user_id=identity.get("user_id"),
        bot_id=identity.get("bot_id"),
        bot_token=token,
    )

    async def authorize() -> AuthorizeResult:  # no method: Bolt would take `self` for an argument of its own
        return known

    return authorize


def web_client(token: str | None, url: str, session: aiohttp.ClientSession | None) -> AsyncWebClient:
    """A client of Slack's Web API that waits as long as Slack's rate limits say. session: whose connections it uses.

    What fails on its way is not sent again here: only who sends it knows whether that may be done twice.
    """
    return AsyncWebClient(
        token,
        url,
        session=session,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_LIMITED_TRIES)],
        logger=quiet_logger("web", logging.WARNING),
    )


def quiet_logger(name: str, level: int) -> logging.Logger:
    """A logger for Slack's libraries. They ask for the level of the logger itself, not for the one in effect."""
    logger = logging.getLogger(f"{__name__}.{name}")
    logger.setLevel(level)
    return logger
