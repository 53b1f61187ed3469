"""How much work a finding would be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of efforts is there."""
    op.create_table(
        "effort",
        sa.Column("finding_key", sa.String(400), primary_key=True),
        sa.Column("effort", sa.Double, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
