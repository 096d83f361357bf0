"""create_app: the HTTP service, put together."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import anyio
from fastapi import APIRouter, FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from api.body_limit import MIB, BodyLimit
from api.dependencies import IMPORT_WORKERS, MODEL_WORKERS, State, Workers
from api.docs import add_docs
from api.errors import add_error_handlers
from api.mcp.door import PATH as MCP
from api.mcp.door import McpDoor, McpRoute
from api.mcp.engine_desk import EngineDesk
from api.methods import HeadAsGet
from api.openai.app import PREFIX as OPENAI
from api.openai.app import create_openai_app
from api.openai.errors import refused as refused_as_openai
from api.origin import OwnOrigin
from api.page import add_page
from api.requests import RequestLog
from api.routes import ROUTERS
from api.version import version
from qa.bootstrap import open_engine
from qa.engine import Engine
from qa.settings import load_settings
from vectorstore.jobs.runner import Jobs

MAX_ARTICLES_BODY = 64 * MIB

DESCRIPTION = """Questions over news articles, with answers that can be checked.

Every sentence of an answer cites the exact words of an article. Where the articles don't say, the answer says so.
Errors are problem details (RFC 9457, `application/problem+json`); `retryable` says whether trying again may help.
"""


def create_app(
    engine: Engine | None = None,
    *,
    loopback: bool = False,
    allowed_origins: Collection[str] = (),
    allow_private_fetch: bool = False,
    jobs: Jobs | None = None,
    routers: Sequence[APIRouter] = ROUTERS,
) -> FastAPI:
    """The application over an engine, which its caller closes; without one it opens its own from the settings.

    loopback: whether it is served on this machine's own address only; see `OwnOrigin`. allowed_origins: of other sites'
    pages that may use it. allow_private_fetch: whether an import may fetch from private networks; without an engine,
    the settings say both. jobs: those of the engine's library; without them it has its own, and either way they end
    with it. routers: what it answers to. A door with errors of its own shape is an application of its
    own, mounted here.
    """
    allowed = load_settings().allowed_origins if engine is None else allowed_origins

    app = FastAPI(
        title="Dateline",
        summary="Ask questions over news articles and get answers you can check.",
        description=DESCRIPTION,
        version=version(),
        lifespan=_lifespan(engine, allow_private_fetch, jobs),
        docs_url=None,  # see api.docs
        redoc_url=None,
        redirect_slashes=False,
    )
    _add_middleware(app, loopback, allowed)
    add_error_handlers(app)
    for router in routers:
        app.include_router(router)
    app.mount(OPENAI, create_openai_app())
    app.router.routes.append(Route(MCP, McpRoute(), methods=["POST"]))
    add_docs(app)
    add_page(app)
    return app


def _lifespan(
    engine: Engine | None, allow_private_fetch: bool, jobs: Jobs | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[State]]:
    """What the application has from its start to its end: the engine, its pools of threads, its jobs and MCP's door."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[State]:
        workers, model_workers, import_workers = Workers(), Workers(MODEL_WORKERS), Workers(IMPORT_WORKERS)
        opened, private = engine, allow_private_fetch
        if opened is None:
            settings = load_settings()
            opened, private = await workers.run(open_engine, settings), settings.allow_private_fetch
        under_way = jobs or Jobs(lambda: opened.store.database, opened.store.token)
        try:
            async with anyio.create_task_group() as tasks:
                mcp = McpDoor(EngineDesk(opened, workers, model_workers), tasks)
                yield {
                    "engine": opened,
                    "workers": workers,
                    "model_workers": model_workers,
                    "import_workers": import_workers,
                    "jobs": under_way,
                    "mcp": mcp,
                    "allow_private_fetch": private,
                }
                tasks.cancel_scope.cancel()
        finally:
            await workers.run(under_way.close)
            if engine is None:
                await workers.run(opened.close)

    return lifespan


def _add_middleware(app: FastAPI, loopback: bool, allowed_origins: Collection[str]) -> None:
    """What a request passes before the routes, the innermost first."""
    app.add_middleware(BodyLimit, limits={"/articles": MAX_ARTICLES_BODY})
    app.add_middleware(HeadAsGet)
    if allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=allowed_origins,
            allow_methods=("GET", "HEAD", "POST", "PATCH", "DELETE"),
            allow_headers=("*",),  # OpenAI's and MCP's clients send many of their own
            expose_headers=("Retry-After",),
            allow_private_network=True,
        )
    app.add_middleware(OwnOrigin, loopback=loopback, allowed=allowed_origins, dialects={OPENAI: refused_as_openai})
    app.add_middleware(RequestLog)
