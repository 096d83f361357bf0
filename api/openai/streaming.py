"""Events as OpenAI's streams have them: lines of JSON in ASCII, which no client breaks at a sign within a word."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Response
from fastapi.sse import format_sse_event


def event(data: Mapping[str, Any], name: str | None = None) -> bytes:
    """One event."""
    return format_sse_event(event=name, data_str=json.dumps(data))


def at_once(events: Iterable[bytes]) -> Response:
    """A stream that needs no waiting for."""
    return Response(b"".join(events), media_type="text/event-stream", headers={"Cache-Control": "no-cache"})
