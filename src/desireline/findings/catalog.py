"""All rules, by name, in the order in which people meet them: what customers do, what they say, what the map lacks."""

from __future__ import annotations

from desireline.errors import UnknownRule
from desireline.findings.rule import Rule
from desireline.findings.rules.dead_touchpoint import dead_touchpoint
from desireline.findings.rules.failing import failing
from desireline.findings.rules.late import late
from desireline.findings.rules.lost import lost
from desireline.findings.rules.out_of_order import out_of_order
from desireline.findings.rules.repeating import repeating
from desireline.findings.rules.skipped import skipped
from desireline.findings.rules.stuck import stuck
from desireline.findings.rules.wrong_channel import wrong_channel

RULES: dict[str, Rule] = {
    one.name: one
    for one in (
        # what customers do
        lost,
        failing,
        late,
        stuck,
        repeating,
        out_of_order,
        skipped,
        wrong_channel,
        dead_touchpoint,
        # what they say
        # what goes together
        # what the map lacks
    )
}


def find_rule(name: str) -> Rule:
    """The rule of this name. Raises UnknownRule with the nearest name."""
    if name not in RULES:
        raise UnknownRule(name, RULES)
    return RULES[name]
