"""What every use case stands on: a folder with a lake, an engine that walks its buckets, what is kept beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Self

from desireline.engine.engine import Engine
from desireline.engine.local import run
from desireline.errors import LakeUnwritable, WorkspaceMissing
from desireline.journeys.place import LOOKED_AT
from desireline.kept.bound_topics import bound_topics
from desireline.kept.feelings import Feelings
from desireline.kept.hearing import hearing
from desireline.kept.known_properties import check_properties
from desireline.kept.partials import Partials
from desireline.kept.properties import Properties
from desireline.lake.store import Lake, Snapshot
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.bringing import Step, silent
from desireline.pipeline.listening import Analysis, F_co, P, listen
from desireline.pipeline.measuring import Bucket


class Held:
    """One folder that holds the lake."""

    def __init__(self, folder: Path, lake: Lake, engine: Engine = run) -> None:
        self.folder = folder
        self._lake = lake
        self._engine = engine
        self._kept = folder.absolute() / "derived"  # an engine's machines work in folders of their own

    @classmethod
    def create(cls, folder: str | Path, *, engine: Engine = run) -> Self:
        """There is a workspace in this folder: a new and empty one, or the one that was there."""
        place = Path(folder)
        if place.exists() and not place.is_dir():
            raise LakeUnwritable(f"{place} is a file; a workspace is a folder. Choose another name.")
        return cls(place, Lake.create(place / "lake"), engine)

    @classmethod
    def open(cls, folder: str | Path, *, engine: Engine = run) -> Self:
        """The workspace in this folder; `engine` walks its buckets. Raises WorkspaceMissing."""
        place = Path(folder)
        try:
            return cls(place, Lake.open(place / "lake"), engine)
        except WorkspaceMissing:
            raise WorkspaceMissing(place) from None

    def state(self) -> str:
        """What the workspace's data is now: another text whenever any number could be another one."""
        said = [*(file.path for file in self._lake.switch())]
        said += [f"{one.name} {one.stat().st_mtime_ns}" for one in sorted((self.folder / "voice").glob("[!.]*"))]
        return blake2b(" ".join(said).encode(), digest_size=12).hexdigest()

    def listen(self, map_: str | Path | Map, analysis: Analysis[P, F_co], *, step: Step = silent) -> F_co:
        """What an analysis of the voice finds: topics, drivers, effort, parity … See `pipeline.listening`."""
        snapshot = self._lake.current()
        check_properties(snapshot, getattr(analysis, "groupings", ()))
        feelings = self._feelings(snapshot)
        return listen(
            analysis,
            Outline(as_map(map_)),
            buckets=snapshot.buckets,
            read=lambda bucket: bucket_of(feelings, bucket),
            run=self._engine,
            data_end=snapshot.data_end() or datetime.now(UTC),
            progress=lambda done, of: step("Listening", done, of),
        )

    def _feelings(self, snapshot: Snapshot, tier: str | None = None) -> Feelings:
        reader, slow = hearing(self.folder, tier)
        return Feelings(snapshot, reader, Partials(self._kept / "feelings"), slow, bound_topics(self.folder))

    def _properties(self) -> Properties:
        return Properties(self._lake.current(), Partials(self._kept / "properties"))


def as_map(map_: str | Path | Map) -> Map:
    """The map itself, loaded where only its file is named."""
    return map_ if isinstance(map_, Map) else load_map(map_)


def bucket_of(feelings: Feelings, bucket: int) -> Bucket:
    """What the lake holds of a bucket, its texts read."""
    snapshot = feelings.snapshot
    return Bucket(snapshot.events(bucket, LOOKED_AT), feelings.feedback(bucket), snapshot.customers(bucket))
