"""Readings worked out by hand: twelve customers, two of each name, ten minutes between their steps."""

import polars as pl
import pytest
from tests.measures.rows import SHOP, told, trips

from desireline.measures.runner import Plan

WALKED = {
    "ana": ("done", "ad page order pay"),
    "ben": ("done", "ad page order pay"),
    "cem": ("lost", "ad page"),
    "dia": ("done", "ad page ad page order pay"),
    "eli": ("stuck", "page order"),
    "fay": ("under_way", "ad"),
}
STEPS = [
    {"customer": f"{name}{twin}", "journey": f"{name}{twin}", "minute": 10 * i, "touchpoint": point}
    | {"channel": "web" if point == "ad" else "store", "value": 50 if point == "pay" else 0}
    | {"kept": name != "ben" if point == "pay" else None}
    for name, (_, walk) in WALKED.items()
    for twin in (1, 2)
    for i, point in enumerate(walk.split())
]
JOURNEYS = [
    {
        "journey": f"{name}{twin}",
        "state": state,
        "cost": float(name != "ana"),
        "fitness": 1.0 if name == "ana" else 0.7,
    }
    for name, (state, _) in WALKED.items()
    for twin in (1, 2)
]
EDGES = (("ad", "page"), ("page", "order"))
PLAN = Plan(SHOP, edges=EDGES)
READINGS = PLAN.finish(PLAN.partial(trips(STEPS, journeys=JOURNEYS)))

BY_HAND = {
    "customers": {"shop": 12, "look": 12, "buy": 8, "use": 0, "ad": 10, "page": 10, "order": 8, "pay": 6}
    | {"parcel": 0, "help": 0, "ad>page": 8, "page>order": 8},
    "visits": {"shop": 38, "look": 24, "buy": 14, "use": 0, "ad": 12, "page": 12, "order": 8, "pay": 6}
    | {"parcel": 0, "help": 0},
    "reach": {"look": 1, "buy": 8 / 12, "use": 0, "ad": 10 / 12, "page": 10 / 12, "order": 8 / 12, "pay": 0.5}
    | {"parcel": 0, "help": 0},
    "repeats": {"look": 0, "buy": 0, "ad": 0.2, "page": 0.2, "order": 0, "pay": 0},
    "routes": {"shop": 4 + 1},
    "conversion": {"shop": 0.6, "look": 0.6, "buy": 0.75, "ad": 0.75, "page": 0.6, "order": 0.75, "pay": 1}
    | {"ad>page": 1, "page>order": 0.8},
    "drop_off": {"shop": 0.4, "look": 0.2, "buy": 0.25, "ad": 0, "page": 0.2, "order": 0.25, "pay": 0},
    "back_steps": {"shop": 2 / 12, "look": 0, "buy": 0, "ad": 0, "page": 0.2, "order": 0, "pay": 0},
    "hand_offs": {"shop": 8 / 12, "page>order": 0.8},
    "channel_switches": {"shop": (2 + 2 + 2 + 2 * 3) / 12},
    "time_median": {"shop": None, "look": 600, "buy": None, "page": None, "order": None, "pay": None}
    | {"ad>page": None, "page>order": None},
    "promise_kept": {"shop": 4 / 6, "buy": 4 / 6, "pay": 4 / 6},
    "value": {"shop": 300, "look": 0, "buy": None, "ad": 0, "page": 0, "order": None, "pay": None},
    "value_per_journey": {"shop": 25, "look": 0, "buy": None, "ad": 0, "page": 0, "order": None, "pay": None},
    "fitness": {"shop": (2 + 10 * 0.7) / 12},
    "perfect": {"shop": 2 / 12},
}


@pytest.mark.parametrize("measure", BY_HAND)
def test_a_reading_worked_out_by_hand(measure):
    assert told(READINGS, measure) == pytest.approx(BY_HAND[measure])


def test_too_few_customers_are_told_with_the_number_needed():
    pay = READINGS.row(by_predicate=(pl.col("measure") == "time_median") & (pl.col("at") == "pay"), named=True)
    assert (pay["value"], pay["low"], pay["n"], pay["note"]) == (None, None, 6, "not enough data: 6 of 10")


def test_two_journeys_under_way_are_hidden():
    row = READINGS.row(by_predicate=(pl.col("measure") == "under_way") & (pl.col("at") == "shop"), named=True)
    assert (row["value"], row["n"], row["note"]) == (None, None, "fewer than 5 customers")


def test_without_any_money_there_is_no_reading_of_money():
    plan = Plan(SHOP, ("value", "value_per_journey"))
    free = [step | {"value": 0} for step in STEPS]
    assert plan.finish(plan.partial(trips(free))).is_empty()


def test_success_already_won_is_not_won_again():
    steps = [
        {"customer": f"c{i}", "journey": f"c{i}", "minute": minute, "touchpoint": point}
        for i in range(6)
        for minute, point in enumerate(("pay", "help"))
    ]
    plan = Plan(SHOP, ("conversion",), edges=())
    assert told(plan.finish(plan.partial(trips(steps))), "conversion") == {
        "shop": 1.0,
        "buy": 1.0,
        "pay": 1.0,
    }


def test_units_are_told():
    units = dict(READINGS.select("measure", "unit").unique().iter_rows())
    assert (units["customers"], units["journeys"], units["value"]) == ("customers", "journeys", "money:EUR")
    assert units["hand_offs"] == "per journey"
