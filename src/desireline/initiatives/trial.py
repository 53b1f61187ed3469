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
    """Everything that a verdict needs beside the data. `earlier`: up to when the data of earlier verdicts went."""

    target: Target
    starts_on: date
    ends_on: date | None = None
    roll_out: RollOut = EVERYWHERE
    picked: bool = False  # the place was chosen because it looked bad
    told_late: bool = False  # the target was written down after the start
    earlier: tuple[datetime, ...] = ()

    @classmethod
    def of(cls, one: Initiative) -> Trial:
        """The trial of an initiative that has started."""
        if one.starts_on is None:
            raise ValueError(f"{one.id} has no start")
        return cls(
            target=one.target,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            roll_out=one.roll_out,
            picked=bool(one.findings),
            told_late=any(line.what == "told late" for line in one.history),
            earlier=tuple(judged.data_until for judged in one.verdicts if judged.data_until),
        )

    @classmethod
    def planned(cls, draft: Draft) -> Trial:
        """The trial that a draft would be, for its baseline; without a start, as if that never came."""
        return cls(draft.target, draft.starts_on or date.max, draft.ends_on, draft.roll_out)

    def share(self, last: date) -> float | None:
        """How much of the planned time has passed up to this day; None without a planned end."""
        if self.ends_on is None:
            return None
        return ((last - self.starts_on).days + 1) / ((self.ends_on - self.starts_on).days + 1)

    def looks(self, data_until: datetime) -> int:
        """How often it was looked at before the planned end, this time included; the same data are one look."""
        early = [at for at in {*self.earlier, data_until} if self.ends_on is None or at.date() < self.ends_on]
        return max(len(early), 1)


def usual_direction(measure: str) -> str:
    """Which way the measure gets better, when nobody says."""
    return "down" if measure in DOWN or measure.startswith("time_") else "up"
