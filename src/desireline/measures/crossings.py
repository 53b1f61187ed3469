"""Edges: journeys that visited a place, and when they came to another after that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from desireline.measures.codes import NONE, Codes, Flags, Whole
from desireline.measures.rows import Rows
from desireline.measures.stays import Stays

if TYPE_CHECKING:
    from desireline.measures.view import View


@dataclass(frozen=True, eq=False)
class Crossings:
    """One row per journey and edge a>b whose a it visited, in the order of edges."""

    rows: Rows
    edge: Whole  # its position in `View.along`
    start: Whole  # the first step at a
    end: Whole  # the first step at b after that; means nothing where it did not come
    arrived: Flags


def cross(view: View) -> Crossings:
    """The crossings of all journeys. An edge may end where it begins: then it takes a second step there."""
    stays, rows = view.stays, view.stays.rows
    ends = np.array([(view.place.get(a, NONE), view.place.get(b, NONE)) for a, b in view.along], dtype=np.int32)
    a, b = ends.reshape(-1, 2).T
    first, end = (np.searchsorted(rows.place, code) for code in (a, a + 1))
    counts = np.where(a > 0, end - first, 0)
    edge = np.repeat(np.arange(len(a)), counts)
    row = np.arange(len(edge)) + np.repeat(first - (np.cumsum(counts) - counts), counts)
    journey, start = rows.journey[row], stays.first[row - stays.journeys]
    end = _next(stays, b[edge], journey, start)
    codes = np.array([view.place[f"{a}>{b}"] for a, b in view.along], dtype=np.int32)
    crossed = Rows(codes[edge], journey, view.owners, own_channel=rows.channel[row])
    return Crossings(crossed, edge, start, np.maximum(end, 0), end >= 0)


def _next(stays: Stays, place: Codes, journey: Codes, start: Whole) -> Whole:
    """The first step of each journey at the place that comes after `start`; −1 when there is none."""
    there = stays.find(place, journey) - stays.journeys
    met = there >= 0
    there = np.maximum(there, 0)
    came = met & (stays.last[there] > start)
    found = np.where(came, stays.first[there], NONE)
    before = np.flatnonzero(came & (found <= start))  # it had been there already: a later step is looked for
    found[before] = stays.step_after(place[before], start[before])
    return found
