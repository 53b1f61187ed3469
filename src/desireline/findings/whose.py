"""Which rows are a group's, and from a day on: what findings open by is what they were counted by."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np

from desireline.measures.codes import Flags
from desireline.measures.customers import grouping_asked
from desireline.measures.groups import Marker
from desireline.measures.rows import NEVER, Rows
from desireline.measures.view import View


def rows_of(view: View, rows: Rows, group: str, *, since: date | None = None, until: date | None = None) -> Flags:
    """By row: does it belong to the group ("" everybody), from the day `since` up to and with the day `until` (UTC)?"""
    found = np.ones(len(rows.place), dtype=np.bool_)
    if group:
        marks = Marker(view).groups(rows, grouping_asked(group))
        wanted = marks.names.index(group) if group in marks.names else -2
        found &= marks.codes == wanted if marks.codes is not None else wanted == 0
    if since or until:
        when = rows.own_when if rows.own_when is not None else rows.of_journeys(rows.owners.when)
        found &= when != NEVER
        found &= when >= _instant(since) if since else True
        found &= when < _instant(until) + _DAY if until else True
    return found


_DAY = 86_400_000_000


def _instant(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1_000_000
