"""What changed for good: gathered for rules about drift and about silent sources."""

from __future__ import annotations

from desireline.findings.gathering import Around, Gathering
from desireline.living.drift import Drift
from desireline.living.looking import LookForDrift, look_for_drift


def _make(around: Around) -> LookForDrift:
    return look_for_drift(around.outline, first_at=around.first_at, last_at=around.last_at, volumes=around.volumes)


DRIFT: Gathering[Drift] = Gathering("drift", _make)
