"""Templates: each loads, measures something, and suggests bindings that do not take each other's events."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from desireline.errors import UnknownTemplate
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.maps.records import Kpi, Map
from desireline.maps.rules import Rule
from desireline.maps.templates import load_template, template_abouts, template_names, template_titles

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "templates.md"
MEASURES = {
    *(
        "customers",
        "journeys",
        "reach",
        "conversion",
        "drop_off",
        "time_median",
        "time_p90",
        "repeats",
        "back_steps",
    ),
    *(
        "channel_switches",
        "hand_offs",
        "promise_kept",
        "answers",
        "nps",
        "csat",
        "ces",
        "score",
        "feeling",
        "value",
    ),
    *("routes", "fitness"),
}


@pytest.fixture(scope="module", params=template_names())
def template(request: pytest.FixtureRequest) -> Map:
    return read_map(load_template(request.param), request.param)


def kpis(map: Map) -> list[Kpi]:
    return [*map.map.kpis, *(kpi for record in (*map.stages, *map.touchpoints) for kpi in record.kpis)]


def suggested(rule: Rule) -> list[str]:
    """The event names that a binding suggests, stars off."""
    test = rule.event
    own = [] if test is None else [*(test.any_of or []), *filter(None, (test.equals, (test.glob or "").strip("*")))]
    return own + [name for inner in rule.any or [] for name in suggested(inner)]


def test_there_are_thirteen_and_the_default_comes_first():
    assert template_names() == [
        "default",
        "b2b-sales",
        "bank-account",
        "buyer-journey",
        "clothing-retailer",
        "employee-onboarding",
        "hotel-stay",
        "insurance-claim",
        "lead-nurturing",
        "retention",
        "saas-onboarding",
        "service-support",
        "telecom-move",
    ]


def test_a_template_nobody_wrote_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownTemplate, match="Did you mean 'hotel-stay'"):
        load_template("hotel-stays")


def test_titles_and_abouts_name_every_template():
    assert list(template_titles()) == list(template_abouts()) == template_names()
    assert template_titles()["hotel-stay"] == "A stay with us"
    assert template_abouts()["hotel-stay"] == "A hotel stay: from dreaming to coming back."


def test_the_default_has_the_seven_usual_stages():
    outline = Outline(read_map(load_template("default"), "default"))
    assert [stage.id for stage in outline.stages] == [
        "awareness",
        "consideration",
        "decision",
        "purchase",
        "post-purchase",
        "loyalty",
        "advocacy",
    ]


def test_each_says_what_it_is_for_and_ends_somewhere(template):
    head = template.map
    assert head.id == head.template
    assert all([head.purpose, head.scope, head.owner, head.review, head.journey.success])


def test_each_carries_measures_that_exist_most_of_them_with_a_target(template):
    found = kpis(template)
    assert {kpi.measure for kpi in found} <= MEASURES
    with_target = [kpi for kpi in found if kpi.at_least is not None or kpi.at_most is not None]
    assert len(with_target) >= 5


def test_each_suggests_a_binding_for_every_touchpoint(template):
    assert Outline(template).unbound == []


def test_each_suggested_event_lands_on_its_own_touchpoint(template):
    points = Outline(template).bound
    meant = [(point.id, name) for point in points for name in suggested(point.when)]
    events = pl.DataFrame({"event": [name for _, name in meant]})
    hits = events.select(point.when.expr().alias(point.id) for point in points)
    first = [next(id_ for id_, hit in row.items() if hit) for row in hits.iter_rows(named=True)]
    assert first == [id_ for id_, _ in meant]


def test_each_has_promises_teams_personas_and_a_voice(template):
    timed = [point for point in template.touchpoints if point.promise and point.promise.time]
    assert timed
    assert all(point.team for point in template.touchpoints)
    assert len(template.personas) >= 2
    assert all(persona.segment for persona in template.personas)
    assert any(point.feedback for point in template.touchpoints)


def test_each_has_feelings_pains_and_opportunities_marked_as_assumptions(template):
    lanes = [card.lane for card in template.cards]
    assert {"feeling", "pain", "opportunity"} <= set(lanes)
    felt = [card for card in template.cards if card.lane == "feeling"]
    assert len(felt) >= 0.6 * len(template.touchpoints)
    assert all(card.level is not None and card.evidence.kind == "assumption" for card in felt)


def test_each_goes_beyond_one_channel_and_one_team(template):
    assert len(template.channels) >= 3
    assert len({point.team for point in template.touchpoints}) >= 3


def test_the_page_lists_them_as_they_are():
    rows = [
        f"| `{name}` | {template_titles()[name]} | {about} | {len(map.stages)} | {len(map.touchpoints)} |"
        for name, about in template_abouts().items()
        for map in [read_map(load_template(name), name)]
    ]
    assert [line for line in PAGE.read_text().splitlines() if line.startswith("| `")] == rows
