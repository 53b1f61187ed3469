"""What was counted of the journeys of one group: moves, ends, money, waits, and what came of it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from desireline.scenarios.counted import Counted, add

BINS = 64
"""Waits fall into bins of half an octave of seconds: bin b holds 2^(b/2) − 1 up to 2^((b+1)/2) − 1."""

WAITED = ("conversion", "back", "felt")
"""Of waits and each of these outcomes: m (journeys; those of whom it is known; answers) and x (succeeded; came back;
level), then of each: the customers whose first such wait fell into this bin, and Σm², Σx², Σmx over customers."""

SETTLED = 0.95


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums by key; a key is made of numbers of states (see `States.all`), written here from coarse to fine."""

    journeys: Counted  # month: journeys, settled, succeeded, value_e4, value in whole units squared
    moves: Counted  # month, from, to: moves, seconds waited, (seconds waited)² / 3600
    rows: Counted  # from: customers, Σ their moves squared
    cells: Counted  # from, to: customers, Σ moves squared, Σ moves × the customer's moves from there
    triples: Counted  # month, before + 1 (0: before the start), from, to: moves
    money: Counted  # state: value_e4, Σ by customer of value² (whole units), of value × stays (whole units)
    rows_of_months: Counted  # month, from: the same as `rows`, of each month alone
    cells_of_months: Counted  # month, from, to: the same as `cells`
    money_of_months: Counted  # month, state: the same as `money`
    back: Counted  # end: m journeys, x came back, customers, and over customers Σm², Σx², Σmx
    back_met: Counted  # state: the same, of journeys that were there and succeeded
    felt: Counted  # end: m answers, x levels in thousandths, and the same
    felt_met: Counted  # state: the same
    waits: Counted  # point, point, bin: see `WAITED`
    span: Counted  # 0: customers of the group, journeys of everybody, customers of everybody
    first_at: int = 0  # µs, of the first journey's start; 0 where there is none
    last_at: int = 0

    @property
    def total(self) -> int:
        """Journeys in all."""
        return int(self.journeys.sums[:, 0].sum())

    @property
    def customers(self) -> int:
        """Customers in all."""
        return int(self.span.sums[:, 0].sum())

    @property
    def settled_months(self) -> tuple[int, ...]:
        """The months of which nearly all journeys are over, in order; counted from 1970.

        Of younger months mostly the quick journeys have ended, so their ends would mislead.
        """
        begun, over = self.journeys.sums[:, 0], self.journeys.sums[:, 1]
        return tuple(int(month) for month in self.journeys.keys[over >= SETTLED * begun])

    @property
    def days(self) -> float:
        """From the first journey's start to the last one's."""
        return (self.last_at - self.first_at) / 86_400e6


COLUMNS: Mapping[str, int] = {
    "journeys": 5,
    "moves": 3,
    "rows": 2,
    "cells": 3,
    "triples": 1,
    "money": 3,
    "rows_of_months": 2,
    "cells_of_months": 3,
    "money_of_months": 3,
    "back": 6,
    "back_met": 6,
    "felt": 6,
    "felt_met": 6,
    "waits": 18,
    "span": 3,
}


def add_tallies(parts: Sequence[Tally]) -> Tally:
    """All of them as one; nothing at all where there are none."""
    if not parts:
        return _tally({name: Counted.nothing(columns) for name, columns in COLUMNS.items()})
    sums = {name: add([getattr(part, name) for part in parts]) for name in COLUMNS}
    begun = [part for part in parts if len(part.journeys)]
    first = min((part.first_at for part in begun), default=0)
    last = max((part.last_at for part in begun), default=0)
    return replace(_tally(sums), first_at=first, last_at=last)


def _tally(sums: Mapping[str, Counted]) -> Tally:
    return Tally(**cast("Any", sums))
