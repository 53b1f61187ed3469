"""The absorbing chain: closed forms, brute force, and what must hold for any chain."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.scenarios import chain
from desireline.scenarios.beside import Solved
from desireline.scenarios.draws import design_effect, draw_means, draw_rows
from desireline.scenarios.states import ENDS, LOST, SUCCESS


def moves(table: list[list[float]]) -> np.ndarray:
    return np.array([table], dtype=np.float64)


@st.composite
def chains(draw: st.DrawFn) -> np.ndarray:
    states = draw(st.integers(1, 6))
    dice = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weights = dice.exponential(size=(3, states, states + len(ENDS))) * (
        dice.random((3, states, states + len(ENDS))) < 0.7
    )
    weights[:, :, states + LOST] += 0.05
    return weights / weights.sum(axis=2, keepdims=True)


def test_three_states_have_a_closed_form():
    back, on = 0.3, 0.5  # start → a; a → b with 1; b → a with `back`, success with `on`, lost with the rest
    told = moves([[0, 1, 0, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0, 0, 0], [0, back, 0, on, 0.2, 0, 0, 0]])
    assert chain.stays(told)[0].tolist() == pytest.approx([1, 1 / (1 - back), 1 / (1 - back)])
    assert chain.chances(told, SUCCESS)[0].tolist() == pytest.approx([on / (1 - back)] * 3)
    assert chain.ends_of(told, chain.stays(told))[0].tolist() == pytest.approx([on / 0.7, 0.2 / 0.7, 0, 0, 0])


def test_two_hundred_thousand_journeys_agree():
    dice = np.random.default_rng(5)
    table = dice.dirichlet(np.full(4 + len(ENDS), 0.4), size=4)
    table[:, 4 + LOST] += 0.1
    table /= table.sum(axis=1, keepdims=True)
    here, visits, ended = np.zeros(200_000, dtype=np.int64), np.zeros(4), np.zeros(len(ENDS))
    while len(here):
        visits += np.bincount(here, minlength=4)
        drawn = (dice.random(len(here))[:, None] > np.cumsum(table, axis=1)[here]).sum(axis=1)
        ended += np.bincount(drawn[drawn >= 4] - 4, minlength=len(ENDS))[: len(ENDS)]
        here = drawn[drawn < 4]
    stays = chain.stays(table[None])
    assert (visits / 200_000).tolist() == pytest.approx(stays[0].tolist(), abs=0.005)
    assert (ended / 200_000).tolist() == pytest.approx(chain.ends_of(table[None], stays)[0].tolist(), abs=0.004)


@given(chains())
def test_every_journey_ends_somewhere(told):
    stays = chain.stays(told)
    assert np.allclose(chain.ends_of(told, stays).sum(axis=1), 1)
    assert (stays >= -1e-12).all()
    assert (stays[:, 0] >= 1 - 1e-9).all()


@given(chains())
def test_looking_ahead_and_looking_back_agree(told):
    stays = chain.stays(told)
    for end in range(len(ENDS)):
        assert np.allclose(chain.chances(told, end)[:, 0], chain.ends_of(told, stays)[:, end])
    gains = np.arange(stays.size, dtype=np.float64).reshape(stays.shape)
    assert np.allclose(chain.ahead(told, gains)[:, 0], (stays * gains).sum(axis=1))


def test_a_closed_loop_is_told():
    loop = np.array([[0, 0.5, 0, 0.5, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0, 0]])
    assert chain.never_end(loop).tolist() == [1, 2]
    assert chain.never_end(np.array([[0, 1.0, 0, 0, 0, 0]])).tolist() == []


def test_draws_are_the_same_every_time_and_sum_to_one():
    counts, rows = np.array([3.0, 1.0, 10.0, 5.0, 5.0, 2.0]), np.array([0, 0, 1, 2, 2, 2])
    one, other = (draw_rows(counts, rows, np.ones(6), 50) for _ in range(2))
    assert (one == other).all()
    assert one[0].tolist() == pytest.approx([0.75, 0.25, 1, 5 / 12, 5 / 12, 2 / 12])
    assert np.allclose([one[:, rows == row].sum(axis=1) for row in range(3)], 1)


def test_two_ways_are_drawn_from_jeffreys_posterior():
    drawn = draw_rows(np.array([7.0, 3.0]), np.array([0, 0]), np.ones(2), 40_000)[1:, 0]
    mean, total = 7.5 / 11, 11.0
    assert drawn.mean() == pytest.approx(mean, abs=0.003)
    assert drawn.var() == pytest.approx(mean * (1 - mean) / (total + 1), rel=0.03)


def test_moves_of_one_customer_count_as_one_customer():
    # 10 customers with 10 moves each, all of a customer's the same way: a hundred moves are worth ten
    cells, products, squares = np.array([50.0, 50.0]), np.array([500.0, 500.0]), np.array([500.0, 500.0])
    assert design_effect(cells, 100.0, squares, products, 1000.0) == pytest.approx(10.0)
    assert design_effect(np.array([5.0, 5.0]), 10.0, np.array([5.0, 5.0]), np.array([5.0, 5.0]), 10.0) == 1.0
    assert design_effect(np.array([100.0]), 100.0, np.array([1000.0]), np.array([1000.0]), 1000.0) == 10.0


def test_means_stay_above_their_least():
    drawn = draw_means(np.array([1.0, 0.0]), np.array([5.0, 0.0]), 500, name=1, least=0.0)
    assert drawn.min() == 0.0
    assert drawn[0].tolist() == [1.0, 0.0]


@given(chains(), st.integers(0, 10**6))
def test_a_changed_chain_is_worked_out_from_the_one_beside_it(before, seed):
    dice = np.random.default_rng(seed)
    wide = np.zeros((3, 24, 24 + len(ENDS)))  # large enough for a few changed rows and columns to be few
    wide[:, :, 24 + LOST] = 0.1
    wide[:, :, 24 + SUCCESS] = 0.1
    wide[:, :, :24] = dice.dirichlet(np.ones(24), size=(3, 24)) * 0.8
    wide[:, : before.shape[1]] *= 0.5
    wide[:, : before.shape[1], 24 + SUCCESS] += 0.5
    after = wide.copy()
    rows, columns = dice.integers(0, 24, int(dice.integers(0, 4))), dice.integers(0, 24, int(dice.integers(0, 3)))
    after[:, rows] = np.roll(after[:, rows], 1, axis=2)
    after[:, :, columns] *= 0.5
    after[:, :, 24 + SUCCESS] += 1 - after.sum(axis=2)
    stays, chance = Solved.of(wide).beside(after)
    assert np.allclose(stays, chain.stays(after), rtol=1e-9, atol=1e-12)
    assert np.allclose(chance, chain.chances(after, SUCCESS), rtol=1e-9, atol=1e-12)
    stays, chance = Solved.of(before).beside(before)
    assert np.allclose(stays, chain.stays(before))
    assert np.allclose(chance, chain.chances(before, SUCCESS))
