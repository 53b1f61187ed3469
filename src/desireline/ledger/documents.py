"""Shared maps in the ledger: their histories, and who changed what.

What was acknowledged is in a committed transaction. A history is a snapshot and the updates after it; a new snapshot
takes the place of old updates in one transaction. Documents of other workspaces are not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_hex

from sqlalchemy import Engine, delete, select

from desireline.ledger.document_rows import DocumentRow, EditRow, SnapshotRow, UpdateRow, last_seq, own_document
from desireline.ledger.engine import KeptOpen, reading, writing
from desireline.ledger.holding import Holding
from desireline.ledger.mentions import Named, note_in


@dataclass(frozen=True)
class Document:
    """What is known of a shared map beside its history. Instants are ISO texts in UTC, "" for never."""

    id: str
    epoch: str
    map_id: str
    title: str
    owner: str
    made_by: str
    made_at: str
    changed_at: str
    archived_at: str


@dataclass(frozen=True)
class Edit:
    """A member changed these fields of a record ("" for the head)."""

    record: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Update:
    """One update of a history, who sent it, and what it changed."""

    body: bytes
    member: str
    at: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Changed:
    """One edit as it is remembered; `seq` is its update's number."""

    seq: int
    member: str
    at: str
    record: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class History:
    """A document's history: all bodies, in an order in which they can be applied, and the number of the last one.

    `single` of them are updates after the last snapshot.
    """

    bodies: tuple[bytes, ...]
    seq: int
    single: int = 0


class Documents(Holding):
    """The shared maps of one workspace."""

    def __init__(self, engine: Engine, workspace: str) -> None:
        super().__init__(engine, workspace)
        self._open = KeptOpen(engine)

    def all(self, *, archived: bool = False) -> list[Document]:
        """All of them, the newest change first."""
        with reading(self.engine) as session:
            rows = session.scalars(
                select(DocumentRow)
                .where(DocumentRow.workspace == self.workspace)
                .order_by(DocumentRow.changed_at.desc(), DocumentRow.id)
            )
            return [_told(row) for row in rows if archived or not row.archived_at]

    def get(self, id_: str) -> Document:
        """The document with this id. Raises UnknownDocument."""
        with reading(self.engine) as session:
            return _told(own_document(session, self.workspace, id_))

    def text(self, id_: str) -> str:
        """The file it was last imported from; "" for none. Raises UnknownDocument."""
        with reading(self.engine) as session:
            return own_document(session, self.workspace, id_).text

    def make(self, *, map_id: str, title: str, owner: str, text: str, first: Update) -> Document:
        """A new document that begins with this update; `text` is the file it comes from, "" for none."""
        row = DocumentRow(
            id=token_hex(8),
            workspace=self.workspace,
            epoch=token_hex(8),
            map_id=map_id,
            title=title,
            owner=owner,
            made_by=first.member,
            made_at=first.at,
            changed_at=first.at,
            archived_at="",
            text=text,
        )
        with writing(self.engine) as session:
            session.add(row)
            session.flush()
            session.add(UpdateRow(document_id=row.id, seq=1, body=first.body))
        return _told(row)

    def history(self, id_: str) -> History:
        """All that was acknowledged. Raises UnknownDocument."""
        with reading(self.engine) as session:
            own_document(session, self.workspace, id_)
            snapshot = session.scalars(
                select(SnapshotRow).where(SnapshotRow.document_id == id_).order_by(SnapshotRow.seq.desc()).limit(1)
            ).first()
            since = snapshot.seq if snapshot else 0
            later = session.scalars(
                select(UpdateRow).where(UpdateRow.document_id == id_, UpdateRow.seq > since).order_by(UpdateRow.seq)
            ).all()
            bodies = ([snapshot.body] if snapshot else []) + [row.body for row in later]
            return History(tuple(bodies), later[-1].seq if later else since, len(later))

    def append(
        self,
        id_: str,
        updates: Sequence[Update],
        *,
        title: str | None = None,
        owner: str | None = None,
        named: Sequence[Named] = (),
    ) -> int:
        """The history has these updates too, and those who are named are told, all of it or nothing.

        `title` and `owner` are what lists show from now on; None: as before. The number of the last update. Raises
        UnknownDocument.
        """
        self._open.used()
        with writing(self.engine) as session:
            row = own_document(session, self.workspace, id_)
            seq = last_seq(session, id_)
            for update in updates:
                seq += 1
                session.add(UpdateRow(document_id=id_, seq=seq, body=update.body))
                session.add_all(
                    EditRow(
                        document_id=id_,
                        seq=seq,
                        member_id=update.member,
                        at=update.at,
                        record=edit.record,
                        fields=" ".join(edit.fields),
                    )
                    for edit in update.edits
                )
                row.changed_at = update.at
            row.title = title or row.title
            row.owner = row.owner if owner is None else owner
            note_in(session, id_, named)
        return seq

    def edits(self, id_: str, record: str | None = None, *, most: int = 200) -> list[Changed]:
        """Who changed what, the newest first; of one record ("" for the head) or of all. Raises UnknownDocument."""
        wanted = select(EditRow).where(EditRow.document_id == id_)
        if record is not None:
            wanted = wanted.where(EditRow.record == record)
        with reading(self.engine) as session:
            own_document(session, self.workspace, id_)
            rows = session.scalars(wanted.order_by(EditRow.seq.desc(), EditRow.id.desc()).limit(most))
            return [Changed(row.seq, row.member_id, row.at, row.record, tuple(row.fields.split())) for row in rows]

    def compact(self, id_: str, body: bytes, seq: int) -> None:
        """The history up to `seq` is this one snapshot. Raises UnknownDocument."""
        with writing(self.engine) as session:
            own_document(session, self.workspace, id_)
            session.add(SnapshotRow(document_id=id_, seq=seq, body=body))
            session.flush()
            session.execute(delete(UpdateRow).where(UpdateRow.document_id == id_, UpdateRow.seq <= seq))
            session.execute(delete(SnapshotRow).where(SnapshotRow.document_id == id_, SnapshotRow.seq < seq))


def _told(row: DocumentRow) -> Document:
    return Document(**{name: getattr(row, name) for name in Document.__dataclass_fields__})
