"""Edges count what follows what, and the median time between."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paths import plain
from tests.paths.customers import SECOND, as_slice, customers, walk

from desireline.paths import durations
from desireline.paths.edges import Edges

both = pytest.mark.parametrize("exact", [True, False])


def rows(answer):
    columns = (answer.before, answer.after, answer.count, answer.median_seconds)
    return {(a, b): (count, seconds) for a, b, count, seconds in zip(*map(np.ndarray.tolist, columns), strict=True)}


def ask(edges, slice):
    return rows(edges.finish(edges.partial(slice)))


def test_each_event_but_the_last_leads_to_the_next():
    people = walk("a0 b4 a5 b7", "b0 b3", "c9", "a1 b2")
    assert ask(Edges(3, exact=True), people) == {(0, 1): (3, 2.0), (1, 0): (1, 1.0), (1, 1): (1, 3.0)}


def test_of_an_even_number_the_median_lies_between_the_two_in_the_middle():
    assert ask(Edges(2, exact=True), walk("a0 b1", "a0 b2", "a0 b5", "a0 b100")) == {(0, 1): (4, 3.5)}


@both
def test_events_at_one_instant_are_an_edge_of_no_time(exact):
    assert ask(Edges(2, exact=exact), walk("a5 b5", "a5 b5")) == {(0, 1): (2, 0.0)}


@both
def test_single_events_make_no_edge(exact):
    assert ask(Edges(2, exact=exact), walk("a1", "b1")) == {}


@both
def test_a_clock_may_be_wrong_by_centuries(exact):
    year = 365 * 86_400
    seconds = ask(Edges(2, exact=exact), walk(f"a{-3000 * year} b{3000 * year}"))[0, 1][1]
    assert seconds == pytest.approx(6000 * year, rel=0.016)


@settings(deadline=None, max_examples=200)
@given(customers())
def test_exact_edges_are_what_loops_find(found):
    assert ask(Edges(4, exact=True), as_slice(found)) == plain.edges(found)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(0, 10**13), min_size=1, max_size=60))
def test_a_histogram_is_within_its_stated_error(waits):
    people = as_slice([[(0, 0, 0), (wait, 1, 0)] for wait in waits])
    exact, coarse = (ask(Edges(2, exact=exact), people)[0, 1] for exact in (True, False))
    assert coarse[0] == exact[0]
    assert coarse[1] == pytest.approx(exact[1], rel=1 / 64, abs=1e-12)


def test_exact_medians_are_read_block_by_block(monkeypatch):
    monkeypatch.setattr("desireline.paths.durations.BLOCK", 50)
    dice = np.random.default_rng(3)
    found = [[(int(at), int(dice.integers(4)), 0) for at in np.cumsum(dice.integers(0, SECOND, 30))] for _ in range(40)]
    edges = Edges(4, exact=True)
    parts = [edges.partial(as_slice(found[start : start + 7])) for start in range(0, 40, 7)]
    assert rows(edges.finish(edges.combine(parts))) == plain.edges(found)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=60), min_size=1, max_size=4), st.integers(1, 9))
def test_a_sample_of_the_durations_finds_the_middle_ones(waits, often):
    edges = Edges(1, exact=True)
    ats = [[(int(at), 0, 0) for at in np.cumsum([0, *some])] for some in waits for _ in range(often)]
    found = edges.finish(edges.combine([edges.partial(as_slice([at])) for at in ats]))
    everything = [one for some in waits for one in some] * often
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(durations, "WORTH", 1)
        sampled = edges.finish(edges.combine([edges.partial(as_slice([at])) for at in ats]))
    assert sampled.median_seconds.tolist() == found.median_seconds.tolist() == [np.median(everything) / 1e6]
