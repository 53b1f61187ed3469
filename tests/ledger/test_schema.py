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

from desireline.errors import LedgerNewer, LedgerUnreadable, LedgerUnwritable, UnknownInitiative
from desireline.ledger import document_rows, engine, member_rows
from desireline.ledger.engine import VARIABLE, connect, ledger_url
from desireline.ledger.models import Row
from desireline.ledger.store import Ledger
from ledger.conftest import ANA, a_draft


def test_the_steps_lead_to_the_very_tables_of_the_models(ledger: Ledger):
    ledger.propose(a_draft(), by=ANA)
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
    ledger = Ledger.open(tmp_path)
    ledger.propose(a_draft(), by=ANA)
    with ledger.engine.connect() as connection:
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
            Ledger.open(tmp_path).propose(a_draft(), by=ANA)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    "line",
    [
        "mysql://root@x/y",
        "nonsense",
        "postgresql://x/y",
        "sqlite+foo:///x",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file:x?uri=true",
        "sqlite://host/x",
        "postgresql+pg8000://",
        "postgresql+pg8000://db.example/x",
        "postgresql+pg8000://ana@db.example",
    ],
)
def test_only_the_two_kinds_of_ledger_are_known(tmp_path: Path, line: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, line)
    with pytest.raises(LedgerUnreadable, match="does not name a ledger"):
        Ledger.open(tmp_path)


def test_a_file_without_a_root_lies_in_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "shop").mkdir()
    (tmp_path / "ledger.url").write_text("sqlite:///shop/book.db")
    Ledger.open(tmp_path).propose(a_draft(), by=ANA)
    assert (tmp_path / "shop" / "book.db").exists()


def test_a_file_in_a_folder_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, f"sqlite:///{tmp_path}/no/book.db")
    with pytest.raises(LedgerUnreadable, match="there is no folder"):
        Ledger.open(tmp_path)


@pytest.mark.usefixtures("_no_variable")
def test_looking_makes_no_ledger(tmp_path: Path):
    ledger = Ledger.open(tmp_path)
    assert (ledger.initiatives(), ledger.decisions(), ledger.decided("x"), ledger.hooks()) == ([], {}, [], [])
    assert (ledger.deliveries(), ledger.deliver()) == ([], [])
    with pytest.raises(UnknownInitiative):
        ledger.initiative("x")
    assert list(tmp_path.iterdir()) == []
    Ledger.open(tmp_path).propose(a_draft(), by=ANA)
    assert len(ledger.initiatives()) == 1  # made by somebody else since


@pytest.mark.usefixtures("_no_variable")
def test_nobody_but_its_owner_may_read_the_ledger(tmp_path: Path):
    Ledger.open(tmp_path).propose(a_draft(), by=ANA)
    assert {one.name: oct(one.stat().st_mode & 0o777) for one in tmp_path.glob("ledger.db")} == {"ledger.db": "0o600"}


@pytest.mark.usefixtures("no_special_rights", "_no_variable")
def test_a_ledger_that_may_only_be_read_is_read(tmp_path: Path):
    made = Ledger.open(tmp_path).propose(a_draft(), by=ANA)
    (tmp_path / "ledger.db").chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        ledger = Ledger.open(tmp_path)
        assert ledger.initiatives() == [made]
        with pytest.raises(LedgerUnwritable, match="cannot be written"):
            ledger.propose(a_draft(), by=ANA)
    finally:
        tmp_path.chmod(0o700)


def test_reading_without_the_right_to_write_leaves_nothing_beside_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The same for those whom no right stops: the folder says that it may not be written."""
    monkeypatch.delenv(VARIABLE, raising=False)
    made = Ledger.open(tmp_path).propose(a_draft(), by=ANA)
    before = sorted(one.name for one in tmp_path.iterdir())
    monkeypatch.setattr(engine, "_may_write", lambda _: False)
    assert Ledger.open(tmp_path).initiatives() == [made]
    assert sorted(one.name for one in tmp_path.iterdir()) == before == ["ledger.db"]


@pytest.mark.usefixtures("_no_variable")
def test_a_damaged_row_is_told_in_words(tmp_path: Path):
    ledger = Ledger.open(tmp_path)
    ledger.propose(a_draft(), by=ANA)
    ledger.decide("late|delivery|", "accept", by=ANA)
    for words in ("UPDATE initiative SET whole = '{'", "UPDATE decision SET at = 'soon'"):
        with ledger.engine.begin() as connection:
            connection.execute(text(words))
    with pytest.raises(LedgerUnreadable, match="'faster-answers' is damaged"):
        ledger.initiatives()
    with pytest.raises(LedgerUnreadable, match=r"'late\|delivery\|' is damaged"):
        ledger.decisions()


@pytest.mark.usefixtures("_no_variable")
def test_a_ledger_of_the_first_version_is_brought_up_to_date(tmp_path: Path):
    ledger = Ledger.open(tmp_path)
    made = ledger.propose(a_draft(), by=ANA)
    hook = ledger.add_hook("https://tracker.example/in", by=ANA)
    with ledger.engine.begin() as connection:
        for words in ("delivery DROP COLUMN claim", "hook DROP COLUMN allow_local"):
            connection.execute(text(f"ALTER TABLE {words}"))
        for table in ("effort", *reversed([*member_rows.TABLES, *document_rows.TABLES])):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    again = Ledger.open(tmp_path)
    assert (again.initiatives(), again.hooks()) == ([made], [hook])


@pytest.fixture
def _no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


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
