"""The settings, from the environment (QA_*) and the `.env` of the working folder. Only entry points read them."""

import difflib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from qa.errors import SettingsError

PREFIX = "QA_"
SLACK_PREFIX = "QA_SLACK_"
"""The settings of the Slack bot, which reads them itself; they may stand in the same `.env`."""
DOTENV = Path(".env")
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_ALIKE = 0.7  # difflib's likeness; all names begin alike, so that below this one is not meant for the other


def _http_url(value: str) -> str:
    """Refuse what is no plain http(s) address; userinfo too, since the address is shown in messages."""
    try:
        parts = urlsplit(value)
        valid = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise ValueError("must be an address like http://127.0.0.1:8000")
    if "@" in parts.netloc:
        raise ValueError("must not hold a user name or password")
    return value.rstrip("/")


def _embedding(value: str) -> str:
    if value == "wordllama" or (value.startswith("openai:") and value.removeprefix("openai:").strip()):
        return value
    raise ValueError('must be "wordllama" or "openai:MODEL"')


def _folder(value: Path) -> Path:
    """Refuse what leads to no folder, and what Chroma can't open."""
    try:
        str(value).encode()
        return value.expanduser()
    except UnicodeEncodeError:
        raise ValueError("must be valid UTF-8: rename the folder, or name another") from None
    except RuntimeError:
        raise ValueError("begins with ~, and no home folder of that name is known: write the whole path") from None


def _header_safe(value: SecretStr) -> SecretStr:
    """Refuse what can't be sent in a header: the client's own error for that would hold the key."""
    key = value.get_secret_value().strip()
    if not key.isascii() or not key.isprintable() or " " in key or not key:
        raise ValueError("must be one word of printable ASCII characters")
    return SecretStr(key)


def _model_name(value: str) -> str:
    if not value or not value.isprintable():
        raise ValueError("must be a model's name")
    return value


def _origin(value: str) -> str:
    """An origin as browsers send it: in lower case, and without the port that goes without saying."""
    parts = urlsplit(value)
    host = parts.hostname or ""
    more = parts.path.rstrip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host) or more:
        raise ValueError
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{parts.port}" if parts.port not in {None, _PORTS[parts.scheme]} else "")


