"""The sections on the ground the report stands on: what the map explains, and which rows were refused."""

from __future__ import annotations

import polars as pl

from desireline.access import may_show
from desireline.draw.figures import many, say
from desireline.draw.html import Child, Markup, el
from desireline.draw.listing import Cell, Head, bar, listing
from desireline.draw.meta import Coverage, Meta
from desireline.draw.readings import HIDDEN
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline

MOST_EVENTS = 20


def coverage_section(coverage: Coverage | None, outline: Outline) -> Section:
    """Coverage both ways: data that the map explains, map that the data backs."""
    if coverage is None:
        return Section("coverage", "Coverage", "What the map explains", "Coverage was not measured.", "")
    bound = len(outline.touchpoints)
    rows: list[list[Child | Cell]] = [
        _share("Events that a touchpoint explains", coverage.events_explained, coverage.events),
        _share("Customers met at a touchpoint", coverage.customers_explained, coverage.customers),
        _share("Touchpoints bound to events by a rule", coverage.touchpoints_bound, bound),
        _share(
            "Bound touchpoints that somebody visited",
            coverage.touchpoints_visited,
            coverage.touchpoints_bound,
        ),
    ]
    heads = [
        Head("What"),
        Head("Share", "wide", hidden=True),
        Head("Share", "num"),
        Head("Of how many", "num"),
    ]
    lead = "Both ways: how much of the data the map explains, and how much of the map the data backs."
    content = (listing("Coverage", heads, rows), _off_map(coverage), _unbound(coverage, outline))
    return Section("coverage", "Coverage", "What the map explains", lead, content)


def refused_section(meta: Meta) -> Section | None:
    """Rows read, accepted, refused and known already; refused rows by reason. None when no import is
    known.
    """
    if meta.read is None:
        return None
    said = [
        f"{many(meta.read, 'row')} read",
        *(
            f"{count:,} {word}"
            for count, word in (
                (meta.accepted, "accepted"),
                (meta.refused, "refused"),
                (meta.duplicates, "known already"),
            )
            if count is not None
        ),
    ]
    lead = f"{said[0]}: {', '.join(said[1:])}. Every refused row is kept with its reason. "
    told = (lead, el("code", {}, "desireline refusals"), " lists them.")
    return Section(
        "refused",
        "Refused rows",
        "Rows that were refused",
        told,
        _refusals(meta.refusals) or el("p", {"class": "empty"}, "No row was refused."),
    )


def _share(title: str, part: int, whole: int) -> list[Child | Cell]:
    share = part / whole if whole else None
    return [title, bar(share), say(share, "share") if share is not None else "–", f"{part:,} of {whole:,}"]


def _off_map(coverage: Coverage) -> Markup | None:
    rows: list[list[Child | Cell]] = []
    for row in coverage.off_map.head(MOST_EVENTS).to_dicts():
        n = int(row.get("customers") or 0)
        few = not may_show(n)
        title = row.get("event") or "(no name)"
        rows.append(
            [
                title,
                row.get("channel") or "–",
                Cell("–" if few else f"{int(row['events']):,}", 0 if few else int(row["events"])),
                Cell(HIDDEN if few else f"{n:,}", 0 if few else n),
            ]
        )
    if not rows:
        return el("p", {"class": "aside"}, "A touchpoint explains every event.")
    heads = [Head("Event"), Head("Channel"), Head("Events", "num"), Head("Customers", "num")]
    rest = coverage.off_map.height - len(rows)
    more = (
        el(
            "p",
            {"class": "aside"},
            f"and {many(rest, 'more kind')} of events.".replace("more kinds", "more kinds"),
        )
        if rest > 0
        else None
    )
    return el("div", {}, listing("Events that no touchpoint explains", heads, rows, sortable=True), more)


def _unbound(coverage: Coverage, outline: Outline) -> Markup | None:
    titles = [outline.titles.get(id_, id_) for id_ in coverage.unbound]
    if not titles:
        return None
    return el(
        "p",
        {"class": "aside"},
        el("b", {}, "Not bound to any event, so nothing can be said of them: "),
        ", ".join(titles),
        ".",
    )


def _refusals(refusals: pl.DataFrame | None) -> Markup:
    rows: list[list[Child | Cell]] = [
        [
            str(row.get("reason") or ""),
            str(row.get("source") or ""),
            Cell(f"{int(row.get('rows') or 0):,}", int(row.get("rows") or 0)),
            str(row.get("detail") or ""),
        ]
        for row in (refusals.to_dicts() if refusals is not None else [])
    ]
    return listing(
        "Refused rows by reason",
        [Head("Reason"), Head("File"), Head("Rows", "num"), Head("For example")],
        rows,
        sortable=True,
    )
