"""The model that writes answers, behind any OpenAI-compatible API: OpenAI, Ollama, vLLM, llama.cpp, a gateway..."""

import httpx
import openai
from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]
from pydantic import BaseModel, ValidationError

from qa.errors import ModelRefusedError, ModelReplyError
from qa.llm.chat_options import chat_options
from qa.llm.llamaindex_model import LlamaIndexModel
from qa.llm.model_errors import status_error
from qa.llm.model_transport import DeadlineTransport, proxy_for
from qa.llm.retrying import Breaker, Retries

OPENAI_URL = "https://api.openai.com/v1"
_NO_KEY = "none"
_NAMED, _LONGEST_NAME, _MOST_BYTES = 5, 120, 1_000_000


class _Model(BaseModel):
    id: str


class _Models(BaseModel):
    """What GET /models gives."""

    data: list[_Model]


def open_model(
    base_url: str | None,
    model: str,
    api_key: str | None,
    *,
    max_tokens: int = 600,
    retries: Retries | None = None,
    breaker: Breaker | None = None,
) -> LlamaIndexModel:
    """A model behind an OpenAI-compatible API. Opening makes no request; `check` does.

    base_url: the API's address, None for OpenAI's own. api_key: None where the server needs none. max_tokens: how long
    a reply may be; one that is longer is an error. Raises ModelRefusedError for a model that has no chat API.
    """
    address = (base_url or OPENAI_URL).rstrip("/")
    # A key is always given: LlamaIndex would look for it in the environment, and send OpenAI's key to any server.
    key = api_key or _NO_KEY
    try:
        transport = DeadlineTransport(secure=address.startswith("https:"), proxy=proxy_for(address))
        client = httpx.Client(transport=transport, follow_redirects=False)
        api = openai.OpenAI(base_url=address, api_key=key, http_client=client, max_retries=0)
        _ = api.chat.completions  # imported on first use, which takes half a second: not of the first question's time
        llm = OpenAILike(
            model=model,
            api_base=address,
            api_key=key,
            openai_client=api,
            temperature=0.0,
            max_retries=0,
            is_chat_model=True,
            # No tokenizer: nothing is counted, and nothing downloaded to count with. The server knows its own limits.
            tokenizer=None,
        )
    except ValueError as error:
        raise ModelRefusedError(
            f"The model {model} can't be used ({type(error).__name__}): set QA_LLM_MODEL to one with a chat API, and "
            "HTTPS_PROXY, where it is set, to an http:// address."
        ) from None
    return LlamaIndexModel(
        llm,
        model,
        options=chat_options(max_tokens),
        probe=lambda: _lists_models(client, address, key, model),
        retries=retries,
        breaker=breaker,
        close=client.close,
    )


def _lists_models(client: httpx.Client, address: str, key: str, model: str) -> bool:
    """Whether the server answers GET /models, which costs nothing; False where it has no such resource.

    Raises ModelError where it does not list the model, and where what it says is no list at all.
    """
    with client.stream("GET", f"{address}/models", headers={"Authorization": f"Bearer {key}"}) as response:
        if response.status_code in {404, 405, 501}:
            return False
        if response.status_code != 200:
            raise status_error(response.status_code, model)
        if "json" not in response.headers.get("content-type", ""):
            raise ModelReplyError(
                "The model's server lists its models in no known way. Check that QA_LLM_BASE_URL is the address of an "
                "OpenAI-compatible API; it often ends in /v1."
            )
        listed = _names_in(_read(response))
    if listed and not any(name == model or name.partition(":")[0] == model for name in listed):
        some = ", ".join(listed[:_NAMED])
        raise ModelRefusedError(
            f"The server lists no model {model}. Set QA_LLM_MODEL to one that it has: {some}"
            f"{', ...' if len(listed) > _NAMED else ''}."
        )
    return True


def _read(response: httpx.Response) -> bytes:
    """The body, as far as it is read: a list of models is short."""
    body = b""
    for part in response.iter_bytes():
        body += part
        if len(body) > _MOST_BYTES:
            break
    return body


def _names_in(body: bytes) -> list[str]:
    """The models' names in a list as OpenAI gives it; none where it has another form, which says nothing of a model."""
    try:
        rows = _Models.model_validate_json(body).data
    except ValidationError:
        return []
    return [name for row in rows if (name := row.id) and name.isprintable() and len(name) <= _LONGEST_NAME]
