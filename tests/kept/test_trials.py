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
from desireline.initiatives.verdicts import Plan, judge
from desireline.initiatives.verdicts import Target as Sought
from desireline.kept.span import Span
from desireline.kept.trial_data import TrialData
from desireline.kept.weeks import day_of, monday_of, week_of
from desireline.measures.catalog import find_measure
from desireline.pipeline.watched import OPEN, PEERS, PEOPLE, ROWS, Watch, Watched

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
    assert (found.verdicts[0].method, found.verdicts[0].grade) == ("interrupted", "C")
    assert "no control series went along" in found.verdicts[0].reason


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
    paid = by_hand(shop.folder.parent, since=START)
    assert one.effect is not None
    assert (one.effect.n, one.effect.n_other) == (len(paid["b"]), len(paid["a"]))
    assert one.effect.value == pytest.approx(np.mean(paid["b"]) - np.mean(paid["a"]), abs=1e-9)


def by_hand(folder: Path, *, since: date, region: str = "") -> dict[str, list[bool]]:
    """By arm, whether each customer who came since then paid, read off the files with nothing of ours."""
    people = {line.split(",")[0]: line.split(",")[1:] for line in (folder / "people.csv").read_text().split()[1:]}
    log = [line.split(",") for line in (folder / "log.csv").read_text().split()[1:]]
    paid = {who for who, event, *_ in log if event == "pay"}
    found: dict[str, list[bool]] = {"a": [], "b": []}
    for who, event, at, *_ in log:
        arm, own = people[who]
        settled = date.fromisoformat(at[:10]) <= date(2025, 11, 16)
        if event == "see" and date.fromisoformat(at[:10]) >= since and settled and region in ("", own):
            found[arm].append(who in paid)
    return found


def test_sums_by_lot_are_of_the_customers_of_the_group(shop: Workspace, map_: Path):
    roll_out = RollOut.model_validate({"kind": "randomised", "by": "property:arm", "arms": [{"name": "b"}]})
    east = target(group="property:region=East", measure="journeys")
    [one] = shop.watch(map_, Trial(east, START, roll_out=roll_out)).judgement().verdicts
    assert one.effect is not None
    assert one.effect.n + one.effect.n_other == sum(number // 4 % 6 == 1 for number in range(WEEKS * 40))
    assert "per customer and week" in one.measure
    with pytest.raises(InitiativeInvalid, match="no property of customers and no persona"):
        shop.watch(map_, Trial(target(group="channel:app", measure="journeys"), START, roll_out=roll_out))


def test_the_baseline_of_a_lot_is_in_the_unit_of_its_verdict(shop: Workspace, map_: Path):
    roll_out = RollOut.model_validate({"kind": "randomised", "by": "property:arm", "arms": [{"name": "b"}]})
    each = shop.watch(map_, Trial(target(measure="journeys"), START, roll_out=roll_out)).baseline()
    everybody = shop.watch(map_, Trial(target(measure="journeys"), START)).baseline()
    assert each is not None
    assert everybody is not None
    assert (everybody.value, everybody.per) == (40, "week")
    assert (each.value, each.per) == (pytest.approx(40 / (WEEKS * 40)), "customer and week")


def test_a_baseline_is_of_whole_weeks_that_hold_data(shop: Workspace, map_: Path):
    watching = shop.watch(map_, Trial(target(measure="journeys"), START))
    asked = ((date(1990, 1, 1), date(2025, 8, 3)), (FIRST, date(2031, 1, 1)), (date(2025, 2, 5), date(2025, 3, 6)))
    for since, until in asked:
        found = watching.baseline(since, until)
        assert found is not None
        assert (found.value, found.since.weekday(), found.until.weekday()) == (40, 0, 6)


@pytest.mark.parametrize("start", [date.min, date(2001, 1, 1), date.max])
@pytest.mark.parametrize("picked", [False, True])
def test_a_start_beyond_all_data_is_no_accident(shop: Workspace, map_: Path, start: date, picked: bool):
    watching = shop.watch(map_, Trial(target(), start, picked=picked))
    assert watching.judgement().word == "too early"
    assert (watching.baseline() is None) == (start < FIRST)


def test_data_that_end_before_the_start_are_too_early_and_say_so(shop: Workspace, map_: Path):
    found = shop.watch(map_, Trial(target(), date(2027, 1, 1), date(2027, 6, 1))).judgement()
    assert (found.word, found.share) == ("too early", 0)
    assert found.says == "Too early: the data end on 2025-11-23, before the start on 2027-01-01."


PICKED = [("conversion", "shop"), ("journeys", "shop"), ("reach", "pay"), ("time_median", "shop")]


@pytest.mark.parametrize(("measure", "at"), PICKED)
@pytest.mark.parametrize("kind", ["everywhere", "by group"])
def test_a_place_that_a_finding_picked_is_not_judged_by_the_weeks_that_picked_it(
    shop: Workspace, map_: Path, measure: str, at: str, kind: str
):
    arms = {"by": "property:region", "arms": [{"name": "North"}, {"name": "East"}]} if kind == "by group" else {}
    roll_out = RollOut.model_validate({"kind": kind} | arms)
    trial = Trial(target(at, measure=measure), START, roll_out=roll_out, picked=True)
    found = shop.watch(map_, trial).judgement()
    assert found.word in ("no clear effect", "too early")
    assert any("no verdict can rest on it" in told for told in found.verdicts[0].warnings)


def test_weeks_after_the_proposal_are_a_fair_baseline(shop: Workspace, map_: Path):
    trial = Trial(target(group="channel:app"), START, picked=True, proposed_on=date(2025, 3, 1))
    found = shop.watch(map_, trial).judgement()
    assert found.word == "helped"
    assert any("the 8 weeks that showed it are no baseline" in told for told in found.verdicts[0].warnings)


def counted(events: dict[str, list[int]]) -> Watched:
    """By group and week as many events, each of another customer."""
    rows = [
        (0, group, f"{group}-{week}-{number}", day_of(FIRST) + 7 * week + number % 7, 1, 1, "visits")
        for group, weekly in events.items()
        for week, many in enumerate(weekly)
        for number in range(many)
    ]
    nothing = [pl.DataFrame(schema=schema) for schema in (OPEN, PEOPLE, PEERS)]
    return Watched(pl.DataFrame(rows, schema=ROWS, orient="row"), *nothing)


def trial_data(trial: Trial, watched: Watched, weeks: int = 40) -> TrialData:
    first, last = (
        datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), UTC) for day in (0, 7 * weeks - 1)
    )
    return TrialData(trial, find_measure("visits"), watched, Span(first, last + timedelta(hours=23)))


