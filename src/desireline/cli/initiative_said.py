"""What options say of a target and of a roll-out: for commands that make initiatives, change them, or judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desireline.cli.initiative_words import Many, arms, day, kind_of
from desireline.cli.voice import WrongOption
from desireline.errors import QuestionUnclear
from desireline.initiatives.records import Initiative, RollOut
from desireline.initiatives.trial import usual_direction
from desireline.maps.records import Map

NUMBER = ("measure", "at", "group")
"""Which number is to move; a baseline belongs to one number."""


@dataclass(frozen=True)
class Design:
    """How it is rolled out, as the options say it."""

    by: str | None = None
    treated: Many = None
    control: Many = None
    unaffected: Many = None
    randomised: bool = False

    def made(self) -> dict[str, Any]:
        """The roll-out that these options make."""
        return {
            "kind": kind_of(self.by, randomised=self.randomised),
            "by": self.by or "",
            "arms": arms(self.treated or [], self.control or []),
            "controls": self.unaffected or [],
        }

    def over(self, old: RollOut) -> dict[str, Any]:
        """The old roll-out with what these options say of it; the rest stays, arms only with what tells them apart."""
        said = old.model_dump()
        by_ = old.by if self.by is None else self.by
        lot = self.randomised or (old.kind == "randomised" and by_ == old.by)
        kept = said["arms"] if by_ == old.by else []
        treated = [arm for arm in kept if arm["treated"]] if self.treated is None else arms(self.treated, [])
        control = [arm for arm in kept if not arm["treated"]] if self.control is None else arms([], self.control)
        said |= {"by": by_, "kind": kind_of(by_, randomised=lot), "arms": [*treated, *control]}
        return said | ({} if self.unaffected is None else {"controls": self.unaffected})


@dataclass(frozen=True)
class Revision:
    """What is to be changed of an initiative: plain fields, parts of its target, its roll-out."""

    fields: dict[str, Any]
    target: dict[str, Any]
    design: Design

    @property
    def empty(self) -> bool:
        """Nobody said anything."""
        return not self.fields and not self.target and self.design == Design()

    def over(self, one: Initiative) -> dict[str, Any]:
        """The fields of the initiative that change, whole."""
        target = {"target": target_over(one, self.target)} if self.target else {}
        design = {} if self.design == Design() else {"roll_out": self.design.over(one.roll_out)}
        return self.fields | target | design


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that somebody gave."""
    return {name: value for name, value in options.items() if value is not None}


def days_of(starts_on: str | None, ends_on: str | None) -> dict[str, date | None]:
    """The planned first and last day. Raises WrongOption."""
    return {"starts_on": day(starts_on, "--starts-on"), "ends_on": day(ends_on, "--ends-on")}


def direction_of(better: str | None, measure: str) -> str:
    """Which way the number gets better. Raises WrongOption."""
    if better is not None and better not in ("up", "down"):
        raise WrongOption("--better", f"a number gets better up or down, not {better[:40]!r}.")
    return better or usual_direction(measure)


def target_of(map_: Map, options: Mapping[str, Any]) -> dict[str, Any]:
    """The target that these options make; the place is the whole map when nobody says where."""
    said = {"at": map_.map.id, "group": ""} | given(options)
    return said | {"direction": direction_of(options["direction"], options["measure"])}


def target_over(one: Initiative, options: Mapping[str, Any]) -> dict[str, Any]:
    """The initiative's target with what these options say of it.

    Its baseline stays only where it is that of the same number; sizes and direction only where the measure is the same.
    """
    old, said = one.target.model_dump(), given(options)
    measure = said.get("measure", one.target.measure)
    if "direction" in said or measure != one.target.measure:
        said["direction"] = direction_of(said.get("direction"), measure)
    if any(said.get(name, old[name]) != old[name] for name in NUMBER):
        old["baseline"] = None
    if measure != one.target.measure:
        old |= {"expected": None, "smallest": None}
    return old | said


def check_map(one: Initiative, map_: Map) -> None:
    """Nothing happens when the initiative was written for this map. Raises QuestionUnclear."""
    if one.map_id and one.map_id != map_.map.id:
        raise QuestionUnclear(f"{one.id} was written for the map {one.map_id!r}, and this is {map_.map.id!r}.")
