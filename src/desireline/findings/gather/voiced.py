"""What customers feel, by place and group: sums over customers that add up, and the lowest answers in their words.

An answer counts once, at the narrowest place that claims it. Its channel is one in which its journey was at that
place: a questionnaire by e-mail speaks about the shop. Scores of one scale are held together, and
each place is read on the scale with most customers; texts speak where there are no scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from desireline.feedback.voices import of_customers
from desireline.findings.finding import Who
from desireline.findings.gather.causes import CAUSES, happened
from desireline.findings.gather.lowest import Lowest, lowest
from desireline.findings.gather.tallies import SUMS, clusters_of, put_together, sum_answers
from desireline.findings.gathering import Around, Gathering
from desireline.hashes import hash_text
from desireline.measures.clusters import Clusters
from desireline.measures.codes import Codes, Flags, Numbers, Whole
from desireline.measures.groups import NOBODY, Marker
from desireline.measures.rows import Rows
from desireline.measures.view import View
from desireline.measures.voice import PARTS, SCALED, level_of_score, scale_of

TEXTS = "texts"
"""The scale of feelings that were read in texts."""
CHANNEL, PERSONA = "channel", "persona"
FEWEST = 20
"""Customers of scores from which a place is not read in its texts."""

_CELL = ["place", "scale", "group", "within"]


class Feeling(NamedTuple):
    """A scale, and the sums of levels (−2 … +2) in ten-thousandths on it."""

    scale: str  # "score:1–5" or TEXTS
    sums: Clusters

    @property
    def level(self) -> float:
        """The mean level."""
        return float(self.sums.ratio) / PARTS


@dataclass(frozen=True)
class VoicedPart:
    """What buckets contribute."""

    levels: pl.DataFrame  # place, scale, group, within, SUMS
    bad: pl.DataFrame  # place, scale, SUMS: answers on the worse half of their scale
    causes: pl.DataFrame  # place, scale, kind, at, here, SUMS
    texts: pl.DataFrame  # LOWEST


@dataclass(frozen=True, eq=False)
class Voiced:
    """All that was gathered."""

    part: VoicedPart

    @cached_property
    def scales(self) -> Mapping[str, str]:
        """By place, the scale on which most customers answered; texts where scores are few."""
        whole = self.part.levels.filter((pl.col("group") == "") & (pl.col("within") == ""))
        few = (pl.col("scale") == TEXTS) | (pl.col("n") < FEWEST)
        ordered = whole.with_columns(few.alias("_few")).sort(
            "place", "_few", "n", "scale", descending=[False, False, True, False]
        )
        return dict(ordered.unique("place", keep="first", maintain_order=True).select("place", "scale").iter_rows())

    @cached_property
    def _levels(self) -> Mapping[tuple[str, str, str], dict[str, Clusters]]:
        found: dict[tuple[str, str, str], dict[str, Clusters]] = {}
        for row in self.part.levels.iter_rows(named=True):
            found.setdefault((row["place"], row["scale"], row["group"]), {})[row["within"]] = clusters_of(row)
        return found

    def feeling(self, place: str, group: str = "") -> Feeling | None:
        """What everybody, or a group, feels at a place; None where nobody said anything."""
        scale = self.scales.get(place)
        sums = self._levels.get((place, scale, group), {}).get("") if scale else None
        return None if scale is None or sums is None else Feeling(scale, sums)

    def groups(self, place: str, grouping: str) -> list[str]:
        """The groups of a grouping ("channel", "persona", "property:NAME") that spoke there, by name."""
        mark = "=" if grouping.startswith("property:") else ":"
        scale = self.scales.get(place)
        return sorted(g for p, s, g in self._levels if p == place and s == scale and g.startswith(grouping + mark))

    def strata(self, place: str, group: str) -> dict[str, Clusters]:
        """A group's sums by what it is compared within: personas by channel, channels by persona."""
        found = self._levels.get((place, self.scales.get(place, ""), group), {})
        return {within: sums for within, sums in found.items() if within}

    def bad(self, place: str) -> Clusters | None:
        """Answers on the worse half of their scale, of all answers at the place."""
        rows = self.part.bad.filter((pl.col("place") == place) & (pl.col("scale") == self.scales.get(place, "")))
        return None if rows.is_empty() else clusters_of(rows.row(0, named=True))

    def causes(self, place: str) -> dict[tuple[str, str], tuple[Clusters, Clusters]]:
        """By kind and place of what went wrong: levels of those who had it, and of those who could have and had not."""
        rows = self.part.causes.filter((pl.col("place") == place) & (pl.col("scale") == self.scales.get(place, "")))
        sides: dict[tuple[str, str], dict[bool, Clusters]] = {}
        for row in rows.sort("kind", "at", "here").iter_rows(named=True):
            sides.setdefault((row["kind"], row["at"]), {})[row["here"]] = clusters_of(row)
        return {key: (both[True], both[False]) for key, both in sides.items() if len(both) == 2}

    def quotes(self, place: str, group: str = "") -> tuple[str, ...]:
        """Up to three of the lowest answers in their words, masked; none of fewer than five customers."""
        return Lowest(self.part.texts).quotes(place, group)


