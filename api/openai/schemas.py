"""What is read from a request. What is known has its type, as OpenAI has it; the rest is taken and left out of account.

Fields without use here are parameters of models: they are checked, so that a wrong one is told, and nothing reads them.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Metadata = Annotated[dict[str, str], Field(max_length=16)]
Temperature = Annotated[float, Field(ge=0, le=2)]
Share = Annotated[float, Field(ge=0, le=1)]
Tokens = Annotated[int, Field(ge=1)]
Penalty = Annotated[float, Field(ge=-2, le=2)]


class _Taken(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


class StreamOptions(_Taken):
    """include_usage: send the usage in a chunk of its own, the last one."""

    include_usage: bool | None = None


class _Request(_Taken):
    model: str
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    temperature: Temperature | None = None
    top_p: Share | None = None
    metadata: Metadata | None = None
    user: str | None = None
    store: bool | None = None
    tools: list[dict[str, Any]] | None = None
    parallel_tool_calls: bool | None = None


class ChatRequest(_Request):
    """POST /v1/chat/completions."""

    messages: list[dict[str, Any]] = Field(min_length=1)
    n: int | None = None
    response_format: dict[str, Any] | None = None
    max_tokens: Tokens | None = None
    max_completion_tokens: Tokens | None = None
    seed: int | None = None
    stop: str | list[str] | None = None
    presence_penalty: Penalty | None = None
    frequency_penalty: Penalty | None = None
    logprobs: bool | None = None


class ResponsesRequest(_Request):
    """POST /v1/responses."""

    input: str | list[dict[str, Any]]
    instructions: str | None = None
    max_output_tokens: Tokens | None = None
    previous_response_id: str | None = None
    conversation: str | dict[str, Any] | None = None
    background: bool | None = None
    text: dict[str, Any] | None = None
