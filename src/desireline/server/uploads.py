"""Files that somebody uploads, each time in a folder of their own, until the map proposed from them is accepted."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import TYPE_CHECKING, Any, BinaryIO
from unicodedata import normalize

from desireline.access import Right
from desireline.errors import DataUnclear, ProposalGone
from desireline.server.answers import DataAnswers

if TYPE_CHECKING:
    from desireline.discovery.draft import Draft
    from desireline.server.guards import Actor

WAITING = "uploads"
HELD = 5  # uploads that wait; older ones are let go, but for those that a job reads
MOST_FILES = 50


@dataclass
class Upload:
    """Files that wait, and the map that is proposed from them once one is."""

    id: str
    by: str
    folder: Path
    files: list[Path]
    recipe: Any = None  # a Recipe
    text: str = ""  # of the recipe, where people may read it
    how: str = ""  # it is known: kept, vendor, suggested, yours
    answers: DataAnswers = field(default_factory=DataAnswers)  # what was said of the files so far
    unused: Sequence[str] = ()  # sources of which nothing is read
    sources: Any = None  # its files, as `Workspace.import_files` takes them
    draft: Draft | None = None
    working: Lock = field(default_factory=Lock, repr=False)
    """One job at a time reads and writes here; one that brings data in takes this first, then `Uploads.entering`."""


class Uploads:
    """All that wait in a server; what a crash left behind is gone when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / WAITING
        self._held: OrderedDict[str, Upload] = OrderedDict()
        self._lock = Lock()
        self._swept = False
        self.entering = Lock()  # data is brought into the workspace by one job at a time

    def take(self, files: Sequence[tuple[str, BinaryIO]], *, by: str) -> Upload:
        """The files wait in a folder of their own. Raises DataUnclear."""
        if not files or len(files) > MOST_FILES:
            raise DataUnclear(f"Choose from 1 to {MOST_FILES} files.")
        self._sweep()
        self._folder.mkdir(parents=True, exist_ok=True)
        upload = Upload(token_hex(8), by, Path(tempfile.mkdtemp(dir=self._folder)), [])
        try:
            for name, body in files:
                place = upload.folder / _safe(name, taken={file.name for file in upload.files})
                with place.open("wb") as out:
                    shutil.copyfileobj(body, out, 1024 * 1024)
                upload.files.append(place)
        except BaseException:
            shutil.rmtree(upload.folder, ignore_errors=True)
            raise
        with self._lock:
            self._held[upload.id] = upload
            idle = [one for one in self._held.values() if one is not upload and not one.working.locked()]
            over = [self._held.pop(one.id) for one in idle[: max(0, len(self._held) - HELD)]]
        for one in over:
            shutil.rmtree(one.folder, ignore_errors=True)
        return upload

    def get(self, id_: str) -> Upload:
        """An upload that waits. Raises ProposalGone."""
        with self._lock:
            if id_ not in self._held:
                raise ProposalGone
            return self._held[id_]

    def of(self, id_: str, actor: Actor) -> Upload:
        """An upload that waits, for whoever began it, or manages the workspace. Raises ProposalGone."""
        upload = self.get(id_)
        if upload.by != actor.id and Right.MANAGE not in actor.rights:
            raise ProposalGone
        return upload

    def let_go(self, id_: str) -> None:
        """The upload and its files are gone."""
        with self._lock:
            upload = self._held.pop(id_, None)
        if upload is not None:
            shutil.rmtree(upload.folder, ignore_errors=True)

    def _sweep(self) -> None:
        with self._lock:
            if not self._swept:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._swept = True


def _safe(name: str, *, taken: set[str]) -> str:
    """A name that is a file in this folder and nowhere else, and no other one's."""
    plain = normalize("NFKD", name.replace("\\", "/")).encode("ascii", "ignore").decode()
    bare = re.sub(r"[^\w.()+ -]+", "_", plain.rpartition("/")[2]).strip(" .")[-120:] or "file"
    number, free = 1, bare
    while free in taken or free == "workspace":
        number += 1
        free = f"{number}-{bare}"
    return free
