"""A small shop, walked: its map, its journeys in sight, and what a rule says about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check
from desireline.findings.gathering import Around, Walker
from desireline.findings.rule import Rule
from desireline.journeys.walk import walk
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.measures.view import View
from desireline.tables import CUSTOMERS, EVENTS, FEEDBACK

DAWN = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
MAP = """
map: {id: shop, title: Shop, journey: {by: case, patience: 0d, success: [arrived]}}
channels: [{id: web, title: Web}, {id: phone, title: Phone}, {id: mail, title: E-mail}, {id: post, title: Post}]
stages: [{id: look, title: Look}, {id: buy, title: Buy}, {id: wait, title: Wait}, {id: stay, title: Stay}]
touchpoints:
  - {id: letter, stage: look, title: Gets a letter, acts: company, optional: true, repeatable: true,
     when: {event: letter}}
  - {id: home, stage: look, title: Arrives, repeatable: true, when: {event: home}}
  - {id: tips, stage: look, title: Reads the tips, optional: true, when: {event: tips}}
  - {id: quiz, stage: look, title: Takes the quiz, optional: true, when: {event: quiz}}
  - {id: cart, stage: buy, title: Fills the cart, when: {event: cart}}
  - {id: order, stage: buy, title: Orders, when: {event: order}}
  - {id: help, stage: wait, title: Reads the help page, optional: true, repeatable: true, when: {event: help}}
  - {id: call, stage: wait, title: Asks, channels: [phone, mail], optional: true, when: {event: call}}
  - {id: arrived, stage: wait, title: Has it, acts: company, when: {event: arrived}}
  - {id: bye, stage: stay, title: Goes, optional: true, when: {event: unsubscribe}}
campaigns:
  - {id: spring, title: Spring, starts: 2026-03-02, when: {property: {campaign: spring}}}
  - {id: easter, title: Easter, starts: 2026-03-04, when: {property: {campaign: easter}}}
"""
SHOP = Outline(read_map(MAP, "shop"))
AROUND = Around(SHOP, date(2026, 12, 31), None, None)

Rows = Iterable[Mapping[str, Any]]


def shop_view(rows: Rows) -> View:
    """The walked bucket. Rows need customer, hour and event; case is the customer's own when missing."""
    told = [
        {
            "customer_id": row["customer"],
            "case_id": row.get("case") or f"of {row['customer']}",
            "at": DAWN + timedelta(hours=float(row["hour"])),
            "event": row["event"],
            "channel": row.get("channel", "web"),
            "status": row.get("status"),
            "properties": row.get("properties", "{}"),
            "row": number,
        }
        for number, row in enumerate(rows)
    ]
    events = EVENTS.shape(pl.DataFrame(told, infer_schema_length=None)) if told else EVENTS.empty()
    carried = ("property.campaign",)
    walked = walk(
        events, FEEDBACK.empty(), CUSTOMERS.empty(), SHOP, data_end=DAWN + timedelta(days=900), carried=carried
    )
    return View(walked.trips, SHOP)


def went(customer: str, path: str, *, start: float = 0.0, every: float = 1.0, **more: Any) -> list[dict[str, Any]]:
    """Steps of one customer, a step each `every` hours: `home! cart` fails at home."""
    found = []
    for number, name in enumerate(path.split()):
        event, _, channel = name.rstrip("!").partition("@")
        row = {"customer": customer, "hour": start + number * every, "event": event} | more
        row |= {"status": "failed"} if name.endswith("!") else {}
        found.append(row | ({"channel": channel} if channel else {}))
    return found


def gather(walker: Walker, *buckets: Rows) -> Any:
    """What is gathered from these buckets."""
    return walker.finish(walker.combine([walker.partial(shop_view(bucket)) for bucket in buckets]))


def dossier_of(rule: Rule, *buckets: Rows) -> Dossier:
    """All that the rule needs, from these buckets."""
    return Dossier(AROUND, {one.name: gather(one.make(AROUND), *buckets) for one in rule.needs})


def checks(rule: Rule, *buckets: Rows, **settings: Any) -> list[Check]:
    """All that the rule looked at."""
    return list(rule.checks(dossier_of(rule, *buckets), settings))


def passing(found: Iterable[Check], level: float = 0.01) -> list[str]:
    """The sentences of those that pass at this level, each tested by itself."""
    return [one.finding.says for one in found if one.finding is not None and (one.p is None or one.p <= level)]


def opened(rule: Rule, check: Check, rows: Rows) -> list[str]:
    """The customers behind the finding."""
    assert check.finding is not None
    assert rule.opens is not None
    return sorted(set(rule.opens(shop_view(rows), check.finding.who)))
