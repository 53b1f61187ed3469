"""What the rules of a map's touchpoints take of the kept trace: counted without the trace being made anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.discovery.binding import Near
from desireline.journeys.claims import fields_of, first_of, judge
from desireline.lake.snapshot import Snapshot
from desireline.maps.outline import Outline
from desireline.maps.rules import Rule
from desireline.pipeline.placing import fields_looked_at, places_of
from desireline.slices import I64, stretches
from desireline.trace.placing import Placing, combinations
from desireline.trace.trace import Trace

OF_EVENTS = ("event", "channel", "status")
_READ = ("customer_id", "event", "channel", "status", "properties")


@dataclass(frozen=True)
class Tally:
    """How many events, of how many customers."""

    events: int = 0
    customers: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.events + other.events, self.customers + other.customers)


@dataclass(frozen=True)
class Claim:
    """What a rule takes: all that it means, what of that would stand on the touchpoint, and what others have first."""

    meant: Tally
    here: Tally
    first: dict[str, Tally]  # touchpoint that stands earlier on the map: its part


def claim(trace: Trace, snapshot: Snapshot, outline: Outline, rule: Rule, at: str | None) -> Claim:
    """The claim of `rule`, written at the touchpoint `at` of the outline; without it, only what is off the map.

    The trace tells when it holds what the rules look at; else the lake is read, so that the trace does not take up
    fields of rules that are half typed.
    """
    fields = fields_of([rule, *(point.when for point in outline.bound)]) | {"event"}
    if fields & set(OF_EVENTS) == fields or fields <= {*trace.fields, *OF_EVENTS}:
        return _by_trace(trace, outline, rule, at, fields & set(trace.fields))
    return _by_lake(snapshot, outline, rule, at, fields)


@dataclass(frozen=True)
class Around:
    """What is known of events off the map, by name."""

    near: dict[str, Near]
    elsewhere: set[str]  # names that are on the map, too: in another channel, with other properties
    channels: dict[tuple[str, str | None], list[str]]  # event and channel of the map: what sources call that channel


def around(trace: Trace, outline: Outline, events: Collection[str]) -> Around:
    """What comes right before and after each of these events, where it is off the map."""
    combos = combinations(trace, fields=sorted({*fields_looked_at(outline), "channel"}))
    names = combos.names()["event"]
    places = places_of(combos.names(), outline)
    points = [point.id for point in outline.bound]
    wanted = sorted(set(events) & {name for name in names if name is not None})
    codes = {name: len(points) + number for number, name in enumerate(wanted)}
    placed = np.array(
        [place if place >= 0 else codes.get(str(name), -1) for name, place in zip(names, places, strict=True)]
    )
    size = len(points) + len(wanted)
    moves = np.zeros(size * size, dtype=np.int64)
    total = np.zeros(size, dtype=np.int64)
    seen = trace.placed(Placing(combos, placed.astype(np.int64)))
    for bucket in range(seen.buckets):
        for part in seen.slices(bucket):
            met = part.touchpoint.astype(np.int64)
            kept = stretches(met * (part.customers + 1) + part.owner)[:-1]  # immediate repeats are one
            met, who = met[kept], part.owner[kept]
            same = who[1:] == who[:-1]
            moves += np.bincount((met[:-1] * size + met[1:])[same], minlength=size * size)
            total += np.bincount(met, minlength=size)
    table = moves.reshape(size, size)
    found = {name: _near(table, total, code, points) for name, code in codes.items()}
    there = {str(name) for name, place in zip(names, places, strict=True) if place >= 0}
    return Around(found, there & set(wanted), _channels(combos.names(), places, outline))


def _channels(
    values: Mapping[str, Sequence[str | None]], places: I64, outline: Outline
) -> dict[tuple[str, str | None], list[str]]:
    found: dict[tuple[str, str | None], set[str]] = {}
    for event, channel, place in zip(values["event"], values["channel"], places, strict=True):
        if place < 0 and event is not None and channel is not None:
            found.setdefault((event, outline.channel_ids(channel)), set()).add(channel)
    return {key: sorted(names) for key, names in found.items()}


def _near(table: I64, total: I64, code: int, points: list[str]) -> Near:
    many = max(int(total[code]), 1)
    before = {point: table[number, code] / many for number, point in enumerate(points) if table[number, code]}
    after = {point: table[code, number] / many for number, point in enumerate(points) if table[code, number]}
    return Near(before, after)


def _verdict(values: pl.DataFrame, outline: Outline, rule: Rule, at: str | None) -> pl.DataFrame:
    """`meant`, and `met`: the touchpoint that each of the values stands on when the rule is written at `at`."""
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in rule.fields() if name not in values.columns]
    claims = [(point.id, rule if point.id == at else point.when) for point in outline.touchpoints]
    return values.with_columns(missing).with_columns(rule.expr().alias("meant"), first_of(claims).alias("met"))


def _by_trace(trace: Trace, outline: Outline, rule: Rule, at: str | None, fields: set[str]) -> Claim:
    combos = combinations(trace, fields=sorted(fields))
    values = pl.DataFrame(combos.names(), schema=dict.fromkeys(combos.fields, pl.String))
    said = _verdict(values, outline, rule, at)
    meant, met = said["meant"].to_numpy(), said["met"]

    def tally(mask: npt.NDArray[np.bool_]) -> Tally:
        parts = trace.placed(Placing(combos, np.where(mask, 0, -1).astype(np.int64)))
        every = (part for bucket in range(parts.buckets) for part in parts.slices(bucket))
        return sum((Tally(part.events, part.customers) for part in every), Tally()) if mask.any() else Tally()

    here = _is(met, at)
    others = [name for name in met.filter(said["meant"]).unique() if name is not None and name != at]
    return Claim(tally(meant), tally(meant & here), {name: tally(meant & _is(met, name)) for name in others})


def _by_lake(snapshot: Snapshot, outline: Outline, rule: Rule, at: str | None, fields: set[str]) -> Claim:
    whole, here, first = Tally(), Tally(), dict[str, Tally]()
    for bucket in range(snapshot.buckets):
        rows = snapshot.events(bucket, _READ).select(_READ)
        said = judge(rows, lambda values: _verdict(values, outline, rule, at), fields=fields)
        for name, part in _parts(said.filter("meant"), at):
            if name == "":
                whole += part
            elif name == at or (at is None and name == "off"):
                here += part
            else:
                first[name] = first.get(name, Tally()) + part
    return Claim(whole, here, first)


def _parts(meant: pl.DataFrame, at: str | None) -> Iterator[tuple[str, Tally]]:
    """The tallies of what is meant: of all ("") and of each touchpoint; "off" without one."""
    yield "", Tally(meant.height, meant["customer_id"].n_unique())
    for (name,), rows in meant.group_by(["met"]):
        if name is not None or at is None:
            yield ("off" if name is None else str(name)), Tally(rows.height, rows["customer_id"].n_unique())


def _is(met: pl.Series, name: str | None) -> npt.NDArray[np.bool_]:
    return (met.is_null() if name is None else (met == name).fill_null(False)).to_numpy()
