"""Journeys no longer go as they did when the map was drawn."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.drift import DRIFT
from desireline.findings.rule import rule
from desireline.findings.words import day
from desireline.living.drift import Sign
from desireline.measures.view import View

MEASURES = {
    "JS": "Jensen–Shannon distance of what comes next, before and after",
    "PSI": "population stability index of channels",
    "KS": "largest difference of the distributions before and after",
    "share": "after, less before",
}


def open_drift(view: View, who: Who) -> pl.Series:
    """The customers who came to the place from that day on; at the whole map all who went on a journey then."""
    steps = view.steps.frame.select("at", pl.col("touchpoint").cast(pl.String)).with_columns(
        view.journeys["customer_id"].gather(view.steps.journey).alias("customer_id")
    )
    if who.at != view.map_id:
        steps = steps.filter(pl.col("touchpoint") == who.at.partition(">")[0])
    if who.since is not None:
        steps = steps.filter(pl.col("at").dt.date() >= who.since)
    return steps["customer_id"]


@rule("Journeys changed for good", needs=(DRIFT,), opens=open_drift, exact=False, symptom=True)
def drift(dossier: Dossier, *, most: float = 0.05) -> Iterator[Check]:
    """Since a certain week customers go another way, by another channel, or wait longer than before, and it stays so.

    Each touchpoint is compared with itself, before and after the week at which it changed most: where customers go
    next, by which channel they come, how long they take along planned moves, and how often it goes wrong; and the
    whole map by fitness and by what it leaves out. A change has to be larger than a smallest one (see
    docs/how-to/living-map.md) and larger than what comes and goes from week to week. What a silent source feeds is not
    judged. `most` is the q up to which a sign is taken up.

    Why it matters: the map still tells how it was. Decisions made with it are about a company that is gone.
    What helps: find out what happened in that week (a release, a new page, a moved depot), and correct the journey or
    the map.
    """
    for sign in dossier.get(DRIFT).signs:
        yield Check(_finding(sign) if sign.q <= most else None, sign.over)


def _finding(sign: Sign) -> Finding:
    unit = "share" if sign.measure in ("share", "KS") else "distance"
    said = f"at {sign.says.removeprefix('At ')}" if sign.says.startswith("At ") else sign.says
    says = f"Since about {day(sign.since)}: {said}"
    effect = Effect(MEASURES[sign.measure], sign.value, sign.low, sign.high, unit, sign.n_after, sign.n_before)
    who = Who(f"drift of {sign.kind}", sign.at, since=sign.since)
    return Finding("drift", sign.at, says, effect, sign.n_after, who)
