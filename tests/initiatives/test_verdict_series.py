"""One series: steps are found, resemblance of neighbours is not taken for one, and holes are told."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from scipy.linalg import toeplitz
from scipy.signal import lfilter

from desireline.errors import VerdictInputUnusable
from desireline.initiatives.verdicts import Chosen, Plan, Series, Target, choose, judge
from desireline.initiatives.verdicts.autoregression import Design, last_coefficient
from desireline.initiatives.verdicts.interrupted import line_and_step
from desireline.initiatives.verdicts.local_level import PACES, at_pace, step
from desireline.initiatives.verdicts.placebo import placebo_dates
from desireline.initiatives.verdicts.series import weeks_of

LATE = Target("journeys late", "down", at_least=0.02)
MONDAY = date(2025, 1, 6)


def series(values, start, n=100, controls=None) -> Series:
    """Values from a Monday on; the start is the Wednesday of week number `start`."""
    frame = pl.DataFrame(
        {
            "week": [MONDAY + timedelta(weeks=place) for place in range(len(values))],
            "value": [float("nan") if value is None else float(value) for value in values],
            "n": [n] * len(values),
            **(controls or {}),
        },
        schema_overrides={"week": pl.Date, "value": pl.Float64, "n": pl.Int64},
    )
    return Series(frame, MONDAY + timedelta(weeks=start, days=2), tuple(controls or ()))


def noisy(n=52, start=36, effect=0.0, seed=2) -> list[float]:
    rng = np.random.default_rng(seed)
    return list(0.3 + 0.015 * lfilter([1.0], [1.0, -0.3], rng.normal(size=n)) + effect * (np.arange(n) >= start))


def covers(at, rho):
    return toeplitz(rho ** np.arange(len(at)))


def test_a_step_is_found_and_told():
    (verdict,) = judge(series(noisy(effect=-0.1), 36), LATE)
    assert (verdict.verdict, verdict.method, verdict.grade, verdict.strength) == ("helped", "interrupted", "C", "ok")
    assert verdict.effect.low < -0.1 < verdict.effect.high
    assert (verdict.effect.n, verdict.effect.n_other) == (1500, 3600)  # it began on a Wednesday: that week is left out
    assert judge(series(noisy(effect=0.1), 36), LATE)[0].verdict == "harmed"


def test_with_known_rho_it_is_generalised_least_squares():
    at = np.arange(40)
    columns = line_and_step(at, at >= 25)
    y = np.array(noisy(40, 25))
    design = Design(at, columns)
    found = design.fit(y[None])
    rho = float(found.rho[0])
    fit = sm.GLS(y, columns, sigma=covers(at, rho)).fit()
    assert (found.value[0], found.error[0]) == pytest.approx((fit.params[-1], fit.bse[-1]), rel=1e-8)
    unit = np.linalg.inv(columns.T @ np.linalg.inv(covers(at, rho)) @ columns)[-1, -1]
    assert design.error_at(rho) == pytest.approx(np.sqrt(unit), rel=1e-8)


def test_missing_weeks_count_as_distance():
    at = np.delete(np.arange(40), [5, 6, 30])
    columns = line_and_step(at, at >= 25)
    y = np.array(noisy(40, 25))[at]
    found = Design(at, columns).fit(y[None])
    rho = float(found.rho[0])
    apart = np.abs(at[:, None] - at[None])
    fit = sm.GLS(y, columns, sigma=np.sign(rho) ** apart * abs(rho) ** apart).fit()
    assert (found.value[0], found.error[0]) == pytest.approx((fit.params[-1], fit.bse[-1]), rel=1e-8)


@pytest.mark.parametrize("rho", [0.0, 0.4, 0.7])
def test_rho_is_right_on_average(rho):
    rng = np.random.default_rng(4)
    dice = rng.normal(size=(3000, 60))
    dice[:, 0] /= np.sqrt(1 - rho * rho)
    at = np.arange(60)
    found = Design(at, line_and_step(at, at >= 40)).rho(lfilter([1.0], [1.0, -rho], dice, axis=1))
    assert np.median(found) == pytest.approx(rho, abs=0.03)


def test_the_simulated_law_is_student_s_where_neighbours_do_not_resemble_each_other_in_a_long_series():
    at = np.arange(400)
    chance = Design(at, line_and_step(at, at >= 200)).chance(0.0)
    assert chance[949] == pytest.approx(1.96, abs=0.15)


def test_p_and_interval_agree():
    for seed in range(20):
        y = np.array(noisy(effect=-0.02, seed=seed))
        at = np.arange(len(y))
        found = last_coefficient(at, line_and_step(at, at >= 36), y)
        assert (found.p <= 0.05) == (abs(found.value) > found.limit * found.error)


def test_at_a_given_pace_the_step_is_that_of_the_structural_model():
    rng = np.random.default_rng(9)
    n, pace = 52, float(PACES[4])
    other = rng.normal(size=n).cumsum()
    y = other + rng.normal(size=n) + 0.3 * rng.normal(size=n).cumsum() + 2.0 * (np.arange(n) >= 36)
    after = (np.arange(n) >= 36).astype(float)
    found = at_pace(np.arange(n), np.column_stack([np.ones(n), other, after]), y, pace)
    model = sm.tsa.UnobservedComponents(y, "llevel", exog=np.column_stack([other, after]), mle_regression=False)
    smoothed = model.smooth([1.0, pace**2])
    assert found.value == pytest.approx(smoothed.smoothed_state[-1, -1], rel=1e-4)
    weeks = np.arange(n)
    cover = np.eye(n) + pace**2 * np.minimum(weeks[:, None], weeks[None])
    fit = sm.GLS(y, np.column_stack([np.ones(n), other, after]), sigma=cover).fit()
    assert (found.value, found.error) == pytest.approx((fit.params[-1], fit.bse[-1]), rel=1e-8)


def test_the_average_over_paces_has_an_interval_that_p_agrees_with():
    rng = np.random.default_rng(12)
    at = np.arange(40)
    columns = np.column_stack([np.ones(40), (at >= 25).astype(float)])
    for _ in range(20):
        found = step(at, columns, rng.normal(size=40) + 0.8 * columns[:, 1])
        assert (found.p < 0.05) == (found.low > 0 or found.high < 0)
        assert found.low < found.value < found.high


def test_a_series_that_goes_along_becomes_a_control():
    rng = np.random.default_rng(3)
    other = rng.normal(size=52).cumsum() * 0.02
    values = np.array(noisy(effect=-0.06)) + other
    data = series(values, 36, controls={"other region": other, "rain": rng.normal(size=52)})
    found = choose(data)
    assert (found.method, found.grade) == ("controls", "B")
    assert "other region went along" in found.reason
    (verdict,) = judge(data, LATE)
    assert (verdict.method, verdict.verdict) == ("controls", "helped")
    alone = judge(series(values, 36), LATE)[0]
    assert verdict.effect.high - verdict.effect.low < alone.effect.high - alone.effect.low


def test_controls_that_do_not_go_along_are_not_used():
    rain = np.random.default_rng(1).normal(size=52)
    (verdict,) = judge(series(noisy(), 36, controls={"rain": rain}), LATE)
    assert verdict.method == "interrupted"
    assert "no control series went along" in verdict.reason


def test_a_control_that_was_touched_is_told():
    rng = np.random.default_rng(3)
    other = 0.02 * rng.normal(size=52).cumsum() - 0.5 * (np.arange(52) >= 36)
    (verdict,) = judge(series(np.array(noisy()) + other, 36, controls={"other": other}), LATE)
    assert any("other changed as well" in told for told in verdict.warnings)


def test_a_control_that_is_the_number_itself_says_nothing():
    values = noisy()
    (verdict,) = judge(series(values, 36, controls={"same": values}), LATE)
    assert (verdict.verdict, verdict.effect) == ("too early", None)
    assert "the same numbers" in verdict.says


@pytest.mark.parametrize(
    ("values", "start", "why", "weeks"),
    [
        (noisy(30, 20), 0, "no weeks with data before", None),
        (noisy(30, 20), 11, "Only 11 weeks lie before the start; 12 are needed.", None),
        (noisy(20, 12), 12, "Only 7 weeks lie after the start; 8 are needed. Ask again after 1 more weeks", 8),
        ([0.3] * 52, 36, "straight line", None),
        ([0.1 + 0.01 * week for week in range(52)], 36, "straight line", None),
        ([None] * 52, 36, "no weeks with data before", None),
        ([], 0, "no weeks with data before", None),
    ],
)
def test_what_cannot_be_judged_is_too_early_with_what_is_needed(values, start, why, weeks):
    (verdict,) = judge(series(values, start), LATE)
    assert (verdict.verdict, verdict.effect) == ("too early", None)
    assert why in verdict.says
    assert (verdict.needed.weeks if verdict.needed else None) == weeks


def test_twelve_before_and_eight_after_are_enough_but_weak():
    (verdict,) = judge(series(noisy(21, 12), 12), LATE)
    assert verdict.strength == "weak"
    assert verdict.effect is not None
    assert "Only 20 weeks: below 26, chance results are taken for effects more often." in verdict.warnings
    assert judge(series(noisy(27, 16), 16), LATE)[0].strength == "ok"


def test_holes_are_told_and_not_filled():
    values = noisy(effect=-0.1)
    values[10] = None
    frame = series(values, 36).frame.filter(pl.col("week") != MONDAY + timedelta(weeks=20))
    (verdict,) = judge(Series(frame, MONDAY + timedelta(weeks=36)), LATE)
    assert "2 weeks are missing and not filled in: 2025-03-17, 2025-05-26." in verdict.warnings
    assert verdict.effect.n_other == 3400


def test_a_long_gap_is_told_by_its_ends_and_before_the_short_ones():
    values = noisy(effect=-0.1)
    values[20:24] = [None] * 4
    values[10] = None
    (verdict,) = judge(series(values, 36), LATE)
    told = "5 weeks are missing and not filled in: 2025-05-26 to 2025-06-16 (4 weeks), 2025-03-17."
    assert told in verdict.warnings


def test_weeks_of_fewer_than_five_customers_are_holes():
    frame = series(noisy(), 36).frame.with_columns(n=pl.when(pl.col("week") == MONDAY).then(4).otherwise(50))
    assert weeks_of(Series(frame, MONDAY + timedelta(weeks=36))).at[0] == 0
    assert weeks_of(Series(frame, MONDAY + timedelta(weeks=36))).before_count == 35


def test_the_week_of_the_start_is_left_out_unless_it_starts_on_a_monday():
    found = weeks_of(series(noisy(), 36))
    assert (found.before_count, found.after_count, found.warnings) == (36, 15, ())
    assert 36 not in found.at
    monday = Series(series(noisy(), 36).frame, MONDAY + timedelta(weeks=36))
    assert weeks_of(monday).after_count == 16
    sunday = Series(series(noisy(), 36).frame, MONDAY + timedelta(weeks=36, days=6))
    assert weeks_of(sunday).after_count == 15


def test_weeks_of_few_customers_count_where_the_value_adds_up():
    rng = np.random.default_rng(0)
    values = np.r_[rng.poisson(30, 20), rng.poisson(2, 20)]
    weeks = [MONDAY + timedelta(weeks=place) for place in range(40)]
    frame = pl.DataFrame({"week": weeks, "value": values.astype(float), "n": values.astype(int)})
    target = Target("tickets per week", "down", unit="tickets")
    assert judge(Series(frame, weeks[20]), target)[0].effect is None
    (verdict,) = judge(Series(frame, weeks[20], adds_up=True), target)
    assert verdict.verdict == "helped"
    assert verdict.effect.value == pytest.approx(-28, abs=4)
    assert not any("very different numbers" in told for told in verdict.warnings)


def test_hidden_are_sums_of_fewer_than_five_customers_on_one_side():
    weeks = [MONDAY + timedelta(weeks=place) for place in range(40)]
    few = np.r_[np.random.default_rng(0).poisson(30, 20), [1, 2], np.zeros(18, int)]
    frame = pl.DataFrame({"week": weeks, "value": few.astype(float), "n": few})
    (verdict,) = judge(Series(frame, weeks[20], adds_up=True), Target("tickets", "down"))
    assert (verdict.verdict, verdict.effect) == ("too early", None)
    assert "Fewer than 5 customers" in verdict.says


def test_customers_are_counted_once_where_they_are_known_and_else_called_customer_weeks():
    made = series(noisy(effect=-0.1), 36)
    assert "1,500 customer-weeks against 3,600" in judge(made, LATE)[0].says
    known = Series(made.frame, made.start, customers=(900, 400))
    assert "400 customers against 900" in judge(known, LATE)[0].says


def test_placebo_dates_lie_before_the_start_and_rarely_work():
    points = placebo_dates(weeks_of(series(noisy(), 36)), _level)
    assert points[0].at == (MONDAY + timedelta(weeks=12)).isoformat()
    assert max(str(point.at) for point in points) <= (MONDAY + timedelta(weeks=28)).isoformat()
    assert sum(point.p <= 0.05 for point in points) <= 1
    assert placebo_dates(weeks_of(series(noisy(28, 19), 19)), _level) == ()


def _level(weeks):
    from desireline.initiatives.verdicts.interrupted import bare_interrupted

    return bare_interrupted(weeks)


def test_an_earlier_step_shows_in_the_placebo_dates_and_makes_it_weak():
    values = np.array(noisy(80, 60, effect=-0.1)) - 0.1 * (np.arange(80) >= 30)
    (verdict,) = judge(series(values, 60), LATE)
    assert verdict.strength == "weak"
    assert any("when nothing began" in told for told in verdict.warnings)


def test_an_effect_that_grows_is_told():
    grows = np.array(noisy(80, 50)) - 0.01 * np.maximum(np.arange(80) - 50, 0)
    (verdict,) = judge(series(grows, 50), LATE)
    assert any("falls against its trend" in told for told in verdict.warnings)


def test_the_order_of_weeks_does_not_matter():
    data = series(noisy(effect=-0.1), 36)
    assert judge(Series(data.frame.reverse(), data.start), LATE) == judge(data, LATE)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda frame: frame.drop("n"), "lacks the column 'n'"),
        (lambda frame: pl.concat([frame, frame[:1]]), "twice"),
        (lambda frame: frame.with_columns(pl.col("week").dt.offset_by("1d")), "other than its Monday"),
        (lambda frame: frame.with_columns(week=pl.lit("2025-01-06")), "no date"),
    ],
)
def test_mistakes_of_the_caller_are_named(change, why):
    data = series(noisy(), 36)
    with pytest.raises(VerdictInputUnusable, match=why):
        Series(change(data.frame), data.start)


def test_a_choosing_window_has_to_be_in_dates():
    with pytest.raises(VerdictInputUnusable, match="in dates"):
        judge(series(noisy(), 36), LATE, Plan(chosen=Chosen(1, 2)))
