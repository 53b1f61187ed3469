from __future__ import annotations

import json

import pytest

from sources.reading import data, everything, notes

NEW = {
    "objectTypes": [],
    "eventTypes": [],
    "objects": [
        {"id": "o1", "type": "order", "attributes": [{"name": "price", "time": "1970-01-01", "value": "5"}]},
        {"id": "i1", "type": "item"},
        {"id": "i2", "type": "item"},
        {"id": "x9", "type": "item"},
    ],
    "events": [
        {
            "id": "e1",
            "type": "place",
            "time": "2026-03-01T10:00:00Z",
            "attributes": [{"name": "by", "value": "web"}],
            "relationships": [{"objectId": name, "qualifier": ""} for name in ("o1", "i1", "i2", "i1")],
        },
        {"id": "e2", "type": "pay", "time": "2026-03-02T10:00:00Z", "relationships": [{"objectId": "o1"}]},
    ],
}

OLD = {
    "ocel:events": {
        "e1": {
            "ocel:activity": "place",
            "ocel:timestamp": "2026-03-01T10:00:00Z",
            "ocel:omap": ["o1", "i1", "i2"],
            "ocel:vmap": {"by": "web"},
        },
        "e2": {
            "ocel:activity": "pay",
            "ocel:timestamp": "2026-03-02T10:00:00Z",
            "ocel:omap": ["o1"],
            "ocel:vmap": {},
        },
    },
    "ocel:objects": {
        "o1": {"ocel:type": "order", "ocel:ovmap": {"price": 5}},
        "i1": {"ocel:type": "item"},
        "i2": {"ocel:type": "item"},
        "x9": {"ocel:type": "item"},
    },
}


@pytest.mark.parametrize("log", [NEW, OLD], ids=["OCEL 2.0", "OCEL 1.0"])
def test_each_event_is_a_row_with_its_objects_by_type(tmp_path, log):
    path = tmp_path / "log.jsonocel"
    path.write_text(json.dumps(log, indent=1))
    rows, refused = everything(path)
    assert rows.columns == ["event_id", "activity", "time", "attr.by", "object.order", "object.item", "_row"]
    assert rows.rows() == [
        ("e1", "place", "2026-03-01T10:00:00Z", "web", "o1", "i1; i2", 1),
        ("e2", "pay", "2026-03-02T10:00:00Z", None, "o1", None, 2),
    ]
    assert refused.is_empty()
    assert notes(path) == [
        "1 objects have attributes of their own; events do not carry them.",
        "1 objects belong to no event and are not read.",
    ]


def test_the_public_examples_are_read_whole():
    assert everything(data("object_centric_logs/ocel20_example.jsonocel.gz"))[0].height == 13
    assert everything(data("object_centric_logs/ocel1_example.jsonocel.gz"))[0].height == 23
