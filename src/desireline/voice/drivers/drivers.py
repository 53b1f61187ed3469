"""Drivers of a question: what moves overall satisfaction, by how much, and how well it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import polars as pl
from scipy.special import chdtrc

from desireline.maps.outline import Outline
from desireline.measures.clusters import Floats
from desireline.measures.codes import Whole
from desireline.measures.discoveries import q_values
from desireline.measures.view import View
from desireline.voice.counts import count_or_none, say_count
from desireline.voice.drivers.asked import Asked
from desireline.voice.drivers.importance import EXACT_UP_TO, importance, slopes
from desireline.voice.drivers.moments import Moments, draws, sum_groups, whole
from desireline.voice.drivers.penalty import Asymmetry, contrast
from desireline.voice.drivers.quadrants import quadrants
from desireline.voice.drivers.ratings import Ratings, about_the_whole, gather, gathered, line_up
from desireline.voice.estimate import Estimate, estimates, plain, share_estimates

ENOUGH = 50
"""Customers who rated both a question and the outcome, below which the question is no candidate."""

LEVEL = 0.05


@dataclass(frozen=True)
class Driver:
    """One question and what it does to the outcome. Ratings and outcome are on 0–100."""

    question: str
    place: str
    title: str  # of its place on the map
    n: int  # customers who rated both
    importance: Estimate  # share of what all drivers explain together
    slope: Estimate  # points of the outcome per point of the rating, looked at alone: decides the sign
    own: Estimate  # the same with the other drivers held equal
    performance: Estimate  # mean rating
    p: float  # how likely so much importance is by chance alone
    q: float  # the same, many drivers being tested at once
    significant: bool
    quadrant: str
    asymmetry: Asymmetry


@dataclass(frozen=True)
class Drivers:
    """What was found. `drivers` stand in the order of importance; `notes` say what was decided on the way."""

    of: str
    n: int  # customers
    occasions: int
    together: str
    explained: Estimate  # R²
    binary: bool
    method: str
    drivers: tuple[Driver, ...]
    left_out: tuple[tuple[str, str], ...]  # question and why
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Everything as plain data; what is not known, or counts fewer than five customers, is None."""
        left_out = [{"question": one, "why": why} for one, why in self.left_out]
        n = count_or_none(self.n)
        counts = {"n": n, "occasions": None if n is None else self.occasions}
        return {name: plain(one) for name, one in (asdict(self) | {"left_out": left_out} | counts).items()}


@dataclass(frozen=True)
class _Rated:
    """What both analyses gather: a part is the scored answers of a bucket without their texts."""

    outline: Outline
    asked: Asked = field(default_factory=Asked)

    def partial(self, view: View) -> pl.DataFrame:
        """The ratings of one bucket."""
        return gather(view.trips.answers, self.outline)

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """The ratings of several."""
        return gathered(list(parts))


class FindDrivers(_Rated):
    """The drivers of one question."""

    def finish(self, part: pl.DataFrame) -> Drivers:
        """The drivers. Raises UnknownQuestion, QuestionUnclear."""
        ratings = line_up(part, self.asked)
        found = find_drivers(ratings, self.asked)
        titles = self.outline.titles
        return replace(found, drivers=tuple(replace(one, title=titles.get(one.place, "")) for one in found.drivers))


class FindDriversOfEach(_Rated):
    """The same for each question about the whole map, all from one walk; none where there is none."""

    def finish(self, part: pl.DataFrame) -> tuple[Drivers, ...]:
        """The drivers of each."""
        whole = about_the_whole(part)
        return tuple(FindDrivers(self.outline, replace(self.asked, of=one)).finish(part) for one in whole)


def find_drivers(ratings: Ratings, asked: Asked | None = None) -> Drivers:
    """The drivers among lined-up ratings. Without `asked.weighted` every occasion weighs the same."""
    asked = asked or Asked()
    if not asked.weighted:
        ratings = replace(ratings, weights=np.ones(len(ratings.weights)))
    n, worth = ratings.worth()
    usable = [n[k] >= ENOUGH and _moves(ratings.columns[:, k]) for k in range(len(ratings.questions))]
    left_out = [
        (
            question,
            f"not enough data: {say_count(int(n[k]))} customers of {ENOUGH}"
            if n[k] < ENOUGH
            else "all ratings are the same",
        )
        for k, question in enumerate(ratings.questions)
        if not usable[k]
    ]
    few = n[-1] < ENOUGH or not _moves(ratings.columns[:, -1])
    if few or not any(usable):
        return _nothing(ratings, int(n[-1]), left_out)
    kept = _only(ratings, usable)
    return _found(kept, asked, n=n[[*usable, True]], worth=worth[[*usable, True]], left_out=left_out)


