"""Who is lost: kinds of customers by one or two of their properties, among journeys that began alike.

Journeys that began at the same touchpoint in the same channel are a stratum. A kind is a value of a property, or of two
properties at once; of two, only those are looked at that hold one of the kinds that differ most (a beam search).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.findings.finding import Who
from desireline.findings.gather.patterns import channel_of, went_wrong
from desireline.findings.gathering import Around, Gathering
from desireline.findings.lots import lots_of
from desireline.findings.strata import Adjusted, Cells, standardise
from desireline.findings.words import property_of
from desireline.maps.outline import Outline
from desireline.measures.codes import NONE, Flags, Whole
from desireline.measures.groups import NOBODY, Marker
from desireline.measures.view import View

BEAM = 8  # kinds of one property that are looked at together with a second
SUPPORT = 50
EXPLAINED = 1.1  # two properties must tell so much more than each of them
MOST = 20  # properties
_SUMS = ("m", "x", "n")
_KEYS = ["first", "second", "stratum", "lot"]
_LOTS = 64  # fewer than elsewhere: there are many pairs of properties
_PROPERTY = "property:"


class Kind(NamedTuple):
    """Customers of one kind, and how their journeys went against those of all others."""

    groups: tuple[str, ...]  # "property:plan=basic", one or two
    found: Adjusted  # of one exposure
    adds: bool = True  # of two properties: do they tell more than each of them?

    @property
    def names(self) -> list[str]:
        """Each as “plan is basic”."""
        return ["{} is {}".format(*property_of(group)) for group in self.groups]


@dataclass(frozen=True, eq=False)
class Kinds:
    """What was gathered: kinds of one property, and of two; all that were looked at."""

    found: tuple[Kind, ...]
    cells: pl.DataFrame

    def within(self, group: str, other: str) -> Adjusted | None:
        """A kind of one property against all others that have the same value of another property; None: unknown."""
        first, second = sorted((_field(group), _field(other)))
        if first == second:
            return None
        inside = self.cells.filter(
            pl.col("first").str.starts_with(f"{first}=") & pl.col("second").str.starts_with(f"{second}=")
        )
        mine, theirs = ("first", "second") if _field(group) == first else ("second", "first")
        frame = inside.sort("stratum", theirs, mine, "lot")
        if frame.is_empty():
            return None
        return _compared(frame, pl.struct("stratum", theirs), (frame[mine] == group).to_numpy())


@dataclass(frozen=True)
class KindsWalker:
    """Counts settled journeys by two properties at once."""

    outline: Outline
    properties: tuple[str, ...]

    def partial(self, view: View) -> pl.DataFrame:
        """What the bucket contributes by lot: journeys (m), those that were lost (x), and customers (n)."""
        rows = self._people(view)
        marker, marked = Marker(view), {}
        for name in self.properties:
            marks = marker.groups(view.whole, name)
            codes = np.full(view.journeys.height, NONE) if marks.codes is None else marks.codes
            marked[name] = codes[rows["journey"].to_numpy()].astype(np.int64), marks.names
        parts = [_counted(rows, marked[a], marked[b]) for a, b in combinations(self.properties, 2)]
        alone = [_counted(rows, marked[name], None) for name in self.properties]
        return self.combine([*parts, *alone])

    def _people(self, view: View) -> pl.DataFrame:
        """One row per customer and stratum: a journey of theirs, and sums."""
        journey = np.flatnonzero(view.settled & (np.diff(view.steps.starts) > 0))
        begun = view.steps.starts[:-1][journey]
        frame = pl.DataFrame(
            {
                "journey": journey,
                "customer": view.owners.customer[journey],
                "lot": lots_of(view, _LOTS)[view.owners.customer[journey]],
                "point": view.step_point[begun].astype(np.int64),
                "channel": channel_of(view, begun),
                "x": went_wrong(view, self.outline)[journey].astype(np.int64),
            }
        )
        keys = pl.format("{} {}", "point", "channel").alias("stratum")
        return frame.group_by("customer", "lot", keys, maintain_order=True).agg(
            pl.col("journey").first(),
            pl.col("x").sum(),
            pl.len().cast(pl.Int64).alias("m"),
            pl.lit(1, pl.Int64).alias("n"),
        )

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All of them."""
        some = [part for part in parts if not part.is_empty()]
        return pl.concat(some).group_by(_KEYS).agg(pl.col(_SUMS).sum()).sort(_KEYS) if some else pl.DataFrame()

    def finish(self, part: pl.DataFrame) -> Kinds:
        """Kinds with enough journeys on both sides."""
        if part.is_empty():
            return Kinds((), part)
        whole = self.combine([part])
        alone = whole.filter(pl.col("second") == "")
        singles = [kind for name in self.properties for kind in _alone(alone, name)]
        beam = sorted(singles, key=lambda kind: (-abs(float(kind.found.gap[0])), kind.groups))[:BEAM]
        pairs = _pairs(whole, [kind.groups[0] for kind in beam], {k.groups[0]: k for k in singles})
        return Kinds((*singles, *pairs), whole)


