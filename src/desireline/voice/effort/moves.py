"""Moves: to another channel, to another team, and back.

Transfers and loops are read between the steps that are no contacts: getting in touch is the customer's own doing,
counted as a contact and not as a move that was imposed on him.
"""

from __future__ import annotations

import numpy as np

from desireline.measures.codes import NONE, Codes, Flags
from desireline.voice.effort.trail import Trail


def channel_switches(trail: Trail) -> Flags:
    """By step of the customer: it is in another channel than the customer's step before in the journey.

    Steps without a channel are passed over, and so are the company's: an e-mail that confirms an order is no switch.
    """
    own = np.where(trail.customers_own, trail.view.step_channel, NONE)
    return trail.changes(own)


def transfers(trail: Trail, *, group: Codes | None = None, at: tuple[str, ...] = ()) -> Flags:
    """By step: another team than before is accountable, by a move that the map does not plan; or another group has it.

    `group` is who has the case at each step where the data says so (−1: it does not); it counts instead of teams, and
    any change of it does. Touchpoints that are themselves a hand-off (`at`) count each time.
    """
    named = trail.of_points(lambda point: point.id in at)[trail.point]
    if group is not None:
        return trail.changes(group) | named
    team = np.where(trail.contact_points[trail.point], NONE, teams(trail)[0])
    return trail.changes(team, unplanned=True) | named


def loops(trail: Trail) -> Flags:
    """By step: it goes back on the map to a touchpoint where the journey had been, by a way that the map does not draw.

    Touchpoints that are alternatives or may come in any order stand equally far.
    """
    found = np.zeros(len(trail), dtype=np.bool_)
    rows = np.flatnonzero(~trail.contact_points[trail.point])
    since, step = rows[:-1], rows[1:]
    back = (trail.rank[step] < trail.rank[since]) & ~trail.planned[trail.point[since], trail.point[step]]
    found[step] = back & (trail.journey[since] == trail.journey[step]) & (trail.before[step] >= 0)
    return found


def teams(trail: Trail) -> tuple[Codes, list[str]]:
    """By step: the accountable team of its touchpoint, −1 where there is none; and the names of teams."""
    names = list(dict.fromkeys(trail.view.team_of.values()))
    number = {name: i for i, name in enumerate(names)}
    table = np.array([number.get(trail.view.team_of.get(point.id, ""), NONE) for point in trail.points], dtype=np.int32)
    return table[trail.point], names
