"""Counts of people as they may be told: small groups only as what they are, small."""

from __future__ import annotations

from desireline.access import SMALL_GROUP, may_show


def say_count(customers: int) -> str:
    """The number, or that it is too small to be told.

    >>> say_count(1204), say_count(3)
    ('1,204', 'fewer than 5')
    """
    return f"{customers:,}" if may_show(customers) else f"fewer than {SMALL_GROUP}"
