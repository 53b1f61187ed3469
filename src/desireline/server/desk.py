"""What every route works with: one workspace, its ledger, its rooms and its clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from desireline.ledger.documents import Documents
from desireline.ledger.engine import connect, ledger_url
from desireline.ledger.members import Members
from desireline.ledger.workspace_id import workspace_id
from desireline.server.jobs import Jobs
from desireline.server.rooms import Rooms


@dataclass(frozen=True)
class Desk:
    """One workspace, opened. Routes get it from `request.app.state.desk`."""

    folder: Path
    workspace: str
    engine: Engine
    members: Members
    documents: Documents
    rooms: Rooms
    jobs: Jobs
    clock: Callable[[], datetime]


def open_desk(folder: Path, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Desk:
    """The workspace in this folder. Raises LedgerError, MissingExtra."""
    workspace = workspace_id(folder)
    engine = connect(ledger_url(folder))
    documents = Documents(engine, workspace)
    return Desk(
        folder=folder,
        workspace=workspace,
        engine=engine,
        members=Members(engine, workspace),
        documents=documents,
        rooms=Rooms(documents, clock),
        jobs=Jobs(),
        clock=clock,
    )
