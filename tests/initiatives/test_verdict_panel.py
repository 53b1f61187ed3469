"""Groups over periods: who is compared with whom, and whose chance counts."""

import numpy as np
import polars as pl
import pytest
from scipy import stats

from desireline.errors import VerdictInputUnusable
from desireline.initiatives.verdicts import Chosen, Panel, Plan, Target, judge
from desireline.initiatives.verdicts.difference import ALONE, difference_in_differences
from desireline.initiatives.verdicts.estimate import TooThin
from desireline.initiatives.verdicts.panel import cells_of, pooled

DOWN = Target("journeys late", "down", at_least=0.02)
COLUMNS = {"group": pl.String, "period": pl.Int64, "x": pl.Float64, "m": pl.Float64}


def panel(values: dict[str, list[float]], since: dict[str, int], m: float = 100) -> Panel:
    """Each group's value period by period, from period 0, all of the same weight."""
    rows = [(group, period, value * m, m) for group, row in values.items() for period, value in enumerate(row)]
    return Panel(pl.DataFrame(rows, schema=COLUMNS, orient="row"), since)


def noisy(treated=5, untreated=6, effect=0.0, periods=8, start=4, seed=11) -> Panel:
    rng = np.random.default_rng(seed)
    names = [f"g{place:02}" for place in range(treated + untreated)]
    values = {
        name: list(0.4 + rng.normal(0, 0.05) + 0.01 * np.arange(periods) + rng.normal(0, 0.02, periods))
        for name in names
    }
    for name in names[:treated]:
        values[name] = [value + effect * (period >= start) for period, value in enumerate(values[name])]
    return panel(values, dict.fromkeys(names[:treated], start))


def test_two_groups_by_hand():
    found = judge(panel({"a": [0.3, 0.3, 0.2, 0.2], "b": [0.5, 0.5, 0.45, 0.45]}, {"a": 2}), DOWN)
    assert found[0].verdict == "too early"  # one against one, customers unknown
    cells = cells_of(panel({"a": [0.3, 0.3, 0.2, 0.2], "b": [0.5, 0.5, 0.45, 0.45]}, {"a": 2}))
    assert isinstance(difference_in_differences(cells, DOWN), TooThin)


def test_groups_of_one_size_are_welchs_test_of_their_changes():
    data = noisy(effect=-0.05)
    found = difference_in_differences(cells_of(data), DOWN)
    change = {
        group: np.mean([x for p, x in zip(rows["period"], rows["x"], strict=True) if p >= 4])
        - np.mean([x for p, x in zip(rows["period"], rows["x"], strict=True) if p < 4])
        for (group,), rows in data.frame.partition_by("group", as_dict=True).items()
    }
    one, two = ([value / 100 for group, value in change.items() if (group in data.since) == side] for side in (1, 0))
    plain = stats.ttest_ind(one, two, equal_var=False)
    low, high = plain.confidence_interval()
    assert (found.value, found.low, found.high, found.p) == pytest.approx(
        (np.mean(one) - np.mean(two), low, high, plain.pvalue), rel=1e-9
    )


def test_groups_that_start_later_are_controls_only_until_then():
    values = {"a": [1, 1, 5, 5, 5], "b": [1, 1, 1, 9, 9], "c": [2, 2, 3, 4, 5]}
    apart = {f"{name}{k}": [y + k * t for t, y in enumerate(row)] for name, row in values.items() for k in (-1, 1)}
    since = {name: {"a": 2, "b": 3}[name[0]] for name in apart if name[0] != "c"}
    found = difference_in_differences(cells_of(panel(apart, since)), DOWN)
    others = {2: (1 + 3) / 2 - (1 + 2) / 2, 3: 4 - 2, 4: 5 - 2}
    of_a = [4 - others[2], 4 - others[3], 4 - others[4]]
    before_b = (2 + 2 + 3) / 3
    of_b = [8 - (4 - before_b), 8 - (5 - before_b)]
    assert found.value == pytest.approx(np.mean(of_a + of_b))


