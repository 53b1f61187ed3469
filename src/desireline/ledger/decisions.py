"""What was done with findings: accepted, dismissed with a reason, or put off until a day. Nothing is ever forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desireline.errors import DecisionInvalid, LedgerUnreadable, did_you_mean
from desireline.initiatives.records import LONGEST_TEXT, LONGEST_TITLE, By, is_plain
from desireline.ledger.models import DecisionRow

ACCEPT, DISMISS, SNOOZE, REOPEN = "accept", "dismiss", "snooze", "reopen"
WORDS = (ACCEPT, DISMISS, SNOOZE, REOPEN)
LONGEST_KEY = 400


@dataclass(frozen=True)
class Decision:
    """One decision about one finding."""

    finding_key: str
    decision: str
    reason: str
    who: str
    at: datetime
    until: date | None = None

    def holds(self, today: date | None = None) -> bool:
        """It still says something: not reopened, and not snoozed until a day that has come."""
        if self.decision == REOPEN:
            return False
        over = self.until is not None and today is not None and today >= self.until
        return not (self.decision == SNOOZE and over)

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "finding_key": self.finding_key,
            "decision": self.decision,
            "reason": self.reason,
            "who": self.who,
            "at": self.at.isoformat(),
            "until": self.until.isoformat() if self.until else None,
        }


def checked(finding_key: str, decision: str, *, reason: str, by: By, until: date | None) -> Decision:
    """The decision, when it can be made. Raises DecisionInvalid."""
    if decision not in WORDS:
        known = f"Known: {', '.join(WORDS)}."
        raise DecisionInvalid(f"A finding cannot be {decision[:40]!r}. {did_you_mean(decision, WORDS, known)}")
    if not finding_key or len(finding_key) > LONGEST_KEY or not is_plain(finding_key):
        raise DecisionInvalid(f"A finding is named by 1 to {LONGEST_KEY} plain characters: its rule, place and group.")
    if decision == DISMISS and not reason.strip():
        raise DecisionInvalid("Say why the finding is dismissed: who meets it next wants to know.")
    if len(reason) > LONGEST_TEXT or not is_plain(reason, "\n\t"):
        raise DecisionInvalid(f"A reason has at most {LONGEST_TEXT:,} characters, and no control characters.")
    if len(by.who) > LONGEST_TITLE or not is_plain(by.who):
        raise DecisionInvalid(f"A name has at most {LONGEST_TITLE} characters, and no control characters.")
    if decision == SNOOZE and (until is None or until <= by.at.date()):
        raise DecisionInvalid("A finding is snoozed until a day that is still to come: say which.")
    if decision != SNOOZE and until is not None:
        raise DecisionInvalid("Only a snooze has a day at which it ends.")
    return Decision(finding_key, decision, reason.strip(), by.who, by.at, until)


def add(session: Session, one: Decision) -> None:
    """The decision is in the ledger."""
    session.add(
        DecisionRow(
            finding_key=one.finding_key,
            decision=one.decision,
            reason=one.reason,
            who=one.who,
            at=one.at.isoformat(),
            until=one.until.isoformat() if one.until else "",
        )
    )


def newest(session: Session) -> dict[str, Decision]:
    """The last decision about each finding, by key."""
    last = select(func.max(DecisionRow.id)).group_by(DecisionRow.finding_key)
    rows = session.scalars(select(DecisionRow).where(DecisionRow.id.in_(last)).order_by(DecisionRow.finding_key))
    return {row.finding_key: _read(row) for row in rows}


def history(session: Session, finding_key: str) -> list[Decision]:
    """All decisions about a finding, the oldest first."""
    rows = select(DecisionRow).where(DecisionRow.finding_key == finding_key).order_by(DecisionRow.id)
    return [_read(row) for row in session.scalars(rows)]


def _read(row: DecisionRow) -> Decision:
    try:
        until = date.fromisoformat(row.until) if row.until else None
        return Decision(row.finding_key, row.decision, row.reason, row.who, datetime.fromisoformat(row.at), until)
    except (ValueError, TypeError) as fault:
        raise LedgerUnreadable(
            f"What the ledger holds of the finding {row.finding_key!r} is damaged. Take the ledger from a backup."
        ) from fault
