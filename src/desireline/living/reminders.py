"""What people should look at again: a review that is due, observations that have grown old, owners who are gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desireline.living.voices import HALF_LIFE
from desireline.maps.outline import Outline, in_order


@dataclass(frozen=True)
class Reminder:
    """One thing to look at again."""

    kind: str  # review, card, owner
    at: str
    says: str
    way_out: str
    days: int | None = None  # overdue, or old


def remind(outline: Outline, *, today: date, old: int = 2 * HALF_LIFE) -> tuple[Reminder, ...]:
    """All of them: the review first, then owners, then cards from the oldest on. `old` is in days."""
    cards = sorted(_cards(outline, today, old), key=lambda one: (-(one.days or 0), one.at))
    return (*_review(outline, today), *_owners(outline), *cards)


def overdue(outline: Outline, *, today: date) -> int | None:
    """By how many days the review is overdue; 0 or less when it is not; None where nobody said when to review."""
    review, last = outline.map.map.review, reviewed_on(outline, today=today)
    if review is None or review.every_days is None:
        return None
    return review.every_days if last is None else (today - last).days - review.every_days


def reviewed_on(outline: Outline, *, today: date) -> date | None:
    """The day of the last review; one that is noted for a day to come has not been."""
    review = outline.map.map.review
    return review.last if review is not None and review.last is not None and review.last <= today else None


def _review(outline: Outline, today: date) -> Iterator[Reminder]:
    review, at = outline.map.map.review, outline.map.map.id
    late = overdue(outline, today=today)
    if review is None or late is None:
        yield Reminder(
            "review", at, "Nobody said when to look at the map again.", "Set review: {every_days: 90, last: …}."
        )
    elif review.last is None:
        way_out = "Look at the map together and set last: in its review."
        yield Reminder(
            "review", at, f"A review every {review.every_days} days is planned; none is noted.", way_out, late
        )
    elif review.last > today:
        says = f"The last review is noted on {review.last}, which is still to come: it counts as none."
        yield Reminder("review", at, says, "Set last: in its review to the day on which you looked at the map.", late)
    elif late > 0:
        says = f"The review is {late:,} days overdue; the last was on {review.last}."
        yield Reminder("review", at, says, "Look at the map together and set last: in its review.", late)


def _owners(outline: Outline) -> Iterator[Reminder]:
    """Accountable teams that are no longer on the map, and a map without an owner."""
    if not outline.map.map.owner:
        yield Reminder("owner", outline.map.map.id, "The map has no owner.", "Name who answers for it (owner:).")
    gone = {team.id: team.title or team.id for team in outline.map.teams if team.deleted}
    teams = {stage.id: stage.team for stage in outline.stages}
    teams |= {point.id: point.team for point in outline.touchpoints}
    for place, team in teams.items():
        if team in gone:
            says = f"“{outline.titles[place]}” belongs to {gone[team]}, a team that is gone."
            yield Reminder("owner", place, says, "Name the team that took over (team:).")


def _cards(outline: Outline, today: date, old: int) -> Iterator[Reminder]:
    for card in in_order(outline.map.cards):
        on = card.evidence.on if card.evidence and card.evidence.kind == "observation" else None
        if on is not None and (today - on).days > old:
            days = (today - on).days
            says = f"“{card.says}” was observed on {on}, {days:,} days ago."
            yield Reminder("card", card.id, says, "Ask customers again, and set the new day (on:).", days)
