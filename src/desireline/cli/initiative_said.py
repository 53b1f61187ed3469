"""What options say of a target and of a roll-out: for commands that make initiatives, change them, or judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desireline.cli.initiative_words import Many, arms, day, kind_of
from desireline.cli.voice import WrongOption
from desireline.initiatives.records import Initiative, RollOut
from desireline.initiatives.revision import target_of, target_over
from desireline.maps.records import Map


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
        check_better(self.target.get("direction"))
        target = {"target": target_over(one, self.target)} if self.target else {}
        design = {} if self.design == Design() else {"roll_out": self.design.over(one.roll_out)}
        return self.fields | target | design


def days_of(starts_on: str | None, ends_on: str | None) -> dict[str, date | None]:
    """The planned first and last day. Raises WrongOption."""
    return {"starts_on": day(starts_on, "--starts-on"), "ends_on": day(ends_on, "--ends-on")}


def target_said(map_: Map, options: Mapping[str, Any]) -> dict[str, Any]:
    """The target that these options make; the place is the whole map when nobody says where. Raises WrongOption."""
    check_better(options["direction"])
    return target_of(map_.map.id, options)


def check_better(better: str | None) -> None:
    """Nothing happens when a number can get better that way. Raises WrongOption."""
    if better is not None and better not in ("up", "down"):
        raise WrongOption("--better", f"a number gets better up or down, not {better[:40]!r}.")