@dataclass(frozen=True)
class VoicedWalker:
    """Adds up by these groupings."""

    groupings: tuple[str, ...]

    def partial(self, view: View) -> VoicedPart:
        """What a bucket says."""
        rows = _rows(view, self.groupings)
        scored = rows.filter(pl.col("scale") != TEXTS)
        return VoicedPart(
            put_together([_named_cells(one, group, within) for one, group, within in self._split(rows)], _CELL),
            sum_answers(rows.with_columns((pl.col("x") < 0).cast(pl.Int64).alias("x")), ["place", "scale"]),
            happened(view, scored),
            lowest(view, rows),
        )

    def _split(self, rows: pl.DataFrame) -> Iterator[tuple[pl.DataFrame, str, str]]:
        """What to group by: nothing, each grouping, and that within channels or personas."""
        yield rows, "", ""
        for by in self.groupings:
            yield rows, by, ""
            yield rows, by, PERSONA if by == CHANNEL else CHANNEL

    def combine(self, parts: Sequence[VoicedPart]) -> VoicedPart:
        """All of them."""
        return VoicedPart(
            put_together([part.levels for part in parts], _CELL),
            put_together([part.bad for part in parts], ["place", "scale"]),
            put_together([part.causes for part in parts], CAUSES),
            Lowest.of([part.texts for part in parts]).texts,
        )

    def finish(self, part: VoicedPart) -> Voiced:
        """The sums."""
        return Voiced(self.combine([part]))


def _named_cells(rows: pl.DataFrame, group: str, within: str) -> pl.DataFrame:
    """The sums by place, scale and these columns, in words."""
    by = [name for name in ("place", "scale", group, within) if name]
    words = [
        (pl.col(column).cast(pl.String) if column else pl.lit("")).alias(name)
        for name, column in (("place", "place"), ("scale", "scale"), ("group", group), ("within", within))
    ]
    return sum_answers(rows.select(*by, "customer", "x"), by).select(*words, *SUMS)


def open_voices(view: View, who: Who) -> pl.Series:
    """Customers who said how they feel about a place, in all or of a group."""
    grouping = who.group.partition("=")[0] if who.group.startswith("property:") else who.group.partition(":")[0]
    rows = _rows(view, (CHANNEL, PERSONA, grouping) if grouping else (CHANNEL, PERSONA))
    here = rows.filter(pl.col("place") == who.at)
    mine = here.filter(pl.col(grouping) == who.group) if who.group else here
    return view.people.gather(mine["customer"])


