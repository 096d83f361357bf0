"""The settings: read, refused by name, and documented in `.env.example`."""

import os
import re
from pathlib import Path

import pytest

from qa.errors import SettingsError
from qa.settings import Settings, load_settings, setting_names

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith("QA_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_the_defaults() -> None:
    settings = load_settings()
    assert settings.data_dir == Path("data")
    assert settings.server is None
    assert settings.embedding == "wordllama"


def test_the_example_documents_every_setting_and_no_other() -> None:
    described = re.findall(r"^# (.+)\n(QA_(?!SLACK_)\w+)=(.*)$", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    assert [name for _, name, _ in described] == list(setting_names())
    for line, name, default in described:
        field = Settings.model_fields[name.removeprefix("QA_").lower()]
        assert line == field.description
        assert default == ("" if field.default in (None, ()) else str(field.default))


def test_the_example_is_a_valid_env_file_that_changes_nothing() -> None:
    Path(".env").write_bytes(EXAMPLE.read_bytes())
    from_example = load_settings()
    Path(".env").unlink()
    assert from_example == load_settings()


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("QA_DATA_DIR=from-file\nQA_SERVER=http://file:1\nOTHER=fine\n", "utf-8")
    monkeypatch.setenv("QA_DATA_DIR", "from-environment")
    settings = load_settings()
    assert settings.data_dir == Path("from-environment")
    assert settings.server == "http://file:1"


def test_an_empty_value_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_SERVER", "")
    assert load_settings().server is None


@pytest.mark.parametrize("where", ["environment", "file"])
def test_an_unknown_name_is_refused_with_the_closest_known_one(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    if where == "environment":
        monkeypatch.setenv("QA_EMBEDING", "s3cret")
    else:
        Path(".env").write_text("QA_EMBEDING=s3cret\n", "utf-8")
    with pytest.raises(SettingsError, match=r"QA_EMBEDING .* closest one is QA_EMBEDDING$") as caught:
        load_settings()
    assert "s3cret" not in str(caught.value)


def test_the_settings_of_the_slack_bot_are_none_of_its_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_SLACK_BOT_TOKEN", "xoxb-1")
    assert load_settings() == Settings()


def test_an_unknown_name_that_is_like_none_is_told_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_FOO", "s3cret")
    with pytest.raises(SettingsError, match=r"QA_FOO .* is not a setting; those there are: QA_DATA_DIR, QA_SERVER, "):
        load_settings()


def test_a_folder_in_the_place_of_the_file_is_told() -> None:
    Path(".env").mkdir()
    with pytest.raises(SettingsError, match=r"\.env can't be read"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QA_SERVER", "s3cret-host:8000"),
        ("QA_SERVER", "http://:80/s3cret"),
        ("QA_SERVER", "http://host:notaport"),
        ("QA_SERVER", "http://user:s3cret@host"),
        ("QA_EMBEDDING", "word2vec"),
        ("QA_EMBEDDING", "openai: "),
        ("QA_EMBEDDING_TIMEOUT", "soon"),
        ("QA_EMBEDDING_TIMEOUT", "-1"),
        ("QA_EMBEDDING_TIMEOUT", "nan"),
        ("QA_LLM_BASE_URL", "http://user:s3cret@host/v1"),
        ("QA_LLM_MODEL", "gpt\n4"),
        ("QA_LLM_API_KEY", "s3cret key"),
        ("QA_LLM_API_KEY", "s3cret\r\nHost: elsewhere"),
        ("QA_LLM_API_KEY", "s3crét"),
        ("QA_LLM_MAX_TOKENS", "many"),
        ("QA_LLM_MAX_TOKENS", "7"),
        ("QA_ANSWER_DEADLINE", "-3"),
        ("QA_ANSWER_DEADLINE", "inf"),
        ("QA_UNSUPPORTED", "keep"),
        ("QA_DATA_DIR", "~nobody-of-this-name/data"),
        ("QA_DATA_DIR", "caf\udce9"),
        ("QA_EMBEDDING_API_KEY", "two words"),
        ("QA_EMBEDDING_API_KEY", "schlüssel"),
    ],
)
def test_a_wrong_value_is_named_but_not_echoed(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{name}: ")
    assert value not in str(caught.value)


def test_origins_are_as_browsers_send_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().allowed_origins == ()
    monkeypatch.setenv("QA_ALLOWED_ORIGINS", " https://News.example:443/, http://localhost:3000 http://[::1]:80,")
    expected = ("https://news.example", "http://localhost:3000", "http://[::1]")
    assert load_settings().allowed_origins == expected
    monkeypatch.setenv("QA_ALLOWED_ORIGINS", " ")
    assert load_settings().allowed_origins == ()


@pytest.mark.parametrize(
    "value",
    [
        "*",
        "null",
        "news.example",
        "ftp://news.example",
        "https://news.example/page",
        "https://news.example?x=1",
        "https://*.news.example",
        "https://nöws.example",
        "http://localhost:port",
        "http://localhost:70000",
        "http://[::1",
        "https://",
    ],
)
def test_what_is_no_origin_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("QA_ALLOWED_ORIGINS", f"https://fine.example,{value}")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith(f'QA_ALLOWED_ORIGINS: "{value}" is no origin: name each page\'s scheme')


def test_an_origin_with_a_password_is_not_echoed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_ALLOWED_ORIGINS", "https://ada:s3cret@news.example")
    with pytest.raises(SettingsError, match="one that holds a user name is no origin") as caught:
        load_settings()
    assert "s3cret" not in str(caught.value)


def test_each_problem_has_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_SERVER", "nowhere")
    monkeypatch.setenv("QA_EMBEDDING", "nothing")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert len(str(caught.value).splitlines()) == 2


def test_a_remote_embedding_needs_a_key_or_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_EMBEDDING", "openai:text-embedding-3-small")
    with pytest.raises(SettingsError, match="QA_EMBEDDING_API_KEY"):
        load_settings()
    monkeypatch.setenv("QA_EMBEDDING_API_KEY", "s3cret")
    assert "s3cret" not in repr(load_settings())


def test_a_key_from_a_file_may_end_with_a_line_break(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_EMBEDDING_API_KEY", "s3cret\n")
    key = load_settings().embedding_api_key
    assert key is not None
    assert key.get_secret_value() == "s3cret"


def test_a_model_needs_a_key_or_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_LLM_MODEL", " some-model ")
    with pytest.raises(SettingsError, match="set QA_LLM_API_KEY, or QA_LLM_BASE_URL"):
        load_settings()
    monkeypatch.setenv("QA_LLM_API_KEY", "s3cret\n")
    settings = load_settings()
    assert settings.llm_model == "some-model"
    assert settings.llm_api_key is not None
    assert settings.llm_api_key.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(settings)
    monkeypatch.delenv("QA_LLM_API_KEY")
    monkeypatch.setenv("QA_LLM_BASE_URL", "http://127.0.0.1:11434/v1/")
    assert load_settings().llm_base_url == "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize(("name", "value"), [("QA_LLM_BASE_URL", "http://host/v1"), ("QA_LLM_API_KEY", "s3cret")])
def test_a_place_or_a_key_needs_a_model(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{name} is set without a model: set QA_LLM_MODEL") as caught:
        load_settings()
    assert value not in str(caught.value)


@pytest.mark.parametrize("content", [b"QA_DATA_DIR=\xff\xfe\n", b"\xff\xfeQ\x00A\x00"])
def test_a_file_that_is_not_text_is_refused(content: bytes) -> None:
    Path(".env").write_bytes(content)
    with pytest.raises(SettingsError, match=r"\.env can't be read"):
        load_settings()
