"""Sums by week that add up to sums over customers."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.findings.gather.weekly import weekly
from desireline.measures.groups import Marker
from desireline.measures.rows import Owners, Rows

DAY = 86_400_000_000
MONDAY = 20_458 * DAY  # 2026-01-05


class _Nobody:
    """A view that no grouping asks for anything."""


def rows(told: list[tuple[int, int, bool]]) -> Rows:
    """One row per (customer, week, has it), all at one place."""
    ordered = sorted(told)
    customer = np.array([c for c, _, _ in ordered], dtype=np.int32)
    when = np.array([MONDAY + 7 * DAY * w for _, w, _ in ordered], dtype=np.int64)
    each = np.arange(len(ordered), dtype=np.int32)
    owners = Owners(customer=customer, channel=np.zeros(len(ordered), dtype=np.int32), when=when)
    return Rows(np.zeros(len(ordered), dtype=np.int32), each, owners, own_when=when)


def plain(told: list[tuple[int, int, bool]], keep) -> dict[str, int]:
    """The sums over customers of the rows that are kept, by hand."""
    x: dict[int, int] = defaultdict(int)
    m: dict[int, int] = defaultdict(int)
    for customer, week, has in told:
        if keep(week):
            x[customer] += has
            m[customer] += 1
    return {
        "n": len(m),
        "came": sum(one > 0 for one in x.values()),
        "xx": sum(one * one for one in x.values()),
        "xm": sum(x[c] * m[c] for c in m),
        "mm": sum(one * one for one in m.values()),
    }


TOLD = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6), st.booleans()), min_size=1, max_size=40)


@settings(max_examples=60)
@given(TOLD)
def test_from_any_week_on_and_up_to_any_week_they_are_the_sums_over_customers(told):
    given_rows = rows(told)
    x = np.array([has for _, _, has in sorted(told)])
    found = weekly(given_rows, [("late", x, np.ones(len(x), dtype=np.bool_))], Marker(_Nobody()), "", places=["pay"])  # type: ignore[arg-type]
    weeks = found.sort("period")
    known = sorted({week for _, week, _ in told})
    assert weeks.height == len(known)
    for i, week in enumerate(known):
        since, until = weeks[i:].sum(), weeks[: i + 1].sum()
        for name, value in plain(told, lambda w, week=week: w >= week).items():
            assert since[f"{name}_since"][0] == value
        for name, value in plain(told, lambda w, week=week: w <= week).items():
            assert until[f"{name}_until"][0] == value
