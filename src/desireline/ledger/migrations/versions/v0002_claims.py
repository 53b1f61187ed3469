"""Who sends a message is told in the ledger, so that it is sent once; hooks say whether they may be local."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The columns are there; hooks that were made before may not be local."""
    op.add_column("delivery", sa.Column("claim", sa.String(80), nullable=False, server_default=""))
    op.add_column("hook", sa.Column("allow_local", sa.Boolean, nullable=False, server_default=sa.false()))
