from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.reader import Found
from qa.reading.weighing import FAINTEST_HERE, FAINTEST_SPAN, Signs, answerable, ranked, right
from qa.reading.windows import NOT_READ, Read

Chance = Callable[[Signs, int, Sequence[Read] | None], float]
LOGS = st.floats(-12, 12)
READ = st.builds(Read, LOGS, LOGS, st.just(Found(0, 1, 0.0)))
SHARES = st.floats(0, 1, width=32)


def signs(number: int, **told: Sequence[float]) -> Signs:
    nothing = np.zeros(number, np.float32)
    alike = Signs(nothing, nothing, nothing, nothing, nothing, nothing)
    return replace(alike, **{name: np.array(values, np.float32) for name, values in told.items()})


@given(st.lists(st.tuples(READ, SHARES, SHARES), min_size=1, max_size=16))
def test_ranks_sum_to_one_with_and_without_a_reader(told: list[tuple[Read, float, float]]) -> None:
    read, coverage, fit = zip(*told, strict=True)
    of = signs(len(told), coverage=coverage, fit=fit)
    assert float(ranked(of, read).sum()) == pytest.approx(1, abs=1e-4)
    assert float(ranked(of, None).sum()) == pytest.approx(1, abs=1e-4)


def test_a_better_span_ranks_higher() -> None:
    assert ranked(signs(2), [Read(2.0, 0.0, None), Read(-2.0, 0.0, None)]).argmax() == 0


@pytest.mark.parametrize("sign", ["passage", "coverage", "fit"])
@pytest.mark.parametrize("read", [None, [NOT_READ, NOT_READ]])
def test_more_of_each_sign_ranks_higher(sign: str, read: list[Read] | None) -> None:
    assert ranked(signs(2, **{sign: [0.2, 0.7]}), read).argmax() == 1


@pytest.mark.parametrize("sign", ["other", "heading"])
@pytest.mark.parametrize("read", [None, [NOT_READ, NOT_READ]])
def test_what_speaks_of_another_and_headlines_rank_lower(sign: str, read: list[Read] | None) -> None:
    assert ranked(signs(2, **{sign: [1, 0]}), read).argmax() == 1


@given(READ, SHARES, st.floats(-1, 1, width=32))
def test_chances_are_between_0_and_1(read: Read, coverage: float, likeness: float) -> None:
    of = signs(1, coverage=[coverage], likeness=[likeness])
    for chance in (right, answerable):
        assert 0 <= chance(of, 0, [read]) <= 1
        assert 0 <= chance(of, 0, None) <= 1


@pytest.mark.parametrize("chance", [right, answerable])
@pytest.mark.parametrize("read", [None, [NOT_READ]])
def test_chances_rise_with_how_near_the_passage_is(chance: Chance, read: list[Read] | None) -> None:
    told = [chance(signs(1, likeness=[likeness], coverage=[0.5]), 0, read) for likeness in (0.0, 0.4, 0.9)]
    assert told == sorted(set(told))


@pytest.mark.parametrize("chance", [right, answerable])
def test_chances_rise_with_what_was_read(chance: Chance) -> None:
    told = [chance(signs(1, coverage=[0.5]), 0, [Read(0.0, odds, None)]) for odds in (-12.0, 0.0, 3.0)]
    assert told == sorted(set(told))


@pytest.mark.parametrize("chance", [right, answerable])
@pytest.mark.parametrize("read", [None, [NOT_READ]])
def test_chances_rise_with_the_words_met(chance: Chance, read: list[Read] | None) -> None:
    told = [chance(signs(1, coverage=[share]), 0, read) for share in (0.0, 0.5, 1.0)]
    assert told == sorted(set(told))


def test_to_be_right_is_less_likely_than_that_the_articles_say_it() -> None:
    of = signs(1, coverage=[0.8], likeness=[0.5])
    assert right(of, 0, [Read(2.0, 2.0, None)]) < answerable(of, 0, [Read(2.0, 2.0, None)])
    assert right(of, 0, None) < answerable(of, 0, None)


@pytest.mark.parametrize("read", [None, [Read(3.0, 3.0, None)]])
def test_what_meets_nothing_of_a_question_answers_nothing(read: list[Read] | None) -> None:
    assert answerable(signs(1, likeness=[0.9]), 0, read) == 0


@pytest.mark.parametrize("chance", [right, answerable])
def test_chances_rise_with_what_was_read_down_to_where_it_makes_no_difference(chance: Chance) -> None:
    of = signs(1, coverage=[0.5], likeness=[0.5])
    told = [chance(of, 0, [Read(log, log, None)]) for log in (-12.0, FAINTEST_SPAN, FAINTEST_HERE, 0.0, 3.0)]
    assert told[0] == told[1] < told[2] < told[3] < told[4]
