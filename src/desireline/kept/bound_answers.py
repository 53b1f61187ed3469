"""What else of the data a map is bound to, beside events: which answers speak about which place, and due times."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from desireline.access import may_show
from desireline.journeys.claims import fields_of, first_of, judge
from desireline.lake.snapshot import Snapshot
from desireline.maps.outline import Outline
from desireline.maps.rules import Rule

_ASKED = ("kind", "question")


@dataclass(frozen=True)
class AnswersBound:
    """Answers of one kind to one question, and the places whose rules claim some of them, most first."""

    kind: str
    question: str | None
    answers: int
    customers: int  # anonymous answers count as one customer each
    about: tuple[str, ...]


def bound_answers(snapshot: Snapshot, outline: Outline) -> list[AnswersBound]:
    """Every question with its answers, the most frequent first; those of fewer than 5 customers are left out.

    Rules that look at what a text is about claim nothing here: topics are told elsewhere.
    """
    levels: list[list[tuple[str, Rule | None]]] = [
        [(point.id, point.feedback) for point in outline.touchpoints],
        [(stage.id, stage.feedback) for stage in outline.stages],
        [(outline.map.map.id, outline.map.map.feedback)],
    ]
    fields = {*_ASKED} | fields_of(rule for level in levels for _, rule in level)
    claims = pl.concat_list([first_of(level) for level in levels]).list.drop_nulls().alias("about")
    parts = [
        judge(rows, lambda values: values.with_columns(claims), fields=fields)
        for rows in map(snapshot.feedback, range(snapshot.buckets))
        if rows.height
    ]
    if not parts:
        return []
    told = pl.concat(part.select(*_ASKED, "about", who=pl.coalesce("customer_id", "feedback_id")) for part in parts)
    many = told.group_by(_ASKED).agg(pl.len().alias("answers"), pl.col("who").n_unique().alias("customers"))
    placed = told.explode("about", empty_as_null=True, keep_nulls=True).drop_nulls("about").group_by(*_ASKED, "about")
    places = placed.len().sort("len", "about", descending=[True, False])
    return [
        AnswersBound(
            **row,
            about=tuple(places.filter(*(pl.col(name).eq_missing(pl.lit(row[name])) for name in _ASKED))["about"]),
        )
        for row in many.sort("answers", *_ASKED, descending=[True, False, False]).iter_rows(named=True)
        if may_show(row["customers"])
    ]


def events_with_due(snapshot: Snapshot) -> frozenset[str]:
    """The names of events that say by when they were due, where 5 customers and more have one that does."""
    found: dict[str, int] = {}
    for bucket in range(snapshot.buckets):
        rows = snapshot.events(bucket, ("customer_id", "event", "due_at")).drop_nulls("due_at")
        for name, many in rows.group_by("event").agg(pl.col("customer_id").n_unique()).iter_rows():
            found[name] = found.get(name, 0) + many
    return frozenset(name for name, many in found.items() if may_show(many))