def _origins(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """The origins of a list with commas, blanks or both between them."""
    origins = []
    for one in value.replace(",", " ").split() if isinstance(value, str) else value:
        try:
            origins.append(_origin(one))
        except ValueError:
            what = "one that holds a user name" if "@" in one else f'"{one[:100]}"'
            raise ValueError(
                f"{what} is no origin: name each page's scheme, host and port alone, like https://news.example or "
                "http://localhost:3000, and the host as browsers send it (xn--... where it is not ASCII)"
            ) from None
    return tuple(dict.fromkeys(origins))


HttpUrl = Annotated[str, BeforeValidator(str.strip), AfterValidator(_http_url)]


class Settings(BaseSettings):
    """Every setting, with its default. An empty value means the default."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=DOTENV,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",  # a .env may serve other programs too; `load_settings` refuses unknown QA_* names
        frozen=True,
        hide_input_in_errors=True,
    )

    data_dir: Annotated[Path, AfterValidator(_folder)] = Field(
        default=Path("data"), description="The data folder: the library and its indexes. One process owns it at a time."
    )
    server: HttpUrl | None = Field(
        default=None, description="The server that `qa` goes through; unset, `qa` uses the data folder itself."
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)] = Field(
        default=(),
        description="Origins of other pages that may use this server from a browser, with commas between; unset, none.",
    )
    embedding: Annotated[str, BeforeValidator(str.strip), AfterValidator(_embedding)] = Field(
        default="wordllama", description='The embedding model: "wordllama" (embedded, no key) or "openai:MODEL".'
    )
    embedding_base_url: HttpUrl | None = Field(
        default=None, description="Where an OpenAI-compatible embedding model is served; unset, OpenAI itself."
    )
    embedding_api_key: Annotated[SecretStr, AfterValidator(_header_safe)] | None = Field(
        default=None, description="The key for the embedding model; a local server may need none."
    )
    embedding_timeout: float = Field(
        default=30.0, gt=0, le=600, description="Seconds to wait for the embedding model, at most 600."
    )
    llm_base_url: HttpUrl | None = Field(
        default=None,
        description="Where the OpenAI-compatible model that writes answers is served; unset, OpenAI itself.",
    )
    llm_model: Annotated[str, BeforeValidator(str.strip), AfterValidator(_model_name)] | None = Field(
        default=None,
        description="The model that writes answers; unset, they are put together from the articles' words.",
    )
    llm_api_key: Annotated[SecretStr, AfterValidator(_header_safe)] | None = Field(
        default=None, description="The key for that model; a local server may need none."
    )
    llm_max_tokens: int = Field(
        default=600,
        ge=50,
        le=100_000,
        description="The most tokens that model may write for an answer; thinking ones need thousands.",
    )
    answer_deadline: float = Field(
        default=30.0,
        gt=0,
        le=600,
        description="Seconds within which a model's answer is checked and shown, at most 600.",
    )
    unsupported: Annotated[Literal["drop", "flag"], BeforeValidator(str.strip)] = Field(
        default="drop", description='What becomes of a sentence that its sources don\'t support: "drop" or "flag".'
    )

    reader: Annotated[Literal["on", "off"], BeforeValidator(str.strip)] = Field(
        default="on",
        description='Whether a trained reader finds the words that answer: "on", or "off" on a slow machine.',
    )
    allow_private_fetch: bool = Field(
        default=False,
        description="Whether addresses of private networks are fetched from, as those of an intranet.",
    )

    @model_validator(mode="after")
    def _remote_embedding_is_reachable(self) -> "Settings":
        remote = self.embedding.startswith("openai:")
        if remote and self.embedding_api_key is None and self.embedding_base_url is None:
            raise ValueError(
                f"{PREFIX}EMBEDDING is an OpenAI model: set {PREFIX}EMBEDDING_API_KEY, "
                f"or {PREFIX}EMBEDDING_BASE_URL for a server that needs no key"
            )
        return self

    @model_validator(mode="after")
    def _model_is_reachable(self) -> "Settings":
        if self.llm_model is None:
            if self.llm_base_url is not None or self.llm_api_key is not None:
                given = "LLM_BASE_URL" if self.llm_base_url is not None else "LLM_API_KEY"
                raise ValueError(f"{PREFIX}{given} is set without a model: set {PREFIX}LLM_MODEL to its name")
        elif self.llm_api_key is None and self.llm_base_url is None:
            raise ValueError(
                f"{PREFIX}LLM_MODEL is set: set {PREFIX}LLM_API_KEY, "
                f"or {PREFIX}LLM_BASE_URL for a server that needs no key"
            )
        return self


def load_settings() -> Settings:
    """The settings of this process.

    Raises SettingsError, with a line for each problem, for a wrong value, an unknown QA_* name or a `.env` that can't
    be read. No value is part of the message, since it may be a secret; but for an origin, which is none.
    """
    if problems := list(unknown_names(PREFIX, setting_names(), besides=SLACK_PREFIX)):
        raise SettingsError("\n".join(problems))
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(in_words(error, PREFIX))) from None


def setting_names() -> tuple[str, ...]:
    """The variables by which the settings are set: QA_DATA_DIR, ..."""
    return tuple(PREFIX + name.upper() for name in Settings.model_fields)


def unknown_names(prefix: str, known: Sequence[str], *, besides: str | None = None) -> Iterator[str]:
    """What is wrong with the names that begin with a prefix and are no settings, in words. besides: those of others."""
    for place, names in (("the environment", os.environ), (str(DOTENV), _dotenv_names())):
        for name in names:
            upper = name.upper()
            if not upper.startswith(prefix) or upper in known or (besides and upper.startswith(besides)):
                continue
            close = difflib.get_close_matches(upper, known, n=1, cutoff=_ALIKE)
            hint = f"the closest one is {close[0]}" if close else f"those there are: {', '.join(known)}"
            yield f"{name} (in {place}) is not a setting; {hint}"


def in_words(error: ValidationError, prefix: str) -> Iterator[str]:
    """What is wrong with settings whose names begin with a prefix, in words and without their values."""
    for problem in error.errors(include_input=False, include_url=False, include_context=False):
        reason = problem["msg"].removeprefix("Value error, ")
        yield f"{prefix}{str(problem['loc'][0]).upper()}: {reason}" if problem["loc"] else reason


def _dotenv_names() -> tuple[str, ...]:
    if not (DOTENV.is_file() or DOTENV.is_dir()):
        return ()
    try:
        with DOTENV.open(encoding="utf-8") as file:  # a folder can't be opened; given its path, dotenv reads nothing
            return tuple(dotenv_values(stream=file, interpolate=False))
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{DOTENV} can't be read: it must be a readable UTF-8 text file") from None