def test_the_event_study_is_about_nothing_before_the_start_and_about_the_effect_since():
    found = difference_in_differences(cells_of(noisy(12, 12, effect=-0.1)), DOWN)
    assert [point.at for point in found.points] == list(range(-4, 4))
    assert all(abs(point.value) < 0.04 for point in found.points if point.at < 0)
    assert all(point.value == pytest.approx(-0.1, abs=0.04) for point in found.points if point.at >= 0)
    assert np.mean([point.value for point in found.points if point.at < 0]) == pytest.approx(0, abs=1e-12)


def test_groups_that_drifted_apart_before_are_told():
    data = noisy(8, 8)
    drifting = data.frame.with_columns(
        x=pl.col("x") + pl.when(pl.col("group").is_in(list(data.since))).then(4.0 * pl.col("period")).otherwise(0)
    )
    (verdict,) = judge(Panel(drifting, data.since), DOWN)
    assert verdict.strength == "weak"
    assert any("drifted apart" in told for told in verdict.warnings)


def test_a_single_treated_group_is_compared_with_how_single_groups_change():
    data = noisy(1, 12, effect=-0.2)
    (verdict,) = judge(data, DOWN)
    assert (verdict.verdict, verdict.strength) == ("helped", "weak")
    assert judge(noisy(1, 12), DOWN)[0].verdict != "helped"


def test_groups_that_each_start_alone_are_compared_with_how_single_groups_change():
    since = {"g00": 4, "g01": 5, "g02": 6}
    begun = pl.col("period") >= pl.col("group").replace_strict(since, default=99)
    data = noisy(3, 12, seed=1).frame.with_columns(x=pl.col("x") - pl.when(begun).then(20.0).otherwise(0.0))
    (verdict,) = judge(Panel(data, since), DOWN)
    assert (verdict.verdict, verdict.strength) == ("helped", "weak")
    (verdict,) = judge(Panel(data.filter(pl.col("group") < "g05"), since), DOWN)
    assert verdict.effect is None


def customers(per_group=40, effect=0.0, seed=5, periods=6, start=3) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for place, group in enumerate("ab"):
        for who in range(per_group):
            habit = rng.normal()
            rows += [
                (group, f"{group}{who}", period, habit + rng.normal() + effect * (place == 0 and period >= start), 1.0)
                for period in range(periods)
            ]
    return pl.DataFrame(rows, schema=["group", "customer", "period", "x", "m"], orient="row")


def test_one_group_against_one_is_judged_by_its_customers_and_weak():
    target = Target("score", "up", unit="score:1–5")
    (verdict,) = judge(Panel(customers(effect=1.0, periods=24, start=12), {"a": 12}), target)
    assert (verdict.verdict, verdict.strength, verdict.grade) == ("helped", "weak", "D")
    assert (verdict.effect.n, verdict.effect.n_other) == (40, 40)
    (verdict,) = judge(Panel(customers(effect=1.0).drop("customer"), {"a": 3}), DOWN)
    assert verdict.verdict == "too early"


def test_where_nothing_tells_how_much_groups_move_nothing_is_called_help():
    (verdict,) = judge(Panel(customers(effect=1.0), {"a": 3}), Target("score", "up", unit="score:1–5"), Plan(share=1))
    assert (verdict.verdict, verdict.grade) == ("no clear effect", "D")
    assert ALONE in verdict.warnings


def test_groups_that_drifted_apart_are_never_called_help():
    data = noisy(4, 4, effect=-0.3, periods=12, start=6)
    drift = pl.when(pl.col("group").is_in(list(data.since))).then(-4.0 * pl.col("period")).otherwise(0)
    (verdict,) = judge(Panel(data.frame.with_columns(x=pl.col("x") + drift), data.since), DOWN, Plan(share=1))
    assert (verdict.verdict, verdict.grade, verdict.strength) == ("no clear effect", "D", "weak")
    assert any("drifted apart" in told for told in verdict.warnings)


def test_a_treated_group_that_is_too_small_is_named():
    data = noisy(0, 3)
    (verdict,) = judge(Panel(data.frame, left_out=("property:region=East",)), DOWN)
    assert "property:region=East" in verdict.says


