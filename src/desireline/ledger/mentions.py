"""Who was named in which comment, and whether they have looked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desireline.ledger.document_rows import DocumentRow, MentionRow
from desireline.ledger.engine import reading, writing
from desireline.ledger.holding import Holding

LONGEST = 500  # of what is kept of a comment beside the comment itself


@dataclass(frozen=True)
class Named:
    """A comment names these members."""

    comment_id: str
    members: tuple[str, ...]
    by: str
    at: str
    says: str


@dataclass(frozen=True)
class Mention:
    """A member was named in a comment. `seen_at` is "" until they looked."""

    id: int
    document_id: str
    title: str  # of the map
    comment_id: str
    member_id: str
    by: str
    at: str
    says: str
    seen_at: str


class Mentions(Holding):
    """The mentions of one workspace."""

    def open(self, member: str) -> list[Mention]:
        """What the member has not seen yet, the newest first; archived maps are left out."""
        wanted = (
            select(MentionRow, DocumentRow.title)
            .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
            .where(DocumentRow.workspace == self.workspace, DocumentRow.archived_at == "")
            .where(MentionRow.member_id == member, MentionRow.seen_at == "")
            .order_by(MentionRow.at.desc(), MentionRow.id.desc())
        )
        with reading(self.engine) as session:
            return [_told(row, title) for row, title in session.execute(wanted)]

    def see(self, member: str, ids: Collection[int], *, at: str) -> int:
        """The member looked at these; how many of them were open. Those of others stay as they are."""
        own = select(DocumentRow.id).where(DocumentRow.workspace == self.workspace)
        with writing(self.engine) as session:
            changed = session.execute(
                update(MentionRow)
                .where(MentionRow.id.in_(sorted(set(ids))), MentionRow.document_id.in_(own))
                .where(MentionRow.member_id == member, MentionRow.seen_at == "")
                .values(seen_at=at)
                .returning(MentionRow.id)
            )
            return len(changed.all())


def note_in(session: Session, document_id: str, named: Iterable[Named]) -> None:
    """Mentions written in the same transaction as the comments that make them.

    Nobody is told twice of one comment, nor of their own.
    """
    for one in named:
        known = session.scalars(
            select(MentionRow.member_id).where(
                MentionRow.document_id == document_id, MentionRow.comment_id == one.comment_id
            )
        ).all()
        session.add_all(
            MentionRow(
                document_id=document_id,
                comment_id=one.comment_id,
                member_id=member,
                by=one.by,
                at=one.at,
                says=one.says[:LONGEST],
                seen_at="",
            )
            for member in dict.fromkeys(one.members)
            if member not in known and member != one.by
        )


def _told(row: MentionRow, title: str) -> Mention:
    own = {name: getattr(row, name) for name in Mention.__dataclass_fields__ if name != "title"}
    return Mention(**own, title=title)
