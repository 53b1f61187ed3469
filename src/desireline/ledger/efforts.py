"""How much work people say it would be to mend what was found: a number by the finding's key, the newest one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desireline.errors import DecisionInvalid
from desireline.initiatives.records import By
from desireline.ledger.models import EffortRow

MOST = 1e9


def write(session: Session, finding_key: str, effort: float | None, *, by: By) -> None:
    """The effort is in the ledger; None takes it out. Raises DecisionInvalid."""
    if effort is not None and not 0 < effort < MOST:
        raise DecisionInvalid("An effort is a number above 0, in whatever the team counts in.")
    row = session.get(EffortRow, finding_key)
    if effort is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = EffortRow(finding_key=finding_key)
        session.add(row)
    row.effort, row.who, row.at = effort, by.who, by.at.isoformat()


def listed(session: Session) -> dict[str, float]:
    """All of them, by key."""
    return {row.finding_key: row.effort for row in session.scalars(select(EffortRow).order_by(EffortRow.finding_key))}
