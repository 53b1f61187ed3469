"""What each bucket contributed to a question, kept in small files, so that it is not counted again.

    FOLDER/<hash of the question>/<bucket>.part, whole.part

Keeping is a courtesy: where nothing can be written, nothing is kept, and answers are the same.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from desireline.disk import put
from desireline.kept.parcel import Bytes, NotPackable, ParcelDamaged, pieces, unpack

Parts = tuple[str, ...]

QUESTIONS = 64
ROOM = 1 << 30
LARGEST = 64 << 20


class Partials:
    """A folder of kept states, at most `room` bytes of at most `questions` questions; the longest unused go first.

    Of a question that is larger alone, only the state of all buckets together stays.
    """

    def __init__(self, folder: Path, *, questions: int = QUESTIONS, room: int = ROOM) -> None:
        self.folder = folder
        self.damaged = 0  # files that were not what was kept, and are gone
        self._questions = questions
        self._room = room

    def find(self, question: str, bucket: int) -> tuple[Parts, Any] | None:
        """The parts that the bucket's state was made from, and the state. None when it is not kept, or damaged."""
        path = self._path(question, bucket)
        try:
            data = path.read_bytes()
            said, parts, state = unpack(data)
        except OSError:
            return None
        except (ParcelDamaged, ValueError, TypeError):
            self.damaged += 1
            with suppress(OSError):
                path.unlink()
            return None
        if bucket < 0:
            with suppress(OSError):
                os.utime(path.parent)
        return (parts, state) if said == question else None

    def keep(self, question: str, bucket: int, parts: Parts, state: Any) -> None:
        """The state can be found again, unless it is large or the disk refuses. `bucket` −1 is all of them."""
        path = self._path(question, bucket)
        with suppress(OSError, NotPackable):
            parcel = pieces((question, parts, state))
            if sum(map(len, parcel)) <= LARGEST:
                _write(path, parcel)
            if bucket < 0:
                self._make_room(path.parent)

    def _path(self, question: str, bucket: int) -> Path:
        name = blake2b(question.encode(), digest_size=16).hexdigest()
        return self.folder / name / (f"{bucket}.part" if bucket >= 0 else "whole.part")

    def _make_room(self, newest: Path) -> None:
        with suppress(OSError):
            os.utime(newest)
        if newest.is_dir() and _size(newest) > self._room:
            for path in newest.glob("[0-9]*.part"):
                path.unlink(missing_ok=True)
        found = [Path(entry) for entry in os.scandir(self.folder) if entry.is_dir()]
        used = 0
        for number, place in enumerate(sorted(found, key=lambda place: -place.stat().st_mtime_ns)):
            used += _size(place)
            if place != newest and (number >= self._questions or used > self._room):
                shutil.rmtree(place, ignore_errors=True)


def _size(place: Path) -> int:
    return sum(entry.stat().st_size for entry in os.scandir(place))


def _write(path: Path, parcel: list[Bytes]) -> None:
    def fill(half: Path) -> None:
        with half.open("wb") as file:
            file.writelines(parcel)

    put(path, fill)
