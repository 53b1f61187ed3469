"""Scores of every question at every place: value, interval, n, distribution; weighted beside; small cells shrunk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import polars as pl

from desireline.access import may_show
from desireline.maps.outline import Outline
from desireline.measures.cells import PROTECTS, show
from desireline.measures.groups import NOBODY, Period
from desireline.measures.view import View
from desireline.voice.scores.answers import GROUP, Gathering
from desireline.voice.scores.asked import asked
from desireline.voice.scores.estimates import estimate, sums_by
from desireline.voice.scores.hiding import hide_among_places, tells_of_few
from desireline.voice.scores.kinds import MINIMUM, RULES, scored
from desireline.voice.scores.mixtures import notice
from desireline.voice.scores.parents import SMALL, categories, with_parents
from desireline.voice.scores.raking import Margins, Raked, rake

KEY: Final = ("place", "level", "stage", "question", "kind", "scale", "unit", "group", "period")
_NUMBERS: Final = ("value", "low", "high")
_WEIGHTED: Final = ("value", "low", "high", "n_eff", "design_effect")


@dataclass(frozen=True, eq=False)
class Scores:
    """What was found.

    `cells`: KEY, value, low, high, n, answers, `weighted_…` (value, low, high, n_eff, design_effect; null where all
    weights are 1), `hollow` (n < 30), `shrunk` and `parent` where hollow, `counts` (how often each answer; null where
    they would tell of few), note.
    `asked`: what became of each question. `notes`: what should be looked at.
    """

    cells: pl.DataFrame
    asked: pl.DataFrame
    notes: list[str] = field(default_factory=list)
    raked: Raked | None = None
    margins: Margins = field(default_factory=dict)

    def at(self, places: Sequence[str], only: Sequence[str] = ()) -> Scores:
        """The same with cells in the order of `places`; of `only` some when any are named."""
        return replace(self, cells=in_places(self.cells, places, only))

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values; what counts fewer than five responses is None."""
        return {
            "scores": self.cells.to_dicts(),
            "questions": self.asked.to_dicts(),
            "raked": self._weighting(),
            "rules": dict(RULES),
            "notes": self.notes,
        }

    def _weighting(self) -> dict[str, Any] | None:
        raked = self.raked
        if raked is None:
            return None
        responses = len(raked.weights)
        counts = {
            "responses": responses,
            "n_eff": raked.n_eff,
            "design_effect": raked.design_effect,
            "trimmed": raked.trimmed,
        }
        return {
            "margins": {name: dict(shares) for name, shares in self.margins.items()},
            **(counts if may_show(responses) else dict.fromkeys(counts)),
            "rounds": raked.rounds,
            "largest_miss": raked.off,
        }


def reading_order(outline: Outline) -> list[str]:
    """All places in reading order: the map, then each stage with its touchpoints."""
    found = [outline.map.map.id]
    for stage in outline.stages:
        found += [stage.id, *(point.id for point in outline.touchpoints if point.stage == stage.id)]
    return found


def in_places(rows: pl.DataFrame, places: Sequence[str], only: Sequence[str] = ()) -> pl.DataFrame:
    """The rows in the order of places; of `only` some when any are named. Others come last."""
    kept = rows.filter(pl.col("place").is_in(list(only))) if only else rows
    rank = pl.col("place").replace_strict(
        {name: rank for rank, name in enumerate(places)}, default=len(places), return_dtype=pl.Int64
    )
    return kept.sort(rank, maintain_order=True)


