"""The ledger's tables: made, brought up to date, and refused when a newer program wrote them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from desireline.errors import LedgerNewer, LedgerUnreadable, LedgerUnwritable
from desireline.ledger.engine import VARIABLE, connect, ledger_url
from desireline.ledger.models import Row
from desireline.ledger.store import Ledger
from ledger.conftest import ANA, a_draft


def test_the_steps_lead_to_the_very_tables_of_the_models(ledger: Ledger):
    with ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []


def test_a_newer_ledger_is_refused_and_left_alone(ledger: Ledger, place: Path):
    ledger.propose(a_draft(), by=ANA)
    with ledger.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerNewer, match="newer Desireline"):
        Ledger.open(place)
    with ledger.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM initiative")).scalar() == 1


def test_a_database_with_strange_tables_is_refused(place: Path):
    with connect(ledger_url(place)).begin() as connection:
        connection.execute(text("CREATE TABLE initiative (x integer)"))
    with pytest.raises(LedgerUnreadable, match="did not make"):
        Ledger.open(place)


def test_sqlite_writes_ahead_and_checks_references(tmp_path: Path):
    with Ledger.open(tmp_path).engine.connect() as connection:
        found = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        ]
    assert found == ["wal", 1, 2]


def test_a_file_that_is_no_database_is_told(tmp_path: Path):
    (tmp_path / "ledger.db").write_bytes(b"not a database at all, but long enough to look" * 50)
    with pytest.raises(LedgerUnreadable, match=r"cannot be used as a ledger"):
        Ledger.open(tmp_path)


@pytest.mark.usefixtures("no_special_rights")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises((LedgerUnreadable, LedgerUnwritable), match=r"ledger\.db"):
            Ledger.open(tmp_path)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("line", ["mysql://root@x/y", "nonsense", "postgresql://x/y", "sqlite+foo:///x"])
def test_only_the_two_kinds_of_ledger_are_known(tmp_path: Path, line: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, line)
    with pytest.raises(LedgerUnreadable, match="does not name a ledger"):
        Ledger.open(tmp_path)


def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path):
    pytest.importorskip("pg8000")
    (tmp_path / "ledger.url").write_text("postgresql+pg8000://ana:topsecret@127.0.0.1:1/x")
    with pytest.raises(LedgerUnreadable) as fault:
        Ledger.open(tmp_path)
    assert "topsecret" not in str(fault.value)


def test_the_program_starts_without_loading_the_database_library():
    said = "import sys, desireline.cli.start as s; s.run(['--version']); print('sqlalchemy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, env=os.environ, check=True)
    assert found.stdout.split()[-1] == "False"
