"""The rows of the ledger. What is asked about has a column of its own; what is only shown stands in `whole`, as JSON.

Instants are UTC, kept as texts of one length (SQLite knows no time zones, and texts sort like instants). Rows of
`initiative_change`, `verdict` and `decision` are only ever added.
"""

from __future__ import annotations

from sqlalchemy import Double, ForeignKey, MetaData, String, Text, UniqueConstraint, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(DeclarativeBase):
    """Every table of the ledger."""

    metadata = MetaData(naming_convention=_NAMES)


class InitiativeRow(Row):
    """An initiative as it is now. `version` is checked by each change, so that nobody overwrites another's."""

    __tablename__ = "initiative"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    version: Mapped[int] = mapped_column()
    number: Mapped[int] = mapped_column(index=True)  # in the order in which they were proposed
    status: Mapped[str] = mapped_column(String(16), index=True)
    map_id: Mapped[str] = mapped_column(String(200))
    measure: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    whole: Mapped[str] = mapped_column(Text)  # all but history and verdicts

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012  SQLAlchemy's own form


class ChangeRow(Row):
    """One line of an initiative's history."""

    __tablename__ = "initiative_change"
    __table_args__ = (UniqueConstraint("initiative_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    initiative_id: Mapped[str] = mapped_column(ForeignKey("initiative.id"))
    number: Mapped[int] = mapped_column()  # within its initiative, from 1
    whole: Mapped[str] = mapped_column(Text)


class VerdictRow(Row):
    """A verdict, written back beside its initiative."""

    __tablename__ = "verdict"
    __table_args__ = (UniqueConstraint("initiative_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    initiative_id: Mapped[str] = mapped_column(ForeignKey("initiative.id"))
    number: Mapped[int] = mapped_column()
    word: Mapped[str] = mapped_column(String(40))
    whole: Mapped[str] = mapped_column(Text)


class DecisionRow(Row):
    """What was done with a finding. The newest row of a key holds."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    finding_key: Mapped[str] = mapped_column(String(400), index=True)
    decision: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[str] = mapped_column(String(40))
    until: Mapped[str] = mapped_column(String(10))  # a day; "" for ever


class EffortRow(Row):
    """How much work somebody says it would be to mend what was found."""

    __tablename__ = "effort"

    finding_key: Mapped[str] = mapped_column(String(400), primary_key=True)
    effort: Mapped[float] = mapped_column(Double)
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[str] = mapped_column(String(40))


class HookRow(Row):
    """An address to which changes are sent, and the secret that signs them."""

    __tablename__ = "hook"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    url: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(String(100))
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[str] = mapped_column(String(40))
    active: Mapped[bool] = mapped_column()
    allow_local: Mapped[bool] = mapped_column(server_default=false())  # somebody said that it is in their own network


class DeliveryRow(Row):
    """A change that is to be sent to a hook: written with the change itself, so that neither is there alone."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    hook_id: Mapped[int] = mapped_column(ForeignKey("hook.id"), index=True)
    event_id: Mapped[str] = mapped_column(String(80))  # the same at each try, so that receivers can tell repeats
    at: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16), index=True)  # waiting, sent, failed
    tries: Mapped[int] = mapped_column()
    says: Mapped[str] = mapped_column(Text)  # the last answer or fault
    claim: Mapped[str] = mapped_column(String(80), server_default="")  # who sends it, until when; "" for nobody
