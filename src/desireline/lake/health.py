"""What a doctor would look at: can the lake be read whole, and is there room for the next import."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from desireline.errors import LakeError
from desireline.lake.store import Lake

LITTLE_ROOM = 1_000_000_000


@dataclass(frozen=True)
class Examined:
    """One thing that was looked at."""

    check: str
    ok: bool
    says: str


def examine_lake(lake: Lake) -> list[Examined]:
    """Each check with what was found; a check that fails does not keep the others from being made."""
    return [_whole(lake), _room(lake)]


def _whole(lake: Lake) -> Examined:
    try:
        snapshot = lake.current()
        rows = sum(snapshot.events(bucket).height for bucket in range(snapshot.buckets))
        counts = snapshot.counts()
    except LakeError as fault:
        return Examined("lake readable", False, str(fault))
    if rows != counts["events"]:
        return Examined("lake readable", False, f"{rows:,} events can be read, {counts['events']:,} were kept.")
    said = f"{rows:,} events of {counts['customers']:,} customers, buckets: {snapshot.buckets}."
    return Examined("lake readable", True, said)


def _room(lake: Lake) -> Examined:
    free = shutil.disk_usage(lake.folder).free
    said = f"{free / 1e9:,.1f} GB are free." if free >= LITTLE_ROOM else f"Only {free / 1e6:,.0f} MB are free."
    return Examined("room on disk", free >= LITTLE_ROOM, said)
