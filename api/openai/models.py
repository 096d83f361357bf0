"""The names that answers are asked for by, as OpenAI lists its models."""

from typing import Any

from fastapi import APIRouter

from api.openai.errors import OpenAIError
from qa.records import Mode

MODES: dict[str, Mode] = {"dateline": "auto", "dateline-extractive": "extractive"}
_CREATED = 1_735_689_600  # programs sort by it; these are as old as each other

router = APIRouter()


def mode_of(model: str) -> Mode:
    """Who writes the answer. Raises OpenAIError for a name that isn't one of ours."""
    if model not in MODES:
        names = " and ".join(f"`{name}`" for name in MODES)
        message = f"The model `{model[:100]}` does not exist. The models of this server are {names}."
        raise OpenAIError(message, param="model", code="model_not_found", status=404)
    return MODES[model]


@router.get("/models")
async def list_models() -> dict[str, Any]:
    """All of them."""
    return {"object": "list", "data": [_model(name) for name in MODES]}


@router.get("/models/{model}")
async def read_model(model: str) -> dict[str, Any]:
    """One of them."""
    mode_of(model)
    return _model(model)


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": _CREATED, "owned_by": "dateline"}
