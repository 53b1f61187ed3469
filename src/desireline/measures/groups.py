"""Groups and periods: whose readings these are, and of when.

Each row gets a `group` ("" for everybody, else "persona:maya", "channel:web", "team:care",
"property:state=SP", "promise:delivery=kept"; "(none)" where there is nothing to say) and a `period` ("" for the
whole time), as numbers; they become words when cells become readings. Days are UTC days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, get_args
from urllib.parse import unquote

import numpy as np
import polars as pl

from desireline.errors import UnknownGroup
from desireline.journeys.claims import with_fields
from desireline.measures.codes import NONE, Codes, Numbers, Whole, code, positions
from desireline.measures.promise import promise_kept
from desireline.measures.rows import NEVER, Rows
from desireline.measures.view import View

Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: tuple[str, ...] = get_args(Period)
NOBODY = "(none)"
KNOWN = ("persona", "channel", "team", "property:NAME", "promise:PLACE")
OPEN = ("property:", "promise:")
BANDS = "#"
"""Before the edges of the bands in which a property of numbers is grouped: `property:tenure#10,30`."""
SOME = "|"
"""Before each value of a property that is a group by itself, the rest together: `property:city|Berlin|Bonn`.
A `|`, `=` or `%` in a value is written `%7C`, `%3D`, `%25`."""
OTHER = "(other)"

_WRITTEN = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
_DAY = 86_400_000_000
_MONDAY = 3  # the epoch was a Thursday


@dataclass(frozen=True, eq=False)
class Marks:
    """A number per row, and what the numbers are called; rows with −1 are left out. `codes` None: all rows are 0."""

    codes: Codes | None
    names: tuple[str, ...]


EVERYBODY = Marks(None, ("",))


def check_groups(by: tuple[str, ...], period: str | None) -> None:
    """Nothing happens when all are known; else UnknownGroup is raised."""
    for one in by:
        if one not in KNOWN[:3] and not (one.startswith(OPEN) and one not in OPEN):
            raise UnknownGroup(one, KNOWN)
    if period is not None and period not in PERIODS:
        raise UnknownGroup(period, PERIODS)


@dataclass(frozen=True, eq=False)
class Marker:
    """Marks the rows of a view. What is known of customers and journeys is read once."""

    view: View
    _said: dict[str, tuple[Codes, Codes, Codes, list[str]]] = field(default_factory=dict)
    _began: dict[str, Marks] = field(default_factory=dict)

    def groups(self, rows: Rows, by: str) -> Marks:
        """The rows' groups by persona, channel, property or promise; "" groups everybody. By team: see `teams`.

        A property is the customer's; where customers have none of that name, that of the journey's first event, and
        for answers at last the answer's own. By promise, a journey belongs to "kept" or "broken" by its last known
        judgement at the place.
        """
        if by == "":
            return EVERYBODY
        if by == "channel":
            return named(by, rows.channel, self.view.channels)
        if by.startswith("promise:"):
            kept = _kept(self.view, by.removeprefix("promise:"))
            return named(by, rows.of_journeys(kept), ["broken", "kept"])
        by, _, some = by.partition(SOME)
        by, _, edges = by.partition(BANDS)
        if by not in self._said:
            self._said[by] = _said(self.view, by)
        own, of_journey, of_answer, names = self._said[by]
        codes = own[rows.customer]
        codes = np.where(codes >= 0, codes, rows.of_journeys(of_journey))
        if rows.own_answer is not None:
            codes = np.where(codes >= 0, codes, of_answer[rows.own_answer])
        if some:
            return _chosen(by, codes, names, some)
        return _banded(by, codes, names, edges) if edges else named(by, codes, names)

    def periods(self, rows: Rows, grain: str | None) -> Marks:
        """The rows' periods: "" without a grain; with one, those without an instant are left out."""
        if grain is None:
            return EVERYBODY
        if rows.own_when is not None:
            return _periods(rows.own_when, grain)
        if grain not in self._began:
            self._began[grain] = _periods(self.view.owners.when, grain)
        began = self._began[grain]
        return began if began.codes is None else Marks(rows.of_journeys(began.codes), began.names)


def grouping_of(group: pl.Expr) -> pl.Expr:
    """What a group was grouped by: "persona" for "persona:maya", "property:state" for "property:state=SP"."""
    head = group.str.splitn(":", 2).struct.field("field_0")
    known = head.is_in([name.removesuffix(":") for name in OPEN])
    return pl.when(known).then(group.str.splitn("=", 2).struct.field("field_0")).otherwise(head)


def named(by: str, codes: Codes, names: list[str]) -> Marks:
    """The groups as they are written; −1 is the group of those of whom nothing is said."""
    sign = "=" if by.startswith(OPEN) else ":"
    nobody = names.index(NOBODY) if NOBODY in names else len(names)
    all_names = names if nobody < len(names) else [*names, NOBODY]
    return Marks(np.where(codes < 0, np.int32(nobody), codes), tuple(by + sign + name for name in all_names))


