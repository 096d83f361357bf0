"""Events over HTTP: /slack/events, where each request must be signed by Slack."""

import asyncio
from collections.abc import Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from clients.errors import ClientError

PATH = "/slack/events"
MAX_BODY = 1 << 20
"""Bytes: more than anything that Slack sends."""
LINGER_S = 1.0
"""How long the rest of a body that is refused is heard out, and how long open connections may take at the end."""


def create_web_app(app: AsyncApp) -> web.Application:
    """The web application around a Bolt app that verifies signatures."""

    async def receive(request: web.Request) -> web.Response:
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        # What is no number, no ASCII or no JSON object would be an error of Bolt's, and not a request that is refused.
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12 and signature.isascii()):
            return _refused()
        try:
            bolt_request = await to_bolt_request(request)
        except (ValueError, LookupError, AttributeError):
            return _refused()
        return await to_aiohttp_response(await app.async_dispatch(bolt_request))

    made = web.Application(client_max_size=MAX_BODY)
    made.router.add_post(PATH, receive)
    return made


async def serve_events(app: AsyncApp, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve until cancelled. on_ready: told the URL. Raises ClientError where the address can't be served on."""
    runner = web.AppRunner(create_web_app(app), access_log=None, lingering_time=LINGER_S, shutdown_timeout=LINGER_S)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise ClientError(
                f"Can't serve on {host}, port {port}: {error.strerror}. Choose another with --host and --port."
            ) from None
        bound = runner.addresses[0]
        on_ready(f"http://{bound[0]}:{bound[1]}{PATH}")
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def _refused() -> web.Response:
    return web.json_response({"error": "invalid request"}, status=401)
