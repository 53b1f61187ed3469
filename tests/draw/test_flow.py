"""Routes as ribbons: every journey is drawn or counted as other, and nothing lies on anything else."""

from __future__ import annotations

import itertools

import polars as pl

from desireline.draw.sections.flow import flow_section, place_flow, top_routes

from .sample import sample_meta, sample_outline


def routes(*rows):
    return pl.DataFrame(
        [(list(way), n, n, n / 100, outcome) for way, n, outcome in rows],
        schema=["route", "journeys", "customers", "share", "outcome"],
        orient="row",
    )


def test_routes_of_few_customers_are_counted_as_other():
    found = top_routes(sample_meta().routes)
    assert [route.journeys for route in found] == [812, 604, 588, 371, 233, 201, 144]
    text = str(flow_section(sample_meta().routes, sample_outline()).html())
    assert "2,259 journeys took other routes" in text.replace("\u202f", " ")


def test_the_first_eight_are_drawn_and_ties_stand_in_order():
    many = routes(*(((f"t{k}",), 7, "lost") for k in range(12)))
    assert [route.steps[0] for route in top_routes(many)] == sorted(f"t{k}" for k in range(12))[:8]


def test_nodes_of_a_step_never_overlap_and_hold_their_routes():
    found = top_routes(sample_meta().routes)
    nodes, slots = place_flow(found, [point.id for point in sample_outline().touchpoints])
    for step in {node.step for node in nodes}:
        column = sorted((node.y, node.height) for node in nodes if node.step == step)
        assert all(y + height < below for (y, height), (below, _) in itertools.pairwise(column))
    assert len(slots) == sum(len(route.steps) for route in found)


def test_without_routes_nothing_is_drawn():
    for nothing in (None, routes()):
        assert "Routes were not measured" in str(flow_section(nothing, sample_outline()).html())
