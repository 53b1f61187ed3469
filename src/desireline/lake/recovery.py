"""After an import that died, the tables are what the last complete import left; its half-made files are gone.

Run under the lock, before every import and after one that failed.
"""

from __future__ import annotations

import json
import shutil

from desireline.lake.delta import DeltaFolder
from desireline.lake.faults import reading, writing
from desireline.lake.known import sweep_known
from desireline.lake.snapshot import Snapshot
from desireline.lake.store import Lake


def recover(lake: Lake) -> None:
    """No file is left that neither the current import nor the one before it names; no table is ahead.

    Files are swept first: after a full disk that makes the room in which tables can be put back.
    """
    remove_spill(lake)
    snapshot = lake.current()
    sweep(lake, snapshot)
    sweep_known(lake.folder, snapshot.imports()["import_id"].to_list())
    put_back(lake, snapshot)


def remove_spill(lake: Lake) -> None:
    """Nothing is staged. Only the holder of the lock may do this."""
    spill = lake.folder / "spill"
    if spill.exists():
        with writing(spill):
            shutil.rmtree(spill)


def sweep(lake: Lake, snapshot: Snapshot) -> None:
    """Only files are left that a reader of this snapshot, or of the one before it, may open."""
    before = _versions_before(snapshot) | {"imports": lake.tables["imports"].newest() - 1}
    for name, table in lake.tables.items():
        kept: set[str] = set()
        if table.on_disk():
            kept = {file.path for file in (lake.switch() if name == "imports" else snapshot.files(name))}
            if before.get(name, 0) > 0:
                kept |= {file.path for file in table.files(before[name])}
        _sweep_table(table, kept)


def put_back(lake: Lake, snapshot: Snapshot) -> None:
    """The newest version of each table holds what the snapshot holds."""
    for name, table in lake.tables.items():
        table.drop_torn()
        newest = table.newest()
        if newest == snapshot.versions.get(name, 0):
            continue
        wanted = lake.switch() if name == "imports" else snapshot.files(name)
        if table.files(newest) != wanted:
            table.put_back(newest - 1 if name == "imports" else snapshot.versions[name])


def _versions_before(snapshot: Snapshot) -> dict[str, int]:
    versions = snapshot.imports()["versions"].to_list()
    return dict(json.loads(versions[-2])) if len(versions) > 1 else {}


def _sweep_table(table: DeltaFolder, kept: set[str]) -> None:
    with reading(table.folder):
        lost = [table.folder / path for path in table.on_disk() - kept] + table.log_leftovers()
    with writing(table.folder):
        for path in lost:
            path.unlink(missing_ok=True)
