"""Answers and maps made by hand, for the rules about what customers say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import polars as pl
from tests.findings.made import rates

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Finding
from desireline.findings.gather.causes import CAUSES
from desireline.findings.gather.departures import Departures
from desireline.findings.gather.lowest import LOWEST
from desireline.findings.gather.rates import Rates
from desireline.findings.gather.tallies import SUMS as TALLIED
from desireline.findings.gather.tallies import sum_answers
from desireline.findings.gather.voiced import TEXTS, Voiced, VoicedPart
from desireline.findings.gather.waits import Waits
from desireline.findings.gather.weekly import SCHEMA
from desireline.findings.gathering import Around
from desireline.findings.rule import Rule
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.measures.clusters import Clusters
from desireline.measures.ledger import LEDGER
from desireline.measures.voice import PARTS
from desireline.voice.peak_end import Remembered

MAP = """
map: {id: shop, title: Shop, journey: {by: case, success: [keep]}}
personas: [{id: gabi, title: Gabi}, {id: jonas, title: Jonas}]
teams: [{id: sales, title: Sales}]
channels: [{id: web, title: Web}, {id: mail, title: E-mail}, {id: chat, title: Chat}]
stages: [{id: buy, title: Buy, team: sales}, {id: use, title: Use}]
touchpoints:
  - {id: pay, stage: buy, title: Pays, when: {event: pay}}
  - {id: ask, stage: use, title: Asks, team: sales, when: {event: ask}}
  - {id: answer, stage: use, title: Gets an answer, acts: company, when: {event: answer}}
  - {id: keep, stage: use, title: Keeps it, when: {event: keep}}
"""
STARS = "score:1–5"


def outline(more: str = "", *, text: str = MAP) -> Outline:
    """The small shop; `more` are further lines of its map."""
    return Outline(read_map(text + more))


def answers(
    place: str,
    level: float,
    n: int,
    *,
    channel: str = "web",
    persona: str = "gabi",
    spread: float = 1.0,
    scale: str = STARS,
    rng: np.random.Generator | None = None,
    first: int = 0,
) -> pl.DataFrame:
    """Rows of n customers, one answer each: levels around this one, half of them above and half below, or by chance."""
    signs = np.where(np.arange(n) % 2, 1.0, -1.0) if rng is None else rng.standard_normal(n)
    return pl.DataFrame(
        {
            "place": [place] * n,
            "scale": [scale] * n,
            "channel": [f"channel:{channel}"] * n,
            "persona": [f"persona:{persona}"] * n,
            "customer": np.arange(first, first + n) + 10_000 * (hash_of(place, channel, persona) % 9973),
            "x": np.round(PARTS * np.clip(level + spread * signs, -2, 2)).astype(np.int64),
        }
    )


def hash_of(*words: str) -> int:
    """A small number for words, the same every time."""
    return sum((i + 1) * ord(letter) for i, letter in enumerate("|".join(words)))


def voiced(*rows: pl.DataFrame, causes: pl.DataFrame | None = None, texts: pl.DataFrame | None = None) -> Voiced:
    """What would have been gathered from these answers."""
    every = pl.concat(rows)
    cell = ["place", "scale", "group", "within"]
    none = pl.lit("")
    parts = [
        every.with_columns(group.alias("group"), within.alias("within"))
        for group, within in (
            (none, none),
            (pl.col("channel"), none),
            (pl.col("persona"), none),
            (pl.col("channel"), pl.col("persona")),
            (pl.col("persona"), pl.col("channel")),
        )
    ]
    bad = every.filter(pl.col("scale") != TEXTS).with_columns((pl.col("x") < 0).cast(pl.Int64).alias("x"))
    nothing = {name: pl.Boolean if name == "here" else pl.String for name in CAUSES} | dict.fromkeys(TALLIED, pl.Int64)
    return Voiced(
        VoicedPart(
            pl.concat([sum_answers(part, cell) for part in parts]).sort(cell),
            sum_answers(bad, ["place", "scale"]),
            pl.DataFrame(schema=nothing) if causes is None else sum_answers(causes, CAUSES),
            pl.DataFrame(schema=LOWEST) if texts is None else texts,
        )
    )


def came(visits: Mapping[str, int]) -> Rates:
    """So many customers came to each touchpoint, one journey each."""
    parts = [rates({"": [(0, n)]}, kind="repeated", at=at).weeks for at, n in visits.items()]
    return Rates(pl.concat([pl.DataFrame(schema=dict(SCHEMA)), *parts]))


def dossier(
    map_: Outline, *, first: datetime = datetime(2026, 1, 1, tzinfo=UTC), days: float = 365.25, **found: Any
) -> Dossier:
    """A dossier with these gatherings, and others that hold nothing."""
    last = datetime.fromtimestamp(first.timestamp() + days * 86_400, tz=UTC)
    around = Around(map_, date(2027, 1, 1), first, last)
    waits = pl.DataFrame(schema={"place": pl.String, "group": pl.String, **dict.fromkeys(TALLIED, pl.Int64)})
    nothing: dict[str, Any] = {
        "rates": came({"pay": 1000, "answer": 1000}),
        "waits": Waits(waits),
        "remembered": Remembered(0, 0),
    }
    nothing["departures"] = Departures(LEDGER.empty())
    return Dossier(around, nothing | found)


def told(rule: Rule, given: Dossier, **settings: Any) -> list[tuple[Finding, float]]:
    """Findings of a rule that would pass alone, with their p; 0 where there is none to test."""
    return [(c.finding, c.p or 0.0) for c in rule.checks(given, settings) if c.finding and (c.p is None or c.p <= 0.05)]


def lowest_p(checks: Sequence[Check]) -> float:
    """The smallest p of all; 1 where nothing was tested."""
    return min((check.p for check in checks if check.p is not None), default=1.0)


def sums(x: int, n: int) -> Clusters:
    """So many of n customers have it, one row each."""
    return Clusters(*(np.int64(one) for one in (n, n, x, n, x, x, n)))