def _counted(
    rows: pl.DataFrame, first: tuple[Whole, tuple[str, ...]], second: tuple[Whole, tuple[str, ...]] | None
) -> pl.DataFrame:
    names = {"first": first[1], "second": second[1] if second else ("",)}
    codes = {"first": first[0], "second": second[0] if second else np.zeros(rows.height, dtype=np.int64)}
    told = rows.with_columns(**{name: pl.Series(column) for name, column in codes.items()})
    sums = told.filter(pl.min_horizontal("first", "second") >= 0).group_by(_KEYS).agg(pl.col(_SUMS).sum())
    words = [pl.Series(name, list(names[name]), dtype=pl.String).gather(sums[name]) for name in names]
    return sums.with_columns(words)


def _alone(alone: pl.DataFrame, name: str) -> Iterator[Kind]:
    own = alone.filter(pl.col("first").str.starts_with(f"{name}=")).sort("stratum", "first", "lot")
    groups = [group for group in own["first"].unique().sort() if not group.endswith(NOBODY)]
    for group in groups:
        yield from _kind((group,), own, (own["first"] == group).to_numpy())


def _pairs(whole: pl.DataFrame, beam: Sequence[str], known: dict[str, Kind]) -> Iterator[Kind]:
    """Pairs with a kind of the beam, and whether they stand out more than either by itself."""
    inside = _by_fields(whole)
    both = whole.filter((pl.col("second") != "") & (pl.col("first").is_in(beam) | pl.col("second").is_in(beam)))
    pairs = both.group_by("first", "second").agg(pl.col("m").sum()).filter(pl.col("m") >= SUPPORT)
    for first, second, _ in pairs.sort("first", "second").iter_rows():
        if first in known and second in known:
            frame = inside[_field(first), _field(second)]
            flags = ((frame["first"] == first) & (frame["second"] == second)).to_numpy()
            for kind in _kind((first, second), frame, flags):
                shares = [float(known[group].found.share[0]) for group in (first, second)]
                yield kind._replace(adds=float(kind.found.share[0]) >= EXPLAINED * max(shares))


def _by_fields(whole: pl.DataFrame) -> dict[tuple[str, str], pl.DataFrame]:
    """The cells of each two properties, those of one stratum together."""
    pairs = whole.filter(pl.col("second") != "").select("first", "second").unique().sort("first", "second")
    fields = [(first, second, _field(first), _field(second)) for first, second in pairs.iter_rows()]
    named = pl.DataFrame(fields, schema=dict.fromkeys(("first", "second", "_a", "_b"), pl.String), orient="row")
    told = whole.join(named, on=["first", "second"]).sort("stratum", "first", "second", "lot")
    return {(str(a), str(b)): part for (a, b), part in told.partition_by("_a", "_b", as_dict=True).items()}


def _kind(groups: tuple[str, ...], frame: pl.DataFrame, flags: Flags) -> Iterator[Kind]:
    found = _compared(frame, pl.col("stratum"), flags)
    if found.exposed[0] >= SUPPORT and found.others[0] >= SUPPORT:
        yield Kind(groups, found)


def _compared(frame: pl.DataFrame, strata: pl.Expr, flags: Flags) -> Adjusted:
    """The flagged against the others of their strata, which stand together."""
    number = frame.select(strata.rle_id().cast(pl.Int64).alias("number"))["number"].to_numpy()
    m, x, n, lot = (frame[name].to_numpy() for name in (*_SUMS, "lot"))
    return standardise(Cells(number, m, x, n, lot, np.arange(frame.height)), flags[:, None])


def _field(group: str) -> str:
    return group.partition("=")[0]


def open_kind(view: View, who: Who) -> pl.Series:
    """Customers of this kind with a settled journey."""
    marker = Marker(view)
    some = view.settled & (np.diff(view.steps.starts) > 0)
    for group in (who.group, *who.also):
        marks = marker.groups(view.whole, group.partition("=")[0])
        if marks.codes is None or group not in marks.names:
            return view.people.clear()
        some = some & (marks.codes == marks.names.index(group))
    return view.people.gather(view.owners.customer[some])


def _make(around: Around) -> KindsWalker:
    named = [name for name in around.groupings if name.startswith(_PROPERTY)]
    return KindsWalker(around.outline, tuple(sorted(named)[:MOST]))


KINDS: Gathering[Kinds] = Gathering("kinds", _make)
