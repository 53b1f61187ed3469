"""What is to be judged: a measure that was to move from a day on, and how that was rolled out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desireline.initiatives.records import Draft, Initiative, RollOut, Target

EVERYWHERE = RollOut()

DOWN = frozenset(
    {"drop_off", "back_steps", "hand_offs", "channel_switches", "repeats", "under_way", "trouble", "unread"}
)
"""Measures of which less is better, when nobody says otherwise; times are too."""


@dataclass(frozen=True)
class Trial:
    """Everything that a verdict needs beside the data.

    `ends_on` is the last day that counts: the planned one, which was fixed before the start. Of what was `given_up`
    it is the day on which that happened, because later days show nothing of it; then `planned_to` is the planned one.
    What was looked at early is always told by the plan. `earlier`: up to when the data went at earlier looks.
    """

    target: Target
    starts_on: date
    ends_on: date | None = None
    roll_out: RollOut = EVERYWHERE
    picked: bool = False  # the place was chosen because it looked bad
    proposed_on: date | None = None  # the data up to then chose the place; None: all before the start did
    told_late: bool = False  # the target was written down after the start
    earlier: tuple[date, ...] = ()
    given_up: bool = False
    planned_to: date | None = None

    @classmethod
    def of(cls, one: Initiative) -> Trial:
        """The trial of an initiative that has started."""
        if one.starts_on is None:
            raise ValueError(f"{one.id} has no start")
        given_up = one.status == "stopped"
        ends = [day for day in (one.ends_on, one.ended_on if given_up else None) if day]
        return cls(
            target=one.target,
            starts_on=one.starts_on,
            ends_on=min(ends, default=None),
            roll_out=one.roll_out,
            picked=bool(one.findings),
            proposed_on=next((line.at.date() for line in one.history if line.what == "created"), None),
            told_late=any(line.what == "told late" for line in one.history),
            earlier=one.seen_until,
            given_up=given_up,
            planned_to=one.ends_on,
        )

    @classmethod
    def planned(cls, draft: Draft) -> Trial:
        """The trial that a draft would be, for its baseline; without a start, as if that never came."""
        return cls(draft.target, draft.starts_on or date.max, draft.ends_on, draft.roll_out)

    @property
    def planned_end(self) -> date | None:
        """The last day of the plan, whatever became of it; None when no end was planned."""
        return self.planned_to if self.given_up else self.ends_on

    def share(self, last: date) -> float | None:
        """How much of the planned time has passed up to this day, at least 0; None without a planned end."""
        end = self.planned_end
        return None if end is None else max((last - self.starts_on).days + 1, 0) / ((end - self.starts_on).days + 1)

    def looks(self, data_until: datetime) -> int:
        """How often it was looked at before the planned end, this time included; data of the same day are one look."""
        days, end = {*self.earlier, data_until.date()}, self.planned_end
        return max(sum(end is None or day < end for day in days), 1)


def usual_direction(measure: str) -> str:
    """Which way the measure gets better, when nobody says."""
    return "down" if measure in DOWN or measure.startswith("time_") else "up"
