"""/doctor: is everything in order, and what can be made anew? /backup: a copy of the library."""

import os
from collections.abc import Iterator
from typing import BinaryIO

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from api.dependencies import EngineDep, ImportWorkersDep
from api.examples import problem_responses
from api.schemas import DoctorIn
from vectorstore.diagnosis import Diagnosis

SQLITE = "application/vnd.sqlite3"
_CHUNK = 1 << 20

router = APIRouter(tags=["upkeep"])


@router.post(
    "/doctor",
    summary="Check everything",
    responses=problem_responses("unreadable", "too_large", "invalid", "disk_full", "storage"),
)
async def examine(engine: EngineDep, workers: ImportWorkersDep, body: DoctorIn | None = None) -> Diagnosis:
    """Check the library, every passage in both indexes, and the disk; make anew what is broken, if that is asked for.

    Answers when it is done: 6,000 passages take some 3 seconds. Searches go on meanwhile. `ok` says if all is well.
    """
    return await workers.run(engine.store.upkeep.examine, repair=body is not None and body.repair)


@router.post(
    "/backup",
    summary="Take a backup",
    response_class=StreamingResponse,
    responses={
        200: {"content": {SQLITE: {"schema": {"type": "string", "format": "binary"}}}, "description": "The library"},
        **problem_responses("disk_full", "storage"),
    },
)
async def back_up(engine: EngineDep, workers: ImportWorkersDep) -> StreamingResponse:
    """The library as it is at one moment: a SQLite database, which `qa backup DIR` keeps and `qa restore DIR` takes.

    It holds all that is kept: articles in all revisions, conversations and feedback. Others read and write meanwhile.
    """
    file = await workers.run(engine.store.upkeep.snapshot)
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return StreamingResponse(_chunks(file), media_type=SQLITE, headers={"Content-Length": str(size)})


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
