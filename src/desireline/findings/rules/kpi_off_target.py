"""A target on the map is missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
from scipy.special import ndtr

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.targets import TARGETS, Target, targets
from desireline.findings.gathering import Around
from desireline.findings.rule import rule
from desireline.findings.words import percent
from desireline.measures.catalog import find_measure
from desireline.measures.codes import NONE
from desireline.measures.intervals import Z
from desireline.measures.view import View

ACCUMULATES = ("customers", "journeys", "visits", "answers", "value")
"""Measures that grow with time: their targets are meant for a year."""
YEAR = 365.25
SHORTEST = 0.25
"""Parts of a year below which such a target is not judged: seasons would decide."""


def open_target(view: View, who: Who) -> pl.Series:
    """The customers behind the measure at the place."""
    seen = find_measure(who.kind).observe(view)
    if seen.everywhere is not None:
        return view.people.gather(view.owners.customer)
    told = seen.rows.place == view.place.get(who.at, NONE)
    return view.people.gather(seen.rows.customer[told if seen.m is None else told & (seen.m > 0)])


@rule("A target is missed", needs=(TARGETS,), symptom=True, opens=open_target)
def kpi_off_target(dossier: Dossier, *, margin: float = 0.05) -> Iterator[Check]:
    """What the map sets as a target lies wholly on the wrong side, by more than a small margin.

    `margin`: five points of a share or of a score's range, ten of a net promoter score (of its 200), and a twentieth of
    any other target. What accumulates (customers, journeys, sales …) is held against the part of a year that the data
    cover, and not at all below a quarter.

    Why it matters: a target that is missed unnoticed is no target.
    What helps: see which findings stand at the same place. If there are none, ask whether the target was ever real.
    """
    for target in targets(dossier.outline):
        row = dossier.get(TARGETS).row(target.kpi.measure, target.place)
        if row is None or row["value"] is None:
            continue
        if target.kpi.measure in ACCUMULATES and _years(dossier.around) < SHORTEST:
            continue
        for goal, sign in ((target.kpi.at_least, 1.0), (target.kpi.at_most, -1.0)):
            if goal is not None:
                scaled = _scaled(goal, target, dossier.around)
                p = _p(row, scaled, sign=sign, margin=_margin(row["unit"], scaled, margin))
                yield Check(_finding(dossier, target, row, goal=goal, sign=sign), p)


def _years(around: Around) -> float:
    if around.first_at is None or around.last_at is None:
        return 0.0
    return float((around.last_at - around.first_at).total_seconds() / 86_400 / YEAR)


def _scaled(goal: float, target: Target, around: Around) -> float:
    """The target for the time that the data cover."""
    return goal * _years(around) if target.kpi.measure in ACCUMULATES else goal


def _margin(unit: str, goal: float, margin: float) -> float:
    if unit.startswith("score:"):
        worst, _, best = unit.removeprefix("score:").partition("–")
        return margin * abs(float(best) - float(worst))
    return margin * {"share": 1.0, "points": 200.0, "level": 4.0}.get(unit, abs(goal))


def _p(row: dict[str, Any], goal: float, *, sign: float, margin: float) -> float:
    """p of a target that is missed by no more than the margin: normal, with the error that the interval tells."""
    missed = sign * (goal - row["value"]) - margin
    end = row["high"] if sign > 0 else row["low"]
    error = abs(end - row["value"]) / Z if end is not None else None
    if error is None:
        return 1.0
    if error == 0:
        return 0.0 if missed > 0 else 1.0
    return float(ndtr(-missed / error))


def _finding(dossier: Dossier, target: Target, row: dict[str, Any], *, goal: float, sign: float) -> Finding:
    kpi, scaled = target.kpi, _scaled(goal, target, dossier.around)
    title = kpi.title or find_measure(kpi.measure).title
    words = "at least" if sign > 0 else "at most"
    covered = f" ({_say(scaled, row['unit'])} for the {12 * _years(dossier.around):.0f} months of data)"
    says = (
        f"{title} at {dossier.title(target.place)} is {_say(row['value'], row['unit'])}; the target is {words} "
        f"{_say(goal, row['unit'])}{covered if kpi.measure in ACCUMULATES else ''}."
    )
    ends = [None if row[end] is None else row[end] - scaled for end in ("low", "high")]
    n = int(row["n"] or 0)
    return Finding(
        rule="kpi off target",
        at=target.place,
        says=says,
        effect=Effect("reading less target", row["value"] - scaled, ends[0], ends[1], row["unit"], n, apart=True),
        customers=n,
        who=Who(kpi.measure, target.place),
        evidence=(Effect(title, row["value"], row["low"], row["high"], row["unit"], n),),
    )


def _say(value: float, unit: str) -> str:
    """A number in its unit: a share in per cent, seconds in the largest unit that fits, all else plain."""
    if unit == "share":
        return percent(value)
    if unit == "s":
        size, name = next(
            ((s, n) for s, n in ((86_400, "days"), (3_600, "hours"), (60, "minutes")) if value >= s), (1, "s")
        )
        return f"{value / size:.1f} {name}"
    if unit.startswith("money"):
        return f"{value:,.0f} {unit.partition(':')[2]}".strip()
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.1f}"
