"""The ledger: what people wrote, read and changed in whole transactions.

A change is acknowledged when its transaction is on the disk; a process that is killed leaves either all of it or
nothing. Two people who change the same initiative do not overwrite each other: the second is told. What is to be sent
to hooks is written in the same transaction, and sent after it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from desireline.errors import ChangedMeanwhile, LedgerUnreadable, UnknownInitiative
from desireline.initiatives.changes import propose
from desireline.initiatives.records import By, Change, Draft, Initiative, Judged
from desireline.ledger import decisions, efforts, hooks
from desireline.ledger.decisions import Decision
from desireline.ledger.delivering import LIMIT_S, LONG_LIMIT_S, Delivered, Send, deliver
from desireline.ledger.engine import connect, is_there, ledger_url, reading, where, writing
from desireline.ledger.hooks import Delivery, Hook
from desireline.ledger.models import ChangeRow, InitiativeRow, VerdictRow
from desireline.ledger.schema import bring_up_to_date
from desireline.ledger.webhook import send

Edit = Callable[[Initiative], Initiative]
_APART = {"history", "verdicts"}


class Ledger:
    """What people wrote in one workspace.

    >>> ledger = Ledger.open("shop")                                        # doctest: +SKIP
    >>> [one.title for one in ledger.initiatives()]                         # doctest: +SKIP
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._made = is_there(engine)
        if self._made:
            bring_up_to_date(engine)

    @classmethod
    def open(cls, folder: str | Path) -> Ledger:
        """The ledger of the workspace in this folder; the first who writes makes it. Raises LedgerError, MissingExtra.

        Where there is none yet, there are no initiatives, decisions and hooks.
        """
        return cls(connect(ledger_url(Path(folder))))

    @property
    def place(self) -> str:
        """Where it is, without passwords."""
        return where(self.engine)

    # ── Initiatives

    def initiatives(self) -> list[Initiative]:
        """All of them with their histories and verdicts, in the order in which they were proposed."""
        if not self._there():
            return []
        with reading(self.engine) as session:
            found = session.scalars(select(InitiativeRow).order_by(InitiativeRow.number, InitiativeRow.id))
            return [_read(session, row) for row in found.all()]

    def initiative(self, id_: str) -> Initiative:
        """The initiative with this id. Raises UnknownInitiative."""
        if not self._there():
            raise UnknownInitiative(id_, [])
        with reading(self.engine) as session:
            return _read(session, _row(session, id_))

    def propose(self, draft: Draft, *, by: By) -> Initiative:
        """A new initiative, with an id made from its title."""
        with self._writing() as session:
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
        with self._writing(id_) as session:
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
        with self._writing() as session:
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
        if not self._there():
            return []
        with reading(self.engine) as session:
            return decisions.history(session, finding_key)

    def set_effort(self, finding_key: str, effort: float | None, *, by: By) -> None:
        """How much work it would be to mend what was found; None: nobody knows. Raises DecisionInvalid."""
        with self._writing() as session:
            efforts.write(session, finding_key, effort, by=by)

    def efforts(self) -> dict[str, float]:
        """What people said of efforts, by a finding's key."""
        if not self._there():
            return {}
        with reading(self.engine) as session:
            return efforts.listed(session)

    def _newest(self) -> dict[str, Decision]:
        if not self._there():
            return {}
        with reading(self.engine) as session:
            return decisions.newest(session)

    # ── Hooks

    def hooks(self) -> list[Hook]:
        """The addresses to which changes are sent."""
        if not self._there():
            return []
        with reading(self.engine) as session:
            return hooks.listed(session)

    def add_hook(self, url: str, *, by: By, allow_local: bool = False) -> Hook:
        """From now on changes are sent there, signed with the secret of the hook returned. Raises HookInvalid.

        `allow_local`: the receiver may be in one's own network, without encryption and on any port.
        """
        with self._writing() as session:
            return hooks.add(session, url, by=by, allow_local=allow_local)

    def remove_hook(self, number: int) -> None:
        """Nothing is sent there any more. Raises UnknownHook."""
        with self._writing() as session:
            hooks.remove(session, number)

    def deliveries(self, *, limit: int = 100) -> list[Delivery]:
        """What was to be sent, the newest first, and what became of it."""
        if not self._there():
            return []
        with reading(self.engine) as session:
            return hooks.deliveries(session, limit=limit)

    def deliver(self, *, again: bool = False, by_way_of: Send = send) -> list[Delivered]:
        """What waits is tried once, within seconds; `again`: also what failed before, within a minute.

        Never raises for a receiver.
        """
        if not self._there():
            return []
        limit_s = LONG_LIMIT_S if again else LIMIT_S
        return deliver(self.engine, again=again, by_way_of=by_way_of, limit_s=limit_s)

    # ── Transactions

    def _there(self) -> bool:
        """There is something to read; somebody else may have made the ledger since it was opened."""
        if not self._made and is_there(self.engine):
            self._make()
        return self._made

    def _make(self) -> None:
        bring_up_to_date(self.engine)
        self._made = True

    @contextmanager
    def _writing(self, what: str = "It") -> Iterator[Session]:
        if not self._made:
            self._make()
        with writing(self.engine, what) as session:
            yield session


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
    try:
        return Initiative.model_validate(
            json.loads(row.whole)
            | {"history": [json.loads(line) for line in lines], "verdicts": [json.loads(one) for one in judged]}
        )
    except (ValueError, TypeError) as fault:  # pydantic's and JSON's faults are ValueErrors
        raise LedgerUnreadable(
            f"What the ledger holds of {row.id!r} is damaged ({type(fault).__name__}). Nothing was changed; "
            "take the ledger from a backup."
        ) from fault


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
