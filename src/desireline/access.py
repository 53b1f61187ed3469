"""Which numbers may be shown: groups of fewer than five customers never are.

Source: the small-group rules of survey platforms (3 to 10 is usual, 5 the common default).
"""

from __future__ import annotations

SMALL_GROUP = 5


def may_show(customers: int, *, small_group: int = SMALL_GROUP) -> bool:
    """True when a number about this many customers may be shown. Zero says nothing about anyone, so it may."""
    return customers == 0 or customers >= small_group