def _chosen(by: str, codes: Codes, names: list[str], some: str) -> Marks:
    """The values that are asked for, each by itself; all others are one group. Who has none stays apart."""
    wanted = [unquote(value) for value in some.split(SOME)]
    number = {value: at for at, value in enumerate(wanted)} | {NOBODY: NONE}
    of_name = np.array([*(number.get(name, len(wanted)) for name in names), NONE], dtype=np.int32)
    return named(f"{by}{SOME}{some}", of_name[codes], [*wanted, OTHER])


def _banded(by: str, codes: Codes, names: list[str], edges: str) -> Marks:
    """A property's numbers in bands that begin at the edges; what is no number is in none."""
    numbers = pl.Series(names, dtype=pl.String).cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()
    bands = np.searchsorted([float(edge) for edge in edges.split(",")], numbers, side="right")
    of_name = np.append(np.where(np.isnan(numbers), NONE, bands), NONE).astype(np.int32)
    return named(f"{by}{BANDS}{edges}", of_name[codes], band_names(edges))


def band_names(edges: str) -> list[str]:
    """How the bands are called.

    >>> band_names("10,30")
    ['below 10', '10 to below 30', '30 or more']
    """
    told = edges.split(",")
    return [f"below {told[0]}", *(f"{a} to below {b}" for a, b in pairwise(told)), f"{told[-1]} or more"]


def _periods(when: Whole, grain: str) -> Marks:
    known = when != NEVER
    days = when[known] // _DAY
    numbers, codes = np.unique(_numbered(days, grain), return_inverse=True)
    found = np.full(len(when), NONE, dtype=np.int32)
    found[known] = codes
    return Marks(found, tuple(_written(numbers, grain)))


def _numbered(days: Whole, grain: str) -> Whole:
    """Days since 1970 as periods since then."""
    if grain == "day":
        return days
    if grain == "week":
        return (days + _MONDAY) // 7
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months // {"month": 1, "quarter": 3, "year": 12}[grain]


def _written(numbers: Whole, grain: str) -> list[str]:
    if grain == "day":
        days = numbers
    elif grain == "week":
        days = numbers * 7 - _MONDAY
    else:
        months = (numbers * {"month": 1, "quarter": 3, "year": 12}[grain]).astype("datetime64[M]")
        days = months.astype("datetime64[D]").astype(np.int64)
    dates = pl.Series("date", days.astype(np.int32)).cast(pl.Date)
    if grain == "quarter":
        return [f"{date.year}-Q{(date.month + 2) // 3}" for date in dates]
    return dates.dt.strftime(_WRITTEN[grain]).to_list()


def _kept(view: View, place: str) -> Codes:
    """By journey: was the promise at this place kept (1) or broken (0)? −1 when it is not known."""
    seen, found = promise_kept.observe(view), np.full(view.journeys.height, NONE, dtype=np.int32)
    here = np.flatnonzero((seen.rows.place == view.place.get(place, NONE)) & _flags(seen.m))
    found[seen.rows.journey[here]] = seen.x[here]
    return found


def _said(view: View, by: str) -> tuple[Codes, Codes, Codes, list[str]]:
    """What is said of each customer and, for properties, of each journey and each answer; and the words."""
    found = view.trips.customers.select("customer_id").with_columns(_own(view.trips.customers, by))
    people = found.unique("customer_id", keep="first", maintain_order=True)
    of_journeys = pl.Series("says", [None] * view.journeys.height, dtype=pl.String)
    of_answers = pl.Series("says", [None] * view.answers.height, dtype=pl.String)
    if by != "persona":
        of_journeys, of_answers = _own(view.journeys, by), _own(view.answers, by)
    coded = code(pl.concat([people["says"], of_journeys, of_answers]))
    here = positions(people["customer_id"], view.people)
    own = np.full(len(view.people), NONE, dtype=np.int32)
    own[here[here >= 0]] = coded.codes[: len(here)][here >= 0]
    ends = len(here), len(here) + view.journeys.height
    return own, coded.codes[ends[0] : ends[1]], coded.codes[ends[1] :], coded.names


def _own(frame: pl.DataFrame, by: str) -> pl.Series:
    """What each row says itself; an empty text is nothing."""
    if by == "persona":
        return frame["persona"].alias("says")
    field = f"property.{by.removeprefix('property:')}"
    plain = frame.select(pl.col("properties").replace("", None))
    return with_fields(plain, [field])[field].replace("", None).alias("says")


def _flags(m: Numbers | None) -> Numbers:
    return np.ones(1, dtype=np.bool_) if m is None else m > 0
