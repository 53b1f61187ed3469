"""Pictures of maps in the ledger; the id of a picture is the hash of its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, select

from desireline.errors import PictureMissing
from desireline.ledger.document_rows import PictureRow, own_document
from desireline.ledger.engine import reading, writing
from desireline.ledger.holding import Holding


@dataclass(frozen=True)
class Picture:
    """A picture's bytes, and what they are: image/png or image/jpeg."""

    id: str
    kind: str
    body: bytes


class Pictures(Holding):
    """The pictures of one workspace."""

    def add(self, document_id: str, *, kind: str, body: bytes, by: str, at: str) -> Picture:
        """The map has this picture; the same bytes are kept once. Raises UnknownDocument."""
        id_ = sha256(body).hexdigest()
        with writing(self.engine) as session:
            own_document(session, self.workspace, document_id)
            if session.get(PictureRow, (id_, document_id)) is None:
                row = PictureRow(id=id_, document_id=document_id, kind=kind, body=body, made_by=by, made_at=at)
                session.add(row)
        return Picture(id_, kind, body)

    def get(self, document_id: str, id_: str) -> Picture:
        """A picture of a map. Raises UnknownDocument, PictureMissing."""
        with reading(self.engine) as session:
            own_document(session, self.workspace, document_id)
            row = session.get(PictureRow, (id_, document_id))
            if row is None:
                raise PictureMissing(id_)
            return Picture(row.id, row.kind, row.body)

    def size(self, document_id: str) -> int:
        """How many bytes the pictures of a map take."""
        with reading(self.engine) as session:
            wanted = select(func.sum(func.length(PictureRow.body))).where(PictureRow.document_id == document_id)
            return int(session.scalar(wanted) or 0)

    def copy(self, from_: str, to: str, *, by: str, at: str) -> None:
        """The one map has the pictures of the other. Raises UnknownDocument."""
        with writing(self.engine) as session:
            own_document(session, self.workspace, from_)
            own_document(session, self.workspace, to)
            for row in session.scalars(select(PictureRow).where(PictureRow.document_id == from_)).all():
                session.add(PictureRow(id=row.id, document_id=to, kind=row.kind, body=row.body, made_by=by, made_at=at))
