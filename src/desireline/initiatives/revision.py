"""What people say of an initiative's target, made whole: for those who make one, change one, or judge without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desireline.errors import QuestionUnclear
from desireline.initiatives.changes import overlaps
from desireline.initiatives.records import Initiative
from desireline.initiatives.trial import usual_direction

NUMBER = ("measure", "at", "group")
"""Which number is to move; a baseline belongs to one number."""
SIZES = ("expected", "smallest")
"""What may be taken back: nobody has to say how much is to change."""


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody said."""
    return {name: value for name, value in options.items() if value is not None}


def target_of(map_id: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The target; the place is the whole map when nobody says where, and the better way the measure's usual one."""
    said = {"at": map_id, "group": ""} | given(options)
    return {"direction": usual_direction(said["measure"])} | said


def target_over(one: Initiative, options: Mapping[str, Any]) -> dict[str, Any]:
    """The initiative's target with what is said of it.

    Its baseline stays only where it is that of the same number; sizes and direction only where the measure is the same.
    None takes a size back; of anything else it says nothing.
    """
    taken_back = {name: None for name in SIZES if name in options}
    old, said = one.target.model_dump(), taken_back | given(options)
    measure = said.get("measure", one.target.measure)
    if measure != one.target.measure:
        said = {"direction": usual_direction(measure)} | said
    if any(said.get(name, old[name]) != old[name] for name in NUMBER):
        old["baseline"] = None
    if measure != one.target.measure:
        old |= dict.fromkeys(SIZES)
    return old | said


def same_watch(one: Initiative, other: Initiative) -> bool:
    """The same number is watched of the same groups, so that nothing has to be checked anew."""
    same = all(getattr(one.target, name) == getattr(other.target, name) for name in NUMBER)
    return same and one.roll_out == other.roll_out


def check_map(one: Initiative, map_id: str) -> None:
    """Nothing happens when the initiative was written for this map. Raises QuestionUnclear."""
    if one.map_id and one.map_id != map_id:
        raise QuestionUnclear(f"{one.id} was written for the map {one.map_id!r}, and this is {map_id!r}.")


def check_begun(one: Initiative) -> None:
    """Nothing happens when there is something to judge. Raises QuestionUnclear."""
    if not one.begun:
        raise QuestionUnclear(
            f"{one.id} is {one.status}, so there is nothing to judge yet. "
            f"`desireline initiative start {one.id}` says that it began."
        )


def overlap_notes(one: Initiative, others: Sequence[Initiative]) -> list[str]:
    """A sentence for each other initiative that moves the same number at the same time."""
    return [
        f"{other.id} moves the same measure at the same place at the same time ({other.starts_on} to "
        f"{other.runs_until or 'open end'}): nobody will be able to tell their effects apart."
        for other in overlaps(one, list(others), own_id=one.id)
    ]
