"""What can be gathered for rules: a name and an analysis of walked buckets, made for a map and its data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

import polars as pl

from desireline.maps.outline import Outline
from desireline.measures.view import View

T = TypeVar("T")


class Walker(Protocol):
    """Looks at walked buckets; parts come in any order. It may name fields of events in `carried`."""

    def partial(self, view: View) -> Any:
        """What a bucket of whole customers contributes."""
        ...

    def combine(self, parts: Sequence[Any]) -> Any:
        """All parts as one; it may be given none, one, or what it gave before."""
        ...

    def finish(self, part: Any) -> Any:
        """What was gathered."""
        ...


@dataclass(frozen=True)
class Around:
    """What is known of the data without walking it."""

    outline: Outline
    today: date  # handed in; ages are counted to the end of the data unless a person asks for today
    first_at: datetime | None
    last_at: datetime | None
    groupings: tuple[str, ...] = ("channel", "persona")  # and "property:NAME" of few values
    volumes: pl.DataFrame = field(default_factory=pl.DataFrame)  # source, event, day, rows: what arrived of which day
    data: str = ""  # version of the data, for fingerprints


@dataclass(frozen=True)
class Gathering(Generic[T]):
    """Something that rules may need; those of one name are gathered once."""

    name: str
    make: Callable[[Around], Walker]
