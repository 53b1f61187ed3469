"""What all parts of the ledger that belong to one workspace have in common."""

from __future__ import annotations

from sqlalchemy import Engine

from desireline.ledger.schema import bring_up_to_date


class Holding:
    """Rows of one workspace in the ledger, which is brought up to date when this is made. Raises LedgerError."""

    def __init__(self, engine: Engine, workspace: str) -> None:
        self.engine = engine
        self.workspace = workspace
        bring_up_to_date(engine)
