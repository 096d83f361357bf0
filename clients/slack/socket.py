"""Socket Mode: events over a WebSocket that the bot opens itself. It is opened anew whenever it breaks.

slack-sdk opens a broken connection again, but only after seconds, and goes on for ever with an address that Slack takes
once only. So it is told at once, and a connection that stays broken is given up here, with its client, for a new one.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from clients.slack.app import quiet_logger

PING_S = 5.0
"""Between signs of life, and between the tries of slack-sdk to connect."""
PATIENCE_S = 15.0
"""How long slack-sdk may take to open a broken connection again."""

_LOOK_S = 0.25
_log = logging.getLogger(__name__)


class Socket:
    """A connection of Socket Mode that is kept open."""

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient) -> None:
        self._app = app
        self._token = app_token
        self._client = client
        self._handler: AsyncSocketModeHandler | None = None

    async def keep(self, on_ready: Callable[[], None]) -> None:
        """Be connected until cancelled. on_ready: called when the first connection stands."""
        told = False
        while True:
            handler = self._handler = self._opened()
            connecting = asyncio.ensure_future(handler.connect_async())
            try:
                async for standing in self._watched(handler):
                    if standing and not told:
                        told = True
                        on_ready()
                    if not standing and connecting.done():
                        connecting = asyncio.ensure_future(_connect_again(handler))
            finally:
                connecting.cancel()
                await self.close()
            _log.warning("The connection to Slack stays broken; a new one is opened.")

    async def close(self) -> None:
        """Take no more events."""
        handler, self._handler = self._handler, None
        if handler is not None:
            with suppress(aiohttp.ClientError, TimeoutError, OSError):
                await handler.close_async()

    def _opened(self) -> AsyncSocketModeHandler:
        return AsyncSocketModeHandler(
            self._app,
            self._token,
            logger=quiet_logger("socket", logging.CRITICAL),  # it tells of each try, with its traceback
            web_client=self._client,
            ping_interval=PING_S,
        )

    async def _watched(self, handler: AsyncSocketModeHandler) -> AsyncGenerator[bool, None]:
        """Whether the connection stands, until it has not for too long."""
        stood_at = time.monotonic()
        while time.monotonic() - stood_at < PATIENCE_S:
            standing = await handler.client.is_connected()
            if standing:
                stood_at = time.monotonic()
            yield standing
            await asyncio.sleep(_LOOK_S)


async def _connect_again(handler: AsyncSocketModeHandler) -> None:
    """Connect at once, where slack-sdk would look for a broken connection only now and again."""
    try:
        await handler.client.connect_to_new_endpoint()
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        await asyncio.sleep(PING_S)  # Slack can't be reached, or gives no address now
