"""Whether it helped: helped, no clear effect, harmed, or too early to say; and what stands behind that.

`judge` is the one door. It chooses the method by the design and the data, lets it estimate the effect, widens the
interval where somebody looked early, and calls an effect clear only if its interval leaves out 0 *and* its size is no
smaller than what was written down as the smallest of interest. Thin data are no error: they are “too early”, with what
would be needed. Everything is worked out from what is handed in: same data, same verdict.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from desireline.errors import VerdictInputUnusable
from desireline.findings.finding import Effect, Grade
from desireline.initiatives.verdicts.arms import Arms, pair
from desireline.initiatives.verdicts.choose import Choice, choose_for_arms, choose_for_cells, choose_for_weeks
from desireline.initiatives.verdicts.controls import bare_controls, controls
from desireline.initiatives.verdicts.cuped import cuped
from desireline.initiatives.verdicts.difference import difference_in_differences
from desireline.initiatives.verdicts.estimate import Estimate, Needed, Point, TooThin
from desireline.initiatives.verdicts.guard import guard
from desireline.initiatives.verdicts.interrupted import bare_interrupted, interrupted
from desireline.initiatives.verdicts.panel import Cells, Panel, cells_of, pooled
from desireline.initiatives.verdicts.placebo import placebo_dates, with_placebos
from desireline.initiatives.verdicts.regression_to_mean import fair_cells, fair_weeks
from desireline.initiatives.verdicts.sentences import sentence
from desireline.initiatives.verdicts.series import Series, Weeks, weeks_of
from desireline.initiatives.verdicts.target import Plan, Target

Word = Literal["helped", "no clear effect", "harmed", "too early"]
CLEAR = 0.05


@dataclass(frozen=True)
class Verdict:
    """Did it help. The effect has the sign of the data (with minus without); the verdict knows which way is better."""

    verdict: Word
    says: str  # one plain sentence
    measure: str
    method: str  # difference, cuped, did, controls, interrupted
    reason: str  # why this method
    grade: Grade
    strength: Literal["ok", "weak"] = "ok"
    arm: str = ""
    effect: Effect | None = None  # None: nothing can be said
    p: float | None = None  # two-sided, of no effect; after the guard against early looks
    p_adjusted: float | None = None  # Holm's, over the arms
    baseline: float | None = None  # what it would have been without
    needed: Needed | None = None
    equivalent: bool = False  # the interval lies inside ± the smallest effect of interest
    warnings: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    narrowed: float | None = None  # by which share covariates narrowed the interval

    def as_json(self) -> dict[str, Any]:
        """Plain values, in the order of the fields."""
        found: dict[str, Any] = _plain(asdict(self))
        return found


@dataclass(frozen=True)
class _Found:
    """What a method said about one arm."""

    arm: str
    choice: Choice
    found: Estimate | TooThin
    told: tuple[str, ...] = ()


def judge(data: Arms | Panel | Series, target: Target, plan: Plan | None = None) -> tuple[Verdict, ...]:
    """One verdict per arm against the control, in the order of their names; one for a panel or a series.

    Raises VerdictInputUnusable for a caller's mistake: a column lacking, a window of the wrong kind.
    """
    plan = plan or Plan()
    if isinstance(data, Arms):
        found = _judge_arms(data, target, plan)
    elif isinstance(data, Panel):
        found = [_judge_panel(data, target, plan)]
    else:
        found = [_judge_series(data, target, plan)]
    return _together([_guarded(one, target, plan) for one in found], target, plan)


def not_begun(one: Verdict, until: date, start: date) -> Verdict:
    """The verdict on data that end before the start."""
    why = f"the data end on {until}, before the start on {start}"
    return replace(one, verdict="too early", says=f"Too early: {why}.", strength="weak", effect=None, p=None)


def _judge_arms(arms: Arms, target: Target, plan: Plan) -> list[_Found]:
    choice = choose_for_arms(arms, plan)
    told = arms.unsettled()
    if not arms.names:
        thin = TooThin(
            "No customer of a treated arm has an outcome yet." if arms.frame.height else "There are no customers."
        )
        return [_Found("", choice, thin, told)]
    return [_Found(name, choice, cuped(pair(arms, name), target), told) for name in arms.names]


def _judge_panel(panel: Panel, target: Target, plan: Plan) -> _Found:
    cells = cells_of(panel)
    if plan.chosen and isinstance(plan.chosen.first, date):
        raise VerdictInputUnusable(
            "A panel has numbered periods: say the choosing window in their numbers, not in dates."
        )
    choice = choose_for_cells(cells)
    if choice.method == "interrupted":
        return _judge_weeks(pooled(cells), choice, target, plan)
    fair = fair_cells(cells, plan.chosen)
    assert isinstance(fair.data, Cells)
    return _Found("", choice, _capped(difference_in_differences(fair.data, target), fair.capped), _some(fair.says))


def _judge_series(series: Series, target: Target, plan: Plan) -> _Found:
    if plan.chosen and not isinstance(plan.chosen.first, date):
        raise VerdictInputUnusable("A series has dates: say the choosing window in dates, not in numbers.")
    return _judge_weeks(weeks_of(series), None, target, plan)


def _judge_weeks(weeks: Weeks, known: Choice | None, target: Target, plan: Plan) -> _Found:
    fair = fair_weeks(weeks, plan.chosen)
    assert isinstance(fair.data, Weeks)
    choice = known or choose_for_weeks(fair.data)
    method = controls if choice.method == "controls" else interrupted
    found = _with_dates(method(fair.data, target), fair.data, choice)
    return _Found("", choice, _capped(found, fair.capped), _some(fair.says))


def _with_dates(found: Estimate | TooThin, weeks: Weeks, choice: Choice) -> Estimate | TooThin:
    if isinstance(found, TooThin):
        return found
    method = bare_controls if choice.method == "controls" else bare_interrupted
    return with_placebos(found, placebo_dates(weeks, method))


def _capped(found: Estimate | TooThin, capped: bool) -> Estimate | TooThin:
    """An estimate on which no verdict may rest has grade D."""
    if not capped or isinstance(found, TooThin):
        return found
    return replace(found, capped=True, grade="D", because="it was chosen by the very weeks it is compared with")


def _some(says: str) -> tuple[str, ...]:
    return (says,) if says else ()


def _guarded(one: _Found, target: Target, plan: Plan) -> _Found:
    if isinstance(one.found, TooThin):
        return one
    guarded = guard(one.found, target, plan)
    return replace(one, found=guarded.estimate, told=(*one.told, *_some(guarded.says)))


def _together(found: list[_Found], target: Target, plan: Plan) -> tuple[Verdict, ...]:
    """The verdicts of all arms, with Holm's p over them."""
    ps = [one.found.p if isinstance(one.found, Estimate) else None for one in found]
    adjusted = _holm(ps)
    return tuple(
        _thin(one, target)
        if isinstance(one.found, TooThin)
        else _verdict(one, one.found, target, plan, adjusted[place])
        for place, one in enumerate(found)
    )


