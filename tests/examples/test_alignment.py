"""The drawn maps and the real logs: alignment costs what the cheapest way through the map costs, each time."""

from heapq import heappop, heappush

import polars as pl
import pytest

from desireline.journeys.align import Aligner
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.maps.records import Link
from desireline.workspace import Workspace
from journeys.plain_runs import cheapest

from .data import DATA, only, requests

pytestmark = pytest.mark.skipif(
    not (DATA / "process_logs").exists(),
    reason="the public logs are not there; DESIRELINE_DATA names the folder that holds them",
)


def drawn(name: str) -> Outline:
    return Outline(load_map(only(name, "*.journey.yaml")))


def routes(outline: Outline, log: str) -> list[list[str]]:
    """Each case as touchpoints, in time order, every event one step."""
    of_event = {event: point.id for point in outline.bound for event in point.when.texts("event")}
    return [[of_event[event] for event in case] for case in requests(log)]


def aligned(outline: Outline, route: list[str]) -> float:
    return Aligner(outline).align([(step, False) for step in route]).cost


def straight(outline: Outline, route: list[str]) -> float:
    """The least cost on a map without alternatives or free order, step by step through (steps done, place)."""
    assert all(len(block.members) == 1 for block in outline.blocks)
    points = outline.bound
    place = {point.id: number for number, point in enumerate(points)}
    needed = [number for number, point in enumerate(points) if not point.optional]
    links = [(place[link.from_], place[link.to]) for link in outline.map.links]
    queue, settled = [(0, 0, -1)], set()
    while True:
        cost, done, here = heappop(queue)
        if done == len(route) and all(number <= here for number in needed):
            return float(cost)
        if (done, here) in settled:
            continue
        settled.add((done, here))
        last = next((number for number in needed if number > here), len(points) - 1)
        ahead = {*range(here + 1, last + 1), *(b for a, b in links if a == here)}
        if done < len(route):
            heappush(queue, (cost + 1, done + 1, here))
        for there in ahead:
            heappush(queue, (cost + 1, done, there))
            if done < len(route) and points[there].id == route[done]:
                heappush(queue, (cost, done + 1, there))


def test_six_requests_cost_what_the_cheapest_of_all_ways_costs():
    outline = drawn("running-example")
    cases = routes(outline, "running_example")
    costs = [aligned(outline, case) for case in cases]
    assert costs == [cheapest(outline, [(step, False) for step in case], finished=True) for case in cases]
    assert sorted(costs)[:4] == [0, 0, 0, 0]
    assert sorted(costs)[4] > 0


def test_with_the_way_back_drawn_all_six_requests_agree():
    map_ = load_map(only("running-example", "*.journey.yaml"))
    back = [Link(id=f"back-{to}", kind="then", from_="again", to=to) for to in ("examine", "ticket")]
    outline = Outline(map_.model_copy(update={"links": [*map_.links, *back]}))
    assert {aligned(outline, case) for case in routes(outline, "running_example")} == {0}


def test_permit_applications_fit_as_well_as_a_plain_search_finds(tmp_path):
    outline = drawn("receipt")
    cases = routes(outline, "receipt")
    costs = {tuple(case): straight(outline, case) for case in cases}
    assert (len(cases), len(costs)) == (1434, 116)
    assert {case: aligned(outline, list(case)) for case in costs} == costs
    shortest = straight(outline, [])  # the worst way: no step agrees, and the map's shortest way is left out
    fitness = sum(1 - costs[tuple(case)] / (len(case) + shortest) for case in cases) / len(cases)
    workspace = Workspace.create(tmp_path / "receipt")
    workspace.import_files(only("receipt", "*.recipe.yaml"), [DATA / "process_logs/receipt.xes.gz"])
    readings = workspace.measure(only("receipt", "*.journey.yaml")).readings
    said = dict(readings.filter(pl.col("at") == "receipt", pl.col("group") == "").select("measure", "value").rows())
    assert said["fitness"] == pytest.approx(fitness, abs=1e-6)
    assert said["perfect"] == pytest.approx(sum(costs[tuple(case)] == 0 for case in cases) / len(cases))
