"""What becomes of those who are handed over: do they ask again, and is the promise kept?

A contact is a step at a touchpoint where customers get in touch (`voice.effort.trail`). It was handed over when the
journey came to a back-stage touchpoint of another team before the next contact. Where events say which group has a
case, a hand-off from a to b is compared with cases that were with a and never left it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from desireline.findings.finding import Who
from desireline.findings.gather.tallies import clusters_of, put_together, sum_answers
from desireline.findings.gathering import Around, Gathering
from desireline.measures.clusters import Clusters
from desireline.measures.codes import NONE, Codes, Flags, Whole, code
from desireline.measures.groups import NOBODY
from desireline.measures.view import View
from desireline.voice.effort.handoffs import GROUPS
from desireline.voice.effort.trail import DAY, Trail

CELL = ["kind", "start", "end", "within", "here"]
AGAIN, BROKEN = "again", "broken"
WHOLE = ""
"""All channels together, beside each of them."""
FIELDS = tuple(f"property.{name}" for name in GROUPS)
"""Where events may say which group has a case."""
RARE = 0.01
WITHIN = 14 * DAY
"""How long after a contact asking again counts as asking for the same thing."""


@dataclass(frozen=True, eq=False)
class Handed:
    """Sums by kind (again, broken), start and end of the hand-off, channel, and whether it was handed over."""

    cells: pl.DataFrame

    def sides(self) -> Iterator[tuple[str, str, str, dict[str, Clusters], dict[str, Clusters]]]:
        """Kind, start, end; by channel the sums of those handed over, and of those who were not.

        Hand-offs between groups that are rarer than one in a hundred are left out.
        """
        cases = int(self.cells.filter(pl.col("kind") == BROKEN)["m"].sum())
        return (one for one in self._all() if one[0] == AGAIN or (one[2] and one[3][WHOLE].m >= RARE * cases))

    def _all(self) -> Iterator[tuple[str, str, str, dict[str, Clusters], dict[str, Clusters]]]:
        for (kind, start, end), part in self.cells.group_by("kind", "start", "end", maintain_order=True):
            both: dict[bool, dict[str, Clusters]] = {True: {}, False: {}}
            for row in part.iter_rows(named=True):
                both[row["here"]][row["within"]] = clusters_of(row)
            yield str(kind), str(start), str(end), both[True], both[False]

    def stayed(self, start: str) -> dict[str, Clusters]:
        """Cases that were with a group and never left it."""
        return next((rest for kind, a, end, _, rest in self._all() if (kind, a, end) == (BROKEN, start, "")), {})


@dataclass(frozen=True)
class HandedWalker:
    """Adds up what became of contacts and cases."""

    carried: tuple[str, ...] = FIELDS

    def partial(self, view: View) -> pl.DataFrame:
        """The sums of a bucket."""
        trail = Trail(view)
        if not len(trail):
            return put_together([], CELL)
        rows = [*_contacts(trail), *_cases(trail)]
        return put_together([sum_answers(one, CELL) for one in rows], CELL)

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All of them."""
        return put_together(parts, CELL)

    def finish(self, part: pl.DataFrame) -> Handed:
        """The sums."""
        return Handed(part)


def _contacts(trail: Trail) -> Iterator[pl.DataFrame]:
    """Contacts, handed over or not, and whether the customer asked again: one row each."""
    team = trail.view.team_of
    back = [i for i, point in enumerate(trail.points) if point.acts == "company" and not point.front]
    for contact in np.flatnonzero(trail.contact_points).tolist():
        start = trail.points[contact]
        others = [i for i in back if team.get(trail.points[i].id) not in (None, team.get(start.id))]
        step = np.flatnonzero(trail.point == contact)
        if not len(step) or start.id not in team:
            continue
        following = np.append(step[1:], len(trail))
        same = np.append(trail.journey[step[1:]] == trail.journey[step[:-1]], False)
        until = np.where(same, following, trail.view.steps.starts[trail.journey[step] + 1])
        soon = same & (trail.at[np.minimum(following, len(trail) - 1)] - trail.at[step] <= WITHIN)
        for other in others:
            handed = _any_between(trail.point == other, step, until)
            rows = _told(trail, (start.id, trail.points[other].id), step, handed=handed, again=soon)
            yield rows
            yield rows.with_columns(pl.lit(WHOLE).alias("within"))


