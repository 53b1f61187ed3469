"""The rows of the deviation ledger, ready to be told; rows about too few customers are counted, not kept.

The ledger frame has the columns kind, place, customers, journeys, share, low, high, conversion_effect,
conversion_low, conversion_high, the same three for score and value, examples, says, rank. Columns that it
lacks count as empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from desireline.access import may_show
from desireline.draw.figures import many, say, say_interval

KINDS = {
    "missing": "Missing",
    "ad hoc": "Ad hoc",
    "repeated": "Repeated",
    "irregular order": "Irregular order",
    "wrong channel": "Wrong channel",
    "late": "Late",
    "failed": "Failed",
    "stuck": "Stuck",
    "lost": "Lost",
}

_TOLD = {
    "missing": "leave out “{place}”, which the map expects",
    "ad hoc": "do “{place}”, which the map does not have here",
    "repeated": "come to “{place}” again although once should do",
    "irregular order": "come to “{place}” at another point of the journey than planned",
    "wrong channel": "meet “{place}” in a channel it is not meant for",
    "late": "have to wait longer at “{place}” than promised",
    "failed": "see “{place}” fail",
    "stuck": "wait after “{place}” for a step that the company owes",
    "lost": "end at “{place}” without success",
}


@dataclass(frozen=True)
class Effect:
    """A difference of journeys with the deviation minus those without, and its 95 % interval."""

    value: float
    low: float | None
    high: float | None
    unit: str  # share, score:1–5, money:EUR …

    @property
    def clear(self) -> bool:
        """True when the interval leaves out zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def harmful(self) -> bool:
        """True when the whole interval is below zero."""
        return self.clear and self.value < 0


@dataclass(frozen=True)
class Deviation:
    """One row of the ledger."""

    kind: str
    place: str
    customers: int
    journeys: int
    share: float | None
    low: float | None
    high: float | None
    effects: Mapping[str, Effect]
    examples: tuple[str, ...]
    says: str
    rank: int

    @property
    def what(self) -> str:
        """What happened, without the effects that the ledger may tell after “With it, …”."""
        return self.says.partition(" With it, ")[0]


def deviations(ledger: pl.DataFrame | None, titles: Mapping[str, str]) -> list[Deviation]:
    """The rows that may be shown, by rank."""
    rows = ledger.to_dicts() if ledger is not None else []
    shown = [row for row in rows if row.get("customers") and may_show(int(row["customers"]))]
    found = [_deviation(row, k, titles) for k, row in enumerate(shown, start=1)]
    return sorted(found, key=lambda deviation: deviation.rank)


def kept_back(ledger: pl.DataFrame | None) -> int:
    """How many rows are not shown because they are about too few customers."""
    rows = ledger.to_dicts() if ledger is not None else []
    return sum(row.get("customers") is None or not may_show(int(row["customers"])) for row in rows)


def say_share(deviation: Deviation) -> str:
    """`8.6 % (7.7–9.6 %)`, as far as it is known."""
    if deviation.share is None:
        return "share not known"
    if deviation.low is None or deviation.high is None:
        return say(deviation.share, "share")
    return f"{say(deviation.share, 'share')} ({say_interval(deviation.low, deviation.high, 'share')})"


def _deviation(row: Mapping[str, Any], position: int, titles: Mapping[str, str]) -> Deviation:
    effects = {name: effect for name in ("conversion", "score", "value") if (effect := _effect(row, name))}
    kind, place = str(row.get("kind")), str(row.get("place"))
    return Deviation(
        kind=kind,
        place=place,
        customers=int(row["customers"]),
        journeys=int(row.get("journeys") or 0),
        share=row.get("share"),
        low=row.get("low"),
        high=row.get("high"),
        effects=effects,
        examples=tuple(str(example) for example in row.get("examples") or ()),
        says=str(row.get("says") or _told(kind, titles.get(place, place), row)),
        rank=int(row.get("rank") or position),
    )


def _effect(row: Mapping[str, Any], name: str) -> Effect | None:
    value = row.get(f"{name}_effect")
    unit = "share" if name == "conversion" else str(row.get(f"{name}_unit") or name)
    return None if value is None else Effect(value, row.get(f"{name}_low"), row.get(f"{name}_high"), unit)


def _told(kind: str, place: str, row: Mapping[str, Any]) -> str:
    what = _TOLD.get(kind, f"deviate at “{{place}}” ({kind})").format(place=place)
    share = f" ({say(row['share'], 'share')} of those that could)" if row.get("share") is not None else ""
    journeys = int(row.get("journeys") or 0)
    return f"{many(journeys, 'journey')}{share} {what} ({many(int(row['customers']), 'customer')})."
