"""The ledger: what people wrote, read and changed in whole transactions.

A change is acknowledged when its transaction is on the disk; a process that is killed leaves either all of it or
nothing. Two people who change the same initiative do not overwrite each other: the second is told. What is to be sent
to hooks is written in the same transaction, and sent after it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from desireline.errors import ChangedMeanwhile, UnknownInitiative
from desireline.initiatives.changes import propose
from desireline.initiatives.records import By, Change, Draft, Initiative, Judged
from desireline.ledger import decisions, hooks
from desireline.ledger.decisions import Decision
from desireline.ledger.engine import connect, ledger_url, reading, where, writing
from desireline.ledger.hooks import Delivery, Hook
from desireline.ledger.models import ChangeRow, InitiativeRow, VerdictRow
from desireline.ledger.schema import bring_up_to_date
from desireline.ledger.webhook import Delivered, Send, deliver, send

Edit = Callable[[Initiative], Initiative]
_APART = {"history", "verdicts"}


class Ledger:
    """What people wrote in one workspace.

    >>> ledger = Ledger.open("shop")                                        # doctest: +SKIP
    >>> [one.title for one in ledger.initiatives()]                         # doctest: +SKIP
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        bring_up_to_date(engine)

    @classmethod
    def open(cls, folder: str | Path) -> Ledger:
        """The ledger of the workspace in this folder, made when there is none. Raises LedgerError, MissingExtra."""
        return cls(connect(ledger_url(Path(folder))))

    @property
    def place(self) -> str:
        """Where it is, without passwords."""
        return where(self.engine)

    # ── Initiatives

    def initiatives(self) -> list[Initiative]:
        """All of them with their histories and verdicts, in the order in which they were proposed."""
        with reading(self.engine) as session:
            found = session.scalars(select(InitiativeRow).order_by(InitiativeRow.number, InitiativeRow.id))
            return [_read(session, row) for row in found.all()]

    def initiative(self, id_: str) -> Initiative:
        """The initiative with this id. Raises UnknownInitiative."""
        with reading(self.engine) as session:
            return _read(session, _row(session, id_))

    def propose(self, draft: Draft, *, by: By) -> Initiative:
        """A new initiative, with an id made from its title."""
        with writing(self.engine) as session:
            taken = set(session.scalars(select(InitiativeRow.id)))
            made = propose(draft, id_=_free(draft.title, taken), by=by)
            number = (session.scalar(select(func.max(InitiativeRow.number))) or 0) + 1
            session.add(_filled(InitiativeRow(id=made.id, number=number), made))
            session.flush()
            _add_lines(session, made, since=0, verdicts=0)
            hooks.announce(session, "initiative.created", made.as_json(), key=f"{made.id}.{made.version}", at=by.at)
        return made

    def change(self, id_: str, edit: Edit, *, at_version: int | None = None) -> Initiative:
        """The initiative as `edit` made it; nothing is written when nothing is different.

        With `at_version`, ChangedMeanwhile is raised when it is at another one. Raises UnknownInitiative, and what
        `edit` raises; then nothing has changed.
        """
        with writing(self.engine, id_) as session:
            row = _row(session, id_)
            old = _read(session, row)
            if at_version is not None and old.version != at_version:
                raise ChangedMeanwhile(id_)
            new = edit(old)
            if new == old:
                return old
            _filled(row, new)
            session.flush()
            _add_lines(session, new, since=len(old.history), verdicts=len(old.verdicts))
            last = new.history[-1]
            told = new.as_json() | {
                "changes": [line.model_dump(mode="json") for line in new.history[len(old.history) :]]
            }
            hooks.announce(session, "initiative.changed", told, key=f"{new.id}.{new.version}", at=last.at)
        return new

    # ── Findings

    def decide(
        self, finding_key: str, decision: str, *, reason: str = "", by: By, until: date | None = None
    ) -> Decision:
        """What is done with a finding: accept, dismiss (with a reason), snooze (until a day), or reopen.

        Keyed by what stays the same from one look to the next: rule, place and group. Raises DecisionInvalid.
        """
        made = decisions.checked(finding_key, decision, reason=reason, by=by, until=until)
        with writing(self.engine) as session:
            decisions.add(session, made)
            hooks.announce(
                session, "finding.decided", made.as_json(), key=f"{finding_key[:40]}.{by.at.timestamp()}", at=by.at
            )
        return made

    def decisions(self, *, today: date | None = None) -> dict[str, Decision]:
        """What holds of each finding that somebody decided about; a snooze that is over, and a reopening, do not."""
        return {key: one for key, one in self._newest().items() if one.holds(today)}

    def decided(self, finding_key: str) -> list[Decision]:
        """Everything that was ever decided about a finding, the oldest first."""
        with reading(self.engine) as session:
            return decisions.history(session, finding_key)

    def _newest(self) -> dict[str, Decision]:
        with reading(self.engine) as session:
            return decisions.newest(session)

    # ── Hooks

    def hooks(self) -> list[Hook]:
        """The addresses to which changes are sent."""
        with reading(self.engine) as session:
            return hooks.listed(session)

    def add_hook(self, url: str, *, by: By) -> Hook:
        """From now on changes are sent there, signed with the secret of the hook returned. Raises HookInvalid."""
        with writing(self.engine) as session:
            return hooks.add(session, url, by=by)

    def remove_hook(self, number: int) -> None:
        """Nothing is sent there any more. Raises UnknownHook."""
        with writing(self.engine) as session:
            hooks.remove(session, number)

    def deliveries(self, *, limit: int = 100) -> list[Delivery]:
        """What was to be sent, the newest first, and what became of it."""
        with reading(self.engine) as session:
            return hooks.deliveries(session, limit=limit)

    def deliver(self, *, again: bool = False, by_way_of: Send = send) -> list[Delivered]:
        """What waits is sent, or recorded as failed; `again`: also what failed before. Never raises for a receiver."""
        return deliver(self.engine, again=again, by_way_of=by_way_of)


