"""The lake is a folder of Delta tables; the last row of `imports` says which versions of the others count.

events feedback customers     in buckets of customers, sorted by customer and time
campaigns refusals            small tables
imports                       one row per import, the newest last; committing it makes an import visible
known                         the customers of all tables, to count new ones
spill                         private to an import that runs
import.lock lake.json         who writes; which form the folder has
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from desireline.disk import sync
from desireline.errors import LakeDamaged, LakeUnwritable, WorkspaceMissing
from desireline.lake.delta import DataFile, DeltaFolder
from desireline.lake.faults import reading, writing
from desireline.lake.snapshot import Snapshot
from desireline.tables import CAMPAIGNS, CUSTOMERS, EVENTS, FEEDBACK, IMPORTS, REFUSALS

__all__ = ["Lake", "Snapshot"]

FORM = 2  # 2: records without an id are told apart by another hash than in 1
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")  # the Delta reader takes %20 in a folder's name for a space


class Lake:
    """A folder of tables. Reading needs no lock; writing goes through `Staging` and `commit`.

    >>> lake = Lake.create("shop/lake")          # doctest: +SKIP
    >>> snapshot = lake.current()                # doctest: +SKIP
    >>> for bucket in range(snapshot.buckets):   # doctest: +SKIP
    ...     snapshot.events(bucket)
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder).resolve()
        bucketed = [DeltaFolder(self.folder, table, bucketed=True) for table in (EVENTS, FEEDBACK, CUSTOMERS)]
        whole = [DeltaFolder(self.folder, table) for table in (CAMPAIGNS, REFUSALS, IMPORTS)]
        self.tables = {part.table.name: part for part in [*bucketed, *whole]}

    @classmethod
    def create(cls, folder: str | Path) -> Lake:
        """There is a lake in this folder: a new and empty one, or the one that was there."""
        lake = cls(folder)
        if _ESCAPE.search(str(lake.folder)):
            raise LakeUnwritable(f"Delta tables cannot lie in {lake.folder}: rename the folder that has a % in it.")
        with writing(lake.folder):
            lake.folder.mkdir(parents=True, exist_ok=True)
        for table in lake.tables.values():
            table.create()
        mark = lake.folder / "lake.json"
        if not mark.exists():
            with writing(mark):
                half = mark.with_suffix(".tmp")
                half.write_text(json.dumps({"form": FORM}) + "\n")
                half.replace(mark)
                sync(lake.folder)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: str | Path) -> Lake:
        """The lake in this folder. Raises `WorkspaceMissing`, or `LakeDamaged` for one of another form."""
        lake = cls(folder)
        mark = lake.folder / "lake.json"
        if not mark.exists():
            raise WorkspaceMissing(folder)
        with reading(mark):
            text = mark.read_text()
        try:
            form = int(json.loads(text)["form"])
        except (ValueError, KeyError, TypeError) as fault:
            raise LakeDamaged(f"{mark} is not what Desireline wrote. Put the file back from a backup.") from fault
        if form > FORM:
            raise LakeDamaged(f"{mark} says form {form}; this Desireline knows {FORM}. Install a newer one.")
        if form < FORM:
            raise LakeDamaged(
                f"{mark} says form {form}, made by an earlier Desireline; this one knows {FORM}. "
                "Make a new workspace and import the files again."
            )
        return lake

    def current(self) -> Snapshot:
        """The lake as the last complete import left it; an empty snapshot before the first one."""
        files = self.switch()
        imports = self.tables["imports"]
        return Snapshot(self.tables, imports.read(files[0]) if files else IMPORTS.empty())

    def switch(self) -> list[DataFile]:
        """The one file (none before the first import) that holds the rows of `imports`."""
        imports = self.tables["imports"]
        newest = imports.newest()
        files = imports.files(newest)
        # An entry torn between its lines would name the old file and the new one: it was never complete.
        return files if len(files) < 2 else imports.files(newest - 1)
