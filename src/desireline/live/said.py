"""Who may write what beside the map: comments, suggestions and votes, each in one's own name only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from desireline.access import Right
from desireline.errors import UpdateRefused
from desireline.live.shape import COMMENTS, SUGGESTIONS, VOTES

Data = Mapping[str, Any]
M = TypeVar("M", bound=BaseModel)
LONGEST = 10_000  # letters in a comment, or in what is suggested
MOST_VOTES = 99
EntryId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,60}$")]
MemberId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,40}$")]


class Entry(BaseModel):
    """What every entry has. `at`: a record, or "" for the map as a whole."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: EntryId
    at: str = Field(max_length=80)
    by: str
    name: str = Field(max_length=200)
    on: str = Field(max_length=40)


class Comment(Entry):
    """A comment; `thread` is the first one of its thread, "" for the first itself."""

    thread: str = Field("", max_length=80)
    says: str = Field(max_length=LONGEST)
    mentions: list[MemberId] = Field(default_factory=list, max_length=100)
    resolved: bool = False
    resolved_by: str = Field("", max_length=200)
    edited: str = Field("", max_length=40)
    deleted: bool = False


class Suggestion(Entry):
    """What somebody would change; `was` is what the field said then."""

    field: str = Field(min_length=1, max_length=80)
    value: Any = None
    was: Any = None
    state: Literal["open", "accepted", "declined"] = "open"
    decided_by: str = Field("", max_length=200)


@dataclass(frozen=True)
class Writer:
    """Who writes."""

    member: str
    name: str
    rights: frozenset[Right]

    def edits(self) -> bool:
        """True for those who may change the map."""
        return Right.EDIT in self.rights

    def is_called(self, said: object) -> bool:
        """True for their id, and for their name."""
        return said in (self.member, self.name)


@dataclass(frozen=True)
class Change:
    """One entry of a root before and after an update; None: it was not there, or is not any more."""

    key: str
    was: Any
    now: Any

    def fields(self) -> set[str]:
        """The fields that differ; none for what is a plain value."""
        was, now = (side if isinstance(side, dict) else {} for side in (self.was, self.now))
        return {name for name in {*was, *now} if was.get(name, _UNSAID.get(name)) != now.get(name, _UNSAID.get(name))}


_UNSAID: dict[str, Any] = {"resolved": False, "resolved_by": "", "deleted": False, "edited": "", "decided_by": ""}
_OWN = {"says", "mentions", "edited", "deleted"}


def check_comment(change: Change, by: Writer) -> None:
    """Only its author words a comment or takes it back; its author and editors settle it. Raises UpdateRefused."""
    _check_entry(Comment, change, by)
    if change.was is None:
        return
    fields = change.fields()
    own = change.was["by"] == by.member
    if fields - _OWN - {"resolved", "resolved_by"} or (fields & _OWN and not own):
        raise _not_yours("A comment is changed only by whoever wrote it.")
    if fields & {"resolved", "resolved_by"} and not (own or by.edits()):
        raise _not_yours("A comment is resolved by whoever wrote it, or by an editor.")
    if "resolved_by" in fields and change.now.get("resolved_by") and not by.is_called(change.now["resolved_by"]):
        raise _not_yours("Nobody resolves a comment in somebody else’s name.")


def check_suggestion(change: Change, by: Writer) -> None:
    """Its author words a suggestion while it is open, or takes it back; editors decide. Raises UpdateRefused."""
    _check_entry(Suggestion, change, by)
    if len(json.dumps([change.now.get("value"), change.now.get("was")])) > 2 * LONGEST:
        raise UpdateRefused(f"{change.key}: what is suggested is too long.", code="too-large")
    if change.was is None:
        if change.now.get("state", "open") != "open":
            raise _not_yours("A suggestion begins open.")
        return
    fields = change.fields()
    own = change.was["by"] == by.member
    if fields - {"value", "was", "state", "decided_by"} or (fields & {"value", "was"} and not own):
        raise _not_yours("A suggestion is changed only by whoever made it.")
    taken_back = own and change.now.get("state") == "declined"
    if fields & {"state", "decided_by"} and not (by.edits() or taken_back):
        raise _not_yours("A suggestion is decided by an editor.")
    if "decided_by" in fields and change.now.get("decided_by") and not by.is_called(change.now["decided_by"]):
        raise _not_yours("Nobody decides in somebody else’s name.")


def check_vote(change: Change, by: Writer) -> None:
    """Everybody votes for themselves; editors may clear the votes of all. Raises UpdateRefused."""
    _, _, member = change.key.rpartition(" ")
    if member != by.member and not (by.edits() and not change.now):
        raise _not_yours("Nobody votes for somebody else.")
    number = isinstance(change.now, int | float) and not isinstance(change.now, bool)
    if change.now is not None and not (number and 0 <= change.now <= MOST_VOTES and change.now == int(change.now)):
        raise UpdateRefused(f"Votes are a whole number from 0 to {MOST_VOTES}.", code="invalid")


SAID_CHECKS: Mapping[str, Callable[[Change, Writer], None]] = {
    COMMENTS: check_comment,
    SUGGESTIONS: check_suggestion,
    VOTES: check_vote,
}


def place_of(name: str, change: Change) -> str:
    """The record at which an entry stands; "" for none."""
    if change.now is None:
        return ""
    return str(change.key.rpartition(" ")[0] if name == VOTES else change.now.get("at", ""))


def _check_entry(model: type[Entry], change: Change, by: Writer) -> None:
    """The entry can be read, is there to stay, and is new only in the writer's own name."""
    if change.now is None:
        raise UpdateRefused("What was said is taken back, never cleared away.", code="not-allowed")
    entry = validated(model, change.now, change.key)
    if entry.id != change.key:
        raise UpdateRefused(f"{change.key}: its id says otherwise.", code="invalid")
    if change.was is None and entry.by != by.member:  # the name may be an earlier one; pages show today’s
        raise _not_yours("Nobody writes in somebody else’s name.")


def validated(model: type[M], fields: Data, id_: str) -> M:
    """These fields as a record of this kind. Raises UpdateRefused with the first of their faults."""
    try:
        return model.model_validate(fields)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise UpdateRefused(f"{id_}: {where}: {first['msg']}", code="invalid") from fault


def _not_yours(says: str) -> UpdateRefused:
    return UpdateRefused(says, code="not-yours")
