import itertools
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.originals import FILES, needs_originals
from vectorstore.duplicates import independent, resemblance, signature

TEXTS = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)


def words(seed: int, count: int) -> str:
    """A text of made-up words that shares none with that of another seed."""
    chance = random.Random(seed)
    return " ".join(f"{chance.choice('bdfgk')}o{chance.randrange(5_000)}x{seed}" for _ in range(count))


ARTICLE = words(1, 600)


@pytest.mark.parametrize(
    "reprint",
    [
        ARTICLE.upper(),
        ARTICLE.replace(" ", ",\n\u00a0“") + "”",
        "A headline of their own\n\n" + ARTICLE,
        "KABUL (Agency) - " + ARTICLE,
        ARTICLE[: len(ARTICLE) // 2],
        ARTICLE[: len(ARTICLE) // 4],
        ARTICLE[len(ARTICLE) // 3 :],
        "Their headline\n\n" + ARTICLE[: len(ARTICLE) * 2 // 3] + "\n\n" + words(2, 60),
    ],
)
def test_a_reprint_is_the_same_source(reprint: str) -> None:
    assert independent([signature(ARTICLE), signature(reprint)]) == 1


def test_case_punctuation_and_white_space_make_no_difference() -> None:
    a = signature("The Prime Minister’s plan – “a vacuum” – couldn’t work, Café owners said.")
    b = signature("the prime minister's plan: 'A VACUUM'\n\ncouldn't work cafe\u0301 owners\u00a0said")
    assert a == b


def test_a_shared_quotation_is_no_reprint() -> None:
    quotation = words(3, 50)
    texts = [words(seed, 150) + quotation + words(seed + 1, 150) for seed in (10, 20, 30)]
    assert independent([signature(text) for text in texts]) == 3


def test_a_digest_of_ten_reports_is_no_reprint_of_any() -> None:
    reports = [words(seed, 100) for seed in range(10, 20)]
    assert independent([signature(text) for text in [*reports, " ".join(reports)]]) == 11


def test_reprints_of_reprints_are_one_source() -> None:
    parts = [words(seed, 200) for seed in range(10, 15)]
    chain = [signature(" ".join(parts[i : i + 3])) for i in range(3)]
    assert independent(chain) == 1
    assert independent([chain[0], signature(words(30, 200)), chain[2], chain[1]]) == 2


@pytest.mark.parametrize("seed", range(5))
def test_resemblance_is_the_share_of_the_shorter(seed: int) -> None:
    text = words(seed + 100, 400).split()
    half = " ".join(text[:100]) + " " + words(seed + 200, 100)
    assert resemblance(signature(" ".join(text)), signature(half)) == pytest.approx(0.5, abs=0.3)


@needs_originals
def test_independent_reports_of_one_event_stay_apart() -> None:
    signatures = [signature(path.read_text(encoding="utf-8")) for path in FILES]
    assert independent(signatures) == 4
    assert independent(signatures * 2) == 4
    assert max(itertools.starmap(resemblance, itertools.combinations(signatures, 2))) < 0.2


@given(TEXTS, TEXTS)
def test_any_two_texts_can_be_compared(a: str, b: str) -> None:
    one, other = signature(a), signature(b)
    assert len(one) <= 516
    assert 0.0 <= resemblance(one, other) <= 1.0
    assert resemblance(one, other) == resemblance(other, one)
    assert resemblance(one, one) == (1.0 if one else 0.0)
    assert independent([one, other, one]) == (2 if resemblance(one, other) < 0.5 else 1) + (not one)


def test_nothing_is_independent_of_nothing() -> None:
    assert independent([]) == 0
    assert signature(" … ") == b""


def test_signatures_are_the_same_in_another_process() -> None:
    program = "from vectorstore.duplicates import signature; print(signature('one two three four five six').hex())"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == signature("one two three four five six").hex()
