"""A slice is some customers with their events; what is cut or picked from it is a slice again."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paths.customers import as_slice, customers, walk

from desireline.slices import Slice, running, spans, spread, stretches


def as_customers(part: Slice) -> list[list[tuple[int, int, int]]]:
    events = list(zip(part.at.tolist(), part.touchpoint.tolist(), part.channel.tolist(), strict=True))
    starts = part.starts.tolist()
    return [events[a:b] for a, b in itertools.pairwise(starts)]


def test_what_is_said_of_each_event():
    people = walk("a0 b5 c5", "a9")
    assert people.counts.tolist() == [3, 1]
    assert people.owner.tolist() == [0, 0, 0, 1]
    assert people.first.tolist() == [True, False, False, True]
    assert people.gap.tolist() == [0, 5_000_000, 0, 0]


def test_nobody_has_no_events():
    nobody = walk()
    assert (nobody.events, nobody.customers, nobody.gap.tolist(), nobody.first.tolist()) == (0, 0, [], [])
    assert nobody.cut(5) == [nobody]
    assert nobody.pick(np.zeros(0, dtype=bool)).customers == 0


def test_a_customer_is_never_cut():
    pieces = walk("a0 a1 a2 a3 a4", "b0", "c0 c1").cut(2)
    assert [piece.touchpoint.tolist() for piece in pieces] == [[0] * 5, [1], [2, 2]]


def test_pieces_are_nearly_alike():
    assert [piece.events for piece in walk(*["a0 b1"] * 9).cut(16)] == [10, 8]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 4)), max_size=9))
def test_spreading_is_repeating_and_stretches_find_it_again(found):
    numbers, counts = (np.array(column, dtype=np.int64) for column in (zip(*found, strict=True) if found else ([], [])))
    before = np.cumsum(counts) - counts
    assert spread(numbers, before, int(counts.sum())).tolist() == np.repeat(numbers, counts).tolist()
    assert spans(numbers, counts).tolist() == [n + step for n, count in found for step in range(count)]
    assert stretches(np.repeat(np.arange(len(found)), counts)).tolist() == [*before.tolist(), int(counts.sum())]


@given(st.lists(st.booleans()))
def test_flags_are_counted_as_they_come(flags):
    assert running(np.array(flags, dtype=bool)).tolist() == list(itertools.accumulate(map(int, flags)))


@settings(deadline=None, max_examples=100)
@given(customers(), st.integers(1, 30))
def test_pieces_are_the_whole(found, largest):
    pieces = as_slice(found).cut(largest)
    assert [one for piece in pieces for one in as_customers(piece)] == found
    assert [key for piece in pieces for key in piece.key.tolist()] == list(range(len(found)))


@settings(deadline=None, max_examples=100)
@given(customers(), st.data())
def test_what_is_picked_is_what_was_asked_for(found, data):
    whole = as_slice(found)
    keep = data.draw(st.lists(st.booleans(), min_size=whole.events, max_size=whole.events))
    flags = iter(keep)
    left = [[event for event in customer if next(flags)] for customer in found]
    assert as_customers(whole.pick(np.array(keep, dtype=bool))) == [customer for customer in left if customer]


@settings(deadline=None, max_examples=50)
@given(customers(), st.lists(st.booleans(), min_size=7, max_size=7))
def test_customers_are_picked_with_all_they_did(found, chosen):
    picked = as_slice(found).pick_customers(np.array(chosen[: len(found)], dtype=bool))
    assert as_customers(picked) == [customer for customer, keep in zip(found, chosen, strict=False) if keep]
