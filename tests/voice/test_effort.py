"""The index of effort: worked out by hand, told with its interval, and the laws that it obeys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from desireline.errors import UnknownGroup, UnknownHandOff, UnknownPlace
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.measures.cells import FEW, PROTECTS
from desireline.measures.intervals import mean_interval
from desireline.voice.effort.components import COMPONENTS, NAMES, published
from desireline.voice.effort.contributions import Contributions, Reading
from desireline.voice.effort.effort import Effort
from desireline.voice.effort.found import Found
from desireline.voice.effort.hardest import Hardest, journey_efforts
from desireline.voice.effort.moments import clusters, moments
from voice.care import CARE, MAP, care_view, desk

FIVE = [f"c{number}" for number in range(5)]


def effort(*buckets: Iterable[Mapping[str, Any]], **asked: Any) -> Found:
    """What is found in these buckets of steps."""
    analysis = Effort(asked.pop("outline", CARE), **asked)
    views = [care_view(bucket, outline=analysis.outline) for bucket in buckets]
    return analysis.finish(analysis.combine([analysis.partial(view) for view in views]))


def planned(customers: Iterable[str]) -> list[dict[str, Any]]:
    """One planned journey of each."""
    events = {"open": 0.0, "form": 1.0, "solved": 2.0}
    return [{"customer": one, "hour": hour, "event": event} for one in customers for event, hour in events.items()]


def index_of(steps: Iterable[Mapping[str, Any]], **reading: Any) -> dict[str, float]:
    """By journey: the index with the published weights of all components."""
    found = Contributions.of(care_view(steps), Reading(**reading))
    table = journey_efforts(found, published(dict.fromkeys(NAMES, True)))
    return dict(zip(table["journey_id"], table["effort"], strict=True))


def test_the_index_is_the_weighted_sum_of_components_over_their_caps():
    found = effort(planned(FIVE))
    weights = {name: weight for name, weight in found.weights.items() if weight}
    assert set(NAMES) - set(weights) == {"channel_switches", "failures"}
    wait = next(one for one in COMPONENTS if one.name == "company_wait")
    one_hour = round(100 * np.log1p(60)) / wait.cap
    by_hand = weights["company_wait"] * one_hour
    assert found.whole["effort"] == pytest.approx(100 * by_hand, abs=1e-4)
    assert (found.whole["n"], found.whole["m"]) == (5, 5)
    assert found.whole["low"] == pytest.approx(found.whole["high"])  # all alike


def test_places_and_components_add_up_to_the_whole():
    found = effort(desk(1, 80), kinds=("touchpoint", "stage"))
    whole = found.whole["effort"]
    for kind in ("stage", "touchpoint"):
        here = found.places.filter(pl.col("kind") == kind)
        assert here["share"].sum() == pytest.approx(1)
        assert here["total"].sum() == pytest.approx(whole * found.whole["m"], rel=1e-6)
        assert here.select(pl.sum_horizontal(NAMES))[:, 0].to_list() == pytest.approx(
            here["effort"].to_list(), rel=1e-5
        )
    assert found.components["points"].sum() == pytest.approx(whole, rel=1e-5)


def test_the_mean_and_its_interval_are_those_of_a_ratio_over_customers():
    steps = desk(2, 60)
    found = effort(steps)
    table = journey_efforts(Contributions.of(care_view(steps), Reading()), found.weights)
    people = table.group_by("customer_id").agg(pl.col("effort").sum().alias("x"), pl.len().alias("m"))
    x, m = people["x"].to_numpy(), people["m"].to_numpy()
    ratio, n = x.sum() / m.sum(), len(x)
    assert found.whole["effort"] == pytest.approx(ratio)
    even = m.sum() ** 2 / (m**2).sum()
    variance = (1 + 1 / (even - 1)) * ((x - ratio * m) ** 2).sum() / m.sum() ** 2
    from scipy.stats import t

    half = t.ppf(0.975, even - 1) * np.sqrt(variance)
    assert (found.whole["low"], found.whole["high"], n) == pytest.approx((ratio - half, ratio + half, found.whole["n"]))


def test_the_interval_covers_the_truth():
    dice, weights = np.random.default_rng(5), dict.fromkeys(NAMES, 1)
    hits, runs = 0, 250
    for _ in range(runs):
        customers = np.repeat(np.arange(40), dice.integers(1, 4, 40)).astype(np.int32)  # unlike numbers of journeys
        taste = dice.gamma(2.0, 1.0, 40)[customers]
        columns = {name: dice.poisson(taste * (1 + k)) for k, name in enumerate(NAMES)}
        columns["m"] = np.ones(len(customers), dtype=np.int64)
        cells = moments("map", np.zeros(len(customers), dtype=np.int32), customers, columns=columns, at=["care"])
        low, high = mean_interval(clusters(cells, weights))
        hits += bool(low[0] <= 2.0 * 55 <= high[0])
    assert 0.905 <= hits / runs <= 0.985  # 95 %, give or take three standard errors


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 4))
def test_buckets_can_be_split_and_come_in_any_order(seed: int, parts: int):
    steps = desk(seed, 12)
    buckets = [[step for step in steps if int(step["customer"][1:]) % parts == k] for k in range(parts)]
    asked: dict[str, Any] = {"by": "channel", "kinds": ("stage", "team", "channel", "touchpoint")}
    whole, split = effort(steps, **asked), effort(*reversed(buckets), **asked)
    assert whole.as_json() == split.as_json()
    assert_frame_equal(whole.part.cells, split.part.cells)


def test_parts_can_be_combined_again_and_nothing_can_be_combined():
    analysis = Effort(CARE)
    one, other = (analysis.partial(care_view(desk(seed, 9))) for seed in (1, 2))
    both = analysis.combine([one, other])
    again = analysis.combine([analysis.combine([one]), analysis.combine([other])])
    assert_frame_equal(both.cells, again.cells)
    nothing = analysis.finish(analysis.combine([]))
    assert nothing.whole["effort"] is None
    assert json.dumps(nothing.as_json())


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_other_names_for_touchpoints_change_nothing(seed: int):
    names = {"open": "t1", "form": "t2", "call": "t3", "check": "t4", "solved": "t5"}
    text = MAP
    for old, new in names.items():
        text = text.replace(f"id: {old},", f"id: {new},").replace(f"[{old}]", f"[{new}]")
    renamed = Outline(read_map(text, "care"))
    steps = desk(seed, 12)
    here, there = effort(steps), effort(steps, outline=renamed)
    assert here.whole == there.whole
    assert_frame_equal(here.components, there.components)
    moved = here.places.with_columns(pl.col("at").replace(names))
    assert_frame_equal(moved, there.places)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 100), st.floats(0.1, 160))
def test_a_repeated_contact_never_lowers_the_index(seed: int, pick: int, later: float):
    steps = desk(seed, 1, longest=6)
    calls = [step for step in steps if step["event"] == "call"]
    if not calls:
        return
    first = calls[pick % len(calls)]
    again = replace_hour(first, first["hour"] + later)
    more = sorted([*steps, again], key=lambda step: step["hour"])
    before, after = index_of(steps), index_of(more)
    assert all(after[journey] >= before[journey] - 1e-9 for journey in before)


def replace_hour(step: Mapping[str, Any], hour: float) -> dict[str, Any]:
    return {**step, "hour": hour, "status": None}


def test_without_channels_there_is_no_component_of_channels():
    steps = [{**step, "channel": None} for step in desk(3, 40)]
    found = effort(steps, kinds=("channel", "team"))
    [row] = found.components.filter(pl.col("component") == "channel_switches").to_dicts()
    assert (row["measurable"], row["weight"], row["mean"], row["points"]) == (False, None, None, None)
    assert row["why"] == "no step has a channel"
    assert sum(found.weights.values()) == pytest.approx(1)
    assert found.part.told == ("team",)
    assert found.hand_offs["kind"].unique().to_list() == ["team"]


def test_few_customers_are_not_told_of():
    found = effort(planned(FIVE[:4]))
    assert (found.whole["effort"], found.whole["n"], found.whole["note"]) == (None, None, FEW)
    assert found.places["effort"].null_count() == found.places.height
    assert found.components["mean"].null_count() == found.components.height
    assert set(found.hand_offs["note"]) == {FEW}


def test_a_group_of_few_customers_is_hidden_and_the_next_smallest_protects_it():
    channels = {"c0": "mail", **{f"c{k}": "phone" for k in range(1, 7)}, **{f"c{k}": "chat" for k in range(7, 15)}}
    steps = [{**step, "channel": channels[step["customer"]]} for step in planned(channels)]
    groups = {row["group"]: row for row in effort(steps, by="channel").groups.to_dicts()}
    told = {name.removeprefix("channel:"): (row["n"], row["note"]) for name, row in groups.items()}
    assert told == {"mail": (None, FEW), "phone": (None, PROTECTS), "chat": (8, "")}
    assert groups["channel:phone"]["effort"] is None


def test_groups_by_a_property_of_customers():
    analysis = Effort(CARE, by="property:plan")
    people = [{"customer": one, "properties": json.dumps({"plan": "basic"})} for one in FIVE]
    view = care_view(planned([*FIVE, *(f"d{k}" for k in range(5))]), customers=people)
    groups = analysis.finish(analysis.combine([analysis.partial(view)])).groups
    assert groups.select("group", "n").rows() == [("property:plan=(none)", 5), ("property:plan=basic", 5)]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"by": "weather"}, UnknownGroup),
        ({"kinds": ("planet",)}, UnknownHandOff),
        ({"kinds": ("property:",)}, UnknownHandOff),
        ({"contacts": ("cal",)}, UnknownPlace),
        ({"transfers": ("nowhere",)}, UnknownPlace),
    ],
)
def test_what_is_not_known_is_said(asked: dict[str, Any], error: type[Exception]):
    with pytest.raises(error):
        Effort(CARE, **asked)


def test_fields_are_asked_for_only_when_they_are_needed():
    assert Effort(CARE).carried == ()
    assert Effort(CARE, kinds=("property:squad", "stage")).carried == ("property.squad",)
    assert Effort(CARE, kinds=("group",)).carried[0] == "property.assignment_group"
    due = Outline(read_map(MAP.replace("{time: {within: 2d}}", "{time: {by_due: true}}"), "care"))
    assert Effort(due).carried == ("due_at",)


def test_the_hardest_journeys_come_first_and_ties_by_name():
    steps = [*planned(FIVE), *({"customer": "zoe", "hour": 30 * k, "event": "call"} for k in range(4))]
    asked = Hardest(published(dict.fromkeys(NAMES, True)), Reading(), limit=3)
    views = [care_view(steps[:9]), care_view(steps[9:])]
    top = asked.finish(asked.combine([asked.partial(view) for view in views]))
    assert top["customer_id"].to_list() == ["zoe", "c0", "c1"]
    assert top["repeat_contacts"].to_list() == [3, 0, 0]
    assert top["company_wait"][1] == pytest.approx(np.log1p(60), abs=0.005)
    few = asked.finish(asked.combine([asked.partial(views[0])]))
    assert few.is_empty()


def test_a_journey_without_a_step_on_the_map_is_none_of_ours():
    steps = [*planned(FIVE), {"customer": "eve", "hour": 1, "event": "weather"}]
    assert effort(steps).whole["m"] == 5


def test_a_part_can_be_kept():
    from desireline.kept.parcel import pack, unpack

    analysis = Effort(CARE)
    part = analysis.partial(care_view(desk(1, 9)))
    again = unpack(pack(part))
    assert_frame_equal(again.cells, part.cells)
    assert replace(again, cells=part.cells, linked=part.linked) == part
