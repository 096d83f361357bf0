"""The settings, from the environment (QA_*) and the `.env` of the working folder. Only entry points read them."""

import difflib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa.errors import SettingsError

PREFIX = "QA_"
DOTENV = Path(".env")


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

    data_dir: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default=Path("data"), description="The data folder: the library and its indexes. One process owns it at a time."
    )
    server: HttpUrl | None = Field(
        default=None, description="The server that `qa` goes through; unset, `qa` uses the data folder itself."
    )
    embedding: Annotated[str, BeforeValidator(str.strip), AfterValidator(_embedding)] = Field(
        default="wordllama", description='The embedding model: "wordllama" (embedded, no key) or "openai:MODEL".'
    )
    embedding_base_url: HttpUrl | None = Field(
        default=None, description="Where an OpenAI-compatible embedding model is served; unset, OpenAI itself."
    )
    embedding_api_key: SecretStr | None = Field(
        default=None, description="The key for the embedding model; a local server may need none."
    )
    embedding_timeout: float = Field(
        default=30.0, gt=0, le=600, description="Seconds to wait for the embedding model, at most 600."
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


def load_settings() -> Settings:
    """The settings of this process.

    Raises SettingsError, with a line for each problem, for a wrong value, an unknown QA_* name or a `.env` that can't
    be read. No value is ever part of the message: it may be a secret.
    """
    if problems := list(_unknown_names()):
        raise SettingsError("\n".join(problems))
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_in_words(error))) from None


def setting_names() -> tuple[str, ...]:
    """The variables by which the settings are set: QA_DATA_DIR, ..."""
    return tuple(PREFIX + name.upper() for name in Settings.model_fields)


def _unknown_names() -> Iterator[str]:
    known = setting_names()
    for place, names in (("the environment", os.environ), (str(DOTENV), _dotenv_names())):
        for name in names:
            if name.upper().startswith(PREFIX) and name.upper() not in known:
                close = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.0)
                yield f"{name} (in {place}) is not a setting; the closest one is {close[0]}"


def _dotenv_names() -> tuple[str, ...]:
    if not DOTENV.is_file():
        return ()
    try:
        return tuple(dotenv_values(DOTENV, encoding="utf-8", interpolate=False))
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{DOTENV} can't be read: it must be a readable UTF-8 text file") from None


def _in_words(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_input=False, include_url=False, include_context=False):
        reason = problem["msg"].removeprefix("Value error, ")
        yield f"{PREFIX}{str(problem['loc'][0]).upper()}: {reason}" if problem["loc"] else reason
