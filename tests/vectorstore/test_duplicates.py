import hashlib
import itertools
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.originals import FILES, needs_originals
from vectorstore.duplicates import SAME, independent, is_signature, keys, resemblance, signature

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


@needs_originals
def test_000_and_001_share_a_story_and_not_a_text() -> None:
    of_000, of_001 = (signature(path.read_text(encoding="utf-8")) for path in FILES[:2])
    assert resemblance(of_000, of_001) == pytest.approx(0.109, abs=0.05)  # by counting all of their 3-grams: 0.109


def changed(text: str, share: float, seed: int) -> str:
    """A copy with so many of its words replaced, here and there, by others."""
    chance = random.Random(seed)
    told = text.split()
    for at in chance.sample(range(len(told)), round(share * len(told))):
        told[at] = f"other{chance.randrange(10_000)}"
    return " ".join(told)


@pytest.mark.parametrize("length", [60, 200, 800])
@pytest.mark.parametrize(("share", "same"), [(0.05, True), (0.2, True), (0.5, False)])
def test_a_light_rewrite_is_the_same_source_and_half_of_the_words_are_not(
    length: int, share: float, same: bool
) -> None:
    for seed in range(20):
        text = words(seed + 300, length)
        pair = signature(text), signature(changed(text, share, seed))
        assert (resemblance(*pair) >= SAME) == same
        assert independent(pair) == (1 if same else 2)
        if same:
            assert set(keys(pair[0])) & set(keys(pair[1]))


def test_what_the_library_has_put_together_is_one_source() -> None:
    a, b = signature(words(1, 100)), signature(words(2, 100))
    assert independent([a, b], clusters=[7, 7]) == 1
    assert independent([a, b], clusters=[7, 8]) == 2
    assert independent([a, b], clusters=[None, None]) == 2


@given(TEXTS, TEXTS)
def test_any_two_texts_can_be_compared(a: str, b: str) -> None:
    one, other = signature(a), signature(b)
    assert is_signature(one)
    assert is_signature(other)
    assert 0.0 <= resemblance(one, other) <= 1.0
    assert resemblance(one, other) == resemblance(other, one)
    assert resemblance(one, one) == (1.0 if one else 0.0)
    assert independent([one, other, one]) == (2 if resemblance(one, other) < SAME else 1) + (not one)


def test_nothing_is_independent_of_nothing() -> None:
    assert independent([]) == 0
    assert signature(" … ") == b""


def test_signatures_are_the_same_in_another_process() -> None:
    program = "from vectorstore.duplicates import signature; print(signature('one two three four five six').hex())"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == signature("one two three four five six").hex()


def test_the_library_makes_the_signatures_that_are_stored() -> None:
    made = signature("one two three four five six")
    assert hashlib.sha256(made).hexdigest()[:16] == "9b5a3419d3d4c56d", "stored signatures need a new recipe"
    assert not is_signature(made[:516])  # as an older version stored them
