"""Keys between sources: which columns hold the same values, and on which side each value stands once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desireline.recipes.suggest.names import is_id_name, key_name
from desireline.recipes.suggest.profile import Column, Profile

_LEAST_SHARED = 0.02
_SURE_SHARED = 0.9
_LEAST_DISTINCT = 10


@dataclass(frozen=True)
class Link:
    """A column of one source whose values are found in a column of another."""

    source: str
    column: str
    other: str
    key: str
    unique: bool  # each value stands once in the other source
    shared: float  # part of the values that the other source has, in the samples

    @property
    def sure(self) -> float:
        """How sure the link is; samples of large files share few values, so the name counts for half."""
        return round(min(1.0, 0.5 + self.shared / 2), 2)


def find_links(profiles: Mapping[str, Profile]) -> list[Link]:
    """Every link from a source to another one, surest first. Names must agree, or nearly all values must."""
    found = [
        link
        for mine in profiles.values()
        for other in profiles.values()
        if mine.name != other.name
        for link in _links(mine, other)
    ]
    return sorted(found, key=lambda link: (-link.unique, -link.shared, link.source, link.other, link.column))


def _links(mine: Profile, other: Profile) -> Iterator[Link]:
    for column in mine.columns.values():
        for key in other.columns.values():
            if _could_be_key(column) and _could_be_key(key):
                same_name = key_name(mine.name, column.name) == key_name(other.name, key.name)
                least = _least_shared(column, key, same_name=same_name)
                if least is not None and (shared := _shared(column, key)) >= least:
                    yield Link(mine.name, column.name, other.name, key.name, key.unique, shared)


def _could_be_key(column: Column) -> bool:
    return column.kind in ("number", "word") and (column.whole or column.kind == "word") and column.distinct > 1


def _least_shared(column: Column, key: Column, *, same_name: bool) -> float | None:
    """The part of the values that must be found in the key; None when the two cannot be linked at all."""
    if same_name:
        told_apart = is_id_name(key.name) or key.unique or column.unique
        return _LEAST_SHARED if told_apart else None
    both_ids = is_id_name(column.name) and is_id_name(key.name)
    return _SURE_SHARED if both_ids and key.unique and column.distinct >= _LEAST_DISTINCT else None


def _shared(column: Column, key: Column) -> float:
    return float(column.values.is_in(key.values.to_list()).sum() / max(column.distinct, 1))
