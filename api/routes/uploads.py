"""POST /articles with files (multipart/form-data): each is read as what its content shows it to be."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.datastructures import Headers, UploadFile
from starlette.routing import Match
from starlette.types import Scope

from api.body_limit import MIB
from api.dependencies import EngineDep, ImportWorkersDep
from api.schemas import IngestOut
from vectorstore.errors import ReadError
from vectorstore.readers.columns import columns_of
from vectorstore.readers.files import of_upload
from vectorstore.readers.reading import read_document
from vectorstore.records import Source

MOST_FILES = 100
_MOST_FIELDS = 20

BODY: dict[str, Any] = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "required": ["file"],
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


@router.post("/articles", include_in_schema=False)
async def ingest_files(request: Request, engine: EngineDep, workers: ImportWorkersDep) -> IngestOut:
    """Take the articles of files in. One that can't be read doesn't keep the others out.

    A file's name is shown and no more: nothing is written where it says.
    """
    async with request.form(max_files=MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=MIB) as form:
        parts = form.multi_items()
        files = [part for _, part in parts if isinstance(part, UploadFile)]
        columns = columns_of(part for name, part in parts if name == "map" and isinstance(part, str))
        if not files:
            raise ReadError("no file was sent; send 1 to 100 of them, each as a part named file")
        results = await workers.run(lambda: engine.store.ingest(_sources(files, columns)))
    return IngestOut(results=list(results))


def _sources(files: list[UploadFile], columns: Mapping[str, str]) -> Iterator[Source]:
    """The articles of the files, in their order, each read when its turn comes."""
    for file in files:
        document = of_upload(file.file.read(), file.filename or "", columns)
        try:
            yield from read_document(document)
        except ReadError as error:
            yield Source(document.name, reason=str(error))
