"""Maps that are in use and maps that were put away, and the file that each was last brought in from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from desireline.ledger.document_rows import DocumentRow, own_document
from desireline.ledger.engine import reading, writing
from desireline.ledger.holding import Holding


class Shelf(Holding):
    """The maps of one workspace, as things."""

    def archive(self, id_: str, *, at: datetime) -> None:
        """The map is put away; nothing of it is lost. One that was put away stays so. Raises UnknownDocument."""
        with writing(self.engine) as session:
            row = own_document(session, self.workspace, id_)
            row.archived_at = row.archived_at or at.isoformat()

    def bring_back(self, id_: str) -> None:
        """The map is in use again. Raises UnknownDocument."""
        with writing(self.engine) as session:
            own_document(session, self.workspace, id_).archived_at = ""

    def keep_text(self, id_: str, text: str, *, map_id: str) -> None:
        """The map was brought in from this file. Raises UnknownDocument."""
        with writing(self.engine) as session:
            row = own_document(session, self.workspace, id_)
            row.text, row.map_id = text, map_id

    def map_ids(self) -> set[str]:
        """The ids that maps have in their files, archived ones too."""
        with reading(self.engine) as session:
            return set(session.scalars(select(DocumentRow.map_id).where(DocumentRow.workspace == self.workspace)))