def _row(session: Session, id_: str) -> InitiativeRow:
    row = session.get(InitiativeRow, id_) if "\x00" not in id_ else None
    if row is None:
        raise UnknownInitiative(id_, session.scalars(select(InitiativeRow.id)).all())
    return row


def _read(session: Session, row: InitiativeRow) -> Initiative:
    lines = session.scalars(select(ChangeRow.whole).where(ChangeRow.initiative_id == row.id).order_by(ChangeRow.number))
    judged = session.scalars(
        select(VerdictRow.whole).where(VerdictRow.initiative_id == row.id).order_by(VerdictRow.number)
    )
    return Initiative.model_validate(
        json.loads(row.whole)
        | {"history": [json.loads(line) for line in lines], "verdicts": [json.loads(one) for one in judged]}
    )


def _filled(row: InitiativeRow, one: Initiative) -> InitiativeRow:
    row.version, row.status, row.map_id = one.version, one.status, one.map_id
    row.measure, row.place = one.target.measure, one.target.at
    row.whole = one.model_dump_json(exclude=_APART)
    return row


def _add_lines(session: Session, one: Initiative, *, since: int, verdicts: int) -> None:
    """The lines of history and the verdicts that are new."""
    fresh: list[tuple[int, Change]] = list(enumerate(one.history[since:], since + 1))
    judged: list[tuple[int, Judged]] = list(enumerate(one.verdicts[verdicts:], verdicts + 1))
    session.add_all(ChangeRow(initiative_id=one.id, number=n, whole=line.model_dump_json()) for n, line in fresh)
    session.add_all(
        VerdictRow(initiative_id=one.id, number=n, word=verdict.word, whole=verdict.model_dump_json())
        for n, verdict in judged
    )


def _free(title: str, taken: set[str]) -> str:
    """An id that people can say and type, made from the title; with a number behind when it is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-") or "initiative"
    number, id_ = 1, stem
    while id_ in taken:
        number += 1
        id_ = f"{stem}-{number}"
    return id_
