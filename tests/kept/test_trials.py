"""From a lake to a verdict: what is counted, what is left out, and that a change which was made is seen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from desireline import Workspace
from desireline.errors import InitiativeInvalid, NoEvents, UnknownGroup, UnknownMeasure, UnknownPlace, UnknownProperty
from desireline.initiatives.records import RollOut, Target
from desireline.initiatives.trial import Trial
from desireline.kept.trial_data import TrialData
from desireline.kept.weeks import day_of, monday_of, week_of
from desireline.measures.catalog import find_measure
from desireline.pipeline.watched import Watch

RECIPE = """
recipe: shop
times: {form: iso, zone: UTC}
sources: {log: {file: "log.csv"}, people: {file: "people.csv"}}
tables:
  people: {into: customers, source: people, customer: customer, properties: [arm, region]}
  log:
    into: events
    source: log
    customer: customer
    channel: channel
    currency: EUR
    events: [{event: event, at: at, value: paid}]
"""
MAP = """
format: desireline/1
map: {id: shop, title: Shop, currency: EUR, journey: {by: silence, silence: 3d, patience: 3d, success: [pay]}}
channels: [{id: web, title: Web, names: [web]}, {id: app, title: App}]
stages: [{id: buy, title: Buy}]
touchpoints:
  - {id: see, stage: buy, title: Sees it, when: {event: see}}
  - {id: pay, stage: buy, title: Pays, when: {event: pay}}
