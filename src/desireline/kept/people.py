"""Some of a workspace's customers: those of a persona of the map, those of a segment by what is known of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, reduce

import numpy as np
import polars as pl

from desireline.errors import QuestionUnclear, UnknownGroup
from desireline.hashes import hash_text
from desireline.journeys.claims import with_fields
from desireline.journeys.personas import assign_personas
from desireline.lake.snapshot import Snapshot
from desireline.maps.outline import Outline, in_order
from desireline.maps.records import Persona
from desireline.pipeline.paths import People
from desireline.slices import U64, Flags

NOBODY = "\x00"
"""Stands for all customers of whom nothing is known."""

Judge = Callable[[pl.DataFrame], pl.DataFrame]


def choose(
    snapshot: Snapshot, outline: Outline | None, *, persona: str | None, segment: Mapping[str, str]
) -> tuple[People | None, str]:
    """The customers of this persona and this segment, and a text that differs where they may.

    Raises UnknownGroup; QuestionUnclear for a persona without a map.
    """
    if persona and outline is None:
        raise QuestionUnclear("A persona is drawn on a map: name it with --map.")
    chosen: list[People] = [of_persona(snapshot, outline, persona)] if persona and outline else []
    chosen += [of_segment(snapshot, segment)] if segment else []
    rules = [(one.id, one.segment and one.segment.model_dump(mode="json")) for one in _personas(outline)]
    said = json.dumps([persona, rules if persona else [], sorted(segment.items())], ensure_ascii=False)
    return (AllOf(tuple(chosen)), said) if chosen else (None, "")


@dataclass(frozen=True)
class AllOf:
    """The customers who belong to each of these."""

    each: tuple[People, ...]

    def among(self, bucket: int, keys: U64) -> Flags:
        """True for those who belong."""
        return reduce(np.logical_and, [one.among(bucket, keys) for one in self.each])

    def parts(self, bucket: int) -> tuple[str, ...]:
        """What is known of the bucket's customers."""
        return tuple(name for one in self.each for name in one.parts(bucket))


class Chosen:
    """Customers of a lake of whom something is true. `judge` takes CUSTOMERS and gives customer_id, belongs."""

    def __init__(self, snapshot: Snapshot, judge: Judge, *, outsiders: bool) -> None:
        self._snapshot = snapshot
        self._judge = judge
        self._outsiders = outsiders  # do those belong of whom nothing is known?
        self._seen: dict[int, U64] = {}

    def among(self, bucket: int, keys: U64) -> Flags:
        """True for those customers (by `hash_text` of their id) that belong."""
        if bucket not in self._seen:
            judged = self._judge(self._snapshot.customers(bucket))
            self._seen[bucket] = hash_text(judged.filter(pl.col("belongs") != self._outsiders)["customer_id"])
        found: Flags = np.isin(keys, self._seen[bucket])
        return ~found if self._outsiders else found

    def parts(self, bucket: int) -> tuple[str, ...]:
        """The files that tell of the bucket's customers."""
        return self._snapshot.fingerprints("customers", bucket)


def of_persona(snapshot: Snapshot, outline: Outline, persona: str) -> Chosen:
    """The customers whom the map's rules make this persona. Raises UnknownGroup."""
    known = [one.id for one in _personas(outline)]
    if persona not in known:
        raise UnknownGroup(persona, known)
    judge = partial(_judge_persona, outline=outline, persona=persona)
    nobody = judge(pl.DataFrame(schema={"customer_id": pl.String, "properties": pl.String}), met=(NOBODY,))
    return Chosen(snapshot, judge, outsiders=bool(nobody["belongs"].any()))


def of_segment(snapshot: Snapshot, wanted: Mapping[str, str]) -> Chosen:
    """The customers whose properties have all of these values."""
    return Chosen(snapshot, partial(_judge_segment, wanted=wanted), outsiders=False)


def _personas(outline: Outline | None) -> list[Persona]:
    return in_order(outline.map.personas) if outline else []


def _judge_persona(
    customers: pl.DataFrame, *, outline: Outline, persona: str, met: tuple[str, ...] = ()
) -> pl.DataFrame:
    people = assign_personas(customers, pl.Series("customer_id", met, dtype=pl.String), outline)
    return people.select("customer_id", (pl.col("persona") == persona).fill_null(False).alias("belongs"))


def _judge_segment(customers: pl.DataFrame, *, wanted: Mapping[str, str]) -> pl.DataFrame:
    fields = {f"property.{name}": value for name, value in wanted.items()}
    opened = with_fields(customers.unique("customer_id", keep="last"), fields)
    holds = [(pl.col(field) == value).fill_null(False) for field, value in fields.items()]
    return opened.select("customer_id", pl.all_horizontal(holds).alias("belongs"))
