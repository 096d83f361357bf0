"""/doctor: is everything in order, and what can be made anew?"""

from fastapi import APIRouter

from api.dependencies import EngineDep, ImportWorkersDep
from api.examples import problem_responses
from api.schemas import DoctorIn
from vectorstore.diagnosis import Diagnosis

router = APIRouter(tags=["upkeep"])


@router.post(
    "/doctor",
    summary="Check everything",
    responses=problem_responses("unreadable", "too_large", "invalid", "storage"),
)
async def examine(engine: EngineDep, workers: ImportWorkersDep, body: DoctorIn | None = None) -> Diagnosis:
    """Check the library, every passage in both indexes, and the disk; make anew what is broken, if that is asked for.

    Answers when it is done: 6,000 passages take some 3 seconds. Searches go on meanwhile. `ok` says if all is well.
    """
    return await workers.run(engine.store.upkeep.examine, repair=body is not None and body.repair)
