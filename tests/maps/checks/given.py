"""A map of which every check approves, and what the checks say once it is spoiled."""

from __future__ import annotations

from datetime import date

from desireline.maps.checks.catalog import run_checks
from desireline.maps.checks.check import MapData, OffMap, Remark
from desireline.maps.files import read_map

TODAY = date(2026, 3, 1)
MEASURES = frozenset({"conversion", "nps", "time_median"})

SOUND = """\
map:
  id: shop
  title: Shop
  owner: Ana
  review: {every_days: 90, last: 2026-01-01, by: Ana}
  journey: {by: silence, silence: 30d, success: [pay]}
personas: [{id: maya, title: Maya, segment: {property: {plan: pro}}}]
teams: [{id: sales, title: Sales}, {id: care, title: Care}]
channels: [{id: web, title: Web}, {id: phone, title: Phone}]
stages:
  - {id: look, title: Consideration, customer_goal: Choose, team: sales, kpis: [{measure: conversion, at_least: 0.4}]}
  - {id: buy, title: Purchase, customer_goal: Own it, team: sales, kpis: [{measure: conversion, at_least: 0.4}]}
  - {id: after, title: Support, customer_goal: Get help, team: care, kpis: [{measure: nps, at_least: 30}]}
touchpoints:
  - {id: browse, title: Browsing, stage: look, channels: [web], when: {event: browse}}
  - {id: pay, title: Payment, stage: buy, channels: [web],
     when: {event: pay}, promise: {time: {within: 1d, after: browse}}}
  - {id: call, title: Call, stage: after, channels: [phone], when: {event: call}, campaigns: [spring]}
campaigns: [{id: spring, title: Spring sale, ends: 2026-04-01}]
cards:
  - {at: pay, lane: feeling, says: Nervous, level: -1, evidence: {kind: observation, by: Ana, on: 2026-01-01}}
  - {at: pay, lane: pain, says: Slow, evidence: {kind: assumption}}
  - {at: pay, lane: opportunity, says: One click}
"""

DATA = MapData(
    visits={"browse": 90, "pay": 40, "call": 7},
    personas={"maya": 12},
    readings=frozenset({("conversion", "look"), ("conversion", "buy"), ("nps", "after"), ("nps", "call")}),
    measures=MEASURES,
    today=TODAY,
)


def remarks(old: str = "", new: str = "", *, data: MapData | None = DATA, text: str = SOUND) -> list[Remark]:
    """What all checks say about the sound map in which `old` was replaced."""
    assert old in text
    return run_checks(read_map(text.replace(old, new)), data, TODAY, measures=MEASURES)


def codes(old: str = "", new: str = "", *, data: MapData | None = DATA, text: str = SOUND) -> list[str]:
    """The codes of those remarks."""
    return [remark.code for remark in remarks(old, new, data=data, text=text)]


def off_map(*rows: tuple[str, str | None, int, int, float]) -> MapData:
    """The sound data with events that no touchpoint explains."""
    known = [OffMap(*row) for row in rows]
    return MapData(DATA.visits, known, DATA.personas, DATA.readings, DATA.measures, DATA.today)
