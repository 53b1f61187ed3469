"""Who did what that others must be able to look up: only ever added to, each row with the hash of the one before.

    hash = SHA-256(hash of the row before, workspace, at, who, what, whole)

Whoever changes or takes out a row breaks the chain there, and `check` names the row. What was taken off at the end only
shows to those who know the newest hash, so it is told, to be kept elsewhere. Rows hold ids of members, not their names.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desireline.ledger.engine import reading, writing
from desireline.ledger.holding import Holding
from desireline.ledger.member_rows import AuditRow


@dataclass(frozen=True)
class Entry:
    """One row: `who` is the id of a member, or "" for the command line."""

    id: int
    at: str
    who: str
    what: str
    whole: dict[str, Any]


@dataclass(frozen=True)
class Check:
    """What reading the whole chain again found: the first row that does not fit, and the newest hash."""

    rows: int
    broken_at: int | None
    newest: str


class Audit(Holding):
    """The audit of one workspace."""

    def add(self, who: str, what: str, *, at: datetime, **whole: Any) -> None:
        """It is written down that this was done, in a transaction of its own."""
        with writing(self.engine) as session:
            note(session, self.workspace, who, what, at=at, **whole)

    def newest(self, *, before: int | None = None, limit: int = 100) -> list[Entry]:
        """The newest rows first; `before` is the id of the last one that was read already."""
        wanted = select(AuditRow).where(AuditRow.workspace == self.workspace)
        if before is not None:
            wanted = wanted.where(AuditRow.id < before)
        with reading(self.engine) as session:
            return [_told(row) for row in session.scalars(wanted.order_by(AuditRow.id.desc()).limit(limit))]

    def check(self) -> Check:
        """The chain, read again from its beginning."""
        rows, before, broken = 0, "", None
        with reading(self.engine) as session:
            wanted = select(AuditRow).where(AuditRow.workspace == self.workspace).order_by(AuditRow.id)
            for row in session.scalars(wanted.execution_options(yield_per=1000)):
                rows += 1
                if broken is None and row.hash != _hash(before, row):
                    broken = row.id
                before = row.hash
        return Check(rows, broken, before)


def note(session: Session, workspace: str, who: str, what: str, *, at: datetime, **whole: Any) -> None:
    """It is written down with the rest of the session: both, or neither. Others who write here wait for its end."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        session.execute(text("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE"))
    wanted = select(AuditRow.hash).where(AuditRow.workspace == workspace).order_by(AuditRow.id.desc()).limit(1)
    before = session.scalar(wanted) or ""
    words = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    row = AuditRow(workspace=workspace, at=at.isoformat(), who=who, what=what, whole=words, hash="")
    row.hash = _hash(before, row)
    session.add(row)
    session.flush()


def _hash(before: str, row: AuditRow) -> str:
    whole = json.dumps([before, row.workspace, row.at, row.who, row.what, row.whole], ensure_ascii=False)
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def _told(row: AuditRow) -> Entry:
    return Entry(row.id, row.at, row.who, row.what, json.loads(row.whole))
