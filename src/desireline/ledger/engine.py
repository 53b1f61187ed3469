"""The connection to a ledger: SQLite in the workspace, or PostgreSQL by URL.

SQLite runs in WAL mode with `synchronous=FULL`: what was acknowledged survives a killed process and a loss of power.
A transaction that writes takes the lock at its begin, so that two writers wait for each other instead of failing half
way. Where the ledger is:

    WORKSPACE/ledger.db     SQLite, when nothing else is said
    WORKSPACE/ledger.url    one line, postgresql+pg8000://USER@HOST:PORT/DATABASE
    DESIRELINE_LEDGER       the same line in the environment; goes before the file

A password may be left out of the line; it is then taken from PGPASSWORD.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import NullPool

from desireline.errors import (
    ChangedMeanwhile,
    DesirelineError,
    LedgerBusy,
    LedgerUnreadable,
    LedgerUnwritable,
    MissingExtra,
)

FILE, NAMED, VARIABLE = "ledger.db", "ledger.url", "DESIRELINE_LEDGER"
PATIENCE_S = 20
POSTGRES = "postgresql+pg8000"


def ledger_url(folder: Path) -> URL:
    """Where the ledger of the workspace in this folder is. Raises LedgerUnreadable."""
    line = os.environ.get(VARIABLE, "").strip()
    file = folder / NAMED
    try:
        line = line or (file.read_text(encoding="utf-8").strip() if file.exists() else "")
    except (OSError, UnicodeDecodeError) as fault:
        raise LedgerUnreadable(f"{file} cannot be read: {fault}") from fault
    return _checked(line) if line else URL.create("sqlite", database=str((folder / FILE).absolute()))


def connect(url: URL) -> Engine:
    """An engine for this URL; nothing is opened yet. Raises LedgerUnreadable, MissingExtra."""
    if url.drivername == POSTGRES:
        if find_spec("pg8000") is None:
            raise MissingExtra("A ledger on PostgreSQL", "postgres")
        if url.password is None and os.environ.get("PGPASSWORD"):
            url = url.set(password=os.environ["PGPASSWORD"])
        return create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE_S})
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE_S})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def where(engine: Engine) -> str:
    """What the ledger is called in messages; never with its password."""
    url = engine.url
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session in which nothing is written."""
    with _faults(engine), engine.connect() as connection:
        connection = connection.execution_options(reads=True)
        with Session(connection) as session:
            yield session


@contextmanager
def writing(engine: Engine, what: str = "It") -> Iterator[Session]:
    """A session that is committed at its end, whole, or not at all. Raises ChangedMeanwhile, LedgerError."""
    try:
        with _faults(engine), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session
    except StaleDataError as fault:
        raise ChangedMeanwhile(what) from fault


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # pysqlite would begin transactions by itself, and later than asked
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={PATIENCE_S * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads", False)
    connection.execute(text("BEGIN" if reads else "BEGIN IMMEDIATE"))


@contextmanager
def _faults(engine: Engine) -> Iterator[None]:
    """Faults of the driver, in words."""
    try:
        yield
    except DesirelineError:
        raise
    except (DBAPIError, sqlite3.Error, OSError) as fault:
        raise _told(engine, fault) from fault


def _told(engine: Engine, fault: Exception) -> DesirelineError:
    place = where(engine)
    says = str(fault.orig) if isinstance(fault, DBAPIError) else str(fault)
    lower = says.casefold()
    if "unique" in lower or "duplicate key" in lower or "could not serialize" in lower or "deadlock" in lower:
        return ChangedMeanwhile(place)
    if "locked" in lower or "busy" in lower:
        return LedgerBusy(place)
    if "readonly" in lower or "read-only" in lower or "full" in lower or "disk i/o" in lower:
        return LedgerUnwritable(f"{place} cannot be written ({says}). It is as it was before.")
    return LedgerUnreadable(f"{place} cannot be used as a ledger: {says}.")


def _checked(line: str) -> URL:
    try:
        url = make_url(line)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as fault:
        raise LedgerUnreadable(_UNKNOWN) from fault
    except ImportError as fault:
        raise MissingExtra("A ledger on PostgreSQL", "postgres") from fault
    if url.drivername not in ("sqlite", POSTGRES):
        raise LedgerUnreadable(_UNKNOWN)
    return url


_UNKNOWN = (
    f"{VARIABLE} or {NAMED} does not name a ledger. Write sqlite:///FILE, or {POSTGRES}://USER@HOST:PORT/DATABASE."
)
