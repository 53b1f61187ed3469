"""What each bucket contributed to a map's readings, kept: a map that was measured need not be walked again.

The key holds all that the numbers depend on: the bucket's files, the map but for what its cards say, the question, the
last instant of all data (it decides which journeys are still under way), and the code. So a new import makes every
bucket new: journeys that were under way may be lost by then, and nearly every bucket has some.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from desireline.engine.engine import Engine, Progress
from desireline.kept.code import code_version, map_version
from desireline.kept.feelings import Feelings
from desireline.kept.partials import Partials
from desireline.pipeline.measuring import Bucket, Part, Trip

WHOLE = -1
ROOMS = (".",)
"""The code whose change makes earlier parts worthless: readings go through nearly every room, so all of them."""

TABLES = ("events", "feedback", "customers")


@dataclass(frozen=True)
class KeptReadings:
    """The measuring trip over a snapshot, as far as it was not made already."""

    trip: Trip
    feelings: Feelings
    kept: Partials

    def whole(self, read: Callable[[int], Bucket], run: Engine, *, progress: Progress | None = None) -> Part:
        """What all buckets contribute together."""
        key, buckets = self._key(), range(self.feelings.snapshot.buckets)
        parts = tuple(name for bucket in buckets for name in (f"/{bucket}", *self._parts(bucket)))
        had = self.kept.find(key, WHOLE)
        if had and had[0] == parts:
            return self._part(had[1])
        whole = run(buckets, lambda bucket: self._bucket(key, bucket, read), self.trip.combine, progress=progress)
        self.kept.keep(key, WHOLE, parts, whole)
        return whole

    def _bucket(self, key: str, bucket: int, read: Callable[[int], Bucket]) -> Part:
        parts = self._parts(bucket)
        had = self.kept.find(key, bucket)
        if had and had[0] == parts:
            return self._part(had[1])
        part = self.trip.partial(read(bucket))
        self.kept.keep(key, bucket, parts, part)
        return part

    def _part(self, state: object) -> Part:
        if not isinstance(state, Part):
            raise TypeError(f"kept was a {type(state).__name__}, not a part of readings")
        return state

    def _parts(self, bucket: int) -> tuple[str, ...]:
        files = self.feelings.snapshot.fingerprints
        named = (f"{table} {name}" for table in TABLES for name in files(table, bucket))
        return (*named, f"texts {self.feelings.state(bucket)}")

    def _key(self) -> str:
        map_ = map_version(self.trip.outline.map, without=("cards",))
        said = [code_version(ROOMS), map_, asdict(self.trip.question), self.trip.data_end.isoformat()]
        return json.dumps(said)