def test_by_customer_the_error_is_that_of_their_own_changes():
    data = customers(effect=0.3)
    found = difference_in_differences(cells_of(Panel(data, {"a": 3})), DOWN)
    change = data.group_by("group", "customer").agg(
        x=pl.col("x").filter(pl.col("period") >= 3).mean() - pl.col("x").filter(pl.col("period") < 3).mean()
    )
    one, two = (change.filter(pl.col("group") == group)["x"].to_numpy() for group in "ab")
    plain = stats.ttest_ind(one, two, equal_var=False)
    assert (found.value, found.p) == pytest.approx((one.mean() - two.mean(), plain.pvalue), rel=1e-9)


def test_without_an_untreated_group_the_treated_ones_are_one_series():
    rng = np.random.default_rng(1)
    values = {name: list(0.4 + rng.normal(0, 0.02, 40) - 0.1 * (np.arange(40) >= 25)) for name in "ab"}
    (verdict,) = judge(panel(values, {"a": 25, "b": 25}), DOWN)
    assert (verdict.method, verdict.grade, verdict.verdict) == ("interrupted", "C", "helped")
    assert "No group stayed untreated" in verdict.reason
    assert pooled(cells_of(panel(values, {"a": 25, "b": 25}))).value[0] == pytest.approx(
        (values["a"][0] + values["b"][0]) / 2
    )


@pytest.mark.parametrize(
    ("values", "since", "why"),
    [
        ({"a": [0.1, 0.2], "b": [0.1, 0.2]}, {}, "No treated group has begun"),
        ({"a": [0.1, 0.2], "b": [0.1, 0.2]}, {"a": 9}, "No treated group has begun"),
        ({"a": [0.1, 0.2], "b": [0.1, 0.2]}, {"a": 0}, "no period before the start"),
        ({"a": [0.1, 0.2]}, {"a": 1}, "before the start"),
        ({}, {}, "No treated group has begun"),
        ({name: [0.3] * 6 for name in "abcdefgh"}, {"a": 3, "b": 3}, "Nothing varies"),
    ],
)
def test_what_cannot_be_judged_is_too_early_with_the_reason(values, since, why):
    (verdict,) = judge(panel(values, since), DOWN)
    assert (verdict.verdict, verdict.effect) == ("too early", None)
    assert why in verdict.says


def test_rows_without_numbers_are_left_out_and_told():
    data = noisy(effect=-0.05)
    more = pl.DataFrame([("g00", 1, float("nan"), 5.0), ("g00", 1, 1.0, None)], schema=COLUMNS, orient="row")
    one, other = judge(data, DOWN)[0], judge(Panel(pl.concat([data.frame, more]), data.since), DOWN)[0]
    assert one.effect == other.effect
    assert "2 rows without a number, a group or a period are left out." in other.warnings


def test_the_order_of_rows_does_not_matter():
    data = noisy(effect=-0.05)
    assert judge(Panel(data.frame.reverse(), data.since), DOWN)[0].says == judge(data, DOWN)[0].says


def test_mistakes_of_the_caller_are_named():
    data = noisy()
    with pytest.raises(VerdictInputUnusable, match="'nowhere' is not in the data"):
        Panel(data.frame, {"nowhere": 2})
    with pytest.raises(VerdictInputUnusable, match="lacks the column 'm'"):
        Panel(data.frame.drop("m"), data.since)
    with pytest.raises(VerdictInputUnusable, match="whole numbers"):
        Panel(data.frame.with_columns(pl.col("period").cast(pl.Float64)), data.since)


def test_periods_that_showed_the_worst_are_no_baseline():
    data = noisy(effect=0.0)
    (verdict,) = judge(data, DOWN, Plan(chosen=Chosen(2, 3)))
    assert "the periods that showed it are no baseline" in " ".join(verdict.warnings)
    left = Panel(data.frame.filter(~pl.col("period").is_in([2, 3])), data.since)
    assert verdict.effect == judge(left, DOWN)[0].effect


def test_where_the_whole_baseline_chose_it_no_verdict_rests_on_it():
    (verdict,) = judge(noisy(effect=-0.3), DOWN, Plan(chosen=Chosen(0, 3)))
    assert (verdict.verdict in ("no clear effect", "too early"), verdict.grade) == (True, "D")
