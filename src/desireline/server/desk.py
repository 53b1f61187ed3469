"""What every route works with: one workspace, its ledger, its rooms and its clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from desireline.ledger.audit import Audit
from desireline.ledger.documents import Documents
from desireline.ledger.engine import connect, ledger_url
from desireline.ledger.invitations import Invitations
from desireline.ledger.members import Members
from desireline.ledger.mentions import Mentions
from desireline.ledger.pictures import Pictures
from desireline.ledger.shares import Shares
from desireline.ledger.shelf import Shelf
from desireline.ledger.tokens import Tokens
from desireline.ledger.versions import Versions
from desireline.ledger.workspace_id import workspace_id
from desireline.server.imagined import HeldScenarios
from desireline.server.jobs import Jobs
from desireline.server.limits import Limits
from desireline.server.looks import Looks
from desireline.server.measured import Ready
from desireline.server.metrics import Metrics
from desireline.server.present import Present
from desireline.server.rooms import Rooms
from desireline.server.sketches import Sketches
from desireline.server.uploads import Uploads

PATIENCE_S = 5.0  # for which somebody at a browser waits while another program writes to the ledger


@dataclass(frozen=True)
class Desk:
    """One workspace, opened. Routes get it from `request.app.state.desk`."""

    folder: Path
    workspace: str
    engine: Engine
    members: Members
    invitations: Invitations
    tokens: Tokens
    audit: Audit
    documents: Documents
    shelf: Shelf
    versions: Versions
    shares: Shares
    pictures: Pictures
    mentions: Mentions
    rooms: Rooms
    sketches: Sketches
    jobs: Jobs
    looks: Looks
    ready: Ready
    scenarios: HeldScenarios
    uploads: Uploads
    limits: Limits
    present: Present
    metrics: Metrics
    clock: Callable[[], datetime]


def open_desk(
    folder: Path, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC), patience_s: float | None = None
) -> Desk:
    """The workspace in this folder; `patience_s` as in `ledger.engine.connect`. Raises LedgerError, MissingExtra."""
    workspace = workspace_id(folder)
    engine = connect(ledger_url(folder), patience_s=patience_s)
    documents = Documents(engine, workspace)
    rooms, jobs, present = Rooms(documents, clock), Jobs(), Present()
    return Desk(
        folder=folder,
        workspace=workspace,
        engine=engine,
        members=Members(engine, workspace),
        invitations=Invitations(engine, workspace),
        tokens=Tokens(engine, workspace),
        audit=Audit(engine, workspace),
        documents=documents,
        shelf=Shelf(engine, workspace),
        versions=Versions(engine, workspace),
        shares=Shares(engine, workspace),
        pictures=Pictures(engine, workspace),
        mentions=Mentions(engine, workspace),
        rooms=rooms,
        sketches=Sketches(documents),
        jobs=jobs,
        looks=Looks(folder, jobs),
        ready=Ready(),
        scenarios=HeldScenarios(),
        uploads=Uploads(folder),
        limits=Limits(),
        present=present,
        metrics=Metrics(rooms, jobs, present),
        clock=clock,
    )
