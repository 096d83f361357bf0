"""The invented sentences are what they say they are; `python -m tests.qa.inventions` prints how they are judged."""

from collections import Counter
from pathlib import Path

import pytest

from qa.language.similarity import Similarity
from qa.language.terms import keys_of
from qa.verification.claims import parse_claims
from tests.qa.inventions import HALVES, Half, inventions, library_of, patterns
from tests.qa.lies import tally
from vectorstore.embedder import Embedder


@pytest.mark.parametrize("half", HALVES)
def test_there_are_enough_of_each_kind(half: Half) -> None:
    kinds = Counter(case.kind for case in inventions(half))
    assert kinds.total() >= 560
    assert kinds["invented of two names"] >= 400
    assert kinds["invented of three names"] >= 50
    assert kinds["invented of one name"] >= 30
    assert kinds["a figure with a verb that it lacks"] >= 10


@pytest.mark.parametrize("half", HALVES)
def test_they_are_the_same_each_time(half: Half) -> None:
    assert inventions(half) == inventions(half)


@pytest.mark.parametrize("half", HALVES)
def test_each_is_one_sentence_that_cites_its_source(half: Half) -> None:
    for case in inventions(half):
        claims = parse_claims(case.text, case.sources.keys())
        assert [claim.markers for claim in claims] == [(1,)], case.text


def test_the_halves_have_other_verbs_and_other_sentences() -> None:
    seen, apart = (patterns(half) for half in HALVES)
    assert {pattern.text for pattern in seen}.isdisjoint(pattern.text for pattern in apart)
    assert {case.text for case in inventions("seen")}.isdisjoint(case.text for case in inventions("apart"))


def test_a_verb_that_the_article_has_is_not_used(tmp_path: Path) -> None:
    told = "Ada Lun was shot by Ben Orr in Paris. He praised Cara Bell in Rome. It rained. Dan Poe met Eva Roe in Oslo."
    (tmp_path / "a.txt").write_text(f"A shooting\n\n{told}", encoding="utf-8")
    texts = [case.text for case in inventions("seen", library_of(tmp_path))]
    assert len(texts) > 20
    assert not {"shot", "praised", "met"} & {word for text in texts for word in text.split()}


def test_the_names_of_a_sentence_are_of_its_source() -> None:
    for case in inventions("seen"):
        known = set(keys_of(case.sources[1].text))
        assert len(known.intersection(keys_of(case.text))) >= case.kind.count("two") + 1, case.text


def test_hardly_any_invention_passes(wordllama: Embedder) -> None:
    """At most 2% of each half, verified or partial: 98% did while names alone could carry a sentence."""
    similarity = Similarity(wordllama)
    for half in HALVES:
        counts = tally(inventions(half), similarity)
        made = sum(count.total() for count in counts.values())
        passed = sum(count["verified"] + count["partial"] for count in counts.values())
        assert made > 500
        assert passed <= 0.02 * made, (half, counts)