def _rows(view: View, groupings: tuple[str, ...]) -> pl.DataFrame:
    """One row per answer: key, place, scale, customer, journey, x (level in parts), and a column per grouping."""
    marker, rows = Marker(view), view.answered
    by = list(dict.fromkeys((*groupings, PERSONA)))
    columns = {name: _named(marker, rows, name) for name in by if name != CHANNEL}
    told = view.answers
    if told.is_empty():
        kinds = {"key": pl.UInt64, "place": pl.String, "scale": pl.String, "customer": pl.Int32, "journey": pl.Int32}
        texts = dict.fromkeys([CHANNEL, *columns], pl.String)
        return pl.DataFrame(schema={**kinds, "row": pl.UInt32, "at": pl.Int64, "x": pl.Int64, **texts})
    level = pl.coalesce(pl.when(pl.col("score").is_finite() & SCALED).then(level_of_score()), _read())
    rank = dict.fromkeys(view.stages, 1) | dict.fromkeys(view.points, 0)
    frame = told.select(
        pl.Series("key", hash_text(told["feedback_id"])),
        pl.col("place").cast(pl.String),
        _scale().alias("scale"),
        pl.Series("customer", rows.customer),
        pl.Series("journey", rows.journey),
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        pl.col("at").to_physical().alias("at"),
        (level.clip(-2, 2) * PARTS).round().cast(pl.Int64, strict=False).alias("x"),
        _channels(view).alias(CHANNEL),
        *(column.alias(name) for name, column in columns.items()),
    )
    nearest = pl.col("place").replace_strict(rank, default=2, return_dtype=pl.Int8).alias("_rank")
    known = frame.filter(pl.col("x").is_not_null() & pl.col("scale").is_not_null()).with_columns(nearest)
    named = known.with_columns(pl.col(name).cast(pl.Enum(known[name].unique().sort())) for name in ("place", "scale"))
    return named.filter(pl.col("_rank") == pl.col("_rank").min().over("key")).drop("_rank")


def _read() -> pl.Expr:
    """The feeling of a text where there is no score."""
    return pl.when(pl.col("sentiment").is_not_null() & of_customers()).then("sentiment")


def _scale() -> pl.Expr:
    scored = pl.col("score").is_finite() & SCALED
    return pl.when(scored).then(scale_of(pl.col("low"), pl.col("high"))).when(_read().is_not_null()).then(pl.lit(TEXTS))


def _named(marker: Marker, rows: Rows, by: str) -> pl.Series:
    marks = marker.groups(rows, by)
    codes = np.zeros(len(rows), dtype=np.uint32) if marks.codes is None else marks.codes.astype(np.uint32)
    return _words(marks.names, codes)


def _channels(view: View) -> pl.Series:
    """By answer, as a group: its own channel where its journey was at the place in it, else that of the last visit.

    Where the journey never was at the place, the answer's own.
    """
    rows, stays = view.answered, view.stays
    row = stays.find(rows.place, np.maximum(rows.journey, 0))
    there = np.flatnonzero((rows.journey >= 0) & (row >= 0) & (rows.place != 0))
    found = rows.channel.copy()
    if len(there):
        last = view.step_channel[stays.last[row[there] - stays.journeys]]
        other = ~_met_in(view, rows.place[there], rows.journey[there], found[there]) & (last >= 0)
        found[there[other]] = last[other]
    names = list(dict.fromkeys([*(f"{CHANNEL}:{name}" for name in view.channels), f"{CHANNEL}:{NOBODY}"]))
    codes = np.where(found < 0, names.index(f"{CHANNEL}:{NOBODY}"), found)
    return _words(names, codes.astype(np.uint32))


def _words(names: Sequence[str], codes: Numbers) -> pl.Series:
    """The names by number, as one of few."""
    return pl.Series(list(names), dtype=pl.Enum(list(names))).gather(pl.Series(codes))


def _met_in(view: View, place: Codes, journey: Codes, channel: Codes) -> Flags:
    """Was the journey ever at the place in the channel?"""
    many = len(view.channels) + 1
    some = np.zeros(view.journeys.height, dtype=np.bool_)
    some[journey] = True
    steps = np.flatnonzero(some[view.steps.journey])
    seen = [_key(view, view.steps.journey[steps], at[steps], many) + view.step_channel[steps] for at in _levels(view)]
    asked = _key(view, journey, place, many) + channel
    known: Flags = np.isin(asked, np.concatenate(seen))
    return known


def _levels(view: View) -> tuple[Codes, Codes]:
    return view.step_point, view.step_stage


def _key(view: View, journey: Codes, place: Codes, many: int) -> Whole:
    key: Whole = (journey.astype(np.int64) * len(view.places) + place) * many + 1
    return key


def _make(around: Around) -> VoicedWalker:
    return VoicedWalker(tuple(dict.fromkeys((CHANNEL, PERSONA, *around.groupings))))


VOICED: Gathering[Voiced] = Gathering("voiced", _make)
