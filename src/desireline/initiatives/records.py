"""What an initiative is: something that people decided to do about a measure, and what they expect of it.

Hypothesis, target, baseline, design and start are written down before the start and do not change after it; the rules
of change are in `changes`. Dates are days (UTC), instants are UTC. Everything here is plain data that goes through
JSON and comes back the same.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from desireline.errors import InitiativeInvalid

Status = Literal["proposed", "planned", "running", "finished", "stopped"]
Kind = Literal["randomised", "by group", "everywhere"]
Direction = Literal["up", "down"]

STATUSES: tuple[Status, ...] = get_args(Status)

LONGEST_TITLE = 200
LONGEST_TEXT = 4_000
_BIDI = range(0x202A, 0x202F), range(0x2066, 0x206A)


def is_plain(text: str, allowed: str = "") -> bool:
    """It holds no control characters but the allowed ones."""
    return _hidden(text, allowed) is None


def _hidden(text: str, allowed: str) -> str | None:
    """The first control character, also one that turns the direction of writing."""
    for letter in text:
        hidden = unicodedata.category(letter) in ("Cc", "Cs") or any(ord(letter) in span for span in _BIDI)
        if hidden and letter not in allowed:
            return letter
    return None


def _plain(text: str, allowed: str = "") -> str:
    """The text without blanks around it. Raises ValueError when it holds control characters."""
    letter = _hidden(text, allowed)
    if letter is not None:
        raise ValueError(f"holds a control character (U+{ord(letter):04X}); write plain text")
    return text.strip()


def _lines(text: str) -> str:
    return _plain(text, "\n\t")


def _some(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    return text


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError("is no finite number")
    return number


Line = Annotated[str, Field(max_length=LONGEST_TITLE), AfterValidator(_plain)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE), AfterValidator(_plain), AfterValidator(_some)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_lines)]
Number = Annotated[float, AfterValidator(_finite)]


class Plain(BaseModel):
    """Frozen, and with no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Baseline(Plain):
    """What the measure was before: a reading of a fixed window. `until` is its last day."""

    value: Number
    low: Number | None = None
    high: Number | None = None
    n: Annotated[int, Field(ge=0)]
    unit: Line = ""
    per: Literal["", "week", "customer and week"] = ""  # what sums and counts are per
    since: date
    until: date

    @model_validator(mode="after")
    def _in_order(self) -> Baseline:
        if self.until < self.since:
            raise ValueError(f"its window ends ({self.until}) before it begins ({self.since})")
        return self


class Target(Plain):
    """The measure that is to move, where, for whom, which way, and by how much.

    `expected` and `smallest` are differences in the measure's unit, without a sign: `direction` says which way.
    """

    measure: Name
    at: Name
    group: Line = ""
    direction: Direction = "up"
    expected: Annotated[Number, Field(gt=0)] | None = None
    smallest: Annotated[Number, Field(gt=0)] | None = None  # smallest effect of interest
    baseline: Baseline | None = None


class Arm(Plain):
    """Some of the customers: those with this value of the property. `since` None: from the initiative's start."""

    name: Name
    treated: bool = True
    since: date | None = None
    share: Annotated[Number, Field(gt=0, lt=1)] | None = None  # of the customers, as the lot was to draw them


class RollOut(Plain):
    """Who gets it: customers by lot, some groups before others, or everybody at once.

    `by` is what tells arms or groups apart: "property:NAME"; for groups also "channel" or "persona". Without arms that
    are not treated, everybody else is compared with. `controls` are groups that the initiative cannot have touched:
    the same measure, read among them, tells what would have happened anyway.
    """

    kind: Kind = "everywhere"
    by: Line = ""
    arms: tuple[Arm, ...] = ()
    controls: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> RollOut:
        if self.kind == "everywhere" and (self.by or self.arms):
            raise ValueError("a roll-out everywhere has no arms; --by says what tells arms apart")
        if self.kind != "everywhere":
            self._check_arms()
        return self

    def _check_arms(self) -> None:
        names = [arm.name for arm in self.arms]
        if not self.by:
            raise ValueError(f"a roll-out {self.kind} needs to know what tells the arms apart, such as property:region")
        if self.kind == "randomised" and not self.by.startswith("property:"):
            raise ValueError("customers are drawn by lot, so their arm is a property of theirs: property:NAME")
        if self.kind == "randomised" and any(arm.since for arm in self.arms):
            raise ValueError("arms that are drawn by lot all begin on the day on which the initiative starts")
        if self.kind == "by group" and not (self.by.startswith("property:") or self.by in ("channel", "persona")):
            raise ValueError("groups are told apart by property:NAME, channel or persona")
        if not any(arm.treated for arm in self.arms):
            raise ValueError("no arm is treated, so there is nothing to judge")
        if len(set(names)) < len(names):
            raise ValueError("an arm is named twice")


