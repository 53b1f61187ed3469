"""The connection to a ledger: SQLite in the workspace, or PostgreSQL by URL.

SQLite runs in WAL mode with `synchronous=FULL`: what was acknowledged survives a killed process and a loss of power.
A transaction that writes takes the lock at its begin, so that two writers wait for each other instead of failing half
way. Looking makes no ledger, and needs no right to write; a file is made by the first who writes, for its owner only,
because it holds the secrets of hooks. Where the ledger is:

    WORKSPACE/ledger.db     SQLite, when nothing else is said
    WORKSPACE/ledger.url    one line, postgresql+pg8000://USER@HOST:PORT/DATABASE, or sqlite:///FILE
    DESIRELINE_LEDGER       the same line in the environment; goes before the file

A FILE that does not begin at the root lies in the workspace. A password may be left out of the line; it is then taken
from PGPASSWORD.
"""

from __future__ import annotations

import os
import sqlite3
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote

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
    return _checked(line, folder) if line else URL.create("sqlite", database=str((folder / FILE).absolute()))


def connect(url: URL, *, patience_s: float | None = None) -> Engine:
    """An engine for this URL; nothing is opened yet. Raises LedgerUnreadable, MissingExtra.

    `patience_s`: how long a transaction in SQLite waits for another program that writes; 20 s when nothing is said.
    """
    if url.drivername == POSTGRES:
        if find_spec("pg8000") is None:
            raise MissingExtra("A ledger on PostgreSQL", "postgres")
        if url.password is None and os.environ.get("PGPASSWORD"):
            url = url.set(password=os.environ["PGPASSWORD"])
        engine = create_engine(url, hide_parameters=True, poolclass=NullPool, connect_args={"timeout": PATIENCE_S})
        event.listen(engine, "do_connect", _Dialled())
        return engine
    patience = {"timeout": PATIENCE_S if patience_s is None else patience_s}
    engine = create_engine(url, hide_parameters=True, poolclass=NullPool, connect_args=patience)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def is_there(engine: Engine) -> bool:
    """Somebody wrote a ledger there; on a server that is always asked. Raises LedgerUnreadable without its folder."""
    file = _file(engine)
    if file is None:
        return True
    if not file.parent.is_dir():
        raise LedgerUnreadable(f"{file} cannot be a ledger: there is no folder {file.parent}.")
    with _faults(engine):
        return file.exists() and file.stat().st_size > 0


def make_file(engine: Engine) -> None:
    """The file is there, empty, and nobody but its owner may read it; one that was there stays as it is."""
    file = _file(engine)
    if file is None:
        return
    with _faults(engine):
        try:
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return


def where(engine: Engine) -> str:
    """What the ledger is called in messages; never with its password."""
    url = engine.url
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session in which nothing is written, also where nobody may write."""
    with _faults(engine), _to_read(engine).connect() as connection:
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


class _Dialled:
    """A new connection to PostgreSQL: by TLS where the server speaks it, else without, each time anew.

    So the driver does by itself, but it would read all certificates of the machine for each one, 25 ms, and check none.
    """

    def __init__(self) -> None:
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._tls.check_hostname = False
        self._tls.verify_mode = ssl.CERT_NONE

    def __call__(self, dialect: Any, _record: object, words: Sequence[Any], named: Mapping[str, Any]) -> Any:
        driver = dialect.loaded_dbapi
        try:
            return driver.connect(*words, **{**named, "ssl_context": self._tls})
        except driver.InterfaceError as fault:
            if "refuses SSL" not in str(fault):
                raise
        return driver.connect(*words, **{**named, "ssl_context": False})


class KeptOpen:
    """While a program writes often, somebody has the ledger open, so that SQLite keeps its log between transactions.

    Whoever is the last to close moves the log into the file and deletes it: several waits for the disk instead of one.
    A moment after the last use it is closed, and the file is whole again, for copies and for other programs.
    """

    def __init__(self, engine: Engine, *, lasts_s: float = 1.0) -> None:
        self._file = _file(engine)
        self._lasts_s = lasts_s
        self._lock = threading.Lock()
        self._until = 0.0
        self._keeper: sqlite3.Connection | None = None

    def used(self) -> None:
        """The ledger was written. From any thread; where it cannot be opened nothing is kept, and nothing is said."""
        with self._lock:
            self._until = monotonic() + self._lasts_s
            if self._keeper is None:
                self._keeper = _reader(self._file)
                if self._keeper is not None:
                    self._look_in(self._lasts_s)

    def _look(self) -> None:
        with self._lock:
            left = self._until - monotonic()
            if left > 0:
                self._look_in(left)
            elif self._keeper is not None:
                self._keeper.close()
                self._keeper = None

    def _look_in(self, seconds: float) -> None:
        timer = threading.Timer(seconds, self._look)
        timer.daemon = True
        timer.start()


def _reader(file: Path | None) -> sqlite3.Connection | None:
    """A connection that has read once, and so takes part in the log."""
    if file is None or not file.exists():
        return None
    try:
        found = sqlite3.connect(file, timeout=0, check_same_thread=False)
        found.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        return None
    return found


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # pysqlite would begin transactions by itself, and later than asked
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("reads", False):
        connection.execute(text("BEGIN"))
        return
    connection.exec_driver_sql("PRAGMA journal_mode=WAL")  # stays with the file; a change of it is a write
    connection.execute(text("BEGIN IMMEDIATE"))


def _file(engine: Engine) -> Path | None:
    return Path(str(engine.url.database)) if engine.url.get_backend_name() == "sqlite" else None


def _to_read(engine: Engine) -> Engine:
    """The engine itself, or one that only reads where its file may not be written."""
    file = _file(engine)
    if file is None or (_may_write(file) and _may_write(file.parent)):
        return engine
    only = create_engine(engine.url, hide_parameters=True, poolclass=NullPool, creator=lambda: _open_to_read(file))
    event.listen(only, "connect", _prepare)
    event.listen(only, "begin", _begin)
    return only


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _open_to_read(file: Path) -> sqlite3.Connection:
    """A connection that cannot write. Without a log of changes beside the file nobody is writing, and none is made."""
    log = file.with_name(f"{file.name}-wal")
    still = not (log.exists() and log.stat().st_size)
    words = f"file:{quote(str(file))}?mode=ro{'&immutable=1' if still else ''}"
    return sqlite3.connect(words, uri=True, timeout=PATIENCE_S, check_same_thread=False)


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


def _checked(line: str, folder: Path) -> URL:
    try:
        url = make_url(line)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as fault:
        raise LedgerUnreadable(_UNKNOWN) from fault
    except ImportError as fault:
        raise MissingExtra("A ledger on PostgreSQL", "postgres") from fault
    if url.drivername == POSTGRES and url.username and url.host and url.database:
        return url
    if url.drivername == "sqlite" and _names_a_file(url):
        return url.set(database=str((folder / str(url.database)).absolute()))
    raise LedgerUnreadable(_UNKNOWN)


def _names_a_file(url: URL) -> bool:
    named = url.database or ""
    other = url.username or url.password or url.host or url.port or url.query
    return bool(named) and not other and not named.startswith((":", "file:")) and "\x00" not in named


_UNKNOWN = (
    f"{VARIABLE} or {NAMED} does not name a ledger. Write sqlite:///FILE, or {POSTGRES}://USER@HOST:PORT/DATABASE."
)
