"""The first ledger: initiatives with history and verdicts, decisions about findings, hooks and deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables are there."""
    op.create_table(
        "initiative",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("map_id", sa.String(200), nullable=False),
        sa.Column("measure", sa.String(200), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("whole", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_initiative"),
    )
    op.create_index("ix_initiative_number", "initiative", ["number"])
    op.create_index("ix_initiative_status", "initiative", ["status"])
    _of_initiative("initiative_change")
    _of_initiative("verdict", sa.Column("word", sa.String(40), nullable=False))
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("finding_key", sa.String(400), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_finding_key", "decision", ["finding_key"])
    _hooks()


def _of_initiative(table: str, *more: sa.Column[str]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("initiative_id", sa.String(200), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        *more,
        sa.Column("whole", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=f"fk_{table}_initiative_id"),
        sa.UniqueConstraint("initiative_id", "number", name=f"uq_{table}_initiative_id"),
    )


def _hooks() -> None:
    op.create_table(
        "hook",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("secret", sa.String(100), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hook"),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("hook_id", sa.Integer, nullable=False),
        sa.Column("event_id", sa.String(80), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.ForeignKeyConstraint(["hook_id"], ["hook.id"], name="fk_delivery_hook_id"),
    )
    op.create_index("ix_delivery_hook_id", "delivery", ["hook_id"])
    op.create_index("ix_delivery_status", "delivery", ["status"])
