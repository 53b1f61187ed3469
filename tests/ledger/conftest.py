"""A ledger, empty. The folder in which it lies, on SQLite and on PostgreSQL, comes from `tests/conftest.py`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desireline.initiatives.records import By, Draft, draft
from desireline.ledger.store import Ledger

ANA = By("ana", datetime(2026, 3, 2, 9, tzinfo=UTC))


def a_draft(title: str = "Faster answers") -> Draft:
    baseline = {"value": 0.2, "n": 90, "unit": "share", "since": "2026-01-05", "until": "2026-03-01"}
    target = {"measure": "promise_kept", "at": "answer", "baseline": baseline}
    return draft({"title": title, "map_id": "shop", "target": target, "starts_on": "2026-03-02"})


@pytest.fixture
def ledger(place: Path) -> Ledger:
    """An empty ledger."""
    return Ledger.open(place)
