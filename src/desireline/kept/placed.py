"""A kept trace under a map: touchpoints and channels are those of the map, events off the map are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from desireline.maps.outline import Outline
from desireline.pipeline.paths import Readable, Walking
from desireline.pipeline.placing import channels_of, fields_looked_at, names_of, placed_by, places_of
from desireline.slices import Codes, Slice
from desireline.trace.placing import Placing, combinations
from desireline.trace.trace import Trace


def placed(walking: Walking, trace: Trace, outline: Outline) -> Walking:
    """The same trace with its events on the map's touchpoints. It must hold the fields that the rules look at."""
    combos = combinations(trace, fields=fields_looked_at(outline))
    on_map = trace.placed(Placing(combos, places_of(combos.names(), outline), off="drop"))
    channels, codes = channels_of(walking.names.channels, outline)
    lookup = codes.astype(np.min_scalar_type(len(channels)))
    return replace(
        walking,
        trace=Rechannelled(on_map, lookup),
        names=names_of(outline, channels),
        placed_by=placed_by(outline),
    )


@dataclass(frozen=True)
class Rechannelled:
    """A trace whose channels are looked up in a table."""

    trace: Readable
    lookup: Codes

    @property
    def buckets(self) -> int:
        """How many buckets there are."""
        return self.trace.buckets

    def slices(self, bucket: int) -> Iterator[Slice]:
        """The bucket's customers."""
        return map(self._renamed, self.trace.slices(bucket))

    def parts(self, bucket: int) -> tuple[str, ...]:
        """What the bucket was made from."""
        return self.trace.parts(bucket)

    def touched(self, bucket: int, since: int) -> tuple[Slice, Slice] | None:
        """The customers that later parts touch: before, and now."""
        found = self.trace.touched(bucket, since)
        return found and (self._renamed(found[0]), self._renamed(found[1]))

    def _renamed(self, one: Slice) -> Slice:
        return one if one.channel is None else replace(one, channel=self.lookup[one.channel])
