"""How far a command is, on stderr."""

import pytest

from clients.cli import progress
from clients.cli.progress import shown, told


@pytest.mark.parametrize(
    ("done", "seconds", "share", "words"),
    [
        (1200, 20.0, 0.25, "1,200 articles, 25%, 60/s, 0:01:00 left"),
        (1, 10.0, None, "1 article, 0/s"),
        (30, 0.5, 0.5, "30 articles, 50%"),
        (0, 5.0, 0.0, "0 articles, 0%"),
        (9000, 3600.0, 0.5, "9,000 articles, 50%, 2/s, 1:00:00 left"),
    ],
)
def test_words(done: int, seconds: float, share: float | None, words: str) -> None:
    assert told(done, "article", seconds, share) == words


def test_lines_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "LINE_S", 0.0)
    with shown("article") as bar:
        bar.update(3, 0.5, "a.txt")
    assert capsys.readouterr().err == "qa: 3 articles, 50%\n"
    with shown("article", quiet=True) as bar:
        bar.update(3, 0.5, "a.txt")
    assert capsys.readouterr().err == ""


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with shown("article") as bar:
        bar.update(3, 0.5, "[bold]a.txt")
    printed = capsys.readouterr().err
    assert "3 articles, 50%" in printed
    assert "(bold]a.txt" in printed
    assert "━" in printed
