"""Every check there is, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from desireline.maps.checks import (
    bindings,
    kpis,
    ownership,
    personas,
    pitfalls,
    promises,
    reality,
    reviews,
    statements,
    structure,
)
from desireline.maps.checks.check import SEVERITIES, Check, Look, MapData, Remark
from desireline.maps.outline import Outline
from desireline.maps.records import Map

FAMILIES: dict[str, tuple[Check, ...]] = {
    "The five pitfalls": (
        pitfalls.sales_only,
        pitfalls.assumptions_only,
        pitfalls.never_reviewed,
        pitfalls.silo,
        pitfalls.no_emotions,
    ),
    "Map and data": (reality.touchpoint_nobody_visits, reality.event_unexplained),
    "Structure": (
        structure.no_stages,
        structure.empty_stage,
        structure.stage_without_goal,
        structure.no_success,
        structure.success_unreachable,
        structure.gone_record,
        structure.broken_link,
        structure.wide_any_order,
        structure.touchpoint_without_channel,
        structure.unused_channel,
    ),
    "Bindings": (
        bindings.unbound_touchpoint,
        bindings.event_claimed_twice,
        bindings.failure_without_binding,
        bindings.cut_incomplete,
    ),
    "Promises": (promises.promise_without_measure, promises.promise_unclear, promises.moment_without_promise),
    "Targets": (
        kpis.stage_without_kpi,
        kpis.kpi_unknown_measure,
        kpis.kpi_without_target,
        kpis.kpi_without_data,
    ),
    "Ownership": (ownership.unowned_touchpoint, ownership.idle_team, ownership.kpi_without_influence),
    "Personas": (personas.no_persona, personas.persona_without_segment, personas.persona_nobody_matches),
    "Statements": (
        statements.cards_without_evidence,
        statements.pain_without_opportunity,
        statements.feeling_without_level,
        statements.empty_card,
    ),
    "Upkeep": (reviews.review_overdue, reviews.no_owner, reviews.campaign_over, reviews.campaign_nowhere),
}

CHECKS: tuple[Check, ...] = tuple(check for family in FAMILIES.values() for check in family)


def run_checks(map: Map, data: MapData | None, today: date, *, measures: Collection[str] = ()) -> list[Remark]:
    """What the checks say about a map: errors first, then warnings, then hints.

    Checks that need data are left out where `data` is None. `measures` are those that exist; when missing,
    the data's are taken. No clock is read: `today` decides what is overdue.
    """
    look = Look(Outline(map), today, measures or (data.measures if data else ()), data or MapData())
    remarks = [remark for check in CHECKS if check.needs == "map" or data is not None for remark in check.remarks(look)]
    return sorted(remarks, key=lambda remark: SEVERITIES.index(remark.severity))
