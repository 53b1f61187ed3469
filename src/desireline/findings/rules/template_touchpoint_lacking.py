"""The map's template has a touchpoint that the map lacks, and customers are there."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from desireline.errors import UnknownTemplate
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Finding, Who
from desireline.findings.gather.strangers import STRANGERS
from desireline.findings.rule import rule
from desireline.findings.shares import ones, share_of
from desireline.findings.words import percent
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.maps.records import Touchpoint
from desireline.maps.templates import load_template
from desireline.measures.view import View

_KNOWN = {"event", "channel"}


def open_lacking(view: View, who: Who) -> pl.Series:
    """Customers in whose journeys the events come."""
    told = view.trips.strays
    found = [_matching(point, view.trips.off_map)["event"] for point in _lacking(view.outline) if point.id == who.at]
    if told.is_empty() or not found:
        return view.people.clear()
    names = found[0].cast(pl.String).unique()
    trips = told.filter(pl.col("event").cast(pl.String).is_in(names.implode()))["trip"].to_numpy()
    return view.people.gather(view.owners.customer[trips])


@rule("A touchpoint of the template is lacking", needs=(STRANGERS,), opens=open_lacking, exact=False)
def template_touchpoint_lacking(dossier: Dossier, *, at_least: int = 100, smallest: float = 0.02) -> Iterator[Check]:
    """The template that the map began with has a touchpoint that the map lacks, while events for it arrive.

    Events count that no touchpoint of the map explains and that the template's own binding matches, from `at_least`
    customers and more than `smallest` of all.

    Why it matters: others who drew this journey met customers there, and so do you, unseen.
    What helps: add the touchpoint from the template, or say in the map's scope why it is left out.
    """
    found = dossier.get(STRANGERS)
    for point in _lacking(dossier.outline):
        met = _matching(point, found.frame)
        customers = int(met["customers"].max() or 0)  # type: ignore[arg-type]
        enough = customers >= at_least and customers / max(found.customers, 1) > smallest
        yield Check(_finding(dossier, point, met, customers=customers) if enough else None)


def _lacking(outline: Outline) -> Iterator[Touchpoint]:
    """Touchpoints of the template whose id and title the map does not have."""
    name = outline.map.map.template
    if name is None:
        return
    try:
        template = Outline(read_map(load_template(name)))
    except UnknownTemplate:  # a company's own template: nothing is known of it here
        return
    own = {point.title.casefold() for point in outline.touchpoints} | set(outline.touchpoint)
    for point in template.bound:
        if point.id not in own and point.title.casefold() not in own:
            yield point


def _matching(point: Touchpoint, events: pl.DataFrame) -> pl.DataFrame:
    if point.when is None or events.is_empty() or point.when.fields() - _KNOWN:
        return events.clear()
    return events.filter(point.when.expr())


def _finding(dossier: Dossier, point: Touchpoint, met: pl.DataFrame, *, customers: int) -> Finding:
    share = share_of(ones(customers, dossier.get(STRANGERS).customers))
    names = ", ".join(f"“{name}”" for name in met["event"].unique().sort().head(3))
    return Finding(
        rule="template touchpoint lacking",
        at=str(met.sort("customers", "event", descending=[True, False])["event"][0]),
        says=(
            f"The template “{dossier.outline.map.map.template}” has “{point.title or point.id}”, this map has not; "
            f"{customers:,} customers ({percent(share.value)}) were there ({names})."
        ),
        effect=share.effect("customers who were there"),
        customers=customers,
        who=Who("template", point.id),
    )
