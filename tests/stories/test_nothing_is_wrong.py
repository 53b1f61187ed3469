"""In the company without problems every target of the demo's map is met, and customers feel as the map intends."""

from __future__ import annotations

import pytest

import desireline as dl
from desireline.demo.company import build_demo
from desireline.maps.files import load_map

ROOM = 1  # standard errors between a target and the reading; the true values have three and more
NEAR = 0.5  # levels between the feeling that is intended and the one that is measured


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    folder = tmp_path_factory.mktemp("healthy")
    files = build_demo(folder, seed=32, problems=())
    workspace = dl.Workspace.create(folder / "workspace")
    workspace.import_files(files.recipe, files.sources)
    measured = workspace.measure(files.map)
    rows = measured.readings.filter(group="", period="").to_dicts()
    return load_map(files.map), {(row["measure"], row["at"]): row for row in rows}


def test_every_target_is_met_with_room(company):
    map_, readings = company
    targets = [(thing.id, kpi) for thing in (map_.map, *map_.stages, *map_.touchpoints) for kpi in thing.kpis]
    assert len(targets) > 30
    for at, kpi in targets:
        row = readings[kpi.measure, at]
        error = (row["high"] - row["low"]) / 3.92 if row["low"] is not None else row["value"] ** 0.5
        room = row["value"] - kpi.at_least if kpi.at_least is not None else kpi.at_most - row["value"]
        assert room > ROOM * error, (at, kpi.measure, row["value"])


def test_promised_scores_are_kept(company):
    map_, readings = company
    promised = [
        (point.id, goal)
        for point in map_.touchpoints
        if point.promise
        for goal in (point.promise.score, point.promise.effort)
        if goal
    ]
    assert len(promised) == 5
    for at, goal in promised:
        assert readings[goal.measure, at]["value"] > goal.at_least, (at, goal.measure)


def test_customers_feel_as_the_map_intends(company):
    map_, readings = company
    intended = {(card.at, card.level) for card in map_.cards if card.lane == "feeling"}
    intended |= {(point.id, point.promise.feeling) for point in map_.touchpoints if point.promise}
    known = [
        (at, level, readings["emotion", at]["value"])
        for at, level in intended
        if level is not None and ("emotion", at) in readings
    ]
    assert len(known) > 8
    for at, level, felt in known:
        assert abs(felt - level) < NEAR, (at, level, felt)
