"""Initiatives as rows for a tracker: one row each, every cell plain text or a number, the same order each time."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from desireline.initiatives.records import Initiative

COLUMNS = {
    "id": pl.String,
    "title": pl.String,
    "status": pl.String,
    "owner": pl.String,
    "team": pl.String,
    "hypothesis": pl.String,
    "map": pl.String,
    "measure": pl.String,
    "at": pl.String,
    "group": pl.String,
    "better": pl.String,
    "baseline": pl.Float64,
    "baseline_n": pl.Int64,
    "baseline_since": pl.Date,
    "baseline_until": pl.Date,
    "expected": pl.Float64,
    "smallest": pl.Float64,
    "unit": pl.String,
    "starts_on": pl.Date,
    "ends_on": pl.Date,
    "ended_on": pl.Date,
    "roll_out": pl.String,
    "findings": pl.String,
    "tasks": pl.Int64,
    "tasks_done": pl.Int64,
    "open_tasks": pl.String,
    "verdict": pl.String,
    "verdict_says": pl.String,
    "version": pl.Int64,
}


def as_table(initiatives: Sequence[Initiative]) -> pl.DataFrame:
    """One row for each initiative, in the order given; lists are joined with "; "."""
    return pl.DataFrame([_row(one) for one in initiatives], schema=COLUMNS, orient="row")


def _row(one: Initiative) -> list[object]:
    target, base = one.target, one.target.baseline
    last = one.verdicts[-1] if one.verdicts else None
    arms = [f"{arm.name}{f' since {arm.since}' if arm.since else ''}" for arm in one.roll_out.arms if arm.treated]
    roll_out = f"{one.roll_out.kind} by {one.roll_out.by}: {', '.join(arms)}" if arms else one.roll_out.kind
    return [
        one.id,
        one.title,
        one.status,
        one.owner,
        one.team,
        one.hypothesis,
        one.map_id,
        target.measure,
        target.at,
        target.group,
        target.direction,
        base.value if base else None,
        base.n if base else None,
        base.since if base else None,
        base.until if base else None,
        target.expected,
        target.smallest,
        base.unit if base else "",
        one.starts_on,
        one.ends_on,
        one.ended_on,
        roll_out,
        "; ".join(one.findings),
        len(one.tasks),
        sum(task.done for task in one.tasks),
        "; ".join(task.title for task in one.tasks if not task.done),
        last.word if last else "",
        last.says if last else "",
        one.version,
    ]
