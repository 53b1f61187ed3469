"""Who answered: response rates at every place, and how those who answered differ from all customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import polars as pl

from desireline.measures.discoveries import RATE
from desireline.measures.view import View
from desireline.voice.counts import count_or_none
from desireline.voice.scores.answers import ANONYMOUS, Gathering, check_known
from desireline.voice.scores.kinds import scored
from desireline.voice.scores.likeness import LARGE, RECENCY, check_likeness
from desireline.voice.scores.meetings import MET, People, asking, count_meetings, rates_of
from desireline.voice.scores.scores import in_places
from desireline.voice.scores.weighting import Weighting, weigh_to_all

OUTCOME: Final = "outcome"
_LEVELS: Final[dict[str, Any]] = {
    "feature": pl.String,
    "level": pl.String,
    "responded": pl.Boolean,
    "n": pl.Int64,
}
_DAYS: Final[dict[str, Any]] = {"responded": pl.Boolean, "n": pl.Int64, "total": pl.Int64, "squares": pl.Int64}


class Part(NamedTuple):
    """What a bucket contributes. Customers without journeys are in the answers only."""

    met: pl.DataFrame  # MET: customers at each place
    levels: pl.DataFrame  # feature, level, responded, n customers
    days: pl.DataFrame  # responded, n, total and squares of the day on which the last journey began
    people: pl.DataFrame  # customer_id and features of those who answered
    answers: pl.DataFrame  # what was answered


@dataclass(frozen=True, eq=False)
class Responders:
    """What was found.

    `rates`: place, met, answered, rate, low, high, and of those asked: asked, asked_answered, asked_rate, asked_low,
    asked_high. `check`: feature, level, responders, all, d (standardised difference), low, high, p, q, differs.
    """

    rates: pl.DataFrame
    check: pl.DataFrame
    customers: int
    responders: int
    anonymous: int
    weighting: Weighting | None

    @property
    def says(self) -> str:
        """The check in one sentence."""
        tested, found = self.check["p"].count(), self.check.filter("differs").height
        if not tested:
            return "Whether responders are like all customers cannot be told: too few customers answered, or did not."
        shows = "shows" if found == 1 else "show"
        rule = f"|d| ≥ {LARGE:g} at a false discovery rate of {100 * RATE:g} %"
        return f"{found:,} of {tested:,} checks {shows} that responders differ ({rule})."

    def at(self, places: Sequence[str]) -> Responders:
        """The same with rates in the order of `places`."""
        return replace(self, rates=in_places(self.rates, places))

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values; counts of one to four are None."""
        return {
            "customers": count_or_none(self.customers),
            "responders": count_or_none(self.responders),
            "anonymous_answers": count_or_none(self.anonymous),
            "rates": self.rates.to_dicts(),
            "check": self.check.to_dicts(),
            "says": self.says,
            "weighting": None if self.weighting is None else self.weighting.as_json(),
        }


@dataclass(frozen=True)
class RespondersAnalysis:
    """Asks who answered. `by`: channel, persona, property:NAME; `asked`: the touchpoint or event of being asked.

    Raises UnknownGroup; and UnknownPlace, when no touchpoint holds the event of being asked.
    """

    by: tuple[str, ...] = ("channel", "persona")
    asked: str | None = None

    @property
    def groupings(self) -> tuple[str, ...]:
        """What is grouped by."""
        return self.by

    def __post_init__(self) -> None:
        check_known(self.by)

    def partial(self, view: View) -> Part:
        """Counts of a bucket, and its answers without their texts."""
        people = People.of(view)
        features = {one: people.feature(view, one) for one in self.by} | {OUTCOME: people.outcome(view)}
        columns = [pl.Series(name, told, dtype=pl.String) for name, told in features.items()]
        known = people.ids.cast(pl.String).to_frame("customer_id").with_columns(columns)
        return Part(
            met=count_meetings(view, people, asking(view.outline, self.asked)),
            levels=_levels(features, people),
            days=_days(people),
            people=known.filter(pl.Series(people.answered, dtype=pl.Boolean)),
            answers=Gathering().gather(view),
        )

    def combine(self, parts: Sequence[Part]) -> Part:
        """All parts as one."""
        nobody = pl.DataFrame(schema=dict.fromkeys(("customer_id", *self.by, OUTCOME), pl.String))
        return Part(
            met=_added([part.met for part in parts], ["place"], MET),
            levels=_added([part.levels for part in parts], ["feature", "level", "responded"], _LEVELS),
            days=_added([part.days for part in parts], ["responded"], _DAYS),
            people=pl.concat([nobody, *(part.people for part in parts)]).sort("customer_id"),
            answers=Gathering().combine([part.answers for part in parts]),
        )

    def finish(self, part: Part) -> Responders:
        """The rates and the check."""
        check = check_likeness(part.levels, part.days)
        outcome = part.levels.filter(pl.col("feature") == OUTCOME)
        once = part.answers.unique("feedback_id")
        differing = check.filter("differs", pl.col("feature") != RECENCY)["feature"].unique().sort().to_list()
        return Responders(
            rates=rates_of(part.met),
            check=check,
            customers=int(outcome["n"].sum()),
            responders=int(outcome.filter("responded")["n"].sum()),
            anonymous=once.filter(pl.col("customer_id").str.starts_with(ANONYMOUS)).height,
            weighting=weigh_to_all(scored(part.answers), part.people, part.levels, features=differing),
        )


def _levels(features: Mapping[str, list[str]], people: People) -> pl.DataFrame:
    schema = {"level": pl.String, "responded": pl.Boolean}
    parts = [
        pl.DataFrame({"level": levels, "responded": people.answered}, schema=schema).select(
            pl.lit(name).alias("feature"), "level", "responded", pl.lit(1, pl.Int64).alias("n")
        )
        for name, levels in features.items()
    ]
    return _added(parts, ["feature", "level", "responded"], _LEVELS)


def _days(people: People) -> pl.DataFrame:
    known = people.last_day > 0
    day = pl.Series("total", people.last_day[known], dtype=pl.Int64)
    told = pl.Series("responded", people.answered[known], dtype=pl.Boolean)
    days = pl.DataFrame([told, day]).with_columns(pl.lit(1, pl.Int64).alias("n"), (day * day).alias("squares"))
    return _added([days], ["responded"], _DAYS)


def _added(parts: Sequence[pl.DataFrame], key: list[str], schema: dict[str, Any]) -> pl.DataFrame:
    """The parts' numbers, added up by key."""
    if not parts:
        return pl.DataFrame(schema=schema)
    numbers = [name for name in schema if name not in key]
    return (
        pl.concat([part.select(*schema) for part in parts]).group_by(key).agg(_sums(numbers)).sort(key).select(*schema)
    )


def _sums(names: Sequence[str]) -> list[pl.Expr]:
    """Sums of columns; null where there is no number at all, so that what was not asked stays unasked."""
    return [pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in names]
