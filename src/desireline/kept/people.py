"""Some of a workspace's customers: those of a persona of the map, those of a segment by what is known of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
import polars as pl

from desireline.errors import QuestionUnclear, UnknownGroup, UnknownProperty, UnknownValue
from desireline.journeys.claims import fields_of, first_of, with_fields
from desireline.kept.properties import Properties
from desireline.maps.outline import Outline, in_order
from desireline.maps.records import Persona
from desireline.pipeline.paths import People
from desireline.slices import U64, Flags

PROPERTY = "property."

Judge = Callable[[pl.DataFrame], pl.Series]


def choose(
    known: Properties, outline: Outline | None, *, persona: str | None, segment: Mapping[str, str]
) -> tuple[People | None, str]:
    """The customers of this persona and this segment, and a text that differs where they may.

    Raises UnknownGroup, UnknownProperty, UnknownValue; QuestionUnclear for a persona without a map.
    """
    if persona and outline is None:
        raise QuestionUnclear("A persona is drawn on a map: name it with --map.")
    chosen: list[People] = [of_persona(known, outline, persona)] if persona and outline else []
    chosen += [of_segment(known, segment)] if segment else []
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
        return tuple(dict.fromkeys(name for one in self.each for name in one.parts(bucket)))


class Chosen:
    """Customers of a lake of whom something is true.

    `judge` takes a column for each of `fields`, and says of each row whether such a customer belongs.
    """

    def __init__(self, known: Properties, judge: Judge, fields: Iterable[str]) -> None:
        self._known = known
        self._judge = judge
        self._fields = sorted(fields)
        nobody = pl.DataFrame({"customer": [0]})  # of whom nothing is known
        self._outsiders = bool(self._judged(nobody)[0])
        self._seen: dict[int, U64] = {}
        self._verdicts: dict[tuple[str | None, ...], Flags] = {}

    def among(self, bucket: int, keys: U64) -> Flags:
        """True for those customers (by `hash_text` of their id, ascending) that belong."""
        found = np.full(len(keys), self._outsiders)
        if bucket not in self._seen:
            self._seen[bucket] = self._unlike_outsiders(bucket)
        unlike = self._seen[bucket]
        place = np.searchsorted(keys, unlike)
        place, unlike = place[place < len(keys)], unlike[place < len(keys)]
        found[place[keys[place] == unlike]] = not self._outsiders
        return found

    def parts(self, bucket: int) -> tuple[str, ...]:
        """The files that tell of the bucket's customers."""
        return self._known.parts(bucket)

    def _unlike_outsiders(self, bucket: int) -> U64:
        """The customers who belong where those of whom nothing is known do not, or the other way round; ascending."""
        columns = {field: self._known.column(bucket, field) for field in self._fields if field.startswith(PROPERTY)}
        if not columns:
            return np.zeros(0, dtype=np.uint64)
        [(field, one), *more] = columns.items()
        if more:
            belongs = self._judged(pl.DataFrame({name: column.texts for name, column in columns.items()}))
        else:
            belongs = self._by_value(field, one.values)[one.code]
        unlike: U64 = one.key[belongs != self._outsiders]
        return unlike

    def _by_value(self, field: str, values: tuple[str | None, ...]) -> Flags:
        """Whether customers with each of the values belong; buckets that have the same values share the verdict."""
        if values not in self._verdicts:
            self._verdicts[values] = self._judged(pl.DataFrame({field: values}, schema={field: pl.String}))
        return self._verdicts[values]

    def _judged(self, customers: pl.DataFrame) -> Flags:
        belongs: Flags = self._judge(with_fields(customers, self._fields)).fill_null(value=False).to_numpy()
        return belongs


def of_persona(known: Properties, outline: Outline, persona: str) -> Chosen:
    """The customers whom the map's rules make this persona. Raises UnknownGroup."""
    personas = _personas(outline)
    if persona not in [one.id for one in personas]:
        raise UnknownGroup(persona, [one.id for one in personas])
    first = first_of((one.id, one.segment) for one in personas)
    return Chosen(
        known,
        lambda customers: customers.select((first == persona).alias("belongs"))["belongs"],
        fields_of(one.segment for one in personas),
    )


def of_segment(known: Properties, wanted: Mapping[str, str]) -> Chosen:
    """The customers whose properties have all of these values. Raises UnknownProperty, UnknownValue."""
    for name, value in wanted.items():
        _check(known, name, value)
    holds = pl.all_horizontal(pl.col([f"{PROPERTY}{name}"]) == value for name, value in wanted.items())
    return Chosen(
        known,
        lambda customers: customers.select(holds.alias("belongs"))["belongs"],
        (f"{PROPERTY}{name}" for name in wanted),
    )


def _check(known: Properties, name: str, value: str) -> None:
    field = f"{PROPERTY}{name}"
    values = known.values(field)
    if not values.customers:
        raise UnknownProperty(name, known.names())
    if not known.has(field, value):
        raise UnknownValue(name, value, values.common)


def _personas(outline: Outline | None) -> list[Persona]:
    return in_order(outline.map.personas) if outline else []
