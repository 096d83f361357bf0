from pathlib import Path

import pytest

from qa.bootstrap import open_engine
from qa.llm.model import Deadline, Message
from qa.settings import load_settings
from tests.qa.misbehaving import MisbehavingServer, good


def test_the_model_gets_what_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with MisbehavingServer([good]) as server:
        for name, value in (
            ("QA_DATA_DIR", str(tmp_path / "data")),
            ("QA_LLM_BASE_URL", server.url),
            ("QA_LLM_MODEL", "thinker"),
            ("QA_LLM_MAX_TOKENS", "4000"),
            ("QA_ANSWER_DEADLINE", "7"),
        ):
            monkeypatch.setenv(name, value)
        engine = open_engine(load_settings())
        try:
            assert engine.writer is not None
            engine.writer.model.complete((Message("user", "How many?"),), Deadline.at(5))
        finally:
            engine.close()
        (chat,) = server.chats()
        assert (chat.body["model"], chat.body["max_tokens"]) == ("thinker", 4000)