def _verdict(one: _Found, found: Estimate, target: Target, plan: Plan, p: float | None) -> Verdict:
    word = _word(found, target, plan, 1.0 if p is None else p)
    equivalent = _equivalent(found, target)
    weak = bool(found.weak)
    told = (*one.choice.warnings, *one.told, *found.weak, *found.warnings)
    says = sentence(word, found, target, arm=one.arm, equivalent=equivalent, weak=weak)
    return Verdict(
        word,
        says,
        target.measure,
        one.choice.method if found.narrowed is not None or one.choice.method != "cuped" else "difference",
        one.choice.reason,
        found.grade or one.choice.grade,
        "weak" if weak else "ok",
        arm=one.arm,
        effect=_effect(found, target),
        p=found.p,
        p_adjusted=p,
        baseline=found.baseline,
        needed=None if word in ("helped", "harmed") else found.needed,
        equivalent=equivalent and not found.capped,
        warnings=tuple(dict.fromkeys(told)),
        points=found.points,
        narrowed=found.narrowed,
    )


def _word(found: Estimate, target: Target, plan: Plan, p: float) -> Word:
    """The verdict. Before the planned end, or with fewer data than needed and no plan, unclear is too early."""
    good, bad = (found.low, found.high) if target.sign > 0 else (-found.high, -found.low)
    clear = p <= CLEAR and abs(found.value) >= target.at_least and not found.capped
    if clear and good > 0:
        return "helped"
    if clear and bad < 0:
        return "harmed"
    if _equivalent(found, target) and not found.capped:
        return "no clear effect"
    waiting = plan.share is None and found.needed is not None and found.needed.more
    return "too early" if plan.early or waiting else "no clear effect"


def _equivalent(found: Estimate, target: Target) -> bool:
    return target.at_least > 0 and -target.at_least < found.low and found.high < target.at_least


def _effect(found: Estimate, target: Target) -> Effect:
    says = f"{target.measure}, with it against without"
    return Effect(says, found.value, found.low, found.high, target.unit, found.n, found.n_other)


def _thin(one: _Found, target: Target) -> Verdict:
    assert isinstance(one.found, TooThin)
    who = f" with {one.arm}" if one.arm else ""
    way_out = f" {one.found.needed.says}" if one.found.needed else ""
    return Verdict(
        "too early",
        f"Too early: {target.measure}{who} cannot be judged yet. {one.found.why}{way_out}",
        target.measure,
        one.choice.method,
        one.choice.reason,
        one.choice.grade,
        "weak",
        arm=one.arm,
        needed=one.found.needed,
        warnings=tuple(dict.fromkeys((*one.choice.warnings, *one.told, *one.found.warnings))),
    )


def _holm(ps: list[float | None]) -> list[float | None]:
    """Holm 1979, Scandinavian Journal of Statistics 6, 65–70. Arms without a p do not count."""
    order = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    found: list[float | None] = [None] * len(ps)
    largest = 0.0
    for rank, (p, place) in enumerate(order):
        largest = max(largest, min(1.0, p * (len(order) - rank)))
        found[place] = largest
    return found


def _plain(value: Any) -> Any:
    """Dictionaries, lists, texts, numbers; no NaN and no infinity."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
