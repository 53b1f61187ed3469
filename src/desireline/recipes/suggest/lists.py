"""Lists of campaigns and of customers: sources that describe something instead of telling what happened."""

from __future__ import annotations

import re

from desireline.recipes.suggest.names import fits, is_id_name, key_name, plain, singular
from desireline.recipes.suggest.profile import Column, Profile
from desireline.recipes.suggest.study import Study
from desireline.recipes.suggest.table import Table, rest_of

_PEOPLE = frozenset(
    (
        "customer",
        "client",
        "user",
        "contact",
        "person",
        "people",
        "member",
        "household",
        "demographic",
        "guest",
    )
)


def suggest_campaigns(study: Study, found: Profile) -> Table | None:
    """Campaigns: a source whose rows are told apart by a campaign, and which has no customers."""
    campaign = next(
        (c for c in found.columns.values() if c.unique and fits(key_name(found.name, c.name), "campaign") >= 0.9),
        None,
    )
    if campaign is None or study.customer(found) is not None:
        return None
    table: Table = {"into": "campaigns", "source": found.name, "campaign": campaign.name}
    study.because(found.name, campaign.name, "campaign", "every row has its own", sure=0.9)
    for role, pattern in (
        ("title", r"name|title|subject"),
        ("kind", r"type|kind"),
        ("cost", r"costs?|budget|spend"),
    ):
        column = _named(found, pattern, but=table)
        if column is not None:
            table[role] = column.name
    for role, pattern in (("starts", r"start|starts|begin|from|launch"), ("ends", r"end|ends|until|to|stop")):
        column = _named(found, pattern, but=table)
        if column is not None and column.kind == "time":
            table[role] = column.name
            study.used_times.append(column)
    used = {pick for pick in table.values() if isinstance(pick, str)}
    return table | {"properties": [n for n, c in found.columns.items() if n not in used and c.kind != "empty"]}


def _named(found: Profile, pattern: str, *, but: Table) -> Column | None:
    fitting = (c for c in found.columns.values() if re.search(rf"\b({pattern})\b", plain(c.name)))
    return next((c for c in fitting if c.kind != "empty" and c.name not in but.values()), None)


def suggest_people(study: Study, found: Profile) -> Table | None:
    """Customers: a source that by its name lists people, each once."""
    return suggest_customers(study, found) if singular(found.name).split()[-1] in _PEOPLE else None


def suggest_customers(study: Study, found: Profile) -> Table | None:
    """Customers: a source without events in which each row has a customer of its own (nearly)."""
    way = study.customer(found)
    if way is None or way.links or _repeats(way.column):
        return None
    told = [c for c in found.columns.values() if not is_id_name(c.name) and c.distinct > 1]
    if not told and len(found.columns) > 1:
        return None  # a mere link between ids says nothing about anybody
    study.because(found.name, way.pick, "customer", "nearly every row has its own", sure=way.sure)
    table: Table = {"into": "customers", "source": found.name, "customer": way.pick}
    kept = rest_of(study, found, [table])
    others = [n for n, c in found.columns.items() if n != way.pick and c.kind != "empty"]
    return table | {"properties": "all" if kept == others else kept}


def why_unused(study: Study, found: Profile) -> str:
    """Why nothing is made of a source: it holds no times, no answers, and no list of customers."""
    way = study.customer(found)
    if way is None or way.links or found.times():
        return "no instants, answers or customers found"
    if _repeats(way.column):
        repeats = f"customers repeat in {way.column.name} and nothing says when"
        return f"{repeats}, so it is neither events nor a list of customers"
    return f"{way.column.name} names customers, and nothing else is said of them"


def _repeats(customer: Column) -> bool:
    """True when more than a few rows are about a customer who stands in another row."""
    return customer.distinct < 0.9 * customer.rows
