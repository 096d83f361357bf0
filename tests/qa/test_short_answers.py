import pytest

from qa import short_answers
from qa.question import understand
from qa.short_answer.choose import ShortAnswer
from qa.short_answers import MOST_WORKED_OUT, ShortAnswers
from tests.qa.composing import PART, composed, told
from tests.qa.fakes import nothing_alike


@pytest.fixture
def last_words(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make every short answer a sentence's last word, and return the sentences that one was worked out for."""
    asked: list[str] = []

    def last(_question: object, sentence: str, *_: object) -> ShortAnswer:
        asked.append(sentence)
        return ShortAnswer(sentence.rindex(" ") + 1, len(sentence) - 1, 1.0)

    monkeypatch.setattr(short_answers, "short_answer", last)
    return asked


def test_a_short_answer_is_worked_out_once_and_four_at_most(last_words: list[str]) -> None:
    shorts = ShortAnswers(understand(PART), nothing_alike())
    found = [told(name, f"He was a {name}.") for name in "bcdef"]
    assert [shorts.of(one) for one in (*found, *found)] == ["b", "c", "d", "e", None] * 2
    assert len(last_words) == MOST_WORKED_OUT == 4


def test_where_one_article_bears_only_its_first_sentence_has_its_short_answer_worked_out(
    last_words: list[str],
) -> None:
    guard, forward = "Carter joined the old town club as a guard.", "Carter joined the old town club as a forward."
    text = f"{guard} {forward}"
    composed(PART, told("a", guard, text=text, score=0.5), told("a", forward, text=text, score=0.5))
    assert last_words == [guard]


@pytest.mark.parametrize(
    ("question", "least"),
    [("What was it?", 0.15), ("Who led it?", 0.4), ("Where was it?", 0.3), ("Why was it?", 0.15)],
)
def test_what_is_too_seldom_right_is_not_given(question: str, least: float, monkeypatch: pytest.MonkeyPatch) -> None:
    for chance, given in ((least, "He"), (least - 0.01, None)):
        monkeypatch.setattr(short_answers, "short_answer", lambda *_, chance=chance: ShortAnswer(0, 2, chance))
        assert ShortAnswers(understand(question), nothing_alike()).of(told("b", "He was a guard.")) == given
