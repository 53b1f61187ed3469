"""Routes aligned together are aligned as the one-by-one search aligns them: same cost, same rule among equals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.journeys.align import Aligner, Costs
from desireline.journeys.alignment import Laid
from desireline.journeys.departures import KINDS, read_off
from desireline.journeys.found import Found, members
from desireline.journeys.routes import Routes
from desireline.journeys.search import search

from .rows import sketch
from .test_align import plans

ENDINGS = ("reach", "anywhere", "given up")
COSTS = [Costs(), Costs(1, 2, 0.25), Costs(0.3, 0.7, 0.1), Costs(1, 1, 5), Costs(1, 0, 0.5), Costs(0, 1, 0)]
MANY = st.lists(st.lists(st.integers(0, 11), max_size=8), max_size=6)


def packed(routes: list[list[int]]) -> Routes:
    return Routes(
        np.array([code for route in routes for code in route], dtype=np.uint16), np.cumsum([0, *map(len, routes)])
    )


def some(aligner: Aligner, numbers: list[list[int]]) -> list[list[int]]:
    """Routes of codes that the map has."""
    return [[number % (2 * len(aligner.automaton.names)) for number in route] for route in numbers]


def one_by_one(aligner: Aligner, routes: list[list[int]], ending: str) -> list[Laid]:
    return [search(route, aligner.automaton, ending=ending, costs=aligner.costs, largest=10**9) for route in routes]


def rank(laid: Laid, steps: int, aligner: Aligner) -> tuple[int, ...]:
    """What decides between alignments, as the docstring of `align` has it, counted move by move."""
    optional = aligner.automaton.optional
    done = unplanned = left_out = early = 0
    for kind, label in laid.moves:
        if kind == "model":
            left_out += steps - done
            unplanned += 2 * optional(label)
        else:
            unplanned += kind == "log"
            early += (steps - done) * (kind == "log")
            done += 1
    unplanned += 2 * sum(optional(label) for label in laid.unreached)
    return laid.cost, unplanned, left_out, early


def sets(found: Found, labels: int) -> list[list[set[int]]]:
    columns = (found.planned, found.unplanned, found.left_out, found.unreached)
    return [[set(np.flatnonzero(row).tolist()) for row in members(column, labels)] for column in columns]


@settings(max_examples=150, deadline=None)
@given(plans(), MANY, st.sampled_from(ENDINGS), st.sampled_from(COSTS))
def test_no_search_finds_an_alignment_that_counts_before_it(plan, numbers, ending, costs):
    aligner = Aligner(sketch(plan[0], then=plan[1]), costs=costs)
    routes = some(aligner, numbers)
    for route, best in zip(routes, one_by_one(aligner, routes, ending), strict=True):
        laid, compared = aligner.lay(np.array(route, dtype=np.uint16), ending)
        assert compared == len(route)
        assert [label for kind, label in laid.moves if kind != "model"] == [code >> 1 for code in route]
        assert rank(laid, len(route), aligner) == rank(best, len(route), aligner)


@settings(max_examples=150, deadline=None)
@given(plans(), MANY, st.sampled_from(ENDINGS))
def test_together_or_alone_makes_no_difference(plan, numbers, ending):
    aligner = Aligner(sketch(plan[0], then=plan[1]))
    routes = some(aligner, numbers)
    labels = len(aligner.automaton.names)
    together = aligner.align_routes(packed(routes), ending=ending)
    alone = [aligner.lay(np.array(route, dtype=np.uint16), ending) for route in routes]
    expected = Found.gather(alone, labels)
    assert all(np.array_equal(a, b) for a, b in zip(together.parts(), expected.parts(), strict=True))


@settings(max_examples=60, deadline=None)
@given(plans(), MANY, st.sampled_from(ENDINGS))
def test_a_map_of_too_many_states_is_searched_at_the_same_cost(plan, numbers, ending):
    outline = sketch(plan[0], then=plan[1])
    small, large = Aligner(outline), Aligner(outline, most_states=0)
    routes = packed(some(small, numbers))
    assert (
        large.align_routes(routes, ending=ending).cost.tolist()
        == small.align_routes(routes, ending=ending).cost.tolist()
    )


@settings(max_examples=60, deadline=None)
@given(plans(), MANY)
def test_given_up_routes_need_no_pass_of_their_own_where_that_changes_nothing(plan, numbers):
    aligner = Aligner(sketch(plan[0], then=plan[1]))
    routes = packed(some(aligner, numbers))
    if aligner.two_ends_in_one():
        reach, given_up = (aligner.align_routes(routes, ending=ending) for ending in ("reach", "given up"))
        everyone = np.arange(len(routes))
        parts = zip(reach.stopped(everyone).parts(), given_up.parts(), strict=True)
        assert all(np.array_equal(a, b) for a, b in parts)


def test_without_short_cuts_one_pass_serves_both():
    assert Aligner(sketch("a b? {c d} e|f g*")).two_ends_in_one()
    assert not Aligner(sketch("a b? {c d} e|f g*", then="a>e")).two_ends_in_one()


def test_a_map_of_more_touchpoints_than_a_word_has_bits():
    names = [f"t{number:03d}" for number in range(150)]
    aligner = Aligner(sketch(" ".join(names)))
    routes = [list(range(0, 300, 2)), list(range(20, 300, 2)), [298, 0, 130], []]
    found = aligner.align_routes(packed(routes), ending="reach")
    assert found.cost.tolist() == [0, 10_000, 149_000, 150_000]
    assert sets(found, 150) == [
        [set(range(150)), set(range(10, 150)), {0, 65}, set()],
        [set(), set(), {149}, set()],
        [set(), set(range(10)), set(range(1, 65)), set()],
        [set(), set(), set(range(66, 150)), set(range(150))],
    ]


def test_a_long_route_is_aligned_the_same_whoever_stands_beside_it():
    aligner = Aligner(sketch("a b {c d} e* f", then="f>b"))
    long = np.random.default_rng(5).integers(0, 12, 1500).tolist()
    routes = [long[:size] for size in (1500, 1100, 700, 65, 64, 3, 0)]
    alone = [aligner.align_routes(packed([route]), ending="reach") for route in routes]
    together = aligner.align_routes(packed(routes), ending="reach")
    for row, one in enumerate(alone):
        assert all(np.array_equal(a[..., row], b[..., 0]) for a, b in zip(together.parts(), one.parts(), strict=True))


@pytest.mark.parametrize(("plan", "then"), [("a b? c d* e f", ""), ("a b {c d} e* f", "f>b"), ("{a b c} d", "c>a")])
def test_many_routes_of_all_lengths_are_aligned_as_each_alone(plan, then):
    dice = np.random.default_rng(11)
    aligner = Aligner(sketch(plan, then=then))
    labels = len(aligner.automaton.names)
    routes = [dice.integers(0, 2 * labels, size).tolist() for size in dice.geometric(0.06, 7000).tolist()]
    together = aligner.align_routes(packed(routes), ending="reach")
    for row in dice.integers(0, len(routes), 60).tolist():
        alone = aligner.align_routes(packed([routes[row]]), ending="reach")
        assert all(np.array_equal(a[..., row], b[..., 0]) for a, b in zip(together.parts(), alone.parts(), strict=True))


def test_steps_after_a_cut_count_as_not_planned():
    aligner = Aligner(sketch("a b c"), longest=4)
    found = aligner.align_routes(packed([[0, 2, 4], [0, 0, 0, 2, 4, 0], [0, 2, 4, 4]]), ending="reach")
    assert (found.cost.tolist(), found.compared.tolist()) == ([0, 5000, 1000], [3, 4, 4])
    assert sets(found, 3)[1] == [set(), {0, 2}, {2}]


def test_no_routes_make_no_rows():
    found = Aligner(sketch("a")).align_routes(packed([]), ending="reach")
    assert [len(part[..., :]) for part in found.parts()[:3]] == [0, 0, 0]
    assert len(read_off(found, ["a"]).kind) == 0


def departures_of(laid: Laid) -> set[tuple[str, int, bool]]:
    """In plain Python from the moves: kind, touchpoint, and whether it lies after the last step."""
    planned, unplanned, before = (
        {label for said, label in laid.moves if said == kind} for kind in ("sync", "log", "model")
    )
    missed = before | set(laid.unreached)
    found = {("missing", label, label not in before) for label in missed - unplanned}
    for label in unplanned:
        kind = "irregular order" if label in missed else "repeated" if label in planned else "ad hoc"
        found.add((kind, label, False))
    return found


@settings(max_examples=100, deadline=None)
@given(plans(), MANY, st.sampled_from(ENDINGS))
def test_departures_are_those_that_the_moves_tell(plan, numbers, ending):
    aligner = Aligner(sketch(plan[0], then=plan[1]))
    routes = some(aligner, numbers)
    names = aligner.automaton.names
    by_name = sorted(range(len(names)), key=names.__getitem__)
    rows = read_off(aligner.align_routes(packed(routes), ending=ending), names)
    for number, route in enumerate(routes):
        laid, _ = aligner.lay(np.array(route, dtype=np.uint16), ending)
        span = slice(rows.starts[number], rows.starts[number + 1])
        told = [(KINDS[kind], by_name[place]) for kind, place in zip(rows.kind[span], rows.place[span], strict=True)]
        assert told == sorted(told, key=lambda row: (row[0], names[row[1]]))
        assert {(*row, bool(late)) for row, late in zip(told, rows.trailing[span], strict=True)} == departures_of(laid)


@pytest.mark.parametrize("log", [1e6, 123456.789])
def test_costs_too_odd_to_fit_shorten_what_is_compared(log):
    aligner = Aligner(sketch("a b c"), costs=Costs(log=log, model=0.001))
    found = aligner.align([("a", False)] * 3000)
    assert found.compared <= 3000
    assert found.exact == (found.compared == 3000)
    assert found.cost == pytest.approx(2999 * log + 0.002)
