"""Simulated channels for the tests of parity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.voice.parity.asked import Asked
from desireline.voice.parity.cells import add, tally
from desireline.voice.parity.comparison import Compared, Sums, compare
from desireline.voice.parity.parity import Parities, find_parity

SHOP = Outline(
    Map.model_validate(
        {
            "map": {"id": "shop", "title": "Shop"},
            "channels": [{"id": "web", "title": "Web"}, {"id": "store", "title": "Store", "names": ["branch"]}],
            "stages": [{"id": "buy", "title": "Buy"}],
            "touchpoints": [
                {"id": "pay", "title": "Pays", "stage": "buy", "channels": ["web", "store"]},
                {"id": "ask", "title": "Asks for help", "stage": "buy"},
            ],
        }
    )
)


def met(
    sides: Sequence[str],
    x: Sequence[float],
    *,
    strata: Sequence[str] = (),
    customers: Sequence[int] = (),
    place: str = "pay",
) -> pl.DataFrame:
    """One row per journey: where it was, in which channel, in which stratum, whose, and what came of it."""
    n = len(sides)
    return pl.DataFrame(
        {
            "place": [place] * n,
            "side": [f"channel:{side}" for side in sides],
            "stratum": list(strata) or [""] * n,
            "customer": list(customers) or list(range(n)),
            "x": np.asarray(x).astype(np.int64),
        }
    )


def compared(rows: pl.DataFrame, margin: float = 0.05, *, share: bool = True, scale: int = 1) -> Compared:
    """The first side, by name, against all others."""
    cells = tally(rows)
    found = compare(Sums(cells.cells, cells.shared, scale=scale), rows["side"].min(), margin, share=share)
    assert found is not None
    return found


def parity(*rows: pl.DataFrame, **asked: object) -> Parities:
    """What is found where these rows are all that there is."""
    return find_parity(add([tally(one) for one in rows]), Asked(**asked), SHOP)


def channels(seed: int, n: int, place: str = "pay", **shares: float) -> pl.DataFrame:
    """Several channels of n customers each, who are served well with these probabilities."""
    dice = np.random.default_rng(seed)
    return met(
        np.repeat(list(shares), n), dice.random(n * len(shares)) < np.repeat(list(shares.values()), n), place=place
    )
