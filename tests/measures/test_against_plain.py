"""Measures over journeys agree with plain Python loops, and every number opens to as many customers as it says."""

import numpy as np
import polars as pl
import pytest
from tests.measures.companies import company
from tests.measures.plain import MEASURES, plain
from tests.measures.rows import SHOP, told

from desireline.measures.catalog import CATALOG
from desireline.measures.customers import customers_by_unit
from desireline.measures.runner import Plan
from desireline.measures.view import View

EDGES = (
    ("ad", "pay"),
    ("page", "order"),
    ("order", "page"),
    ("help", "help"),
    ("look", "buy"),
    ("pay", "ad"),
)
QUANTILES = {"time_q25": 0.25, "time_median": 0.5, "time_q75": 0.75, "time_p90": 0.9}


def customers_of(view, measure, at, *, unit=None, **cell):
    """The customers behind a reading, each once, in order; of a score those of one scale, where a unit is given."""
    found = customers_by_unit(view, measure, at, **cell)
    return found.filter(unit is None or pl.col("unit") == unit)["customer_id"].unique().sort()


COUNTED = ("journeys", "visits", "under_way")
SCALED = {"value": 1e4, "value_per_journey": 1e4, "fitness": 1e6}


@pytest.fixture(scope="module", params=[1, 2])
def trips(request):
    return company(request.param, people=90)


def value(measure, rows):
    x = [row[2] for row in rows]
    if measure == "customers":
        return len({row[0] for row in rows if row[2] > 0})
    if measure in COUNTED:
        return sum(x)
    if measure in QUANTILES:
        return np.quantile(x, QUANTILES[measure]) / 1e6
    return sum(x) / SCALED.get(measure, 1) / (1 if measure == "value" else len(rows))


@pytest.mark.parametrize("measure", MEASURES)
def test_readings_agree_with_plain_loops(measure, trips):
    plan = Plan(SHOP, (measure,), edges=EDGES)
    readings = plan.finish(plan.partial(trips)).filter(pl.col("n") >= CATALOG[measure].minimum)
    expected = {
        place: value(measure, rows)
        for place, rows in plain(measure, trips, EDGES).items()
        if place in set(readings["at"])
    }
    assert len(expected) > 0
    assert {place: one for place, one in told(readings, measure).items() if place in expected} == pytest.approx(
        expected
    )


@pytest.mark.parametrize("measure", MEASURES)
def test_the_customers_behind_a_number_are_those_of_plain_loops(measure, trips):
    view = View(trips, SHOP, EDGES)
    counts = CATALOG[measure].family.counts
    for place, rows in plain(measure, trips, EDGES).items():
        expected = sorted({row[0] for row in rows if row[2] > 0 or not counts})
        assert customers_of(view, measure, place).to_list() == expected


@pytest.mark.parametrize("measure", CATALOG)
def test_every_reading_opens_to_n_customers(measure, trips):
    by = ("persona", "channel", "team", "property:state")
    plan, view = Plan(SHOP, (measure,), by=by, period="month", edges=EDGES), View(trips, SHOP, EDGES)
    readings = plan.finish(plan.partial(trips)).filter(pl.col("n").is_not_null())
    for row in readings.sample(min(len(readings), 25), seed=1).iter_rows(named=True):
        unit = row["unit"] if row["n"] else None
        found = customers_of(view, measure, row["at"], group=row["group"], period=row["period"], unit=unit)
        assert len(found) == row["n"], row


def test_an_edge_a_funnel_and_its_list_agree(trips):
    steps, owner = trips.steps.sort("trip", "step").to_dicts(), trips.journeys["customer_id"]
    view, plan = View(trips, SHOP, EDGES), Plan(SHOP, ("customers",), edges=EDGES)
    readings = told(plan.finish(plan.partial(trips)), "customers")
    for a, b in EDGES:
        funnel = {
            owner[first["trip"]]
            for first in steps
            for then in steps
            if first["trip"] == then["trip"] and then["step"] > first["step"]
            if a in (first["touchpoint"], first["stage"]) and b in (then["touchpoint"], then["stage"])
        }
        assert customers_of(view, "customers", f"{a}>{b}").to_list() == sorted(funnel)
        assert readings[f"{a}>{b}"] in (len(funnel), None)
