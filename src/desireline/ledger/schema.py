"""The ledger's tables are those that this program knows: an older ledger is brought up to date when it is opened.

A ledger that a newer program wrote is refused, and left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from desireline.errors import LedgerNewer, LedgerUnreadable
from desireline.ledger.engine import is_there, make_file, reading, where, writing

_LOCK = 0x6465_7369  # one program at a time brings a PostgreSQL ledger up to date
_OURS = "initiative"


def bring_up_to_date(engine: Engine) -> None:
    """The tables are there, as this program knows them; so is the file. Raises LedgerNewer, LedgerUnreadable."""
    if is_there(engine):
        with reading(engine) as session:
            if _version(session.connection(), engine) == _known()[0]:
                return
    make_file(engine)
    with writing(engine) as session, _steps() as config:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        _version(connection, engine)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _steps() -> Iterator[Config]:
    """What leads from each version of the ledger to the next one."""
    with as_file(files("desireline.ledger") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.set_main_option("path_separator", "os")
        yield config


@cache
def _known() -> tuple[str, ...]:
    """The versions that this program knows, the newest first. Read once: that takes longer than looking at a ledger."""
    with _steps() as config:
        return tuple(step.revision for step in ScriptDirectory.from_config(config).walk_revisions())


def _version(connection: Connection, engine: Engine) -> str | None:
    """The version of the ledger; None for a new one. Raises LedgerNewer, LedgerUnreadable."""
    version = MigrationContext.configure(connection).get_current_revision()
    if version is not None and version not in _known():
        raise LedgerNewer(where(engine), version, _known()[0])
    if version is None and _OURS in inspect(connection).get_table_names():
        raise LedgerUnreadable(f"{where(engine)} has a table {_OURS!r} that Desireline did not make. Choose another.")
    return version
