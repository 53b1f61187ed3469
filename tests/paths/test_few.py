"""Who stands behind a count: what one customer does again and again is told from what many do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paths.customers import Customer, as_slice, customers, walk

from desireline.paths import few
from desireline.paths.few import ComesLater, Counted, Moves, Search, StageMoves, VisitSteps, look_through
from desireline.paths.retention import DAY, LONGEST, Retention
from desireline.paths.visits import HALF_HOUR
from desireline.slices import Slice

RANK = (0, 2, -1, 1)
STAGES = 3


def moves(customer: Customer) -> Iterator[int]:
    """The moves of one customer, as cells."""
    codes = [code for _, code, _ in customer]
    yield from (a * 4 + b for a, b in pairwise(codes))


def visit_steps(customer: Customer) -> Iterator[int]:
    """The first two steps of each visit; all that is later is one cell."""
    last, step = None, 0
    for at, code, _ in customer:
        step = 0 if last is None or at - last > HALF_HOUR else step + 1
        last = at
        yield step * 4 + code if step < 2 else 8


def stage_moves(customer: Customer) -> Iterator[int]:
    """The moves between stages, from before the first."""
    before = -1
    for _, code, _ in customer:
        if RANK[code] >= 0:
            yield (before + 1) * STAGES + RANK[code]
            before = RANK[code]


WAYS: list[tuple[Callable[[Slice], Counted], Callable[[Customer], Iterator[int]], int]] = [
    (Moves(4), moves, 16),
    (VisitSteps(4, HALF_HOUR, 2), visit_steps, 9),
    (StageMoves(RANK), stage_moves, 12),
]


def rare(slices: list[Slice], counted: Callable[[Slice], Counted], cells: int, *, enough: int) -> list[int]:
    search = Search(counted, np.arange(cells), enough=enough)
    look_through(slices, [search])
    return search.few.tolist()


def test_what_one_customer_does_often_is_the_doing_of_few():
    slice = walk("a0 b1 a2 b3", "a0 b1", "b0 b1")
    assert rare([slice], Moves(2), 4, enough=2) == [0, 2, 3]  # only from a to b go two


@pytest.mark.parametrize(("counted", "plainly", "cells"), WAYS)
@pytest.mark.parametrize("dense", [few.DENSE, 0])
@settings(deadline=None)
@given(crowd=customers(), enough=st.integers(1, 3))
def test_few_are_those_that_plain_counting_finds(
    counted: Callable[[Slice], Counted],
    plainly: Callable[[Customer], Iterator[int]],
    cells: int,
    dense: int,
    crowd: list[Customer],
    enough: int,
):
    who = defaultdict(set)
    for number, customer in enumerate(crowd):
        for cell in plainly(customer):
            who[cell].add(number)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(few, "DENSE", dense)
        changed.setattr(few, "PIECE", 5)
        found = rare([as_slice(crowd[:3]), as_slice(crowd[3:])], counted, cells, enough=enough)
    assert found == [cell for cell in range(cells) if len(who[cell]) < enough]


def test_without_a_doubt_nothing_is_looked_at():
    def slices() -> Iterator[Slice]:
        raise AssertionError
        yield

    look_through(slices(), [Search(Moves(2), np.zeros(0, dtype=np.int64))])


def test_those_who_come_again_too_late_for_retention_are_counted_once_each():
    days = [(0,), (0, LONGEST), (0, LONGEST + 1), (3, 5, LONGEST + 4, LONGEST + 9), (-LONGEST, 0, 2)]
    slice = as_slice([[(day * DAY, 0, 0) for day in mine] for mine in days])
    assert rare([slice], ComesLater(Retention("day")), 1, enough=3) == []
    assert rare([slice], ComesLater(Retention("day")), 1, enough=4) == [0]
