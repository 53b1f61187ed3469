"""From watched rows to what the statistics are handed, by design; what is left out is told.

Weeks begin on Monday. Those that the data hold only in part are left out, and so are the last weeks of a measure that
waits for journeys to end, while more than one journey in twenty there is still under way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.initiatives.records import Kind
from desireline.initiatives.trial import Trial
from desireline.kept.arms import control_of, named, roles_of
from desireline.kept.span import Span
from desireline.kept.weeks import day_before, day_of, monday_of, mondays, week_of, weeks
from desireline.maps.outline import Outline
from desireline.measures.clusters import Clusters
from desireline.measures.groups import NOBODY
from desireline.measures.measure import Measure
from desireline.measures.nps import POINTS, Nps
from desireline.measures.quantile import Quantile
from desireline.pipeline.watched import SUMS, Watched, adds_up, keeps_values, scale_of

if TYPE_CHECKING:
    from desireline.initiatives.verdicts import Arms, Chosen, Panel, Series

WAITING = 0.05
THIN = 0.2


def per(kind: Kind) -> Literal["week", "customer and week"]:
    """What sums and counts are per, by design."""
    return "customer and week" if kind == "randomised" else "week"


def choosing_until(trial: Trial) -> date:
    """The last day that whoever chose the place could see, before the start."""
    before = day_before(trial.starts_on)
    return min(trial.proposed_on or before, before)


@dataclass(frozen=True)
class TrialData:
    """Watched rows on their way to the statistics."""

    trial: Trial
    measure: Measure
    watched: Watched
    span: Span

    @property
    def unit(self) -> str:
        rows = self.watched.rows
        return str(rows["unit"][0]) if rows.height else self.measure.unit

    def words(self, outline: Outline) -> str:
        """What is judged, in words: `Promise kept at “Gets an answer” (channel:email)`."""
        target, each = self.trial.target, ""
        if self._added_up:
            each = f" per {per(self.trial.roll_out.kind)}"
        place = " → ".join(f"“{outline.titles.get(part, part)}”" for part in target.at.split(">"))
        return f"{self.measure.title}{each} at {place}{f' ({target.group})' if target.group else ''}"

    @property
    def last(self) -> date:
        """The last day that counts: of the data, of settled journeys, of the plan."""
        ends = [self.span.last.date(), self._settled(), self.trial.ends_on]
        return min(end for end in ends if end is not None)

    def data(self) -> Arms | Panel | Series:
        """What the statistics are handed, by design."""
        kind = self.trial.roll_out.kind
        return self._arms() if kind == "randomised" else self._panel() if kind == "by group" else self._series()

    def chosen(self) -> Chosen | None:
        """The weeks that chose the place, and how all places of its kind were then, where that is known.

        They are all weeks up to the day of the proposal: whoever chose could see those. None where nobody chose, and
        where a lot decides, since what gets better by itself does so in all arms.
        """
        from desireline.initiatives.verdicts import Chosen  # noqa: PLC0415  loads statsmodels

        if not self.trial.picked or self.trial.roll_out.kind == "randomised":
            return None
        last = choosing_until(self.trial)
        ends = (min(self.span.first.date(), last), last)
        places = self._peers()
        among = (None, "") if places is None else (places, self.trial.target.at)
        if self.trial.roll_out.kind == "by group":
            first, last_week = (week_of(end) - self._weeks[0] for end in ends)
            return Chosen(first, last_week, *among)
        return Chosen(*ends, *among)

    def lines(self) -> list[tuple[str, bool, pl.DataFrame]]:
        """What a chart shows: a name, whether they got it, and rows of `week` (its number), `value`, `n`.

        Those who got it come first; none where a lot decides.
        """
        design = self.trial.roll_out
        if design.kind == "randomised":
            return []
        if design.kind == "everywhere":
            names = (self.trial.target.group, *design.controls)
            return [(name, number == 0, self._values(number)) for number, name in enumerate(names)]
        chosen = {named(design, arm.name) for arm in design.arms if arm.treated}
        cells = self._cells(self._weekly(0).filter(pl.col("arm").is_in(self._groups()[0])).rename({"arm": "group"}))
        value, n = pl.col("x").sum() / pl.col("m").sum(), pl.col("customer").n_unique().cast(pl.Int64)
        found = []
        for treated in (True, False):
            rows = cells.filter(pl.col("group").is_in(chosen) == treated)
            if rows.height:
                name = ", ".join(sorted(rows["group"].unique()))
                found.append((name, treated, rows.group_by("week").agg(value.alias("value"), n.alias("n"))))
        return found

    def _peers(self) -> pl.DataFrame | None:
        """The value of each place of the same kind while this one was chosen; None where this one is not among them."""
        peers = self.watched.peers.filter(pl.col("n") >= SMALL_GROUP)
        if self._added_up or not peers.height:
            return None
        clusters = Clusters(*(np.array(peers[name].to_list(), dtype=object) for name in SUMS))
        places = pl.DataFrame(
            {
                "place": peers["place"],
                "value": clusters.ratio * self._factor,
                "variance": np.asarray(clusters.variance(), np.float64) * self._factor**2,
            }
        ).filter(pl.col("variance") > 0)
        return places if self.trial.target.at in places["place"].to_list() else None

    def notes(self) -> tuple[str, ...]:
        """What was left out, and what weakens the verdict."""
        told, settled = [], self._settled()
        if settled is not None and settled < self.span.last.date():
            told.append(f"Days after {settled} are left out: too many journeys there are still under way.")
        told += [f"{name} is left out: too few customers in too many weeks." for name in self._left_out()]
        if self.watched.units > 1:
            told.append(f"Only {self.unit} is judged; other units are left out.")
        if self.trial.told_late:
            told.append("The target was written down after the start, so it may have been chosen to fit.")
        if keeps_values(self.measure) and self.trial.roll_out.kind != "everywhere":
            told.append("Customers are compared by their means, not by the median.")
        return tuple(told)

    @property
    def _added_up(self) -> bool:
        """The value is a sum or a count, so that a week without rows is a week with 0."""
        return adds_up(self.measure)

    @property
    def _factor(self) -> float:
        return float(POINTS) if isinstance(self.measure.family, Nps) else 1.0 / scale_of(self.measure)

    @property
    def _weeks(self) -> tuple[int, int]:
        """The first and the last week that the data hold whole."""
        return self.span.weeks(self.last)

    def _settled(self) -> date | None:
        """The last day up to which hardly any journey is under way; None when the measure counts those too."""
        seen = self.watched.open
        if not seen.height or seen["counted"].sum() or not seen["under_way"].sum():
            return None
        weekly = seen.with_columns(weeks(pl.col("day"))).group_by("day").sum().sort("day", descending=True)
        for week, rows, waiting, _ in weekly.iter_rows():
            if waiting <= WAITING * rows:
                return monday_of(week + 1) - timedelta(days=1)
        return day_before(self.trial.starts_on)

    def _arms(self) -> Arms:
        from desireline.initiatives.verdicts import Arms  # noqa: PLC0415  loads statsmodels

        rows = self.watched.rows.filter(pl.col("series") == 0)
        start = day_of(self.trial.starts_on)
        drawn = pl.concat([self.watched.people, rows.select("customer_id", "arm").unique(maintain_order=True)])
        drawn = drawn.drop_nulls().unique("customer_id", keep="first", maintain_order=True)
        roles = roles_of(self.trial.roll_out, sorted(drawn["arm"].unique()))
        control = control_of(self.trial.roll_out)
        frame = drawn.with_columns(pl.col("arm").replace_strict(roles, default=None)).drop_nulls().sort("customer_id")
        after = self._of_customers(rows.filter(pl.col("day").is_between(start, day_of(self.last))), "y")
        before = self._of_customers(rows.filter(pl.col("day") < start), "before")
        frame = frame.join(after, on="customer_id", how="left", maintain_order="left")
        frame = frame.join(before, on="customer_id", how="left", maintain_order="left")
        if self._added_up:
            spans = ((self.last - self.trial.starts_on).days + 1, (self.trial.starts_on - self.span.first.date()).days)
            after_weeks, before_weeks = (max(days, 1) / 7 for days in spans)
            frame = frame.with_columns(
                pl.col("y").fill_null(0.0) / after_weeks, pl.col("before").fill_null(0.0) / before_weeks
            )
        covariates = _covariates(frame)
        known = pl.col("before").is_not_null().cast(pl.Float64).alias("known_before")
        frame = frame.with_columns(known, pl.col("before").fill_null(pl.col("before").mean()))
        return Arms(frame.select("arm", "y", *covariates), control, covariates)

    def _of_customers(self, rows: pl.DataFrame, name: str) -> pl.DataFrame:
        total = pl.col("x").sum() if self._added_up else pl.col("x").sum() / pl.col("m").sum()
        return rows.group_by("customer_id").agg((total * self._factor).alias(name))

    def _panel(self) -> Panel:
        from desireline.initiatives.verdicts import Panel  # noqa: PLC0415  loads statsmodels

        arms, (groups, small) = self.trial.roll_out.arms, self._groups()
        roles_of(self.trial.roll_out, sorted(self.watched.rows["arm"].unique()))
        rows = self._weekly(0).filter(pl.col("arm").is_in(groups)).rename({"arm": "group"})
        period = (pl.col("week") - self._weeks[0]).alias("period")
        frame = self._cells(rows).select("group", period, "customer", "x", "m")
        begun = {
            named(self.trial.roll_out, arm.name): arm.since or self.trial.starts_on
            for arm in arms
            if arm.treated and named(self.trial.roll_out, arm.name) in groups
        }
        since = {name: week_of(on) - self._weeks[0] for name, on in begun.items()}
        for name in sorted(name for name, on in begun.items() if on.weekday()):
            frame = frame.filter(~((pl.col("group") == name) & (pl.col("period") == since[name])))
        return Panel(frame.sort("group", "period", "customer"), since, tuple(small))

    def _groups(self) -> tuple[list[str], list[str]]:
        """The groups that are compared, and those that would be but have fewer than five customers."""
        arms = self.trial.roll_out.arms
        chosen = {named(self.trial.roll_out, arm.name) for arm in arms}
        some = any(not arm.treated for arm in arms)
        each = self._weekly(0).group_by("arm").agg(pl.col("customer_id").n_unique().alias("n"))
        size = dict.fromkeys(chosen & set(self.watched.rows["arm"]), 0) | dict(each.iter_rows())
        wanted = [one for one in sorted(size) if (one in chosen if some else not one.endswith(NOBODY))]
        return [one for one in wanted if size[one] >= SMALL_GROUP], [one for one in wanted if size[one] < SMALL_GROUP]

    def _cells(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Σx and Σm by group, week and customer; of sums every customer of a group has a row in every week, often 0."""
        keys = ["group", "week", "customer"]
        sums = (
            rows.rename({"customer_id": "customer"})
            .group_by(keys)
            .agg(pl.col("x").sum() * self._factor, pl.col("m").sum().cast(pl.Float64))
        )
        if not self._added_up:
            return sums
        whole = sums.select("group", "customer").unique().join(self._grid, how="cross")
        cells = whole.join(sums, on=keys, how="left").with_columns(pl.col("x").fill_null(0.0))
        return cells.with_columns(m=1 / pl.len().over("group", "week").cast(pl.Float64))

    @property
    def _grid(self) -> pl.DataFrame:
        """Every week that the data hold whole."""
        first, last = self._weeks
        return pl.DataFrame({"week": pl.Series(range(first, last + 1), dtype=pl.Int32)})

    def _values(self, number: int) -> pl.DataFrame:
        """The value and the customers of each week; where nothing happened a sum is 0, and the rest says nothing."""
        rows = self._weekly(number)
        n = pl.col("customer_id").n_unique().cast(pl.Int64).alias("n")
        if keeps_values(self.measure):
            q = self.measure.family.q if isinstance(self.measure.family, Quantile) else 0.5
            value = pl.col("x").quantile(q, interpolation="linear") * self._factor
        elif self._added_up:
            value = pl.col("x").sum() * self._factor
        else:
            value = pl.col("x").sum() / pl.col("m").sum() * self._factor
        found = rows.group_by("week").agg(value.alias("value"), n)
        if not self._added_up:
            return found.filter(pl.col("n") >= SMALL_GROUP)
        whole = self._grid.join(found, on="week", how="left")
        return whole.with_columns(pl.col("value").fill_null(0.0), pl.col("n").fill_null(0))

    def _weekly(self, series: int) -> pl.DataFrame:
        first, last = self._weeks
        week = weeks(pl.col("day")).alias("week")
        rows = self.watched.rows.filter(pl.col("series") == series).with_columns(week)
        return rows.filter(pl.col("week").is_between(first, last))

    def _left_out(self) -> list[str]:
        if self.trial.roll_out.kind != "everywhere":
            return []
        used = self._series().controls
        return [name for name in self.trial.roll_out.controls if name not in used]

    def _thin(self, frame: pl.DataFrame, name: str) -> bool:
        """The control lacks so many weeks that leaving them out would cost more than it tells."""
        return frame[name].null_count() > THIN * max(frame.height, 1)

    def _series(self) -> Series:
        from desireline.initiatives.verdicts import Series  # noqa: PLC0415  loads statsmodels

        groups = (self.trial.target.group, *self.trial.roll_out.controls)
        names = list(groups[1:])
        frame = self._values(0)
        for number, name in enumerate(names, 1):
            other = self._values(number)
            frame = frame.join(other.select("week", pl.col("value").alias(name)), on="week", how="left")
        names = [name for name in names if not self._thin(frame, name)]
        frame = frame.with_columns(mondays(pl.col("week")).alias("week")).sort("week")
        frame = frame.select("week", "value", "n", *names)
        return Series(frame, self.trial.starts_on, tuple(names), self._added_up, self._both_sides())

    def _both_sides(self) -> tuple[int, int]:
        """Different customers in the weeks before the start's, and in those after it."""
        rows, start = self._weekly(0), week_of(self.trial.starts_on)
        after = pl.col("week") > start if self.trial.starts_on.weekday() else pl.col("week") >= start
        sides = (rows.filter(pl.col("week") < start), rows.filter(after))
        before, since = (side["customer_id"].n_unique() for side in sides)
        return before, since


def _covariates(frame: pl.DataFrame) -> tuple[str, ...]:
    """What is known of customers from before the start, where it differs between them."""
    before = frame["before"].drop_nulls()
    if before.len() < SMALL_GROUP or before.n_unique() < 2:
        return ()
    return ("before", "known_before") if frame["before"].null_count() else ("before",)
