"""Customers who talk about planted themes, and an embedder that knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.voice.topics.spoken import SPOKEN

THEMES: Mapping[str, str] = {
    "late": "parcel delivery late delayed days waiting courier arrived tracking depot",
    "size": "dress size small tight fits waist sleeves medium fabric length",
    "refund": "refund money return bank account paid invoice amount credited receipt",
    "login": "password login app crashes error screen phone update reset code",
}
FOREIGN: Mapping[str, str] = {
    "late": "encomenda entrega atrasada demora prazo transportadora chegou correio rastreio",
    "refund": "reembolso dinheiro devolucao banco conta pago fatura valor recibo",
}
_FILLING = {"en": "the and it was for me with my this very", "pt": "que não foi para com meu isso muito uma eles"}


def talk(count: int, *, themes: Mapping[str, str] = THEMES, language: str = "en", seed: int = 1) -> pl.DataFrame:
    """SPOKEN of so many customers, each with one text of one theme, and `theme`; every theme equally often."""
    dice = np.random.default_rng(seed)
    rows = []
    for k in range(count):
        theme = list(themes)[k % len(themes)]
        words = [*dice.choice(themes[theme].split(), 5, replace=False), *dice.choice(_FILLING[language].split(), 4)]
        rows.append((f"{language}{k:05}", f"{language}-c{k:05}", " ".join(dice.permutation(words)), theme))
    made = pl.DataFrame(rows, schema=["feedback_id", "customer_id", "text", "theme"], orient="row")
    first = datetime(2026, 1, 5, tzinfo=UTC)
    days = [first + timedelta(days=int(day)) for day in dice.integers(0, 120, count)]
    return shape(made.with_columns(pl.Series("at", days), kind=pl.lit("review"), language=pl.lit(language)))


def shape(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as SPOKEN, with their theme."""
    spoken = SPOKEN.shape(rows).with_columns(pl.col("places").fill_null([]))
    return spoken.with_columns(rows["theme"]) if "theme" in rows.columns else spoken


def a_map(*touchpoints: Mapping[str, str]) -> Outline:
    """A map with these touchpoints (id, title, about) in one stage."""
    points = [{"stage": "all", **point} for point in touchpoints]
    return Outline(
        Map.model_validate(
            {
                "format": "desireline/1",
                "map": {"id": "shop", "title": "Shop"},
                "stages": [{"id": "all", "title": "All"}],
                "touchpoints": points,
            }
        )
    )


class Polyglot:
    """An embedder that knows the planted themes in both languages: a direction for the theme, one for the language."""

    name = "polyglot/1"
    dim = 16
    languages = frozenset({"en", "pt"})

    def embed(self, texts: Sequence[str], *, told: object = None) -> np.ndarray:
        """The vectors of the texts."""
        return np.stack([self._one(text) for text in texts])

    def _one(self, text: str) -> np.ndarray:
        found = np.full(self.dim, 0.01, dtype=np.float32)
        for word in text.lower().split():
            for k, theme in enumerate(THEMES):
                found[k] += word in THEMES[theme].split() or word in FOREIGN.get(theme, "").split()
            found[8] += 2 * (word in _FILLING["en"].split())
            found[9] += 2 * (word in _FILLING["pt"].split())
        found[10 + len(text) % 6] += 0.3
        return found / np.linalg.norm(found)
