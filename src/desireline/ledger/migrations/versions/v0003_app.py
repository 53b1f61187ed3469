"""Members, and maps that are shared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of members and of shared maps are there."""
    _members()
    _documents()
    _beside_documents()


def _members() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.String(40), primary_key=True),
        _index("workspace", sa.String(40)),
        _column("name", sa.String(200)),
        _column("folded", sa.String(200)),
        _column("role", sa.String(16)),
        _column("password", sa.Text),
        _column("active", sa.Boolean),
        _column("made_at", _AT),
        sa.UniqueConstraint("workspace", "folded", name="uq_member_workspace"),
    )
    op.create_table(
        "secret",
        sa.Column("hash", sa.String(64), primary_key=True),
        _column("id", sa.String(40)),
        sa.UniqueConstraint("id", name="uq_secret_id"),
        _index("workspace", sa.String(40)),
        _index("kind", sa.String(16)),
        sa.Column("member_id", sa.String(40), sa.ForeignKey("member.id"), nullable=True, index=True),
        _column("title", sa.String(200)),
        _column("role", sa.String(16)),
        _column("scopes", sa.String(200)),
        _column("made_by", sa.String(40)),
        *(_column(name, _AT) for name in ("made_at", "expires_at", "used_at", "ended_at")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _index("workspace", sa.String(40)),
        _column("at", _AT),
        _column("who", sa.String(200)),
        _column("what", sa.String(60)),
        _column("whole", sa.Text),
        _column("hash", sa.String(64)),
    )


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(40), primary_key=True),
        _index("workspace", sa.String(40)),
        _column("epoch", sa.String(40)),
        _column("map_id", sa.String(80)),
        _column("title", sa.String(300)),
        _column("owner", sa.String(200)),
        _column("made_by", sa.String(40)),
        _column("made_at", _AT),
        _index("changed_at", _AT),
        _column("archived_at", _AT),
        _column("text", sa.Text),
    )
    for name in ("document_update", "document_snapshot"):
        op.create_table(
            name,
            sa.Column("document_id", sa.String(40), sa.ForeignKey("document.id"), primary_key=True),
            sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
            _column("body", sa.LargeBinary),
        )
    op.create_table(
        "document_edit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _document(),
        _column("seq", sa.Integer),
        _column("member_id", sa.String(40)),
        _column("at", _AT),
        _index("record", sa.String(80)),
        _column("fields", sa.Text),
    )


def _beside_documents() -> None:
    op.create_table(
        "document_version",
        sa.Column("id", sa.String(40), primary_key=True),
        _document(),
        _column("number", sa.Integer),
        _column("title", sa.String(300)),
        _column("kind", sa.String(16)),
        _column("made_by", sa.String(40)),
        _column("at", _AT),
        _column("seq", sa.Integer),
        _column("whole", sa.Text),
    )
    op.create_table(
        "document_share",
        sa.Column("hash", sa.String(64), primary_key=True),
        _column("id", sa.String(40)),
        sa.UniqueConstraint("id", name="uq_document_share_id"),
        _document(),
        _column("title", sa.String(200)),
        _column("made_by", sa.String(40)),
        *(_column(name, _AT) for name in ("made_at", "expires_at", "ended_at")),
        _column("opened", sa.Integer),
    )
    op.create_table(
        "picture",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("document_id", sa.String(40), sa.ForeignKey("document.id"), primary_key=True),
        _column("kind", sa.String(40)),
        _column("body", sa.LargeBinary),
        _column("made_by", sa.String(40)),
        _column("made_at", _AT),
    )
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _document(),
        _column("comment_id", sa.String(80)),
        _index("member_id", sa.String(40)),
        _column("by", sa.String(40)),
        _column("at", _AT),
        _column("says", sa.Text),
        _column("seen_at", _AT),
    )


_AT = sa.String(40)


def _column(name: str, kind: object) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False)  # type: ignore[arg-type]


def _index(name: str, kind: object) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False, index=True)  # type: ignore[arg-type]


def _document() -> sa.Column[str]:
    return sa.Column("document_id", sa.String(40), sa.ForeignKey("document.id"), nullable=False, index=True)
