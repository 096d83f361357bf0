from dataclasses import replace

import pytest

from qa import disagreement
from qa.disagreement import MOST_WORKED_OUT, ShortAnswers, unheard
from qa.evidence import Evidence, Findings
from qa.extract import MAX_SIDES, Draft, Limits, compose
from qa.question import understand
from qa.short_answer.choose import ShortAnswer
from tests.qa.fakes import article, evidence, nothing_alike

LIMITS = Limits()
PART = "What was Carter's part in the club?"
GUARD = "Carter joined the old town club as a guard."
FORWARD = "Carter joined the old town club as a forward."
SURE = (LIMITS.confidence + LIMITS.confident) / 2


def of(name: str, sentence: str, *, score: float = 0.97, text: str | None = None) -> Evidence:
    return evidence(sentence, article(text or sentence, name), score=score)


def composed(question: str, *found: Evidence, confidence: float = SURE) -> Draft:
    return compose(understand(question), Findings(found, confidence), nothing_alike())


def quoted(draft: Draft) -> list[str]:
    return [said.evidence.text for said in draft.statements]


@pytest.fixture
def last_words(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make every short answer a sentence's last word, and return the sentences that one was worked out for."""
    asked: list[str] = []

    def last(_question: object, sentence: str, *_: object) -> ShortAnswer:
        asked.append(sentence)
        return ShortAnswer(sentence.rindex(" ") + 1, len(sentence) - 1, 1.0)

    monkeypatch.setattr(disagreement, "short_answer", last)
    return asked


@pytest.mark.usefixtures("last_words")
def test_nearly_the_same_words_with_another_answer_among_them_are_no_agreement() -> None:
    draft = composed(PART, of("a", GUARD), of("b", FORWARD, score=0.03))
    assert quoted(draft) == [GUARD, FORWARD]
    assert all(said.also_in == () for said in draft.statements)


@pytest.mark.usefixtures("last_words")
def test_other_words_around_the_same_answer_are_agreement() -> None:
    other = of("b", "Carter went to the old town club as its guard.", score=0.03)
    (said,) = composed(PART, of("a", GUARD), other).statements
    assert said.also_in == (other,)


def test_a_short_answer_is_worked_out_once_and_four_at_most(last_words: list[str]) -> None:
    shorts = ShortAnswers(understand(PART), nothing_alike())
    found = [of(name, f"He was a {name}.") for name in "bcdef"]
    assert [shorts.of(one) for one in (*found, *found)] == ["b", "c", "d", "e", None] * 2
    assert len(last_words) == MOST_WORKED_OUT == 4


def test_where_one_article_bears_only_its_first_sentence_has_its_short_answer_worked_out(
    last_words: list[str],
) -> None:
    text = f"{GUARD} {FORWARD}"
    composed(PART, of("a", GUARD, text=text, score=0.5), of("a", FORWARD, text=text, score=0.5))
    assert last_words == [GUARD]


def test_each_source_is_heard_whatever_is_doubtful() -> None:
    best = of("a", "Carter was a guard.")
    other = of("b", "Ten years in goal made him known.", score=LIMITS.unheard * best.score)
    assert quoted(composed(PART, best, other)) == [best.text, other.text]
    below = replace(other, score=other.score * 0.99)
    assert quoted(composed(PART, best, below)) == [best.text]


def test_a_second_sentence_of_a_source_that_was_heard_is_not_added() -> None:
    text = "Carter was a guard. Ten years in goal made him known."
    first, second = (of("a", f"{part}.", text=text, score=0.97) for part in text.rstrip(".").split(". "))
    assert quoted(composed(PART, first, replace(second, score=0.03))) == [first.text]


def test_a_reprint_is_no_other_source_but_where_it_differs() -> None:
    shown = of("a", "Carter was a guard.", text="Carter was a guard. Ten years in goal made him known.")
    reprinted = of("b", "Ten years in goal made him known.", score=0.2)
    differs = of("b", "Ten years in attack made him known.", score=0.1)
    assert unheard([shown, reprinted, differs], [shown], 0.05) == [differs]


def test_four_sides_are_shown_at_most() -> None:
    parts = ["guard", "forward", "keeper", "coach", "president"]
    words = ["joined early", "played twice", "stood still", "shouted loudly", "paid wages"]
    found = [of(part, f"{word.title()} like any {part}.", score=0.19) for part, word in zip(parts, words, strict=True)]
    assert len(composed(PART, *found).statements) == MAX_SIDES == 4


def test_reasons_of_other_sources_are_added_in_doubt_only() -> None:
    best, other = of("a", "Its engine failed."), of("b", "Rebels bombed that boat.", score=0.03)
    assert quoted(composed("Why did the ferry burn?", best, other)) == [best.text]
