"""run: the bot as a process, from its settings to its last answer."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from clients.errors import ClientError, SlackSetupError
from clients.slack.app import CALL_S, Bot, web_client
from clients.slack.channels import Channels
from clients.slack.complaints import MISSING_SCOPE, error_of
from clients.slack.delivered import Delivered
from clients.slack.http import serve_events
from clients.slack.presence import Presence
from clients.slack.recovery import Recovery
from clients.slack.service import Service
from clients.slack.settings import APP_TOKEN, BOT_TOKEN, SlackSettings
from clients.slack.socket import Socket
from qa.settings import SLACK_PREFIX, Settings

_log = logging.getLogger(__name__)

FOLDER = "slack"
"""Of the bot's store, in the data folder."""
LAST_ANSWERS_S = 20.0
"""How long answers under way may take when the bot is told to stop."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to serve HTTP."""

    host: str
    port: int


async def run(
    settings: Settings, slack: SlackSettings, address: Address | None, on_ready: Callable[[str], None]
) -> signal.Signals:
    """Run until SIGTERM or SIGINT: which of them came. See `run_until`."""
    loop = asyncio.get_running_loop()
    told: asyncio.Future[signal.Signals] = loop.create_future()

    def tell(name: signal.Signals) -> None:
        if not told.done():
            told.set_result(name)

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, tell, name)
    await run_until(told, settings, slack, address, on_ready)
    return await told


async def run_until(
    told: asyncio.Future[Any],
    settings: Settings,
    slack: SlackSettings,
    address: Address | None,
    on_ready: Callable[[str], None],
) -> None:
    """Run until `told` has a result. address: where to serve HTTP; None for Socket Mode.

    on_ready: told, in a sentence, when events are taken. Raises SlackSetupError where Slack refuses the bot,
    BotStoreError, or ClientError.
    """
    token = slack.bot_token.get_secret_value() if slack.bot_token else None
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_S)) as session:
        client = web_client(token, slack.api_url, session)
        identity = await _identity(client)
        app_token = slack.app_token.get_secret_value() if slack.app_token else ""
        if address is None:
            await _check_app_token(client, app_token)
        presence = Presence.begin(settings.data_dir / FOLDER)
        try:
            store = Delivered(settings.data_dir / FOLDER, presence.token)
            bot = Bot(client, identity, store, Service(settings), Channels.read(slack.channels))
            await _notice_service(bot.service)
            recovery = Recovery(store, presence, bot.voice, bot.answering)
            if address is None:
                taking = _by_socket(bot, app_token, identity, on_ready)
            else:
                taking = _over_http(bot, slack, address, on_ready)
            await _take_until(told, bot, recovery, taking)
        finally:
            presence.end()


async def _take_until(
    told: asyncio.Future[Any], bot: Bot, recovery: Recovery, taking: Coroutine[Any, Any, None]
) -> None:
    """Take events, then let the answers under way end. What is not answered by then is told to be cut off."""
    tasks = [asyncio.ensure_future(taking), asyncio.ensure_future(recovery.keep_looking())]
    try:
        first: list[asyncio.Future[Any]] = [told, *tasks]
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for key in await bot.answering.finish(LAST_ANSWERS_S):
            kept = await asyncio.to_thread(bot.store.find, key)
            if kept is not None:
                await recovery.cut_off(kept)
        bot.service.close()
        bot.store.close()


async def _by_socket(bot: Bot, app_token: str, identity: dict[str, Any], on_ready: Callable[[str], None]) -> None:
    socket = Socket(bot.create_app(None), app_token, bot.client)
    where = f"in the workspace {identity.get('team')} as @{identity.get('user')}"
    await socket.keep(lambda: on_ready(f"The bot listens {where}, over Socket Mode. Ctrl-C ends it."))


async def _over_http(bot: Bot, slack: SlackSettings, address: Address, on_ready: Callable[[str], None]) -> None:
    secret = slack.signing_secret.get_secret_value() if slack.signing_secret else ""
    app = bot.create_app(secret)
    await serve_events(
        app,
        address.host,
        address.port,
        lambda url: on_ready(f"The bot takes Slack's requests at {url}. Ctrl-C ends it."),
    )


async def _notice_service(service: Service) -> None:
    """Say so where the article service isn't there yet: the bot starts all the same."""
    try:
        await service.call(lambda client: client.health())
    except ClientError as error:
        _log.warning("Questions can't be answered yet. %s", error)


async def _identity(client: AsyncWebClient) -> dict[str, Any]:
    """Who the bot is. Raises SlackSetupError."""
    try:
        return dict((await client.auth_test()).data)  # type: ignore[arg-type]
    except SlackApiError as error:
        raise SlackSetupError(
            f"Slack refuses {SLACK_PREFIX}BOT_TOKEN ({error_of(error)}). It must be {BOT_TOKEN}."
        ) from None
    except (aiohttp.ClientError, TimeoutError):
        raise _unreachable(client) from None


async def _check_app_token(client: AsyncWebClient, token: str) -> None:
    """See that a connection may be opened. Raises SlackSetupError."""
    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        code = error_of(error)
        if code == MISSING_SCOPE:
            why = "the scope connections:write is missing"
        else:
            why = "Socket Mode is off" if code == "not_allowed_token_type" else code
        raise SlackSetupError(f"Slack refuses {SLACK_PREFIX}APP_TOKEN ({why}). It must be {APP_TOKEN}.") from None
    except (aiohttp.ClientError, TimeoutError):
        raise _unreachable(client) from None


def _unreachable(client: AsyncWebClient) -> SlackSetupError:
    return SlackSetupError(
        f"Slack can't be reached at {client.base_url}. Check the network and the proxy, or {SLACK_PREFIX}API_URL."
    )
