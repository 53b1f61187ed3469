"""What was decided about findings, beside the findings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.findings.finding import Finding
from desireline.findings.fold import without

if TYPE_CHECKING:
    from desireline.initiatives.records import Initiative
    from desireline.ledger.decisions import Decision
    from desireline.ledger.store import Ledger

PUT_AWAY = ("dismiss", "snooze")
_PLACES = ("ledger.db", "ledger.url")


def decisions_in(folder: Path, *, today: date) -> Mapping[str, Decision]:
    """What holds of each finding that somebody decided about, by key; nothing where there is no ledger yet."""
    return _ledger(folder).decisions(today=today) if has_ledger(folder) else {}


def efforts_in(folder: Path) -> Mapping[str, float]:
    """How much work people say findings would be, by key; nothing where there is no ledger yet."""
    return _ledger(folder).efforts() if has_ledger(folder) else {}


def initiatives_in(folder: Path) -> list[Initiative]:
    """The workspace's initiatives; none where there is no ledger yet."""
    return _ledger(folder).initiatives() if has_ledger(folder) else []


def has_ledger(folder: Path) -> bool:
    """Somebody wrote something here; looking does not make a ledger."""
    return bool(os.environ.get("DESIRELINE_LEDGER")) or any((folder / name).exists() for name in _PLACES)


def _ledger(folder: Path) -> Ledger:
    from desireline.ledger.store import Ledger  # noqa: PLC0415  heavy, and most workspaces have none yet

    return Ledger.open(folder)


def open_ones(findings: Iterable[Finding], decided: Mapping[str, Decision]) -> list[Finding]:
    """Those that nobody has dismissed or put off; what stood under one of these is told by itself."""

    def away(one: Finding) -> bool:
        decision = decided.get(one.key)
        return decision is not None and decision.decision in PUT_AWAY

    return without(findings, away)
