"""Where routes depart from the map, read off their alignments: one row per route, kind and touchpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desireline.journeys.found import U64, Found, members

I64 = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]
KINDS = ("ad hoc", "irregular order", "missing", "repeated")  # by name, as the rows stand


@dataclass(frozen=True)
class Departures:
    """Rows of route i are those from `starts[i]` to `starts[i + 1]`, by kind and by the touchpoint's name."""

    starts: I64
    kind: Index  # position in `KINDS`
    place: Index  # position among the touchpoints' names, sorted
    trailing: Flags  # true when it lies after the route's last step

    def of(self, routes: Index) -> tuple[Index, Index]:
        """The rows of these routes in turn: to which of them each belongs, and which row it is."""
        counts = np.diff(self.starts)[routes]
        owner = np.repeat(np.arange(len(routes)), counts)
        return owner, np.arange(len(owner)) + np.repeat(self.starts[routes] - np.cumsum(counts) + counts, counts)


def read_off(found: Found, names: Sequence[str]) -> Departures:
    """The departures of all routes that were found; `names` are the touchpoints' in map order.

    A touchpoint that was left out and also taken elsewhere is in irregular order; taken where the map has it and again
    where it has not, repeated; taken where the map does not have it at all, ad hoc.
    """
    planned, unplanned, left_out = found.planned, found.unplanned, found.left_out
    missed = left_out | found.unreached
    elsewhere, nothing = unplanned & ~missed, np.zeros_like(missed)
    shows = _by_name((elsewhere & ~planned, unplanned & missed, missed & ~unplanned, elsewhere & planned), names)
    late = _by_name((nothing, nothing, found.unreached & ~left_out, nothing), names)
    cells = np.flatnonzero(shows)
    row, place = _split(cells, max(len(names), 1))
    starts = np.searchsorted(cells, np.arange(len(shows) + 1) * (len(KINDS) * len(names)))
    return Departures(starts, _split(row, len(KINDS))[1], place, late.reshape(-1)[cells])


def _by_name(kinds: Sequence[U64], names: Sequence[str]) -> Flags:
    """Sets of touchpoints, a kind each, as flags of shape (routes, kinds, touchpoints by name)."""
    flags = np.stack([members(sets, len(names)) for sets in kinds], axis=1)
    return flags.take(sorted(range(len(names)), key=names.__getitem__), axis=2)


def _split(numbers: Index, by: int) -> tuple[Index, Index]:
    """Quotients and rests, many times as fast as numpy's `divmod`."""
    quotients = numbers // by
    return quotients, numbers - quotients * by
