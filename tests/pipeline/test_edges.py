"""A map edge, a two-step funnel, and the list of customers are one and the same, whatever happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desireline import Question, Workspace, measure
from desireline.access import SMALL_GROUP
from desireline.maps.files import read_map
from desireline.recipes.records import Recipe

START = datetime(2026, 3, 1, tzinfo=UTC)
SILENCE = 30
MAP = """
map: {id: shop, title: Shop, journey: {by: CUT, patience: 1h}}
stages: [{id: all, title: All}]
touchpoints:
  - {id: a, stage: all, when: {event: a}}
  - {id: b, stage: all, when: {event: b}, optional: true, repeatable: true}
  - {id: c, stage: all, when: {event: c}}
"""
CUTS = {
    "life": read_map(MAP.replace("CUT", "life"), "shop"),
    "silence": read_map(MAP.replace("CUT", f"silence, silence: {SILENCE}m"), "shop"),
}
RECIPE = Recipe.model_validate(
    {
        "recipe": "log",
        "times": {"form": "iso"},
        "sources": {"log": {"file": "*"}},
        "tables": {
            "log": {
                "into": "events",
                "source": "log",
                "customer": "customer_id",
                "events": [{"event": "event", "at": "at"}],
            }
        },
    }
)
EDGES = [f"{start}>{end}" for start in "abc" for end in "abc"]

# (customer, minute, event); "x" is on no touchpoint. A third of the minutes are within one silence of each other.
Happened = list[tuple[int, int, str]]
happenings = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 90), st.sampled_from("aabbcx")), max_size=60, unique=True
)


def log(happened: Happened) -> pl.DataFrame:
    """The events as a frame, in the order of the list."""
    return pl.DataFrame(
        {
            "customer_id": [f"c{customer}" for customer, _, _ in happened],
            "at": [START + timedelta(minutes=minute) for _, minute, _ in happened],
            "event": [event for _, _, event in happened],
        },
        schema={"customer_id": pl.String, "at": pl.Datetime("us", "UTC"), "event": pl.String},
    )


def funnel(happened: Happened, edge: str, *, cut: str) -> list[str]:
    """Customers with a journey that visits the first place and later the second, by plain loops."""
    start, _, end = edge.partition(">")
    done = []
    for customer in sorted({f"c{customer}" for customer, _, _ in happened}):
        mine = sorted(
            ((minute, row, event) for row, (who, minute, event) in enumerate(happened) if f"c{who}" == customer),
        )
        if any(_walks(journey, start, end) for journey in _journeys(mine, cut=cut)):
            done.append(customer)
    return done


def _journeys(events: list[tuple[int, int, str]], *, cut: str) -> list[str]:
    texts = [events[0][2]]
    for (before, _, _), (minute, _, event) in pairwise(events):
        if cut == "silence" and minute - before > SILENCE:
            texts.append("")
        texts[-1] += event
    return texts


def _walks(journey: str, start: str, end: str) -> bool:
    first = journey.find(start)
    return first >= 0 and end in journey[first + 1 :]


@pytest.mark.parametrize("cut", CUTS)
@settings(max_examples=25, deadline=None)
@given(happened=happenings)
def test_the_reading_of_an_edge_is_the_two_step_funnel(cut: str, happened: Happened):
    question = Question(measures=("customers",), edges=tuple(EDGES))
    readings = measure(CUTS[cut], log(happened), question=question).readings
    told = {at: (value, n) for at, value, n in readings.select("at", "value", "n").rows()}
    for edge in EDGES:
        count = len(funnel(happened, edge, cut=cut))
        shown = (count, count) if count == 0 or count >= SMALL_GROUP else (None, None)
        assert told[edge] == shown, edge


@pytest.mark.parametrize("cut", CUTS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happened=happenings.filter(bool), edge=st.sampled_from(EDGES))
def test_the_list_of_customers_is_the_two_step_funnel(tmp_path_factory, cut: str, happened: Happened, edge: str):
    shop = Workspace.create(tmp_path_factory.mktemp("lake"))
    shop.import_files(RECIPE, {"log": log(happened)})
    listed = shop.customers(CUTS[cut], "customers", at=edge)
    assert listed["customer_id"].to_list() == funnel(happened, edge, cut=cut)
    assert (listed["x"] > 0).all()
    count = listed.height
    readings = shop.measure(CUTS[cut], Question(measures=("customers",), edges=(edge,))).readings
    [(value, n)] = readings.filter(pl.col("at") == edge).select("value", "n").rows()
    assert (value, n) == ((count, count) if count == 0 or count >= SMALL_GROUP else (None, None))


@settings(max_examples=2, deadline=None)
@given(happened=happenings.filter(lambda found: len(found) > 20))
def test_every_reading_has_as_many_customers_as_its_list(tmp_path_factory, happened: Happened):
    shop, map_ = Workspace.create(tmp_path_factory.mktemp("lake")), CUTS["silence"]
    shop.import_files(RECIPE, {"log": log(happened)})
    names = ("customers", "journeys", "visits", "reach", "conversion", "drop_off", "repeats", "time_median")
    readings = shop.measure(map_, Question(measures=names)).readings.filter(pl.col("n") > 0)
    for measured, at, n in readings.select("measure", "at", "n").rows():
        assert shop.customers(map_, measured, at=at).height == n, (measured, at)
