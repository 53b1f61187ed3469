"""What was chosen because it looked worst gets better by itself; that is not called help."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from desireline.errors import VerdictInputUnusable
from desireline.initiatives.verdicts import Chosen, Plan, Series, Target, judge
from desireline.initiatives.verdicts.regression_to_mean import UNGUARDED, fair_weeks, shrunk
from desireline.initiatives.verdicts.series import weeks_of

LATE = Target("journeys late", "down", at_least=0.01)
MONDAY = date(2025, 1, 6)


def places(values, variance=0.0004) -> pl.DataFrame:
    names = [f"p{place}" for place in range(len(values))]
    return pl.DataFrame({"place": names, "value": list(values), "variance": [variance] * len(names)})


def series(values, start) -> Series:
    weeks = [MONDAY + timedelta(weeks=place) for place in range(len(values))]
    return Series(
        pl.DataFrame({"week": weeks, "value": list(values), "n": [60] * len(weeks)}), MONDAY + timedelta(weeks=start)
    )


def window(first, last, among=None) -> Chosen:
    days = MONDAY + timedelta(weeks=first), MONDAY + timedelta(weeks=last, days=6)
    return Chosen(*days, among, "p0" if among is not None else "")


def bad_spell(n=60, start=40, first=0, last=39) -> np.ndarray:
    """Ten points worse in the choosing window, and normal since the start, by chance alone."""
    at = np.arange(n)
    return 0.2 + np.random.default_rng(6).normal(0, 0.02, n) + 0.1 * ((at >= first) & (at <= last))


def test_the_share_of_chance_is_empirical_bayes():
    values = np.array([0.30, 0.22, 0.20, 0.18, 0.21, 0.19])
    found = shrunk(Chosen(1, 2, places(values), "p0"))
    between = values.var(ddof=1) - 0.0004
    assert found.kept == pytest.approx(between / (between + 0.0004))
    assert found.value == pytest.approx(values.mean() + found.kept * (0.30 - values.mean()))


def test_places_that_differ_by_chance_alone_all_belong_to_the_mean():
    found = shrunk(Chosen(1, 2, places([0.22, 0.21, 0.20, 0.19, 0.18], variance=0.01), "p0"))
    assert (found.kept, found.value) == (0, pytest.approx(0.20))


def test_fewer_than_five_places_do_not_tell_the_share_of_chance():
    assert shrunk(Chosen(1, 2, places([0.3, 0.2, 0.1, 0.2]), "p0")) is None
    assert shrunk(Chosen(1, 2)) is None


def test_weeks_outside_the_choosing_window_are_the_better_baseline():
    values = bad_spell(last=19)
    fair = fair_weeks(weeks_of(series(values, 40)), window(0, 19))
    assert (fair.data.before_count, fair.capped) == (20, False)
    assert "the 20 weeks that showed it are no baseline" in fair.says
    assert judge(series(values, 40), LATE, Plan(chosen=window(0, 19)))[0].verdict != "helped"


def test_else_the_baseline_is_moved_by_what_was_chance():
    among = places([0.30, 0.21, 0.20, 0.19, 0.20, 0.21, 0.19, 0.20], variance=0.01)
    values = bad_spell()
    assert judge(series(values, 40), LATE)[0].verdict == "helped"
    (verdict,) = judge(series(values, 40), LATE, Plan(chosen=window(0, 39, among)))
    assert verdict.verdict != "helped"
    assert any("put down to chance" in told for told in verdict.warnings)


def test_else_no_verdict_rests_on_it():
    (verdict,) = judge(series(bad_spell(), 40), LATE, Plan(chosen=window(0, 39)))
    assert (verdict.verdict, verdict.grade) == ("no clear effect", "D")
    assert UNGUARDED in verdict.warnings


def test_a_window_outside_the_baseline_does_no_harm():
    values = bad_spell(last=39)
    (verdict,) = judge(series(values, 40), LATE, Plan(chosen=window(-50, -20)))
    assert verdict.verdict == "helped"
    assert any("does no harm" in told for told in verdict.warnings)


def test_a_window_that_ends_before_it_begins_and_places_without_the_chosen_one_are_mistakes():
    with pytest.raises(VerdictInputUnusable, match="no window"):
        Chosen(3, 2)
    with pytest.raises(VerdictInputUnusable, match="not among the candidates"):
        Chosen(1, 2, places([0.1]), "elsewhere")
    with pytest.raises(VerdictInputUnusable, match="lack the column 'variance'"):
        Chosen(1, 2, places([0.1]).drop("variance"), "p0")
