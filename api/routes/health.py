"""Whether the server lives (/healthz), and whether it can answer (/readyz)."""

from fastapi import APIRouter, Response

from api.dependencies import EngineDep, Workers, WorkersDep
from api.schemas import HealthOut, ReadyOut
from api.version import SERVICE, version
from qa.engine import Engine

MODEL_S = 0.5
"""How long readiness waits for the model's server: much less than a prober waits for readiness."""

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Alive")
async def healthz(engine: EngineDep) -> HealthOut:
    """Alive. Touches neither disk nor index."""
    return HealthOut(status="alive", service=SERVICE, version=version(), instance=engine.store.token)


@router.get(
    "/readyz",
    summary="Ready",
    responses={503: {"model": ReadyOut, "description": "Not ready: `checks` says which part"}},
)
async def readyz(engine: EngineDep, workers: WorkersDep, response: Response) -> ReadyOut:
    """Ready: the indexes prove themselves by looking vectors up, and the embedding model is loaded.

    `checks.model` tells of the model that writes answers, but readiness doesn't depend on it.
    """
    health = await workers.run(engine.store.check)
    if not health.ready:
        response.status_code = 503
    checks = {**health.detail, "model": await _model(engine, workers)}
    return ReadyOut(ready=health.ready, embedding=engine.store.embedding_name, checks=checks)


async def _model(engine: Engine, workers: Workers) -> str:
    """How the model is that writes answers. It is asked once a minute at most, and not waited for."""
    if engine.writer is None:
        return "off"
    try:
        return await workers.run_within(MODEL_S, engine.check_model) or "ok"
    except TimeoutError:
        return f"It has not answered within {MODEL_S:g} s."
