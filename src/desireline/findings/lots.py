"""Customers fall into lots by a hash of their id: a fair draw, the same on every machine and in any order of buckets.

Sums by lot say how much customers differ without keeping every customer: with fewer customers than lots a lot is nearly
one of them, with many the lots are few enough to be kept.
"""

from __future__ import annotations

import numpy as np

from desireline.hashes import hash_text
from desireline.measures.codes import Whole
from desireline.measures.view import View

LOTS = 256


def lots_of(view: View, lots: int = LOTS) -> Whole:
    """By customer of the bucket: its lot, from 0. Buckets are made of a hash's top bits, lots of its lowest."""
    return (hash_text(view.people) % np.uint64(lots)).astype(np.int64)
