"""Alignment is exact: it costs what the cheapest of all ways through the map costs."""

import doctest
import gzip
import itertools
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desireline.journeys import align as module
from desireline.journeys.align import Aligner, Alignment, Costs
from desireline.journeys.automaton import Automaton

from .plain_runs import cheapest
from .rows import sketch

LOGS = Path(__file__).parents[2].parent / "shared" / "data" / "process_logs"


def aligned(plan: str, route: str, *, then: str = "", finished: bool = True, **more) -> Alignment:
    """`route` is a text of touchpoints; a capital letter was met in a wrong channel."""
    steps = [(step.lower(), step.isupper()) for step in route.split()]
    return Aligner(sketch(plan, then=then), **more).align(steps, finished=finished)


def moves(plan: str, route: str, **more) -> str:
    """Moves as text: `a` as planned, `+a` unplanned, `-a` left out."""
    signs = {"sync": "", "log": "+", "model": "-"}
    return " ".join(signs[kind] + place for kind, place in aligned(plan, route, **more).moves)


@pytest.mark.parametrize(
    ("plan", "route", "says", "cost"),
    [
        ("a b c", "a b c", "a b c", 0),
        ("a b c", "a c", "a -b c", 1),
        ("a b c", "a b b c", "a b +b c", 1),
        ("a b* c", "a b b c", "a b b c", 0),
        ("a b? c", "a c", "a c", 0),
        ("a b c", "b a c", "+b a -b c", 2),
        ("a b c", "a B c", "a b c", 0.5),
        ("a x|y c", "a y c", "a y c", 0),
        ("a x|y c", "a x y c", "a x +y c", 1),
        ("a x|y c", "a c", "a -x c", 1),
        ("a {x y z} c", "a z x y c", "a z x y c", 0),
        ("a {x y z?} c", "a y x c", "a y x c", 0),
        ("a {x y z} c", "a z c", "a z -x -y c", 2),
        ("a b c", "", "-a -b -c", 3),
    ],
)
def test_a_route_is_read_as_a_person_would_read_it(plan, route, says, cost):
    assert (moves(plan, route), aligned(plan, route).cost) == (says, cost)


def test_links_lead_back_and_forward():
    assert moves("a b c d", "a b c b c d", then="c>b") == "a b c b c d"
    assert moves("a b c d", "a d", then="a>d") == "a d"
    assert aligned("a b c d", "a b c b c d").cost == 2


def test_a_link_leads_out_of_an_unfinished_any_order_block():
    assert moves("{a b c} d", "a d", then="a>d") == "a d"
    assert moves("{a b c} d", "b d", then="a>d") == "b -a d"


def test_a_journey_under_way_may_stop_anywhere():
    assert moves("a b c d", "a b", finished=False) == "a b"
    assert moves("a b c d", "a c", finished=False) == "a -b c"
    assert aligned("a b c d", "", finished=False).cost == 0


def test_the_map_expects_what_comes_after_the_last_step():
    assert aligned("a b? c d", "a").expects == ("c",)
    assert aligned("a {b c d?} e", "a c").expects == ("b",)
    assert aligned("a b|c d", "a").expects == ("b", "c")
    assert aligned("a b", "a b").expects == ()
    assert aligned("a b", "").expects == ("a",)


def test_moves_after_the_last_step_are_told_apart():
    found = aligned("a b c d", "a c")
    assert (found.moves[: found.observed], found.moves[found.observed :]) == (
        (("sync", "a"), ("model", "b"), ("sync", "c")),
        (("model", "d"),),
    )
    assert aligned("a b", "").observed == 0


def test_costs_can_be_set():
    assert aligned("a b c", "a A c c", costs=Costs(log=0.2, model=3)).cost == pytest.approx(0.2 + 0.2 + 3)
    assert aligned("a b", "A b", costs=Costs(wrong_channel=0.125)).cost == 0.125


def test_a_wrong_channel_dearer_than_two_departures_is_read_as_two():
    assert aligned("a b", "A b", costs=Costs(wrong_channel=5)).cost == 2


def test_a_route_beyond_the_limit_is_cut_and_says_so():
    found = aligned("a b c", "a b c " + "a " * 7, longest=5)
    assert (found.cost, found.exact, found.compared, found.expects) == (7, False, 5, ())
    assert aligned("a b c", "a b " + "a " * 8, longest=5) == Alignment(
        9,
        (("sync", "a"), ("sync", "b"), *[("log", "a")] * 8, ("model", "c")),
        10,
        ("c",),
        False,
        5,
    )


def test_a_search_beyond_the_limit_is_cut_and_says_so():
    plan, route = "{a b c d e f g h}", "h g a a a f f b b c"
    exact, rough = (aligned(plan, route, largest=largest, most_states=0) for largest in (1000, 8))
    assert (exact.exact, exact.compared, rough.exact) == (True, 10, False)
    assert rough.compared < 10
    assert rough.cost >= exact.cost == aligned(plan, route).cost


def test_sixteen_touchpoints_in_any_order_are_aligned():
    names = [f"t{i}" for i in range(16)]
    route = " ".join(names[::-2] + names[1:8:2])
    assert aligned("{" + " ".join(names) + "} z", route + " z").cost == 8 + 4


def test_a_route_of_thousands_of_steps_is_exact():
    assert aligned("a b c", "a b c " * 1300, then="c>a")[0] == 0
    # a -b c, then 649 times a b +a c, at last a b -c
    assert aligned("a b c", "a c a b " * 650, then="c>a").cost == 1 + 649 + 1
    assert aligned("a b c", "a b " + "a " * 3000).cost == 3001


def test_the_example_runs():
    assert doctest.testmod(module).failed == 0


