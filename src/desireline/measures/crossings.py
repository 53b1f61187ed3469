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
    stays, place = view.stays, view.stays.rows.place[view.stays.met]
    found = [_along(stays, place, view.place.get(a, NONE), view.place.get(b, NONE)) for a, b in view.along]
    stay = np.concatenate([np.zeros(0, dtype=np.int64), *(stay for stay, _ in found)])
    end = np.concatenate([np.zeros(0, dtype=np.int64), *(end for _, end in found)])
    edge = np.repeat(np.arange(len(found)), [len(stay) for stay, _ in found])
    start = stays.first[stay]
    journey = view.visits.journey[view.stays.met][stay]
    arrived = (end >= 0) & (end < view.steps.starts[1:][journey])
    codes = np.array([view.place[f"{a}>{b}"] for a, b in view.along], dtype=np.int32)
    channel = view.visits.channel[view.stays.met][stay]
    return Crossings(Rows(codes[edge], journey, view.owners, own_channel=channel), edge, start, end * arrived, arrived)


def _along(stays: Stays, place: Codes, a: int, b: int) -> tuple[Whole, Whole]:
    """The stays at a, and the next step at b after each one's first, of whichever journey; −1 when there is none."""
    (first, last), (begin, end) = (np.searchsorted(place, [code, code + 1]).tolist() for code in (a, b))
    begin, end = (int(stays.starts[one]) if one < len(stays.starts) else len(stays.steps) for one in (begin, end))
    steps = stays.steps[begin:end]  # all steps at b, in the order of journeys
    stay = np.arange(first, last)
    return stay, np.append(steps, NONE)[np.searchsorted(steps, stays.first[stay], side="right")]
