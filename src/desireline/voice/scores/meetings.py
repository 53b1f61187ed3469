"""Who met what, and who of them answered: customers counted at each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.errors import UnknownPlace
from desireline.maps.outline import Outline
from desireline.measures.codes import NONE, Codes, Flags, Numbers, Whole
from desireline.measures.groups import Marker
from desireline.measures.intervals import wilson
from desireline.measures.rows import NEVER
from desireline.measures.view import View

MET: Final[dict[str, Any]] = {
    "place": pl.String,
    **dict.fromkeys(("met", "answered", "asked", "asked_answered"), pl.Int64),
}
_DAY = 86_400_000_000


@dataclass(frozen=True, eq=False)
class People:
    """The customers with journeys; those who only answered are left out."""

    ids: pl.Series
    heads: Numbers  # the first journey of each
    answered: Flags
    last_day: Whole  # on which his last journey began, since 1970

    @classmethod
    def of(cls, view: View) -> People:
        """Those of a bucket."""
        customer = view.owners.customer
        size = int(customer.max(initial=NONE)) + 1
        answered = np.zeros(max(len(view.people), size), dtype=np.bool_)
        answered[view.answered.customer] = True
        last = np.full(size, NEVER, dtype=np.int64)
        np.maximum.at(last, customer, view.owners.when)
        return cls(view.people.head(size), np.searchsorted(customer, np.arange(size)), answered[:size], last // _DAY)

    def outcome(self, view: View) -> list[str]:
        """Did any of his journeys succeed?"""
        size = len(self.ids)
        won = np.bincount(view.owners.customer, view.success, minlength=size)[:size] > 0
        said: list[str] = np.where(won, "succeeded", "did not succeed").tolist()
        return said

    def feature(self, view: View, by: str) -> list[str]:
        """Each one's group by his first journey: "web", "north", "maya"."""
        marks = Marker(view).groups(view.whole.pick(self.heads), by)
        plain = [name.split("=" if "=" in name else ":", 1)[-1] for name in marks.names]
        codes: Codes = np.zeros(len(self.ids), dtype=np.int32) if marks.codes is None else marks.codes
        return [plain[code] for code in codes.tolist()]


def asking(outline: Outline, name: str | None) -> list[str] | None:
    """The touchpoints at which customers are asked: the one of this id, or those bound to this event.

    Raises UnknownPlace when there is none: the event of being asked must stand on the map, if only behind the scenes.
    """
    if name is None or name in outline.touchpoint:
        return None if name is None else [name]
    found = []
    for point in outline.bound:
        test = point.when.event if point.when else None
        if test is not None and (test.equals == name or name in (test.any_of or [])):
            found.append(point.id)
    if not found:
        raise UnknownPlace(name, outline.touchpoint)
    return found


def count_meetings(view: View, people: People, asked_at: Sequence[str] | None) -> pl.DataFrame:
    """MET: customers who came to each place, and those of them who answered about it or about a place within.

    With `asked_at`, the same of those who came there too.
    """
    size, above = len(people.ids), _above(view)
    if not size:
        return pl.DataFrame(schema=MET)
    came = _pairs(view.visits.place, view.visits.customer, size)
    told, mine = view.answered, view.answered.customer < size
    spoke = [_pairs(level[told.place[mine]], told.customer[mine], size) for level in above]
    answered = came[np.isin(came, np.concatenate(spoke))]
    counts: dict[str, Numbers] = {"met": _by_place(came, size, view), "answered": _by_place(answered, size, view)}
    if asked_at is not None:
        codes = [view.place[name] for name in asked_at]
        wanted = np.unique(came[np.isin(came // size, codes)] % size)
        for name, pairs in (("asked", came), ("asked_answered", answered)):
            counts[name] = _by_place(pairs[np.isin(pairs % size, wanted)], size, view)
    names = [view.map_id, *view.stages, *view.points]
    found = pl.DataFrame({"place": names} | counts)
    missing = [pl.lit(None, pl.Int64).alias(name) for name in MET if name not in found.columns]
    return found.with_columns(missing).filter(pl.col("met") > 0).select(*MET)


def rates_of(met: pl.DataFrame) -> pl.DataFrame:
    """MET with rate, low, high, and asked_rate, asked_low, asked_high: Wilson intervals.

    Places that fewer than five customers met are left out; a rate that tells of one to four customers is hidden.
    """
    found = met.filter(pl.col("met") >= SMALL_GROUP)
    for out_of, part, tail in (("met", "answered", ""), ("asked", "asked_answered", "asked_")):
        n, x = (found[name].fill_null(0).cast(pl.Float64).to_numpy() for name in (out_of, part))
        few = ((x > 0) & (x < SMALL_GROUP)) | ((n - x > 0) & (n - x < SMALL_GROUP))
        shown = (n >= SMALL_GROUP) & ~few
        rate = np.where(shown, x / np.where(n > 0, n, 1.0), np.nan)
        low, high = (np.where(shown, end, np.nan) for end in wilson(rate, n))
        told = (("rate", rate), ("low", low), ("high", high))
        found = found.with_columns(
            *(pl.Series(f"{tail}{name}", one).fill_nan(None) for name, one in told),
            pl.when(pl.Series(shown)).then(part).alias(part),
            pl.when(pl.Series(n >= SMALL_GROUP)).then(out_of).alias(out_of),
        )
    return found


def _above(view: View) -> list[Codes]:
    """Tables from place codes to the place itself, its stage and the map."""
    own = np.arange(len(view.places) + 1, dtype=np.int32)
    stages = {name: code for code, name in enumerate(view.stages, start=1)}
    of_points = {point.id: stages[point.stage] for point in view.outline.touchpoints}
    return [own, view.lookup(stages | of_points), np.zeros(len(own), dtype=np.int32)]


def _pairs(place: Codes, customer: Codes, size: int) -> Whole:
    """Each place and customer once, as one number."""
    known = place >= 0
    found: Whole = np.unique(place[known].astype(np.int64) * size + customer[known])
    return found


def _by_place(pairs: Whole, size: int, view: View) -> Numbers:
    shown = view.first_point + len(view.points)
    found: Numbers = np.bincount(pairs // size, minlength=shown)[:shown].astype(np.int64)
    return found
