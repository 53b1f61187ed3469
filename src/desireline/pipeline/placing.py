"""Where a map puts the events of a trace: its rules are judged on distinct values, and become a table to look up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from desireline.journeys.claims import fields_of, first_of
from desireline.maps.outline import Outline, in_order
from desireline.pipeline.names import Names
from desireline.slices import I64


def fields_looked_at(outline: Outline) -> tuple[str, ...]:
    """The fields that the touchpoints' rules look at, `event` among them."""
    return tuple(sorted({"event"} | fields_of(point.when for point in outline.bound)))


def places_of(values: Mapping[str, Sequence[str | None]], outline: Outline) -> I64:
    """The touchpoint (its place in `outline.bound`) of each combination of values; −1 off the map."""
    frame = pl.DataFrame(dict(values), schema=dict.fromkeys(values, pl.String))
    code = {point.id: number for number, point in enumerate(outline.bound)}
    first = first_of((point.id, point.when) for point in outline.bound)
    met = frame.with_columns(first.alias("touchpoint"))["touchpoint"]  # as long as the values, also without any rule
    return np.array([code.get(name, -1) for name in met], dtype=np.int64)


def channels_of(names: Sequence[str | None], outline: Outline) -> tuple[tuple[str | None, ...], I64]:
    """The map's channels as new codes, and the new code of each old one. No channel stays code 0."""
    met = [None if name is None else outline.channel_ids(name) for name in names]
    channels = tuple(dict.fromkeys([None, *met]))
    return channels, np.array([channels.index(name) for name in met], dtype=np.int64)


def names_of(outline: Outline, channels: tuple[str | None, ...]) -> Names:
    """What the codes of a placed trace mean."""
    stages = [stage.id for stage in outline.stages]
    return Names(
        touchpoints=tuple(point.id for point in outline.bound),
        channels=channels,
        stages=tuple(stages),
        rank=tuple(stages.index(point.stage) for point in outline.bound),
        touchpoints_also={point.title.casefold(): point.id for point in outline.bound},
        channels_also={
            name.casefold(): one.id
            for one in in_order(outline.map.channels)
            for name in (one.id, one.title, *one.names)
            if name
        },
    )


def placed_by(outline: Outline) -> str:
    """Names the placing: two maps with the same text put every event on the same touchpoint, stage and channel."""
    points = [
        (point.id, point.stage, point.when.model_dump(mode="json") if point.when else None) for point in outline.bound
    ]
    channels = [(one.id, one.title, one.names) for one in in_order(outline.map.channels)]
    return json.dumps([points, [stage.id for stage in outline.stages], channels], ensure_ascii=False)
