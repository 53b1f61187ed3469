"""The last import is taken back: the lake is, for every reader at once, as the import before it left it.

That takes one commit, of a table `imports` without its last row. The files that the import before named are still on
the disk: an import never deletes them, only the next one does. What the undone import wrote is swept by the next
import, so a reader who opened it goes on reading until then.
"""

from __future__ import annotations

from desireline.errors import NothingToUndo
from desireline.lake.lock import ImportLock
from desireline.lake.recovery import recover
from desireline.lake.snapshot import ORDER, Snapshot
from desireline.lake.store import Lake

TABLES = (*ORDER, "campaigns", "refusals")


def undo_last(lake: Lake, import_id: str, *, dry_run: bool = False) -> None:
    """The lake no longer holds this import, which must be the last one; with `dry_run` it could be undone, and is not.

    Raises NothingToUndo when it is not, or when files of the state before are gone; LakeBusy, LakeUnwritable. The lake
    is then as it was.
    """
    lock = ImportLock(lake.folder / "import.lock")
    lock.acquire()
    try:
        recover(lake)
        held = lake.current().imports()
        if not held.height or held["import_id"][-1] != import_id:
            raise NothingToUndo("It is not the last one any more.")
        earlier = held.head(held.height - 1)
        _check(lake, Snapshot(lake.tables, earlier))
        if dry_run:
            return
        imports = lake.tables["imports"]
        imports.commit([imports.write(earlier, f"{import_id}-undone")], lake.switch())
    finally:
        lock.release()


def _check(lake: Lake, earlier: Snapshot) -> None:
    """Every file that the state before names is on the disk, whole."""
    for name in TABLES:
        table = lake.tables[name]
        for file in earlier.files(name):
            path = table.folder / file.path
            if not path.is_file() or path.stat().st_size != file.size:
                raise NothingToUndo("Files of the state before it are gone.")
