"""Where routes depart from the map, read off their alignments: one row per route, kind and touchpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desireline.journeys.found import Found, members

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

    def of(self, routes: Index) -> tuple[Index, Departures]:
        """The rows of these routes in turn, each with its position among them."""
        counts = np.diff(self.starts)[routes]
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
        rows = np.arange(starts[-1]) + np.repeat(self.starts[routes] - starts[:-1], counts)
        owner = np.repeat(np.arange(len(routes)), counts)
        return owner, Departures(starts, self.kind[rows], self.place[rows], self.trailing[rows])


def read_off(found: Found, names: Sequence[str]) -> Departures:
    """The departures of all routes that were found; `names` are the touchpoints' in map order.

    A touchpoint that was left out and also taken elsewhere is in irregular order; taken where the map has it and again
    where it has not, repeated; taken where the map does not have it at all, ad hoc.
    """
    by_name = sorted(range(len(names)), key=names.__getitem__)
    planned, unplanned, left_out, unreached = (
        members(sets, len(names))[:, by_name]
        for sets in (found.planned, found.unplanned, found.left_out, found.unreached)
    )
    missed = left_out | unreached
    elsewhere = unplanned & ~missed
    shows = np.stack([elsewhere & ~planned, unplanned & missed, missed & ~unplanned, elsewhere & planned], axis=1)
    cells = np.flatnonzero(shows)
    row, place = np.divmod(cells, max(len(names), 1))
    route, kind = np.divmod(row, len(KINDS))
    starts = np.searchsorted(cells, np.arange(len(shows) + 1) * (len(KINDS) * len(names)))
    trailing = (kind == KINDS.index("missing")) & ~left_out[route, place]
    return Departures(starts, kind, place, trailing)
