"""POST /articles with files (multipart/form-data): each is read as what its content shows it to be."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import Headers, UploadFile
from starlette.routing import Match
from starlette.types import Scope

from api.body_limit import MIB
from api.dependencies import EngineDep, ImportWorkersDep, JobsDep
from api.schemas import IngestOut
from api.taking import Offer, accepted, take
from vectorstore.errors import ReadError
from vectorstore.readers.columns import columns_of
from vectorstore.readers.files import KnownBy, of_upload, upload_name
from vectorstore.readers.meter import Meter
from vectorstore.readers.reading import read_document
from vectorstore.records import Source

MOST_FILES = 100
_MOST_FIELDS = 20

BODY: dict[str, Any] = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "required": ["file"],
            "additionalProperties": False,
            "properties": {
                "file": {
                    "type": "array",
                    "items": {"type": "string", "format": "binary"},
                    "description": f"1 to {MOST_FILES} files of any kind that is read.",
                },
                "map": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "What the dumps among them call a field, like text=body.",
                },
                "known_by": {
                    "type": "string",
                    "enum": ["content", "name"],
                    "default": "content",
                    "description": "What makes an article that has neither an id nor an address the same the next "
                    "time: its content, or the file's name.",
                },
            },
        }
    }
}
"""How OpenAPI shows this request, beside the one of JSON at the same address."""


class _FormRoute(APIRoute):
    """A route for forms alone: at the same address, JSON has a route of its own."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        kind = Headers(scope=scope).get("content-type", "") if scope["type"] == "http" else ""
        if not kind.lower().startswith("multipart/form-data"):
            return Match.NONE, {}
        return super().matches(scope)


router = APIRouter(tags=["articles"], route_class=_FormRoute)


@router.post("/articles", include_in_schema=False, response_model=IngestOut)
async def ingest_files(
    request: Request, engine: EngineDep, jobs: JobsDep, workers: ImportWorkersDep
) -> IngestOut | Response:
    """Take the articles of files in. One that can't be read doesn't keep the others out.

    A file's name is shown and no more: nothing is written where it says.
    """
    # Closed by who reads the files: a job does so when the request has long been answered.
    form = await request.form(max_files=MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=MIB)
    taken = await workers.run(lambda: take(engine.store, jobs, _offered(form.multi_items())))
    return taken if isinstance(taken, IngestOut) else accepted(request, taken)


def _offered(parts: list[tuple[str, UploadFile | str]]) -> Offer:
    """The articles of a form's files, which are closed where it is no upload. Raises ReadError for that."""
    files = [part for _, part in parts if isinstance(part, UploadFile)]
    try:
        return _read(files, [(name, part) for name, part in parts if isinstance(part, str)])
    except ReadError:
        _close(files)
        raise


def _read(files: list[UploadFile], fields: list[tuple[str, str]]) -> Offer:
    columns = columns_of(value for name, value in fields if name == "map")
    known_by = _known_by([value for name, value in fields if name == "known_by"])
    if not files:
        raise ReadError("no file was sent; send 1 to 100 of them, each as a part named file")
    meter = Meter(sum(file.size or 0 for file in files))
    others = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return Offer(
        "ingest",
        f"{upload_name(files[0].filename or '')}{others}",
        _sources(files, columns, known_by, meter),
        share=meter.share,
        close=partial(_close, files),
    )


def _close(files: list[UploadFile]) -> None:
    for file in files:
        file.file.close()


def _known_by(said: list[str]) -> KnownBy:
    """What makes an article without an id and an address the same again. Raises ReadError."""
    match said:
        case [] | ["content"]:
            return "content"
        case ["name"]:
            return "name"
        case _:
            raise ReadError('known_by is none of "content" and "name"; send one of them, or leave it out')


def _sources(files: list[UploadFile], columns: Mapping[str, str], known_by: KnownBy, meter: Meter) -> Iterator[Source]:
    """The articles of the files, in their order, each read when its turn comes."""
    for file in files:
        document = meter.of(of_upload(file.file.read(), file.filename or "", columns, known_by))
        try:
            yield from read_document(document)
        except ReadError as error:
            yield Source(document.name, reason=str(error))
