"""Order counts moves against the order of stages."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paths import plain
from tests.paths.customers import as_slice, customers, walk

from desireline.paths.order import Order


def ask(order, slice):
    answer = order.finish(order.partial(slice))
    return answer.customers, answer.backward, answer.skipped, answer.conforming, answer.complete


def test_moves_are_judged_by_their_stages():
    one_each = Order((0, 1, 2, 3))
    assert ask(one_each, walk("a0 a1 b2 c3 d4")) == (1, 0, 0, 1, 1)
    assert ask(one_each, walk("a0 b1")) == (1, 0, 0, 1, 0)
    assert ask(one_each, walk("a0 d1")) == (1, 0, 2, 0, 0)
    assert ask(one_each, walk("c0 a1 b2")) == (1, 1, 2, 0, 0)


def test_events_off_the_map_are_passed_over():
    assert ask(Order((0, -1, 1)), walk("a0 b1 c2", "b0", "b0 c1")) == (2, 0, 1, 1, 1)


def test_the_moves_say_where_customers_begin_and_go():
    order = Order((0, 1))
    moves = order.finish(order.partial(walk("a0 b1 b2 a3", "b0"))).moves
    assert moves.tolist() == [[1, 1], [0, 1], [1, 1]]


def test_a_map_without_stages_holds_nobody():
    assert ask(Order((-1, -1)), walk("a0 b1")) == (0, 0, 0, 0, 0)


def test_nobody_goes_anywhere():
    assert ask(Order((0, 1)), walk()) == (0, 0, 0, 0, 0)


@settings(deadline=None, max_examples=200)
@given(customers(), st.lists(st.integers(-1, 3), min_size=4, max_size=4).map(tuple))
def test_it_is_what_loops_find(found, rank):
    assert ask(Order(rank), as_slice(found)) == plain.order(found, rank)


@settings(deadline=None, max_examples=20)
@given(customers(touchpoints=30), st.sampled_from([1, 5, 15, 16, 200]))
def test_any_number_of_stages_will_do(found, spread):
    rank = tuple(number * spread for number in range(30))
    assert ask(Order(rank), as_slice(found)) == plain.order(found, rank)
