"""The first who looks for a template does not wait: a server that starts has drawn them all."""

from __future__ import annotations

from datetime import date
from time import monotonic

from tests.web.serving import Served

from desireline.server import sketches
from desireline.server.sketches import template_sketch, warm_templates


def test_templates_are_drawn_once_and_are_there_when_somebody_asks(served: Served, monkeypatch):
    today = served.desk.clock().date()
    warm_templates(today)
    monkeypatch.setattr(sketches, "sketch", None)  # whoever drew again would fail
    with served.client() as client:
        begun = monotonic()
        told = client.get("/api/templates").raise_for_status().json()
        assert monotonic() - begun < 1
    assert len(told) >= 10
    assert told[0]["sketch"] == template_sketch(told[0]["name"], today).model_dump()


def test_a_template_is_drawn_for_each_day(monkeypatch):
    drawn = []
    monkeypatch.setattr(sketches, "sketch", lambda _map, *, today: drawn.append(today))
    days = [date(1999, 1, 1), date(1999, 1, 2)]
    for day in [*days, *days]:
        template_sketch("hotel-stay", day)
    assert drawn == days
