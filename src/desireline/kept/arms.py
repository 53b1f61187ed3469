"""The arms of a roll-out by the names that data give them: who is treated, who is compared with, in which shares."""

from __future__ import annotations

from collections.abc import Mapping

from desireline.errors import UnknownGroup
from desireline.initiatives.records import RollOut
from desireline.measures.groups import NOBODY

ELSE = "everybody else"


def named(roll_out: RollOut, name: str) -> str:
    """An arm as groups are printed: "property:region=East"."""
    return f"{roll_out.by}{'=' if roll_out.by.startswith('property:') else ':'}{name}"


def control_of(roll_out: RollOut) -> str:
    """What the arm is called that the others are compared with."""
    return " + ".join(arm.name for arm in roll_out.arms if not arm.treated) or ELSE


def roles_of(roll_out: RollOut, known: list[str]) -> Mapping[str, str]:
    """What each arm that was seen is called: its own name when treated, the control's else. Raises UnknownGroup."""
    for arm in roll_out.arms:
        if named(roll_out, arm.name) not in known:
            raise UnknownGroup(named(roll_out, arm.name), [one for one in known if not one.endswith(NOBODY)])
    treated = {named(roll_out, arm.name): arm.name for arm in roll_out.arms if arm.treated}
    control = [named(roll_out, arm.name) for arm in roll_out.arms if not arm.treated]
    others = control or [one for one in known if one not in treated and not one.endswith(NOBODY)]
    return treated | dict.fromkeys(others, control_of(roll_out))


def shares_of(roll_out: RollOut) -> dict[str, float] | None:
    """The intended shares of the arms that a lot was to draw, the control with the rest; None unless all are said."""
    treated = [arm for arm in roll_out.arms if arm.treated]
    said = {arm.name: arm.share for arm in treated if arm.share}
    rest = 1.0 - sum(said.values())
    if roll_out.kind != "randomised" or len(said) < len(treated) or rest <= 0:
        return None
    return said | {control_of(roll_out): rest}
