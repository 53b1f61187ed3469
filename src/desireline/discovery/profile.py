"""What a look at the events tells before anything is drawn: how customers' events fall into journeys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from desireline.discovery.sequences import SEPARATOR, TAKEN, Part, add_up, nothing
from desireline.hashes import hash_text
from desireline.maps.records import Cut

SILENCES = tuple(timedelta(minutes=m) for m in (30, 120, 720, 1440, 4320, 10080, 20160, 43200, 129600))
"""Silences that may part journeys: half an hour to ninety days."""
_PLAIN = {"customers": pl.Int64, "events": pl.Int64, "cased": pl.Int64, "cases": pl.Int64}
GAPS: dict[str, pl.DataType] = {"longer": pl.Int64(), "event": pl.String(), "events": pl.Int64()}
CHANNELS: dict[str, pl.DataType] = {"channel": pl.String(), "customers": pl.Int64()}
NEEDED = 0.2
"""After a silence the usual first events must be commoner by this much, or it does not part journeys."""


@dataclass(frozen=True)
class Profile:
    """Sums over customers, which add."""

    counts: pl.DataFrame  # one row of _PLAIN
    gaps: pl.DataFrame  # how many SILENCES the gap before an event outlasts (−1: a customer's first), by event
    channels: pl.DataFrame


def look(events: pl.DataFrame) -> Profile:
    """The profile of a bucket of whole customers, in the shape and order of `tables.EVENTS`."""
    cased = events.filter(pl.col("case_id").is_not_null())
    counts = {
        "customers": events["customer_id"].n_unique(),
        "events": events.height,
        "cased": cased.height,
        "cases": cased.select("customer_id", "case_id").unique().height,
    }
    fresh = pl.col("customer_id").ne_missing(pl.col("customer_id").shift())
    gap = pl.col("at") - pl.col("at").shift()
    longer = pl.sum_horizontal([(gap > silence).cast(pl.Int64) for silence in SILENCES])
    told = events.select(pl.when(fresh).then(-1).otherwise(longer).cast(pl.Int64).alias("longer"), "event")
    channels = events.drop_nulls("channel").group_by("channel").agg(pl.col("customer_id").n_unique().alias("customers"))
    return Profile(
        pl.DataFrame(counts, schema=_PLAIN),
        told.group_by("longer", "event").agg(pl.len().alias("events")).cast(GAPS),  # type: ignore[arg-type]
        channels.cast(CHANNELS),  # type: ignore[arg-type]
    )


def add_profiles(parts: Sequence[Profile]) -> Profile:
    """All parts as one, rows in an order that does not depend on theirs."""
    counts = [pl.DataFrame(schema=_PLAIN), *(one.counts for one in parts)]
    gaps = [pl.DataFrame(schema=GAPS), *(one.gaps for one in parts)]
    channels = [pl.DataFrame(schema=CHANNELS), *(one.channels for one in parts)]
    return Profile(
        pl.concat(counts).sum(),
        pl.concat(gaps).group_by("longer", "event").sum().sort("longer", "event"),
        pl.concat(channels).group_by("channel").sum().sort("customers", "channel", descending=[True, False]),
    )


@dataclass(frozen=True)
class CutProposal:
    """How journeys are to be cut, and why."""

    cut: Cut
    says: str


def propose_cut(profile: Profile) -> CutProposal:
    """By case where nearly all events have one and cases hold several; else by a silence after which customers begin
    anew; else one journey per customer."""
    events, cased, cases = (int(profile.counts[name].item() or 0) for name in ("events", "cased", "cases"))
    if events and cased >= 0.95 * events and cased >= 1.5 * cases:
        return CutProposal(
            Cut(by="case"), f"{cased / events:.1%} of the events name a case, {cased / cases:.1f} events each"
        )
    best, gain, counted = _best_silence(profile.gaps)
    if best is not None and gain >= NEEDED:
        silence = SILENCES[best]
        return CutProposal(
            Cut(by="silence", silence=silence),
            f"customers begin anew after it: usual first events are {gain:.0%} points commoner ({counted:,} silences)",
        )
    return CutProposal(Cut(by="life"), "the events name no cases, and no silence parts them clearly")


def _best_silence(gaps: pl.DataFrame) -> tuple[int | None, float, int]:
    """The silence that tells beginnings best: its place, the gain of usual first events after it, and how many."""
    first = gaps.filter(pl.col("longer") == -1).sort("events", "event", descending=[True, False])
    before = first["events"].cum_sum() - first["events"]
    usual = first.filter(before < 0.8 * int(first["events"].sum() or 0))["event"].to_list()
    best: tuple[int | None, float, int] = (None, 0.0, 0)
    later = gaps.filter(pl.col("longer") >= 0)
    for place in range(len(SILENCES)):
        sides = [later.filter(pl.col("longer") > place), later.filter(pl.col("longer") <= place)]
        sizes = [int(side["events"].sum() or 0) for side in sides]
        if min(sizes) < 20:
            continue
        after, other = (int(side.filter(pl.col("event").is_in(usual))["events"].sum() or 0) for side in sides)
        gain = after / sizes[0] - other / sizes[1]
        if gain > best[1] + 1e-9:
            best = (place, gain, sizes[0])
    return best


def take_routes(events: pl.DataFrame, cut: Cut) -> Part:
    """The routes of a bucket of whole customers: every event by its name, journeys cut as said; see `sequences`."""
    if events.is_empty():
        return nothing()
    key = ["customer_id", "case_id"] if cut.by == "case" else ["customer_id"]
    ordered = events.sort(key, maintain_order=True) if cut.by == "case" else events
    fresh = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in key)
    if cut.by == "silence" and cut.silence is not None:
        fresh = fresh | (pl.col("at") - pl.col("at").shift() > cut.silence).fill_null(False)
    named = ordered.select(
        pl.Series("customer", hash_text(ordered["customer_id"])),
        (fresh | (pl.int_range(pl.len()) == 0)).cum_sum().alias("journey"),
        pl.col("event").fill_null("").str.replace_all(SEPARATOR, " ", literal=True),
        pl.col("value").cast(pl.Float64).fill_null(0.0).mul(10_000).round().cast(pl.Int64).alias("value_e4"),
    )
    journeys = named.group_by("journey", maintain_order=True).agg(
        pl.col("customer").first(), pl.col("event").str.join(SEPARATOR).alias("route"), pl.col("value_e4").sum()
    )
    blank = [
        pl.lit(0, dtype=pl.Int64).alias(name) for name in TAKEN if name not in journeys.columns and name != "journeys"
    ]
    return Part(add_up(journeys.with_columns(blank)), nothing().known)