def by_region(*names: str) -> RollOut:
    arms = [{"name": name} for name in names]
    return RollOut.model_validate({"kind": "by group", "by": "property:region", "arms": arms})


def test_weeks_in_which_nothing_happened_are_weeks_with_nothing():
    dice = np.random.default_rng(0)
    events = {f"property:region=g{number}": list(dice.poisson(8, 40)) for number in range(6)}
    for number in range(3):
        weekly = events[f"property:region=g{number}"]
        weekly[20:] = [8 if week % 4 == 0 else 0 for week in range(20, 40)]
    trial = Trial(target(measure="visits"), FIRST + timedelta(weeks=20), roll_out=by_region("g0", "g1", "g2"))
    [one] = judge(trial_data(trial, counted(events)).data(), Sought("visits", "down", unit="visits"), Plan(share=1))
    assert (one.verdict, one.grade) == ("helped", "B")
    assert one.effect.value == pytest.approx(-6, abs=1)


def test_a_count_that_falls_to_two_a_week_helped():
    weekly = list(np.random.default_rng(1).poisson(30, 20)) + [2, 3, 1, 0] * 5
    trial = Trial(target(measure="visits"), FIRST + timedelta(weeks=20))
    data = trial_data(trial, counted({"": weekly})).data()
    assert (data.frame.height, data.customers) == (40, (sum(weekly[:20]), 30))
    [one] = judge(data, Sought("visits", "down", unit="visits"), Plan(share=1))
    assert one.verdict == "helped"
    assert one.effect.value == pytest.approx(-28.5, abs=5)


def test_a_control_that_goes_along_is_used_week_by_week_also_where_nothing_happened_in_it():
    dice = np.random.default_rng(3)
    shared = np.tile([0, 12, 25, 6, 18], 8)
    mine = counted({"": list(shared + dice.poisson(5, 40) + 15 * (np.arange(40) >= 20))}).rows
    other = counted({"other": list(shared)}).rows.with_columns(
        pl.lit(1, pl.Int32).alias("series"), pl.lit("").alias("arm")
    )
    watched = Watched(pl.concat([mine, other]), *(pl.DataFrame(schema=schema) for schema in (OPEN, PEOPLE, PEERS)))
    trial = Trial(target(measure="visits"), FIRST + timedelta(weeks=20), roll_out=RollOut(controls=("channel:phone",)))
    data = trial_data(trial, watched).data()
    assert data.frame["channel:phone"].to_list() == list(shared)
    [one] = judge(data, Sought("visits", "up", unit="visits"), Plan(share=1))
    assert (one.method, one.grade, one.verdict) == ("controls", "B", "helped")


def test_counts_that_never_vary_are_not_judged_by_rounding():
    events = {f"property:region=g{number}": [7 + number] * 40 for number in range(8)}
    trial = Trial(target(measure="visits"), FIRST + timedelta(weeks=20), roll_out=by_region("g0", "g1", "g2"))
    [one] = judge(trial_data(trial, counted(events)).data(), Sought("visits", "up", at_least=0.1), Plan(share=1))
    assert (one.verdict, one.effect) == ("too early", None)


def test_groups_of_fewer_than_five_customers_are_named():
    events = {"property:region=g0": [1, 0, 1] + [0] * 37} | {f"property:region=g{k}": [8] * 40 for k in (1, 2)}
    trial = Trial(target(measure="visits"), FIRST + timedelta(weeks=20), roll_out=by_region("g0"))
    [one] = judge(trial_data(trial, counted(events)).data(), Sought("visits", "down"), Plan(share=1))
    assert one.verdict == "too early"
    assert "Too few customers are in property:region=g0" in one.says
    assert any("property:region=g0 is left out" in told for told in one.warnings)


def test_planned_shares_of_the_arms_are_compared_with_those_that_were_drawn(shop: Workspace, map_: Path):
    for share, grade in ((0.5, "A"), (0.2, "B"), (None, "A")):
        arms = [{"name": "b"} | ({"share": share} if share else {})]
        roll_out = RollOut.model_validate({"kind": "randomised", "by": "property:arm", "arms": arms})
        [one] = shop.watch(map_, Trial(target(), START, roll_out=roll_out)).judgement().verdicts
        assert one.grade == grade


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
        (target(at="see>pay", measure="reach"), InitiativeInvalid, "cannot be read at an edge"),
        (target(at="see>pay>see"), InitiativeInvalid, "names more"),
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
