"""What is known while a recipe is suggested: profiles, links, what a person has told, and all reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from desireline.recipes.suggest.keys import Link
from desireline.recipes.suggest.names import STAFF, Role, fits, is_id_name, key_name, singular
from desireline.recipes.suggest.profile import Column, Profile

LEAST_SURE = 0.4
_HOP = 0.05
_FAR = 2
_CLOSE = 0.05


@dataclass(frozen=True)
class Reason:
    """Why a column (or a whole source, when `column` is empty) got a role; `confidence` is 0 to 1."""

    source: str
    column: str
    role: str
    why: str
    confidence: float


@dataclass(frozen=True)
class Question:
    """Something that the data leave open. A person answers it by a flag, and then it vanishes."""

    code: str
    says: str
    flag: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a person has told beforehand."""

    day_first: bool | None = None
    zone: str | None = None
    customer: str | None = None
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    undated: bool = False
    event: str | None = None

    def scale(self, source: str, column: str) -> tuple[float, float] | None:
        """The scale told for a column; names in `scales` may hold * and may begin with the source."""
        names = (column, f"{source}.{column}")
        return next((ends for name, ends in self.scales.items() if any(fnmatchcase(n, name) for n in names)), None)


@dataclass(frozen=True)
class Way:
    """A column that a source's rows can reach: its own, or one of another source over links."""

    links: tuple[Link, ...]
    column: Column
    sure: float

    @property
    def pick(self) -> str:
        """The column as a recipe names it."""
        return f"{self.links[-1].other}.{self.column.name}" if self.links else self.column.name


@dataclass
class Study:
    """Everything that the suggestion is made from, and what has been concluded so far."""

    profiles: Mapping[str, Profile]
    links: list[Link]
    told: Told
    reasons: list[Reason] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    used_times: list[Column] = field(default_factory=list)
    used_numbers: list[Column] = field(default_factory=list)

    def because(self, source: str, pick: str, role: str, why: str, *, sure: float) -> None:
        """Keep why a column, named as in the recipe, got a role in the table made of `source`."""
        reason = Reason(source, pick, role, why, round(min(sure, 1.0), 2))
        if reason not in self.reasons:
            self.reasons.append(reason)

    def ask(self, question: Question) -> None:
        """Ask a person, once."""
        if question not in self.questions:
            self.questions.append(question)

    def best(
        self, profile: Profile, role: Role, *, least: float = LEAST_SURE, but: Collection[str] = ()
    ) -> Column | None:
        """The column of a source that most surely has a role, if any does; earlier columns win ties."""
        filled = [c for c in profile.columns.values() if c.kind != "empty" and not c.flag]
        fitting = [column for column in filled if fits(column.name, role) >= least and column.name not in but]
        return max(fitting, key=lambda c: fits(c.name, role) * (0.5 + c.filled / c.rows / 2), default=None)

    def told_event(self, profile: Profile) -> Column | None:
        """The column of this source that was told to say what happened."""
        said = self.told.event
        return next((c for c in profile.columns.values() if said in (c.name, f"{profile.name}.{c.name}")), None)

    def knows_customers(self) -> bool:
        """True when any source has a column that names customers."""
        return any(self._ways(profile) for profile in self.profiles.values())

    def customer(self, profile: Profile) -> Way | None:
        """The way to the customer of a source's rows; asks when two are equally good and not the same."""
        ways = sorted(self._ways(profile), key=lambda way: -way.sure)
        told = self.told.customer
        if told:
            named = [way for way in ways if told in (way.pick, f"{way.column.source}.{way.column.name}")]
            own = profile.columns.get(told)
            return next(iter(named), Way((), own, 1.0) if own is not None else next(iter(ways), None))
        if len(ways) > 1 and _undecided(profile, ways[0], ways[1]):
            choices = tuple(dict.fromkeys(way.column.name for way in ways[:4]))
            says = f"Who is the customer in {profile.name}: {' or '.join(choices[:2])}?"
            self.ask(Question("customer", says, "--customer COLUMN", choices))
        return ways[0] if ways else None

    def _ways(self, profile: Profile, links: tuple[Link, ...] = ()) -> list[Way]:
        """Ways from a source's rows to columns that name a customer, over at most two links."""
        found = [
            Way(links, column, sure - _HOP * len(links))
            for column in profile.columns.values()
            if column.kind in ("word", "number", "text")
            and singular(profile.name) not in STAFF
            and (sure := fits(key_name(profile.name, column.name), "customer")) >= LEAST_SURE
            and column.filled >= column.rows / 2
        ]
        if len(links) < _FAR:
            seen = {link.source for link in links} | {profile.name}
            for link in self.links:
                if link.source == profile.name and link.unique and link.other not in seen:
                    found += self._ways(self.profiles[link.other], (*links, link))
        return found


def join_records(links: tuple[Link, ...]) -> list[dict[str, Any]]:
    """The links as joins of a recipe; the second goes on from a column of the first."""
    joins: list[dict[str, Any]] = []
    for place, link in enumerate(links):
        mine = link.column if place == 0 else f"{link.source}.{link.column}"
        joins.append({"source": link.other, "on": mine if mine == link.key else {mine: link.key}})
    return joins


def id_columns(profile: Profile) -> list[Column]:
    """The columns whose names say that they identify something."""
    return [c for c in profile.columns.values() if is_id_name(c.name) and c.kind in ("word", "number")]


def _undecided(profile: Profile, first: Way, second: Way) -> bool:
    """True when two columns of the same source name the customer equally well, and not the same one."""
    if first.links or second.links or first.sure - second.sure > _CLOSE:
        return False
    pairs = profile.rows.select(first.column.name, second.column.name).n_unique()
    return not pairs == first.column.distinct == second.column.distinct
