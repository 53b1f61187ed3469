"""The rows of shared maps: their histories as updates and snapshots, versions with a name, links and pictures."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from desireline.errors import UnknownDocument
from desireline.ledger.models import Row

_AT = String(40)


class DocumentRow(Row):
    """A shared map. A client that knows another `epoch` holds another history; the two must not be mixed."""

    __tablename__ = "document"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    workspace: Mapped[str] = mapped_column(String(40), index=True)
    epoch: Mapped[str] = mapped_column(String(40))
    map_id: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(300))  # a copy of what the document says, for lists
    owner: Mapped[str] = mapped_column(String(200))  # likewise
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[str] = mapped_column(_AT)
    changed_at: Mapped[str] = mapped_column(_AT, index=True)
    archived_at: Mapped[str] = mapped_column(_AT)  # "" for not
    text: Mapped[str] = mapped_column(Text)  # the file it was last imported from, so that notes in it survive


class UpdateRow(Row):
    """One acknowledged update of a document's history; `seq` counts from 1 within it."""

    __tablename__ = "document_update"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class SnapshotRow(Row):
    """The whole history up to and with update `seq`; the updates before it may be gone."""

    __tablename__ = "document_snapshot"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class EditRow(Row):
    """Who changed which record of a document, and when: kept when the updates are not."""

    __tablename__ = "document_edit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    seq: Mapped[int] = mapped_column()
    member_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[str] = mapped_column(_AT)
    record: Mapped[str] = mapped_column(String(80), index=True)  # "" for the head
    fields: Mapped[str] = mapped_column(Text)  # names with blanks between


class VersionRow(Row):
    """A map as it was, under a name. `whole` is its file."""

    __tablename__ = "document_version"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    number: Mapped[int] = mapped_column()  # within its document, from 1
    title: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(16))  # named, before-restore, restored, imported, daily
    made_by: Mapped[str] = mapped_column(String(40))
    at: Mapped[str] = mapped_column(_AT)
    seq: Mapped[int] = mapped_column()
    whole: Mapped[str] = mapped_column(Text)


class ShareRow(Row):
    """A link by which anybody may look at one map. Only the hash of its secret is kept."""

    __tablename__ = "document_share"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(40), unique=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[str] = mapped_column(_AT)
    expires_at: Mapped[str] = mapped_column(_AT)
    ended_at: Mapped[str] = mapped_column(_AT)
    opened: Mapped[int] = mapped_column()


class PictureRow(Row):
    """A picture of a storyboard or persona, drawn again by this program; its id is the hash of its bytes."""

    __tablename__ = "picture"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))  # image/png, image/jpeg
    body: Mapped[bytes] = mapped_column(LargeBinary)
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[str] = mapped_column(_AT)


class MentionRow(Row):
    """A member was named in a comment; `seen_at` is "" until they looked."""

    __tablename__ = "mention"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    comment_id: Mapped[str] = mapped_column(String(80))
    member_id: Mapped[str] = mapped_column(String(40), index=True)
    by: Mapped[str] = mapped_column(String(40))
    at: Mapped[str] = mapped_column(_AT)
    says: Mapped[str] = mapped_column(Text)
    seen_at: Mapped[str] = mapped_column(_AT)


TABLES = tuple(
    row.__tablename__
    for row in (DocumentRow, UpdateRow, SnapshotRow, EditRow, VersionRow, ShareRow, PictureRow, MentionRow)
)


def own_document(session: Session, workspace: str, id_: str, *, to_write: bool = False) -> DocumentRow:
    """A shared map of this workspace; those that ask `to_write` wait for each other. Raises UnknownDocument."""
    row = session.get(DocumentRow, id_, with_for_update=to_write)
    if row is None or row.workspace != workspace:
        raise UnknownDocument(id_)
    return row


def last_seq(session: Session, document_id: str) -> int:
    """The number of the last update of a history; 0 for an empty one."""
    tables = (UpdateRow, SnapshotRow)
    ends = [session.scalar(select(func.max(row.seq)).where(row.document_id == document_id)) for row in tables]
    return max(end or 0 for end in ends)