def test_a_map_without_rules_aligns_nothing():
    assert Aligner(sketch("a", points={"a": {"when": None}})).align([]) == Alignment(0, (), 0, (), True, 0)


@st.composite
def plans(draw) -> tuple[str, str]:
    """Small maps of all kinds of blocks, with up to two links."""
    names = list("abcdef"[: draw(st.integers(1, 6))])
    groups, rest = [], names
    while rest:
        size = draw(st.integers(1, min(3, len(rest))))
        words = [name + draw(st.sampled_from(["", "", "?", "*", "?*"])) for name in rest[:size]]
        rest = rest[size:]
        groups.append(draw(st.sampled_from(["|".join(words), "{" + " ".join(words) + "}", " ".join(words)])))
    ends = st.sampled_from(names)
    links = draw(st.lists(st.tuples(ends, ends), max_size=2))
    return " ".join(groups), " ".join(f"{a}>{b}" for a, b in links)


@settings(max_examples=300, deadline=None)
@given(plans())
@example(("a b? c", ""))
@example(("{a b c?} d", "a>d"))
def test_moves_are_those_that_a_journey_as_planned_may_make(plan):
    automaton = Automaton(sketch(plan[0], then=plan[1]))
    met, waiting = set(), [(automaton.start, "")]
    seen = set(waiting)
    while waiting:
        state, last = waiting.pop()
        for label, there in automaton.onward(state)[1].items():
            name = automaton.names[label]
            met |= {(last, name)} if last else set()
            if (there, name) not in seen:
                seen.add((there, name))
                waiting.append((there, name))
    assert automaton.moves() == met


ROUTES = st.lists(st.tuples(st.integers(0, 5), st.sampled_from([False, False, False, True])), max_size=6)


@settings(max_examples=300, deadline=None)
@given(plans(), ROUTES, st.booleans())
@example(("a b c|d e? f", "a>e"), [], True)
@example(("{a* b} c", "a>a"), [(0, False), (2, False)], True)
@example(("{a b c} d", "b>a"), [(1, False), (0, False), (1, False)], True)
def test_the_cost_is_that_of_the_cheapest_way_through_the_map(plan, steps, finished):
    outline = sketch(plan[0], then=plan[1])
    names = [point.id for point in outline.bound]
    route = [(names[number % len(names)], wrong) for number, wrong in steps]
    found = Aligner(outline).align(route, finished=finished)
    assert found.exact
    assert found.cost == cheapest(outline, route, finished=finished)
    assert [place for kind, place in found.moves if kind != "model"] == [place for place, _ in route]


@settings(max_examples=60, deadline=None)
@given(plans(), ROUTES)
def test_names_play_no_part(plan, steps):
    outline = sketch(plan[0], then=plan[1])
    swap = str.maketrans("abcdef", "fedcba")
    other = sketch(plan[0].translate(swap), then=plan[1].translate(swap))
    names = [point.id for point in outline.bound]
    route = [(names[number % len(names)], wrong) for number, wrong in steps]
    here = Aligner(outline).align(route)
    there = Aligner(other).align([(name.translate(swap), wrong) for name, wrong in route])
    assert [(kind, place.translate(swap)) for kind, place in here.moves] == list(there.moves)


@pytest.mark.skipif(not LOGS.exists(), reason="the public logs are not on this machine")
def test_all_six_requests_of_the_running_example_fit_a_map_drawn_for_them():
    text = gzip.decompress((LOGS / "running_example.xes.gz").read_bytes()).decode()
    requests = [
        re.findall(r'<event>.*?"concept:name" value="([^"]+)"', trace, re.S)
        for trace in re.findall(r"<trace>.*?</trace>", text, re.S)
    ]
    assert (len(requests), sum(map(len, requests))) == (6, 42)
    plan = "register {thoroughly? casually? check} decide again? pay|reject"
    fits = Aligner(sketch(plan, then="again>thoroughly again>casually again>check"))
    strict = sketch(plan.replace("again?", ""), points={})
    for request in requests:
        route = [(_short(event), False) for event in request]
        assert fits.align(route).cost == 0
        known = [step for step in route if step[0] != "again"]
        assert Aligner(strict).align(known).cost == cheapest(strict, known, finished=True)


def _short(event: str) -> str:
    words = event.split()
    return "again" if words[0] == "reinitiate" else words[-1] if words[0] == "examine" else words[0]


def test_a_short_cut_behind_the_last_step_does_not_make_the_steps_before_it_unplanned():
    aligner = Aligner(sketch("look cart costs checkout keep", then="look>keep"))
    codes = tuple(aligner.automaton.label[name] * 2 for name in ("look", "cart"))
    assert aligner.align_codes(codes, ending="reach").cost == 2
    assert aligner.align_codes(codes, ending="given up").moves == (("sync", "look"), ("sync", "cart"))


def test_a_journey_given_up_after_one_step_met_that_step():
    aligner = Aligner(sketch("mail? look cart costs keep", then="look>keep"))
    codes = (aligner.automaton.label["mail"] * 2,)
    assert aligner.align_codes(codes, ending="given up").moves == (("sync", "mail"),)


def test_an_optional_touchpoint_is_not_called_left_out_to_explain_one_step():
    assert moves("a b c? d?", "a b d b", then="c>b") == "a b d +b"


def test_threads_that_share_an_aligner_find_what_one_thread_finds():
    outline = sketch("a {b c d e f g} h* i? j", then="j>b")
    routes = [tuple(order) for order in itertools.islice(itertools.permutations(range(0, 18, 2), 6), 400)]
    alone = Aligner(outline)
    expected = [alone.align_codes(route, ending="reach") for route in routes]
    shared = Aligner(outline)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda route: shared.align_codes(route, ending="reach"), routes))
    assert found == expected
