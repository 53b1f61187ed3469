"""Links by which anybody may look at one map, until they expire or are taken back.

A secret is 256 random bits, shown once; the ledger keeps its SHA-256.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex, token_urlsafe

from sqlalchemy import select, update

from desireline.errors import LedgerError, LinkUsed, UnknownShare
from desireline.ledger.document_rows import DocumentRow, ShareRow, own_document
from desireline.ledger.engine import reading, writing
from desireline.ledger.holding import Holding
from desireline.ledger.secret import hashed


@dataclass(frozen=True)
class Share:
    """A link, without its secret. Instants are ISO texts in UTC, "" for never; `opened` counts how often it was."""

    id: str
    document_id: str
    title: str
    made_by: str
    made_at: str
    expires_at: str
    ended_at: str
    opened: int

    def open(self, at: datetime) -> bool:
        """The link works."""
        return not self.ended_at and (not self.expires_at or self.expires_at > at.isoformat())


class Shares(Holding):
    """The share links of one workspace."""

    def of(self, document_id: str) -> list[Share]:
        """The links of a map, the newest first, also those that are over. Raises UnknownDocument."""
        with reading(self.engine) as session:
            own_document(session, self.workspace, document_id)
            rows = session.scalars(select(ShareRow).where(ShareRow.document_id == document_id))
            return sorted(map(_told, rows), key=lambda share: (share.made_at, share.id), reverse=True)

    def make(
        self, document_id: str, *, title: str, by: str, at: datetime, lasts: timedelta | None
    ) -> tuple[Share, str]:
        """A new link and its secret, which cannot be read again. Raises UnknownDocument."""
        secret = token_urlsafe(32)
        with writing(self.engine) as session:
            own_document(session, self.workspace, document_id)
            row = ShareRow(
                hash=hashed(secret),
                id=token_hex(6),
                document_id=document_id,
                title=title,
                made_by=by,
                made_at=at.isoformat(),
                expires_at=(at + lasts).isoformat() if lasts else "",
                ended_at="",
                opened=0,
            )
            session.add(row)
            return _told(row), secret

    def end(self, document_id: str, id_: str, *, at: datetime) -> Share:
        """The link works no longer. Raises UnknownDocument, UnknownShare."""
        with writing(self.engine) as session:
            own_document(session, self.workspace, document_id)
            row = session.scalars(select(ShareRow).where(ShareRow.id == id_)).first()
            if row is None or row.document_id != document_id:
                raise UnknownShare(id_)
            row.ended_at = row.ended_at or at.isoformat()
            return _told(row)

    def use(self, secret: str, *, at: datetime, count: bool = True) -> Share:
        """The link of this secret, opened once more where that counts and can be written. Raises LinkUsed."""
        with reading(self.engine) as session:
            row = session.get(ShareRow, hashed(secret))
            document = session.get(DocumentRow, row.document_id) if row else None
            ours = document is not None and document.workspace == self.workspace and not document.archived_at
            if row is None or not ours or not _told(row).open(at):
                raise LinkUsed("share link", "Ask the person who sent it for a new one.")
            found = _told(row)
        if not count:
            return found
        with suppress(LedgerError), writing(self.engine) as session:  # a full disk must not keep readers out
            session.execute(update(ShareRow).where(ShareRow.id == found.id).values(opened=ShareRow.opened + 1))
            return replace(found, opened=found.opened + 1)
        return found


def _told(row: ShareRow) -> Share:
    return Share(**{name: getattr(row, name) for name in Share.__dataclass_fields__})