def _any_between(flags: Flags, start: Whole, end: Whole) -> Flags:
    upto = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
    found: Flags = upto[end] > upto[start]
    return found


def _told(trail: Trail, edge: tuple[str, str], step: Whole, *, handed: Flags, again: Flags) -> pl.DataFrame:
    channels = pl.Series([*trail.view.channels, NOBODY], dtype=pl.String)
    return pl.DataFrame(
        {
            "within": channels.gather(pl.Series(trail.view.step_channel[step]).cast(pl.Int64) % len(channels)),
            "here": handed,
            "customer": trail.customer[step],
            "x": again.astype(np.int64),
        }
    ).select(pl.lit(AGAIN).alias("kind"), pl.lit(edge[0]).alias("start"), pl.lit(edge[1]).alias("end"), pl.all())


def open_handed(view: View, who: Who) -> pl.Series:
    """Customers who were handed over there: `who.also` is the kind, the start and the end."""
    kind, start, end = who.also
    trail = Trail(view)
    found = [*_contacts(trail), *_cases(trail)] if len(trail) else []
    mine = pl.col("here") & (pl.col("kind") == kind) & (pl.col("start") == start) & (pl.col("end") == end)
    people = [rows.filter(mine)["customer"] for rows in found]
    return view.people.gather(pl.concat(people)) if people else view.people.clear()


def _cases(trail: Trail) -> Iterator[pl.DataFrame]:
    """Cases that were with a group: those that never left it (end ""), and those that went to another from it."""
    known = _groups(trail)
    kept = trail.view.journeys["kept"]
    if known is None or kept.null_count() == len(kept):
        return
    group, names = known
    told = np.flatnonzero(group >= 0)
    journey, value = trail.journey[told], group[told]
    moves = np.flatnonzero((journey[1:] == journey[:-1]) & (value[1:] != value[:-1]))
    first = np.unique(journey, return_index=True)[1]
    left = np.zeros(len(kept), dtype=np.bool_)
    left[journey[moves]] = True
    stayed = first[~left[journey[first]]]
    table = pl.DataFrame(
        {
            "journey": np.concatenate([journey[moves], journey[stayed]]),
            "start": np.concatenate([value[moves], value[stayed]]),
            "end": np.concatenate([value[moves + 1], np.full(len(stayed), NONE, dtype=value.dtype)]),
        }
    ).unique()
    words = pl.Series([*names, ""], dtype=pl.String)
    owner = trail.view.owners.customer[table["journey"].to_numpy()]
    yield table.select(
        pl.lit(BROKEN).alias("kind"),
        words.gather(table["start"].cast(pl.Int64) % len(words)).alias("start"),
        words.gather(table["end"].cast(pl.Int64) % len(words)).alias("end"),
        pl.lit(WHOLE).alias("within"),
        (pl.col("end") >= 0).alias("here"),
        pl.Series("customer", owner),
        pl.Series("x", (~kept).gather(table["journey"]).cast(pl.Int64)),
    )


def _groups(trail: Trail) -> tuple[Codes, list[str]] | None:
    """By step, the group that has the case, where events say so."""
    frame = trail.view.steps.frame
    for name in (f"property.{one}" for one in GROUPS):
        if name in frame.columns and frame[name].count():
            return code(frame[name])
    return None


def _make(around: Around) -> HandedWalker:
    del around
    return HandedWalker()


HANDED: Gathering[Handed] = Gathering("handed", _make)
