"""/mcp: MCP over streamable HTTP, without sessions. What it needs is imported with its first request, not at start."""

from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
from anyio.abc import TaskGroup, TaskStatus
from starlette.types import ASGIApp, Receive, Scope, Send

from api.mcp.desk import Desk

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

PATH = "/mcp"


class McpDoor:
    """ASGI application over a desk. tasks: those that live as long as the server does.

    Which hosts and pages may call is not the SDK's to check here: `OwnOrigin` does, for all of the service.
    """

    def __init__(self, desk: Desk, tasks: TaskGroup) -> None:
        self._desk = desk
        self._tasks = tasks
        self._opening = anyio.Lock()
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        async with self._opening:
            if self._app is None:
                self._app = await self._tasks.start(self._serve)
        await self._app(scope, receive, send)

    async def _serve(self, *, task_status: TaskStatus[ASGIApp]) -> None:
        """Have the SDK's manager run until the server ends."""
        server = await anyio.to_thread.run_sync(_created, self._desk)
        async with server.session_manager.run():
            task_status.started(server.session_manager.handle_request)
            await anyio.sleep_forever()


def _created(desk: Desk) -> "MCPServer":
    # Half a second of imports, which a server that nobody speaks MCP to must not pay.
    from mcp.server.transport_security import TransportSecuritySettings

    from api.mcp.tools import create_mcp_server

    server = create_mcp_server(desk)
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    server.streamable_http_app(stateless_http=True, transport_security=unchecked)  # makes the session manager
    return server


class McpRoute:
    """ASGI application: the door that lives in the server's state."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        await scope["state"]["mcp"](scope, receive, send)