@dataclass(frozen=True)
class ScoresAnalysis:
    """Asks for scores `by` groups and per `period`; with `margins`, raked to known shares. See `pipeline.listening`.

    `margins` are by what `by` names: {"channel": {"web": 0.6, "store": 0.4}, "property:region": {…}}.
    """

    by: tuple[str, ...] = ()
    period: Period | None = None
    margins: Margins | None = None
    trim: float | None = None

    @property
    def groupings(self) -> tuple[str, ...]:
        """What is grouped by."""
        return self.gathering.by

    @property
    def gathering(self) -> Gathering:
        """What is gathered: the groups asked for, and those of the margins."""
        return Gathering(tuple(dict.fromkeys([*self.by, *(self.margins or {})])), self.period)

    def partial(self, view: View) -> pl.DataFrame:
        """The answers of a bucket, without their texts."""
        return self.gathering.gather(view)

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All answers."""
        return self.gathering.combine(parts)

    def finish(self, part: pl.DataFrame) -> Scores:
        """The scores. Raises SharesUnmet."""
        raked = None
        if self.margins:
            part, raked = weigh(part, self.margins, trim=self.trim)
        told = scored(part)
        notes = [*notice(part), *(_not_nps(told))]
        return Scores(score_cells(told, by=self.by), asked(part), notes, raked, self.margins or {})


def weigh(answers: pl.DataFrame, margins: Margins, *, trim: float | None = None) -> tuple[pl.DataFrame, Raked]:
    """The answers with raked weights: one for each response, from its survey weight on.

    A response whose group a margin does not know keeps what the other margins say of it.
    """
    some = answers.filter(pl.col("weight") > 0)
    once = some.unique("response", keep="first", maintain_order=True).sort("response")
    groups = {name: plain_groups(once[GROUP + name]).to_list() for name in margins}
    raked = rake(groups, margins, start=once["weight"].to_numpy(), trim=trim)
    weights = once.select("response", pl.Series("_raked", raked.weights))
    joined = answers.join(weights, on="response", how="left", maintain_order="left")
    return joined.with_columns(pl.col("_raked").fill_null(0.0).alias("weight")).drop("_raked"), raked


def plain_groups(groups: pl.Series) -> pl.Series:
    """ "web" for "channel:web", "north" for "property:region=north", "" where nothing is known."""
    prefix = r"^(?:property:|promise:)[^=]*=|^[a-z]+:"
    plain = groups.str.replace(prefix, "")
    return plain.set(plain == NOBODY, "")


def score_cells(told: pl.DataFrame, *, by: Sequence[str] = ()) -> pl.DataFrame:
    """The cells of scored answers; see Scores. Cells of fewer than five customers are hidden, and what tells them.

    A cell has no `counts` where one to four customers answered who are in none of its shown parts.
    """
    whole = _split(told, by)
    cells = estimate(sums_by(whole, KEY))
    beside = whole.group_by(*KEY).agg(*categories(), _counts()).sort(*KEY)
    cells = cells.with_columns(beside.drop(KEY).get_columns())
    cells = with_parents(cells)
    if (told["weight"] != 1.0).any():
        weighted = estimate(sums_by(whole, KEY, weighted=True))
        named = weighted.select(*KEY, *(pl.col(name).alias(f"weighted_{name}") for name in _WEIGHTED))
        cells = cells.join(named, on=list(KEY), how="left", maintain_order="left")
    else:
        cells = cells.with_columns(pl.lit(None, pl.Float64).alias(f"weighted_{name}") for name in _WEIGHTED)
    return _shown(cells, whole)


def _split(told: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Each answer once per group and period that it belongs to; "" stands for everybody and the whole time."""
    groups = ["", *dict.fromkeys(by)]
    dated = told.filter(pl.col("period") != "")
    parts = []
    for one in groups:
        group = pl.col(GROUP + one) if one else pl.lit("")
        parts.append(told.with_columns(group.alias("group"), pl.lit("").alias("period")))
        parts.append(dated.with_columns(group.alias("group")))
    return pl.concat(parts)


def _counts() -> pl.Expr:
    return pl.col("score").value_counts().alias("counts")


def _protected(cells: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """What is seen of the cells, without what a stage or the map would tell of a small cell."""
    small = seen["n"].is_null().to_numpy()
    protects = pl.Series(hide_among_places(cells, small) & ~small, dtype=pl.Boolean)
    kept = [pl.when(~protects).then(name).alias(name) for name in (*_NUMBERS, "n")]
    return seen.with_columns(*kept, pl.when(protects).then(pl.lit(PROTECTS)).otherwise("note").alias("note"))


def _shown(cells: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """What may be shown of the cells, in order of the key. `answers`: what is in them."""
    ready = cells.with_columns(
        pl.concat_str("question", "kind", "scale", separator="\x00").alias("measure"),
        pl.col("place").alias("at"),
        pl.lit("").alias("note"),
        pl.col("kind").replace_strict(MINIMUM, return_dtype=pl.Int64).alias("minimum"),
        pl.lit(False).alias("counts_"),
    )
    plain = ready.drop("counts").rename({"counts_": "counts"})
    seen = _protected(ready, show(plain)).drop("counts").with_columns(ready["counts"].alias("counts"))
    few = tells_of_few(answers, seen.with_columns(pl.col("n").is_not_null().alias("shown")))
    open_, hollow = pl.col("n").is_not_null(), pl.col("n") < SMALL
    kept = [pl.when(open_ & hollow).then(name).alias(name) for name in ("shrunk", "parent")]
    weighted = [
        pl.when(open_ & (pl.col("n") >= pl.col("minimum"))).then(f"weighted_{name}").alias(f"weighted_{name}")
        for name in _WEIGHTED
    ]
    in_order = pl.col("counts").list.eval(pl.element().sort_by(pl.element().struct.field("score")))
    counts = pl.when(open_ & ~few).then(in_order)
    return seen.with_columns(
        *kept,
        *weighted,
        counts.alias("counts"),
        pl.when(open_).then(pl.col("answers").cast(pl.Int64)).alias("answers"),
        (open_ & hollow).fill_null(False).alias("hollow"),
    ).select(
        *KEY,
        *_NUMBERS,
        *("n", "answers"),
        *(f"weighted_{name}" for name in _WEIGHTED),
        *("hollow", "shrunk", "parent", "counts", "note"),
    )


def _not_nps(told: pl.DataFrame) -> list[str]:
    """Questions on 0–10 that are not scored as NPS, because nobody said that they are."""
    wide = (pl.min_horizontal("low", "high") == 0) & (pl.max_horizontal("low", "high") == 10)
    others = told.filter(wide & (pl.col("kind") != "nps"))["question"].unique().sort()
    return [f"“{name}” runs 0–10 and is not a true NPS: it is scored as its rule says." for name in others]
