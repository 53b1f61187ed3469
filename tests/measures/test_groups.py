"""Groups and periods: each customer in the right one, everybody always there, teams read at the map."""

import json
from urllib.parse import quote

import polars as pl
from tests.measures.rows import SHOP, told, trips

from desireline.measures.groups import band_names
from desireline.measures.runner import Plan

PEOPLE = [
    {
        "customer": f"c{i}",
        "persona": "maya" if i < 6 else None,
        "properties": '{"state":"SP"}' if i % 2 else None,
    }
    for i in range(12)
]
STEPS = [
    {"customer": f"c{i}", "journey": f"c{i}", "minute": 44_640 * (i // 6) + minute, "touchpoint": point}
    | {"channel": "web" if point == "ad" else None}
    for i in range(12)
    for minute, point in enumerate(("ad", "page", "order"))
]
COMPANY = trips(STEPS, customers=PEOPLE)


def readings(*measures, **asked) -> pl.DataFrame:
    plan = Plan(SHOP, measures, **asked)
    return plan.finish(plan.partial(COMPANY))


def at_shop(found) -> dict:
    return {(row["group"], row["period"]): row["value"] for row in found.filter(pl.col("at") == "shop").to_dicts()}


def test_everybody_is_always_there_and_nobody_is_forgotten():
    found = at_shop(readings("customers", by=("persona", "channel", "property:state")))
    assert found == {
        ("", ""): 12,
        ("persona:(none)", ""): 6,
        ("persona:maya", ""): 6,
        ("channel:web", ""): 12,
        ("property:state=(none)", ""): 6,
        ("property:state=SP", ""): 6,
    }


def test_some_values_stand_by_themselves_and_all_others_together():
    states = ("SP", "RJ", "A|B=50%", None)
    people = [
        {"customer": f"c{i}", "properties": json.dumps({"state": states[i // 5]}) if states[i // 5] else None}
        for i in range(20)
    ]
    steps = [{"customer": f"c{i}", "journey": f"c{i}", "minute": 0, "touchpoint": "ad"} for i in range(20)]
    company = trips(steps, customers=people)
    for some, others in {"SP": 10, "SP|A%7CB%3D50%25": 5, "nowhere": 15}.items():
        by = f"property:state|{some}"
        plan = Plan(SHOP, ("customers",), by=(by,))
        told = at_shop(plan.finish(plan.partial(company)))
        named = {(f"{by}={value}", ""): 5 for value in ("SP", "A|B=50%") if quote(value, safe="") in some.split("|")}
        assert told == {("", ""): 20, **named, (f"{by}=(other)", ""): others, (f"{by}=(none)", ""): 5}


def test_periods_are_those_of_the_journeys_start():
    for period, names in {
        "year": ["2026"],
        "quarter": ["2026-Q1", "2026-Q2"],
        "month": ["2026-03", "2026-04"],
        "week": ["2026-W09", "2026-W14"],
        "day": ["2026-03-01", "2026-04-01"],
    }.items():
        found = at_shop(readings("customers", period=period))
        assert [when for _, when in found] == ["", *names]


def test_a_team_is_read_at_the_map_and_a_journey_counts_once():
    found = readings("journeys", "visits", "conversion", by=("team",))
    assert told(found, "journeys", group="team:sales") == {"shop": 12}
    assert told(found, "visits", group="team:sales") == {"shop": 24}
    assert told(found, "visits", group="team:tills") == {"shop": 12}
    assert told(found, "conversion", group="team:tills") == {"shop": 0}


def test_a_place_has_the_channel_in_which_it_was_met():
    found = readings("customers", by=("channel",))
    assert told(found, "customers", group="channel:web")["page"] == 12  # the journey's, where the step has none


def test_an_answer_s_own_property_groups_it_where_nobody_knows_more():
    said = {"rule": "csat", "low": 1.0, "high": 5.0, "place": "shop"}
    answers = [
        {
            "customer": f"x{k}",
            "score": 5.0 if k < 6 else 1.0,
            "properties": f'{{"airline":"{"A" if k < 6 else "B"}"}}',
            **said,
        }
        for k in range(12)
    ]
    plan = Plan(SHOP, ("csat",), by=("property:airline",))
    found = plan.finish(plan.partial(trips([], answers=answers)))
    assert told(found, "csat", group="property:airline=A") == {"shop": 1.0}
    assert told(found, "csat", group="property:airline=B") == {"shop": 0.0}


def test_a_property_of_numbers_is_grouped_in_bands_that_begin_at_their_edges():
    said = {"rule": "csat", "low": 1.0, "high": 5.0, "place": "shop", "score": 5.0}
    ages = ["9", "10", "29", "30", "55", "?"]
    answers = [{"customer": f"x{k}", "properties": f'{{"age":"{ages[k % 6]}"}}', **said} for k in range(36)]
    plan = Plan(SHOP, ("answers",), by=("property:age#10,30",))
    found = plan.finish(plan.partial(trips([], answers=answers)))
    groups = {name: told(found, "answers", group=f"property:age#10,30={name}") for name in band_names("10,30")}
    assert groups == {"below 10": {"shop": 6}, "10 to below 30": {"shop": 12}, "30 or more": {"shop": 12}}
