"""From observations to cells: what a bucket contributes to a measure in one split."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from desireline.measures.codes import Codes, Numbers, Whole
from desireline.measures.distinct import hashes
from desireline.measures.ladder import ranks, rungs
from desireline.measures.layout import Layout
from desireline.measures.measure import Measure
from desireline.measures.rows import Observations, Rows
from desireline.measures.splits import Cells, Split, Splitter
from desireline.measures.state import Piece
from desireline.measures.sums import Sums, add_up, dot


def tally(measure: Measure, seen: Observations, splitter: Splitter, split: Split, *, limit: int) -> Piece:
    """The cells of these observations."""
    if seen.everywhere is not None and split.by != "team":
        return _tally_everywhere(measure, seen, seen.everywhere, splitter, split)
    cells = splitter.cells(seen, measure, split)
    seen, kept = cells.seen, measure.family.state
    if kept == "sums":
        return Piece(measure.tally, cells.place, cells.words(cells.within), add_up(cells.layout, seen.x, seen.m))
    x, layout, some = _told(cells)
    place, words = cells.place[some], cells.words(cells.within[some])
    if kept == "ladder":
        rank = ranks(x)
        sums, steps = add_up(layout, rank), rungs(layout, x, rank=rank, limit=limit)
        return Piece(measure.tally, place, words, sums, rungs=steps)
    return Piece(measure.tally, place, words, add_up(layout, np.ones(len(x), np.bool_)), hashes=hashes(layout, x))


def _told(cells: Cells) -> tuple[Numbers, Layout, Whole]:
    """The x that are known, as they stand in their cells; their layout; and the cells in which there are any."""
    layout, (_, x, m, *_) = cells.layout, cells.seen
    if m is None:
        return layout.arranged(x), replace(layout, order=None), np.arange(len(layout.starts))
    known = np.flatnonzero(layout.arranged(m))
    return layout.arranged(x)[known], *layout.only(known)


def _tally_everywhere(measure: Measure, seen: Observations, places: Codes, splitter: Splitter, split: Split) -> Piece:
    """The cells of observations in which every journey counts at each of `places`, also where it has no row.

    The journeys are added up once, at the map, and stand under each place; what was seen there is put beside them. A
    customer's journeys at a place are M whether or not he came there, so that Σ X·M is Σ x·M over rows.
    """
    view = splitter.view
    journeys = Observations(
        Rows(view.whole.place, view.whole.journey, view.owners), np.zeros(len(view.whole), np.bool_)
    )
    everybody, here = splitter.cells(journeys, measure, split), splitter.cells(seen, measure, split)
    of_journey = _journeys_beside(everybody.layout, len(view.whole))
    base, came = add_up(everybody.layout, journeys.x), add_up(here.layout, seen.x)
    weight = here.layout.arranged(of_journey[seen.rows.journey])
    together = dot(here.layout.arranged(seen.x), weight, here.layout.starts)
    came = came._replace(xm=together)

    size = len(here.groups) * len(here.periods) * len(here.units)
    key = (places.astype(np.int64)[:, None] * size + everybody.layout.key[None, :]).reshape(-1)
    found = np.searchsorted(here.layout.key, key)
    there = np.append(here.layout.key, -1)[found] == key
    which = np.tile(np.arange(len(base.n)), len(places))
    columns = base.pick(which)._asdict()
    for name in ("came", "size", "x", "xx", "xm"):
        column = getattr(came, name)
        columns[name] = np.where(there, np.append(column, 0)[np.where(there, found, len(column))], 0)
    place = np.repeat(places, len(base.n))
    return Piece(measure.tally, place, here.words(everybody.layout.key[which]), Sums(**columns))


def _journeys_beside(layout: Layout, journeys: int) -> Whole:
    """By journey: how many journeys its customer has in the same cell."""
    found, several = np.ones(journeys, dtype=np.int64), layout.shared
    if several is not None:
        rows = several.rows if layout.order is None else layout.order[several.rows]
        found[rows] = np.repeat(several.sizes, several.sizes)
    return found
