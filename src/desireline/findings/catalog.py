"""All rules, by name, in the order in which people meet them: what customers do, what they say, what the map lacks."""

from __future__ import annotations

from desireline.errors import UnknownRule
from desireline.findings.rule import Rule
from desireline.findings.rules.assumption_contradicted import assumption_contradicted
from desireline.findings.rules.campaign_overlap import campaign_overlap
from desireline.findings.rules.cannot_find_contact import cannot_find_contact
from desireline.findings.rules.channel_misalignment import channel_misalignment
from desireline.findings.rules.churn_pattern import churn_pattern
from desireline.findings.rules.churning_kind import churning_kind
from desireline.findings.rules.dead_touchpoint import dead_touchpoint
from desireline.findings.rules.drift import drift
from desireline.findings.rules.effort_at_a_hand_off import effort_at_a_hand_off
from desireline.findings.rules.failing import failing
from desireline.findings.rules.feeling_below_intent import feeling_below_intent
from desireline.findings.rules.first_cause_of_bad_scores import first_cause_of_bad_scores
from desireline.findings.rules.kpi_off_target import kpi_off_target
from desireline.findings.rules.late import late
from desireline.findings.rules.lost import lost
from desireline.findings.rules.low_point_near_the_end import low_point_near_the_end
from desireline.findings.rules.missing_touchpoint import missing_touchpoint
from desireline.findings.rules.off_map_touchpoint import off_map_touchpoint
from desireline.findings.rules.out_of_order import out_of_order
from desireline.findings.rules.persona_served_worse import persona_served_worse
from desireline.findings.rules.repeating import repeating
from desireline.findings.rules.silent_source import silent_source
from desireline.findings.rules.silent_touchpoint import silent_touchpoint
from desireline.findings.rules.skipped import skipped
from desireline.findings.rules.stuck import stuck
from desireline.findings.rules.template_touchpoint_lacking import template_touchpoint_lacking
from desireline.findings.rules.unmet_need import unmet_need
from desireline.findings.rules.unowned_touchpoint import unowned_touchpoint
from desireline.findings.rules.when_customers_decide import when_customers_decide
from desireline.findings.rules.winning_route import winning_route
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
        off_map_touchpoint,
        cannot_find_contact,
        effort_at_a_hand_off,
        # what they say
        first_cause_of_bad_scores,
        channel_misalignment,
        persona_served_worse,
        feeling_below_intent,
        low_point_near_the_end,
        unmet_need,
        kpi_off_target,
        # what goes together
        churn_pattern,
        churning_kind,
        campaign_overlap,
        winning_route,
        when_customers_decide,
        # what the map lacks
        missing_touchpoint,
        template_touchpoint_lacking,
        silent_touchpoint,
        unowned_touchpoint,
        assumption_contradicted,
        # whether the map still holds
        drift,
        silent_source,
    )
}


def find_rule(name: str) -> Rule:
    """The rule of this name. Raises UnknownRule with the nearest name."""
    if name not in RULES:
        raise UnknownRule(name, RULES)
    return RULES[name]