"""
FIRST, START, WEEKS = date(2025, 1, 6), date(2025, 8, 4), 46
REGIONS = ("North", "East", "South", "West", "Centre", "Coast")


def _rows(dice: np.random.Generator) -> tuple[list[str], list[str]]:
    """One journey of each customer, 20 in 100 pay; after the start 25 more in the app, in arm b and in two regions."""
    log, people = ["customer,event,at,channel,paid"], ["customer,arm,region"]
    for number in range(WEEKS * 40):
        day, arm = FIRST + timedelta(days=number // 40 * 7 + number % 7), "ab"[number % 2]
        channel, region = ("web", "app")[number // 2 % 2], REGIONS[number // 4 % 6]
        at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        better = 0.25 * (day >= START) * ((channel == "app") + (arm == "b") + (region in ("North", "East")))
        people.append(f"c{number},{arm},{region}")
        log.append(f"c{number},see,{at:%Y-%m-%dT%H:%M:%SZ},{channel},")
        if dice.random() < 0.2 + better:
            log.append(f"c{number},pay,{at + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ},{channel},5.00")
    return log, people


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("trials")
    log, people = _rows(np.random.default_rng(20250106))
    (folder / "log.csv").write_text("\n".join(log) + "\n")
    (folder / "people.csv").write_text("\n".join(people) + "\n")
    (folder / "shop.recipe.yaml").write_text(RECIPE)
    (folder / "shop.journey.yaml").write_text(MAP)
    made = Workspace.create(folder / "shop")
    made.import_files(folder / "shop.recipe.yaml", [folder / "log.csv", folder / "people.csv"])
    return made


@pytest.fixture(scope="module")
def map_(shop: Workspace) -> Path:
    return shop.folder.parent / "shop.journey.yaml"


def target(at: str = "shop", group: str = "", measure: str = "conversion") -> Target:
    return Target(measure=measure, at=at, group=group, direction="up", smallest=0.05)


@pytest.mark.parametrize(
    ("measure", "at", "group"),
    [
        ("conversion", "shop", ""),
        ("conversion", "see>pay", "channel:app"),
        ("reach", "pay", "property:region=East"),
        ("value", "pay", ""),
        ("customers", "see", "channel:web"),
        ("time_median", "shop", ""),
    ],
)
def test_what_is_watched_are_the_customers_behind_the_reading(
    shop: Workspace, map_: Path, measure: str, at: str, group: str
):
    edges = (("see", "pay"),) if ">" in at else ()
    seen = shop.listen(map_, Watch(measure, at, (group,), edges=edges)).rows
    behind = shop.customers(map_, measure, at=at, group=group)
    each = seen.group_by("customer_id").agg(pl.col("x").sum(), pl.col("m").sum()).sort("customer_id")
    each = each.filter(pl.col("x") > 0) if find_measure(measure).family.counts else each
    assert each.equals(behind.select("customer_id", "x", "m"))


def test_everybody_at_once_is_one_series_with_controls(shop: Workspace, map_: Path):
    trial = Trial(target(group="channel:app"), START, roll_out=RollOut(controls=("channel:web",)))
    found = shop.watch(map_, trial).judgement()
    assert found.word == "helped"
    assert found.verdicts[0].method in ("controls", "interrupted")


def test_by_group_compares_with_the_groups_that_did_not_get_it(shop: Workspace, map_: Path):
    arms = [{"name": "North"}, {"name": "East"}]
    roll_out = RollOut.model_validate({"kind": "by group", "by": "property:region", "arms": arms})
    [one] = shop.watch(map_, Trial(target(), START, roll_out=roll_out)).judgement().verdicts
    assert (one.method, one.verdict) == ("did", "helped")


def test_by_lot_compares_customers(shop: Workspace, map_: Path):
    roll_out = RollOut.model_validate({"kind": "randomised", "by": "property:arm", "arms": [{"name": "b"}]})
    watching = shop.watch(map_, Trial(target(), START, roll_out=roll_out))
    [one] = watching.judgement().verdicts
    assert (one.arm, one.verdict, one.grade) == ("b", "helped", "A")
    data = TrialData(watching.trial, find_measure("conversion"), watching.watched, watching.span).data()
    plain = data.frame.filter(pl.col("y").is_finite()).group_by("arm").agg(pl.col("y").mean())
    share = dict(plain.iter_rows())
    assert one.effect is not None
    assert one.effect.value == pytest.approx(share["b"] - share["everybody else"], abs=1e-9)


def test_a_start_before_which_nothing_changed_has_no_clear_effect(shop: Workspace, map_: Path):
    found = shop.watch(map_, Trial(target(group="channel:web"), date(2025, 5, 5), date(2025, 8, 3))).judgement()
    assert found.word == "no clear effect"
    assert found.share == 1


def test_it_is_too_early_in_the_first_weeks(shop: Workspace, map_: Path):
    found = shop.watch(map_, Trial(target(), date(2025, 11, 10), date(2026, 2, 1))).judgement()
    assert found.word == "too early"
    assert found.share is not None
    assert found.share < 0.1


def test_the_same_data_give_the_same_verdict_to_the_last_digit(shop: Workspace, map_: Path):
    trial = Trial(target(), START)
    assert shop.watch(map_, trial).judgement().as_json() == shop.watch(map_, trial).judgement().as_json()


def test_the_baseline_is_the_reading_of_its_window(shop: Workspace, map_: Path):
    base = shop.watch(map_, Trial(target(), START)).baseline(FIRST, date(2025, 8, 3))
    assert base is not None
    assert (base.since, base.until, base.n) == (FIRST, date(2025, 8, 3), 1200)
    assert base.value == pytest.approx(0.2, abs=0.04)
    assert base.low is not None
    assert base.high is not None
    assert base.low < base.value < base.high
    usual = shop.watch(map_, Trial(target(), START)).baseline()
    assert usual is not None
    assert (usual.since, usual.until) == (date(2025, 2, 3), date(2025, 8, 3))


def test_a_baseline_of_fewer_than_five_customers_is_none(shop: Workspace, map_: Path):
    assert shop.watch(map_, Trial(target(), START)).baseline(date(2024, 1, 1), date(2024, 2, 1)) is None
    with pytest.raises(InitiativeInvalid, match="before it begins"):
        shop.watch(map_, Trial(target(), START)).baseline(date(2025, 2, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "fault", "says"),
    [
        (target(measure="convesion"), UnknownMeasure, "Did you mean 'conversion'"),
        (target(at="pey"), UnknownPlace, "Did you mean 'pay'"),
        (target(group="channel:ap"), UnknownGroup, "Did you mean 'channel:app'"),
        (target(group="chanel:app"), UnknownGroup, "Did you mean 'channel'"),
        (target(group="property:regin=East"), UnknownProperty, "Did you mean 'region'"),
        (target(measure="routes"), InitiativeInvalid, "does not add up"),
        (target(measure="reach"), InitiativeInvalid, "cannot be read at a map"),
    ],
)
def test_what_there_is_not_is_told_with_the_nearest(
    shop: Workspace, map_: Path, wrong: Target, fault: type[Exception], says: str
):
    with pytest.raises(fault, match=says):
        shop.watch(map_, Trial(wrong, START)).baseline()


def test_an_arm_that_nobody_is_in_is_told(shop: Workspace, map_: Path):
    roll_out = RollOut.model_validate({"kind": "by group", "by": "property:region", "arms": [{"name": "Norht"}]})
    with pytest.raises(UnknownGroup, match="Did you mean 'property:region=North'"):
        shop.watch(map_, Trial(target(), START, roll_out=roll_out)).judgement()


def test_without_data_there_is_no_verdict(tmp_path: Path, map_: Path):
    with pytest.raises(NoEvents):
        Workspace.create(tmp_path / "empty").watch(map_, Trial(target(), START))


def test_weeks_begin_on_monday():
    assert [week_of(FIRST), week_of(FIRST + timedelta(days=6))] == [week_of(FIRST)] * 2
    assert week_of(FIRST - timedelta(days=1)) == week_of(FIRST) - 1
    assert monday_of(week_of(date(2025, 1, 9))) == FIRST
    assert day_of(date(1970, 1, 1)) == 0