class Task(Plain):
    """Something to do. Its number is its place in the list, from 1."""

    title: Name
    owner: Line = ""
    done: bool = False


class Change(Plain):
    """One line of the history: who changed what, when, from what to what."""

    at: datetime
    who: Line
    what: Line
    before: Text = ""
    after: Text = ""


class Judged(Plain):
    """A verdict, written back: its word, its sentence, and all of it as plain data."""

    at: datetime
    who: Line
    word: Line
    says: Text
    data_until: datetime | None = None
    whole: dict[str, Any] = Field(default_factory=dict)


class Draft(Plain):
    """What people say of an initiative; the rest is what happens to it. `ends_on` is the planned last day."""

    title: Name
    map_id: Line = ""
    target: Target
    findings: tuple[Name, ...] = ()
    owner: Line = ""
    team: Line = ""
    hypothesis: Text = ""
    starts_on: date | None = None
    ends_on: date | None = None
    roll_out: RollOut = RollOut()
    tasks: tuple[Task, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Draft:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError(f"ends on {self.ends_on}, before it starts on {self.starts_on}")
        for arm in self.roll_out.arms:
            if arm.since and self.starts_on and arm.since < self.starts_on:
                raise ValueError(
                    f"{arm.name!r} gets it on {arm.since}, before the initiative starts on {self.starts_on}"
                )
        return self


class Initiative(Draft):
    """An initiative as the ledger keeps it. `version` grows by one with each change.

    `ended_on` is the day on which it really ended; the plan stays as it was. `looks` are the days up to which the data
    went when somebody looked at the effect and wrote no verdict.
    """

    id: Name
    status: Status = "proposed"
    ended_on: date | None = None
    looks: tuple[date, ...] = ()
    version: int = 1
    history: tuple[Change, ...] = ()
    verdicts: tuple[Judged, ...] = ()

    @property
    def begun(self) -> bool:
        """It has started, whatever became of it since; what was fixed at the start stays."""
        return self.status in ("running", "finished") or (self.status == "stopped" and self.started_at is not None)

    @property
    def started_at(self) -> datetime | None:
        """When somebody said that it had started; None before."""
        starts = [one.at for one in self.history if one.what == "status" and one.after == "running"]
        return starts[0] if starts else None

    @property
    def seen_until(self) -> tuple[date, ...]:
        """The days up to which the data went whenever somebody looked at the effect."""
        return self.looks + tuple(judged.data_until.date() for judged in self.verdicts if judged.data_until)

    @property
    def runs_until(self) -> date | None:
        """Its last day: the one on which it ended, else the planned one; None for an open end."""
        return self.ended_on or self.ends_on

    @property
    def open(self) -> bool:
        """Something is still to be done."""
        return self.status in ("proposed", "planned", "running")

    def as_json(self) -> dict[str, Any]:
        """Everything, as plain data."""
        return self.model_dump(mode="json")


@dataclass(frozen=True)
class By:
    """Who changes something, and when."""

    who: str
    at: datetime


def line_of(by: By, what: str, before: str, after: str) -> Change:
    """A line of history. Raises InitiativeInvalid for control characters, and for what is too long."""
    try:
        return Change(at=by.at, who=by.who, what=what, before=before, after=after)
    except ValidationError as fault:
        names = {"after: ": f"{what}: "}
        told = faults(fault)
        for field, name in names.items():
            told = [name + one.removeprefix(field) if one.startswith(field) else one for one in told]
        raise InitiativeInvalid(told) from fault


def draft(said: dict[str, Any]) -> Draft:
    """The draft that these fields make. Raises InitiativeInvalid with everything that is wrong."""
    try:
        return Draft.model_validate(said)
    except ValidationError as fault:
        raise InitiativeInvalid(faults(fault)) from fault


def new_task(title: str, owner: str = "") -> Task:
    """Something to do. Raises InitiativeInvalid."""
    try:
        return Task(title=title, owner=owner)
    except ValidationError as fault:
        raise InitiativeInvalid([f"task {one}" for one in faults(fault)]) from fault


def faults(fault: ValidationError) -> list[str]:
    """What is wrong, a line each: where, and why. What was said is not repeated: it may be endless."""
    return [f"{_where(one['loc'])}{_why(one['msg'])}" for one in fault.errors(include_url=False, include_input=False)]


def _where(place: Iterable[Any]) -> str:
    words = [str(part + 1) if isinstance(part, int) else str(part).replace("_", " ") for part in place]
    return f"{' '.join(words)}: " if words else ""


def _why(message: str) -> str:
    return message.removeprefix("Value error, ")
