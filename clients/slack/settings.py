"""The bot's settings (QA_SLACK_*). Whatever is missing or wrong is told with where in Slack to find it."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from clients.slack.channels import Channels
from qa.errors import SettingsError
from qa.settings import DOTENV, SLACK_PREFIX, HttpUrl, in_words, unknown_names

APPS = "https://api.slack.com/apps"
BOT_TOKEN = f'the "Bot User OAuth Token" of your app: {APPS}, "OAuth & Permissions", once it is installed'
APP_TOKEN = f'an "App-Level Token" with the scope connections:write: {APPS}, "Basic Information"'
SIGNING_SECRET = f'the "Signing Secret" of your app: {APPS}, "Basic Information", "App Credentials"'


def _token(prefix: str, where: str) -> AfterValidator:
    def checked(value: SecretStr) -> SecretStr:
        token = value.get_secret_value().strip()
        if not token.startswith(prefix) or not token.isascii() or not token.isprintable() or " " in token:
            raise ValueError(f"must begin with {prefix} and be one word. It is {where}")
        return SecretStr(token)

    return AfterValidator(checked)


def _secret(value: SecretStr) -> SecretStr:
    secret = value.get_secret_value().strip()
    if not secret.isalnum() or not secret.isascii():
        raise ValueError(f"must be one word of letters and digits. It is {SIGNING_SECRET}")
    return SecretStr(secret)


def _channels(value: str) -> str:
    Channels.read(value)
    return value


class SlackSettings(BaseSettings):
    """Every setting of the bot. An empty value means the default."""

    model_config = SettingsConfigDict(
        env_prefix=SLACK_PREFIX,
        env_file=DOTENV,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: Annotated[SecretStr, _token("xoxb-", BOT_TOKEN)] | None = Field(
        default=None, description="The bot's token (xoxb-...): OAuth & Permissions, Bot User OAuth Token."
    )
    app_token: Annotated[SecretStr, _token("xapp-", APP_TOKEN)] | None = Field(
        default=None, description="For `qa slack`: the app's token (xapp-...): Basic Information, App-Level Tokens."
    )
    signing_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = Field(
        default=None, description="For `qa slack --http`: the signing secret: Basic Information, App Credentials."
    )
    channels: Annotated[str, BeforeValidator(str.strip), AfterValidator(_channels)] = Field(
        default="",
        description="Where the bot may answer: channel ids, each with :mention-only if so; unset, wherever it is.",
    )
    api_url: HttpUrl = Field(
        default="https://slack.com/api", description="Slack's Web API; another one for GovSlack or a proxy."
    )

    @model_validator(mode="after")
    def _has_a_bot(self) -> Self:
        if self.bot_token is None:
            raise ValueError(f"{SLACK_PREFIX}BOT_TOKEN is missing. It is {BOT_TOKEN}")
        return self


def load_slack_settings(*, http: bool) -> SlackSettings:
    """The bot's settings. http: for `qa slack --http`, which needs the signing secret in place of the app's token.

    Raises SettingsError, with a line for each problem and never a value.
    """
    names = tuple(SLACK_PREFIX + name.upper() for name in SlackSettings.model_fields)
    if problems := list(unknown_names(SLACK_PREFIX, names)):
        raise SettingsError("\n".join(problems))
    try:
        settings = SlackSettings()
    except ValidationError as error:
        raise SettingsError("\n".join(in_words(error, SLACK_PREFIX))) from None
    if missing := list(_missing(settings, http=http)):
        raise SettingsError("\n".join(missing))
    return settings


def _missing(settings: SlackSettings, *, http: bool) -> Iterator[str]:
    if http and settings.signing_secret is None:
        yield f"{SLACK_PREFIX}SIGNING_SECRET is missing. It is {SIGNING_SECRET}"
    if not http and settings.app_token is None:
        yield (
            f"{SLACK_PREFIX}APP_TOKEN is missing. It is {APP_TOKEN}. With a public address, `qa slack --http` needs "
            f"{SLACK_PREFIX}SIGNING_SECRET in its place"
        )
