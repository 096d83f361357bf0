import threading

import numpy as np
import pytest

from qa.reading.encoder import Encoder
from qa.verification.entailment import FOLDER, TrainedEntailment

PAIRS = [
    ("Ada Lun founded the hospital.", "The hospital was founded by Ada Lun in 1990."),
    ("Tom Hale founded the hospital.", "The hospital was founded by Ada Lun in 1990."),
    ("600 troops were sent.", "Britain sent 600 troops to Kabul. They arrived on Sunday, after a long flight."),
    ("", ""),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(FOLDER)


def test_a_pair_gives_the_same_numbers_in_any_company(encoder: Encoder) -> None:
    together = encoder.read(PAIRS * 4)
    assert together.shape == (16, 1)
    alone = np.concatenate([encoder.read([pair]) for pair in PAIRS])
    assert np.array_equal(together[:4], alone)
    assert np.array_equal(together[12:], alone)


def test_two_threads_give_what_one_gives(encoder: Encoder) -> None:
    assert np.allclose(encoder.read(PAIRS), Encoder(FOLDER, threads=2).read(PAIRS), atol=1e-3)


def test_it_may_be_asked_by_many_at_once() -> None:
    shared, found = Encoder(FOLDER), []
    threads = [threading.Thread(target=lambda: found.append(shared.read(PAIRS))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(np.array_equal(found[0], other) for other in found)


def test_nothing_gives_nothing(encoder: Encoder) -> None:
    assert len(encoder.read([])) == 0


def test_what_is_too_long_is_cut(encoder: Encoder) -> None:
    assert np.isfinite(encoder.read([("It fell.", "word " * 5_000)])).all()


def test_the_trained_judge_tells_a_true_sentence_from_false_ones() -> None:
    source = "The hospital was founded by Ada Lun in 1990. Tom Hale, a nurse, praised her."
    claims = ["Ada Lun founded the hospital.", "Tom Hale founded the hospital.", "Tom Hale shot Ada Lun."]
    scores = TrainedEntailment().scores([(source, claim) for claim in claims])
    assert scores.shape == (3,)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert scores[0] > scores[1:].max()
