from __future__ import annotations

import pytest

from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.placing import places_of


@pytest.mark.parametrize(("rules", "places"), [({}, [-1, -1, -1]), ({"pay": {"event": "pay"}}, [-1, 0, -1])])
def test_each_combination_has_a_place_also_on_a_map_without_any_rule(rules: dict[str, object], places: list[int]):
    points = [
        {"id": id_, "stage": "s", "title": id_} | ({"when": rules[id_]} if id_ in rules else {})
        for id_ in ("look", "pay")
    ]
    drawn = Map.model_validate(
        {"map": {"id": "m", "title": "M"}, "stages": [{"id": "s", "title": "S"}], "touchpoints": points}
    )
    assert places_of({"event": ["look", "pay", None]}, Outline(drawn)).tolist() == places
