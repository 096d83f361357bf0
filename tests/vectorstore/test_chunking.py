import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.test_sentences import TEXTS
from vectorstore.chunking import cut_passages
from vectorstore.sentences import split_sentences


@given(TEXTS, st.integers(min_value=1, max_value=50))
def test_passages_cover_the_text_without_overlap(text: str, words: int) -> None:
    last = 0
    for span in cut_passages(text, words):
        quote = text[span.start : span.end]
        assert quote
        assert quote == quote.strip()
        assert last <= span.start
        assert not text[last : span.start].strip()
        last = span.end
    assert not text[last:].strip()


@given(TEXTS, st.integers(min_value=4, max_value=50))
def test_passages_are_bounded_and_the_same_every_time(text: str, words: int) -> None:
    passages = cut_passages(text, words)
    assert all(len(text[span.start : span.end].split()) <= words * 1.25 for span in passages)
    assert passages == cut_passages(text, words)


@given(st.lists(st.integers(min_value=1, max_value=30), max_size=60))
def test_passages_are_whole_sentences(lengths: list[int]) -> None:
    text = " ".join(" ".join(["Word"] * length) + "." for length in lengths)
    found = split_sentences(text)
    passages = cut_passages(text, 40)
    assert {span.start for span in passages} <= {span.start for span in found}
    assert {span.end for span in passages} <= {span.end for span in found}


def test_a_short_text_is_one_passage() -> None:
    assert [(span.start, span.end) for span in cut_passages(" One two. Three.\n")] == [(1, 16)]


@pytest.mark.parametrize("text", ["", " \n\u00a0\u2028"])
def test_a_blank_text_has_none(text: str) -> None:
    assert cut_passages(text) == ()


def test_a_short_tail_is_joined() -> None:
    sentence = "One two three four five six seven eight nine ten. "
    assert [len(text.split()) for text in pieces(sentence * 19)] == [190]
    assert [len(text.split()) for text in pieces(sentence * 24)] == [180, 60]


def test_a_monstrous_sentence_is_cut_between_words() -> None:
    assert [len(text.split()) for text in pieces("word " * 900)] == [180] * 5


def test_a_monstrous_word_is_cut_between_characters() -> None:
    found = pieces("x" * 100_000)
    assert "".join(found) == "x" * 100_000
    assert max(map(len, found)) <= 180 * 40 * 1.25


def test_a_passage_has_at_least_one_word() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        cut_passages("One two.", 0)


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in cut_passages(text)]