def _found(ratings: Ratings, asked: Asked, *, n: Whole, worth: Floats, left_out: list[tuple[str, str]]) -> Drivers:
    drawn = _drawn(ratings)
    correlations, torn = whole(drawn.raw, drawn.n)
    parts, left = importance(correlations)
    explained = parts.sum(axis=1, keepdims=True)
    shares = parts / explained
    p = chdtrc(1, np.maximum(parts[0], 0.0) * worth[:-1] / left[0])
    q = q_values(p)
    shown = [bool(one <= LEVEL) for one in q]
    units = drawn.spreads[:, -1:] / drawn.spreads[:, :-1]
    performance = drawn.means[:, :-1] + np.nanmean(ratings.columns[:, :-1], axis=0)
    columns = zip(
        ratings.questions,
        ratings.places,
        [""] * len(p),
        map(int, n[:-1]),
        share_estimates(shares),
        estimates(drawn.raw[:, :-1, -1] * units),
        estimates(slopes(correlations) * units),
        estimates(performance, least=0.0, most=100.0),
        map(float, p),
        map(float, q),
        shown,
        quadrants(shares, performance, shown),
        contrast(ratings, asked.cuts),
        strict=True,
    )
    found = sorted((Driver(*one) for one in columns), key=lambda one: (-one.importance.value, one.question))
    binary = len(np.unique(ratings.columns[:, -1])) == 2
    return Drivers(
        of=ratings.of,
        n=int(n[-1]),
        occasions=len(ratings.columns),
        together=ratings.together,
        explained=share_estimates(explained)[0],
        binary=binary,
        method="lmg" if len(p) <= EXACT_UP_TO else "johnson",
        drivers=tuple(found),
        left_out=tuple(left_out),
        notes=(*ratings.notes, *_notes(binary=binary, torn=torn, gaps=bool(np.isnan(ratings.columns).any()))),
    )


def _drawn(ratings: Ratings) -> Moments:
    """Sums of what was found and of its replicates, around the means."""
    middle = np.nanmean(ratings.columns, axis=0)
    return sum_groups(ratings.columns - middle, ratings.weights, ratings.customers).drawn(draws())


def _notes(*, binary: bool, torn: bool, gaps: bool) -> list[str]:
    return [
        *(["The outcome is yes or no: R² is that of the linear probability model, which is Tjur's R²."] * binary),
        *(["Not every question was rated by everybody; two questions are compared among those who rated both."] * gaps),
        *(["Too few rated the same questions together; correlations were moved to the nearest possible ones."] * torn),
    ]


def _moves(column: Floats) -> bool:
    known = column[~np.isnan(column)]
    return len(known) > 1 and bool((known != known[0]).any())


def _only(ratings: Ratings, usable: list[bool]) -> Ratings:
    """The same with some of the drivers."""
    return replace(
        ratings,
        questions=tuple(one for one, good in zip(ratings.questions, usable, strict=True) if good),
        places=tuple(one for one, good in zip(ratings.places, usable, strict=True) if good),
        columns=ratings.columns[:, [*usable, True]],
    )


def _nothing(ratings: Ratings, n: int, left_out: list[tuple[str, str]]) -> Drivers:
    """Not enough data, said as such."""
    unknown = Estimate(np.nan, np.nan, np.nan)
    why = f"not enough data: {say_count(n)} customers of {ENOUGH} answered {ratings.of!r}"
    if n >= ENOUGH:
        why = "no question was rated together with it by enough customers"
        if not _moves(ratings.columns[:, -1]):
            why = f"all answers to {ratings.of!r} are the same"
    return Drivers(
        ratings.of, n, len(ratings.columns), ratings.together, unknown, False, "lmg", (), tuple(left_out), (why,)
    )
