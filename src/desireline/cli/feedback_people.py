"""What `desireline feedback responders` and `pains` print: who answered, and what they ticked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desireline.cli.feedback_marks import (
    count_of,
    q_of,
    range_of,
    value_of,
)
from desireline.cli.voice import out, say
from desireline.cli.wide import show_fitting
from desireline.draw.figures import many, signed
from desireline.draw.table import show_table
from desireline.maps.outline import Outline
from desireline.voice.counts import say_count, say_many
from desireline.voice.scores.pains import Pains
from desireline.voice.scores.responders import Responders

Row = Mapping[str, Any]


def show_responders(found: Responders, outline: Outline, *, limit: int) -> None:
    """Rates first, then the check, then what weighting would change."""
    of = say_many(found.customers, "customer")
    say(f"{say_count(found.responders)} of {of} with journeys answered something.")
    if found.anonymous:
        say(f"{say_many(found.anonymous, 'answer')} came from nobody known and count in no rate.", style="dim")
    rates = list(found.rates.iter_rows(named=True))
    asked = any(row["asked"] is not None for row in rates)
    heads = [
        "Where",
        "Met it>",
        "Answered>",
        "Rate>",
        "95 % interval>",
        *(["Asked>", "Of asked>", "95 % interval>"] * asked),
    ]
    rows = [
        [
            outline.titles.get(row["place"], row["place"]),
            count_of(row["met"]),
            count_of(row["answered"]),
            value_of(row["rate"], "share"),
            range_of(row["low"], row["high"], "share"),
            *(
                [
                    count_of(row["asked"]),
                    value_of(row["asked_rate"], "share"),
                    range_of(row["asked_low"], row["asked_high"], "share"),
                ]
                * asked
            ),
        ]
        for row in rates
    ]
    say("")
    show_table(out(), heads, rows, empty="Nobody with a journey could have answered.")
    say(f"\n{found.says}")
    heads = ["", "Feature", "Level", "Responders>", "All>", "d>", "95 % interval>", "q>"]
    rows = [
        [
            "✗" if row["differs"] else "",
            row["feature"],
            row["level"],
            value_of(row["responders"], "share"),
            value_of(row["all"], "share"),
            "" if row["d"] is None else signed(row["d"], 2),
            "" if row["low"] is None else f"{signed(row['low'], 2)} to {signed(row['high'], 2)}",
            q_of(row["q"]),
        ]
        for row in found.check.head(limit).iter_rows(named=True)
    ]
    if rows:
        show_table(out(), heads, rows, empty="")
    _show_weighting(found, outline)


def _show_weighting(found: Responders, outline: Outline) -> None:
    weighting = found.weighting
    if weighting is None:
        return
    worth = f"{len(weighting.raked.weights):,} responders are then worth {weighting.raked.n_eff:,.0f}"
    say(f"\nWeighted by {', '.join(weighting.features)} to all customers ({worth}):")
    heads = ["Where", "Question", "Score", "n>", "As answered>", "Weighted>", "95 % interval>"]
    rows = [
        [
            outline.titles.get(row["place"], row["place"]),
            row["question"],
            row["kind"],
            count_of(row["n"]),
            value_of(row["value"], row["unit"]),
            value_of(row["weighted"], row["unit"]),
            range_of(row["low"], row["high"], row["unit"]),
        ]
        for row in weighting.scores.iter_rows(named=True)
    ]
    show_table(out(), heads, rows, empty="No scored answer comes from a customer with a journey.")


def show_pains(found: Pains, outline: Outline) -> None:
    """Reasons ranked within each place and question."""
    rows = list(found.rows.iter_rows(named=True))
    weighted = any(row["weighted_share"] is not None for row in rows)
    heads = [
        "Where",
        "Question",
        "#>",
        "Reason",
        "n>",
        "Of all asked>",
        "95 % interval>",
        *["Weighted>"] * weighted,
        "Of those with a reason>",
    ]
    table = [
        [
            outline.titles.get(row["place"], row["place"]),
            row["question"],
            str(row["rank"]),
            row["reason"],
            count_of(row["n"]),
            value_of(row["share"], "share"),
            range_of(row["low"], row["high"], "share"),
            *[value_of(row["weighted_share"], "share")] * weighted,
            value_of(row["of_named"], "share"),
        ]
        for row in rows
    ]
    show_fitting(heads, table, spare=(len(heads) - 1,), empty="No answer is a coded reason.")
    if found.kept_back:
        say(f"{many(found.kept_back, 'reason')} not shown: fewer than 5 respondents.", style="dim")
