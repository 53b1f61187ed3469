"""Whole-number sums by key: what buckets contribute, and what they add up to in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desireline.measures.codes import Numbers, Whole, beginnings, in_order


@dataclass(frozen=True, eq=False)
class Counted:
    """Growing keys, each once, and a row of sums for each: shape (keys, columns)."""

    keys: Whole
    sums: Whole

    @classmethod
    def of(cls, keys: Numbers, *columns: Numbers) -> Counted:
        """The columns added up by key; keys are never below 0. Flags count as 0 and 1."""
        table = np.column_stack([np.asarray(column, dtype=np.int64) for column in columns])
        return _added(np.asarray(keys, dtype=np.int64), table)

    @classmethod
    def nothing(cls, columns: int) -> Counted:
        """No key at all."""
        return cls(np.zeros(0, dtype=np.int64), np.zeros((0, columns), dtype=np.int64))

    def __len__(self) -> int:
        return len(self.keys)

    def at(self, keys: Numbers) -> Whole:
        """The sums of these keys, shape (len(keys), columns); 0 for keys that are not there."""
        if not len(self):
            return np.zeros((len(keys), self.sums.shape[1]), dtype=np.int64)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self) - 1)
        return np.where((self.keys[place] == keys)[:, None], self.sums[place], 0)

    def by(self, keys: Whole) -> Counted:
        """The same sums by other keys, one for each of these."""
        return _added(keys, self.sums)

    def where(self, some: Numbers) -> Counted:
        """Those of some of the keys."""
        return Counted(self.keys[some], self.sums[some])


def add(parts: Sequence[Counted]) -> Counted:
    """All of them together; there must be one."""
    if len(parts) == 1:
        return parts[0]
    return _added(np.concatenate([one.keys for one in parts]), np.concatenate([one.sums for one in parts]))


def by_customer(customer: Whole, out: Whole, cell: Whole, states: int) -> tuple[Counted, Counted]:
    """By what moves leave: customers and Σm²; by cell (`out` × states + to): customers, Σx² and Σxm."""
    ones, width = np.ones(len(customer)), above(out, states)
    left = Counted.of(customer * width + out, ones)
    went = Counted.of(customer * width * states + cell, ones)
    m, x = left.sums[:, 0], went.sums[:, 0]
    of = left.at(went.keys // states)[:, 0]
    rows = Counted.of(left.keys % width, np.ones(len(m)), m * m)
    return rows, Counted.of(went.keys % (width * states), np.ones(len(x)), x * x, x * of)


def above(keys: Whole, least: int) -> int:
    """A number above all of these keys, to hold them beside a customer in one."""
    return max(int(keys.max(initial=0)) + 1, least)


def _added(keys: Whole, table: Whole) -> Counted:
    if not len(keys):
        return Counted(keys, table)
    keys, order = in_order(keys)
    starts = beginnings(keys)
    return Counted(keys[starts], np.add.reduceat(table[order], starts, axis=0))
