"""What changes when customers get further events, against counting everything anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paths.customers import DAY, Customer, as_slice, customers, events, same, walk

from desireline.paths.durations import Durations, Run, make_run
from desireline.paths.edges import Edges
from desireline.paths.funnel import Funnel
from desireline.paths.grown import grow, new_pairs
from desireline.paths.routes import Routes
from desireline.paths.together import Together
from desireline.slices import Slice

ALL = Together({"funnel": Funnel((0, 1), within=DAY), "edges": Edges(4, exact=True), "routes": Routes(3)})


def steps(slice: Slice) -> list[list[str]]:
    words = [f"{chr(ord('a') + code)}{at // 10**6}" for code, at in zip(slice.touchpoint, slice.at, strict=True)]
    return [words[a:b] for a, b in zip(slice.starts[:-1], slice.starts[1:], strict=True)]


def test_only_what_stands_behind_the_earlier_events_is_left():
    before, now = walk("a0 b5 c9", "a1 c3", "b2"), walk("a0 b5 c9 d10 a12", "a1 b2 c3", "b2 a3")
    was, found = new_pairs(before, now)
    assert steps(was) == [["a1", "c3"]]
    assert steps(found) == [["c9", "d10", "a12"], ["a1", "b2", "c3"], ["b2", "a3"]]


def keyed(found: dict[int, Customer]) -> Slice:
    some = {key: one for key, one in sorted(found.items()) if one}
    return replace(as_slice(list(some.values())), key=np.array(list(some), dtype=np.uint64))


@settings(deadline=None)
@given(old=customers(), new=st.lists(st.tuples(st.integers(0, 9), events()), max_size=12))
def test_states_that_grew_are_those_of_all_events(old: list[Customer], new: list[tuple[int, tuple[int, int, int]]]):
    was, now = dict(enumerate(old)), dict(enumerate(old))
    for key, event in new:
        now[key] = sorted([*now.get(key, []), event], key=lambda one: one[0])
    touched = {key for key, _ in new}
    before, after = (keyed({key: all_.get(key, []) for key in touched}) for all_ in (was, now))
    had = ALL.partial(keyed(was))
    assert same(ALL.finish(grow(ALL, had, before, after)), ALL.finish(ALL.partial(keyed(now))))


def run(pairs: list[tuple[int, int]]) -> Run:
    groups, durations = (np.array([pair[place] for pair in pairs], dtype=np.uint64) for place in (0, 1))
    return make_run(groups, durations)


def pairs_of(durations: Durations) -> list[tuple[int, int]]:
    return sorted(
        (group, duration)
        for one in durations.runs
        for number, group in enumerate(one.groups.tolist())
        for duration in one.durations(number, number + 1).tolist()
    )


pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3) | st.integers(0, 2**44)), max_size=30)


@settings(deadline=None)
@given(first=pairs, second=pairs, data=st.data())
def test_durations_are_taken_out_as_often_as_they_stand_there(first, second, data):
    every = [*first, *second]
    gone = data.draw(st.lists(st.sampled_from(range(len(every))), unique=True)) if every else []
    whole = Durations(tuple(run(some) for some in (first, second) if some))
    part = Durations((run([every[place] for place in gone]),) if gone else ())
    left = [pair for place, pair in enumerate(every) if place not in set(gone)]
    assert pairs_of(whole.minus(part)) == sorted(left)
