"""The socket cut and the service killed, against real processes: the short form of `make slack-chaos`."""

from pathlib import Path

from tests.slack.chaos import disturbed


def test_every_question_is_answered_once_or_told_that_it_failed(tmp_path: Path) -> None:
    outcome = disturbed(tmp_path, 4, kill_every_s=2.5)
    assert (outcome.lost, outcome.twice) == (0, 0), outcome
    assert outcome.answered >= 1, outcome
    assert outcome.cuts >= 1, outcome
    assert outcome.answered + outcome.told == outcome.asked
