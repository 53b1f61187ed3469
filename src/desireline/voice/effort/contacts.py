"""Getting in touch: how often customers have to, and how often again."""

from __future__ import annotations

import numpy as np

from desireline.measures.codes import Flags, Whole, beginnings
from desireline.voice.effort.trail import DAY, Trail

AGAIN_WITHIN = 7
"""Days within which a contact is a repeat of the one before, in the same journey or a later one."""


def repeat_contacts(trail: Trail) -> Flags:
    """By step: with it, the customer is in touch again within 7 days of an earlier contact.

    What a customer does on one (UTC) day at one touchpoint in one journey is one contact, whose first step is flagged.
    Where contacts are named, one at any of them repeats one at any other, also on the same day; else only at the same
    touchpoint. Days are what is compared, so a contact more never takes a flag from the others.
    Source: next-issue avoidance counts calls within 7 days (Dixon, Toman and DeLisi 2013, The Effortless Experience).
    """
    found = np.zeros(len(trail), dtype=np.bool_)
    rows, kin, day = _contacts(trail)
    if not len(rows):
        return found
    again = np.zeros(len(rows), dtype=np.bool_)
    again[1:] = (kin[1:] == kin[:-1]) & (day[1:] - day[:-1] <= AGAIN_WITHIN)
    found[rows[again]] = True
    return found


def contacts(trail: Trail) -> Flags:
    """By step: the first of a contact. Their sum is the number of contacts to resolution, or so far."""
    found = np.zeros(len(trail), dtype=np.bool_)
    found[_contacts(trail)[0]] = True
    return found


def _contacts(trail: Trail) -> tuple[Whole, Whole, Whole]:
    """The first step of each contact in the order of kin and time; who and what is kin; and its day."""
    rows = np.flatnonzero(trail.contact_points[trail.point]) if len(trail) else np.zeros(0, dtype=np.int64)
    point, at = trail.point[rows].astype(np.int64), trail.at[rows]
    kind = np.zeros(len(rows), dtype=np.int64) if trail.contacts else point
    kin = trail.customer[rows].astype(np.int64) * max(len(trail.points), 1) + kind
    order = np.lexsort((at, trail.journey[rows], point, at // DAY, kin))
    rows, kin, point, at = rows[order], kin[order], point[order], at[order]
    first = beginnings(kin, at // DAY, point, trail.journey[rows])
    order = first[np.lexsort((at[first], kin[first]))]
    return rows[order], kin[order], at[order] // DAY
