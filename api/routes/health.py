"""Whether the server lives (/healthz), and whether it can answer (/readyz)."""

from fastapi import APIRouter, Response

from api.dependencies import EngineDep, WorkersDep
from api.schemas import HealthOut, ReadyOut
from api.version import SERVICE, version

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
    """Ready: the indexes prove themselves by looking vectors up, and the embedding model is loaded."""
    health = await workers.run(engine.store.check)
    if not health.ready:
        response.status_code = 503
    return ReadyOut(ready=health.ready, embedding=engine.store.embedding_name, checks=health.detail)
