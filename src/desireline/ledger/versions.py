"""Maps as they were, under a name: the file of each version is kept whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from secrets import token_hex

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desireline.errors import UnknownVersion
from desireline.ledger.document_rows import VersionRow, last_seq, own_document
from desireline.ledger.engine import reading, writing
from desireline.ledger.holding import Holding


class VersionKind(StrEnum):
    """Why there is a version."""

    NAMED = "named"
    BEFORE_RESTORE = "before-restore"
    RESTORED = "restored"
    BEFORE_IMPORT = "before-import"
    IMPORTED = "imported"
    DAILY = "daily"


@dataclass(frozen=True)
class Version:
    """A version without its file. `number` counts from 1 within its map; `made_by` is a member's id."""

    id: str
    document_id: str
    number: int
    title: str
    kind: str
    made_by: str
    at: str
    seq: int


class Versions(Holding):
    """The versions of the maps of one workspace."""

    def of(self, document_id: str) -> list[Version]:
        """All versions of a map, the newest first. Raises UnknownDocument."""
        columns = [getattr(VersionRow, name) for name in Version.__dataclass_fields__]
        with reading(self.engine) as session:
            own_document(session, self.workspace, document_id)
            wanted = select(*columns).where(VersionRow.document_id == document_id)
            return [Version(*row) for row in session.execute(wanted.order_by(VersionRow.number.desc()))]

    def whole(self, document_id: str, id_: str) -> tuple[Version, str]:
        """A version and its file. Raises UnknownDocument, UnknownVersion."""
        with reading(self.engine) as session:
            own_document(session, self.workspace, document_id)
            row = session.get(VersionRow, id_)
            if row is None or row.document_id != document_id:
                raise UnknownVersion(id_)
            return _told(row), row.whole

    def make(self, document_id: str, whole: str, *, title: str, kind: VersionKind, by: str, at: str) -> Version:
        """A new version. Raises UnknownDocument."""
        with writing(self.engine) as session:
            own_document(session, self.workspace, document_id, to_write=True)
            return self._made(session, document_id, whole, title=title, kind=kind, by=by, at=at)

    def make_if_new(
        self, document_id: str, whole: str, *, title: str, kind: VersionKind, by: str, at: str
    ) -> Version | None:
        """A new version; None when the newest one says the same, however many ask at once. Raises UnknownDocument."""
        with writing(self.engine) as session:
            own_document(session, self.workspace, document_id, to_write=True)
            newest = select(VersionRow.whole).where(VersionRow.document_id == document_id)
            if session.scalar(newest.order_by(VersionRow.number.desc()).limit(1)) == whole:
                return None
            return self._made(session, document_id, whole, title=title, kind=kind, by=by, at=at)

    def rename(self, document_id: str, id_: str, title: str) -> Version:
        """The version has another name. Raises UnknownDocument, UnknownVersion."""
        with writing(self.engine) as session:
            own_document(session, self.workspace, document_id)
            row = session.get(VersionRow, id_)
            if row is None or row.document_id != document_id:
                raise UnknownVersion(id_)
            row.title = title
            return _told(row)

    def _made(
        self, session: Session, document_id: str, whole: str, *, title: str, kind: VersionKind, by: str, at: str
    ) -> Version:
        last = session.scalar(select(func.max(VersionRow.number)).where(VersionRow.document_id == document_id))
        row = VersionRow(
            id=token_hex(8),
            document_id=document_id,
            number=(last or 0) + 1,
            title=title,
            kind=kind.value,
            made_by=by,
            at=at,
            seq=last_seq(session, document_id),
            whole=whole,
        )
        session.add(row)
        return _told(row)


def _told(row: VersionRow) -> Version:
    return Version(**{name: getattr(row, name) for name in Version.__dataclass_fields__})
