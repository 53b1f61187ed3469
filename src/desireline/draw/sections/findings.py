"""The section on findings: what matters, how sure, what it costs, and impact against effort."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.draw.figures import NARROW, many
from desireline.draw.finding import beside, facts, place, say_cost, say_q, say_range, say_size, title, what_helps
from desireline.draw.grid import place_id
from desireline.draw.html import Child, Markup, el
from desireline.draw.listing import Cell, Head, listing
from desireline.draw.sections.matrix import draw_matrix
from desireline.draw.sections.section import Section
from desireline.findings.notice import Findings
from desireline.findings.opportunities.opportunity import Opportunity
from desireline.findings.opportunities.size import Range
from desireline.maps.outline import Outline


def findings_section(found: Findings, ranked: Sequence[Opportunity], outline: Outline) -> Section:
    """The ranked list and, below it, the picture of those that have a size."""
    passed, tried = found.checks
    looked = f"{tried:,} checks were made, in {many(len(found.families), 'family', 'families')}"
    if not ranked:
        lead = f"Nothing was found: {looked}. An empty list is an answer."
        return Section("findings", "Findings", "What matters", lead, el("p", {"class": "aside"}, "Nothing to do here."))
    lead = (
        f"{many(len(ranked), 'finding')}, the costliest first. Each effect is surely larger than what "
        f"would not matter; {looked}, and {passed:,} of them tell of something."
    )
    content = (_table(ranked, outline), el("p", {"class": "aside"}, _KEY), _chart(ranked, outline))
    return Section("findings", "Findings", "What matters", lead, content)


_KEY = (
    "pp: percentage points beyond all others. Grade: A randomised, B quasi-experiment, C adjusted association, D raw "
    "count or difference. q: the share of findings told as surely as this one that may be false. “desireline findings "
    "… --show ID” tells all about one, “--customers ID” lists whom it is about."
)


def _table(ranked: Sequence[Opportunity], outline: Outline) -> Markup:
    heads = [
        Head("Rank", "num"),
        Head("What was found"),
        Head("Effect", "num"),
        Head("Customers", "num"),
        Head("Lost journeys a year", "num"),
        *([Head(f"{_currency(outline)} a year", "num")] if any(one.money for one in ranked) else []),
        Head("Among the first three", "num"),
    ]
    rows = [_row(k, one, outline, money=len(heads) > 6) for k, one in enumerate(ranked, 1)]
    return listing("Findings, ranked by expected loss", heads, rows, sortable=True, css="ledger findings")


def _row(rank: int, one: Opportunity, outline: Outline, *, money: bool) -> list[Child | Cell]:
    finding = one.finding
    effect = el(
        "span",
        {"class": "evidence"},
        el("b", {"class": "value"}, say_size(finding.effect).partition(" [")[0]),
        el("small", {}, say_size(finding.effect).partition(" [")[2].removesuffix("]")),
        el("small", {}, f"grade{NARROW}{finding.grade}, {say_q(finding)}"),
    )
    return [
        Cell(el("span", {"id": f"finding-{finding.id}"}, str(rank)), rank),
        Cell(_sentence(one, outline), finding.rule),
        Cell(effect, finding.effect.value),
        Cell(f"{finding.customers:,}", finding.customers),
        Cell(_range(one.lost), one.lost.value if one.lost else -1.0),
        *([Cell(_range(one.money), one.money.value if one.money else -1.0)] if money else []),
        Cell("–" if one.in_top is None else f"{100 * one.in_top:.0f}{NARROW}%", one.in_top or 0.0),
    ]


def _range(numbers: Range | None) -> Markup:
    if numbers is None:
        return el("span", {"class": "none"}, "–")
    value, _, ends = say_range(numbers, "").partition(" [")
    return el(
        "span", {"class": "evidence"}, el("b", {"class": "value"}, value), el("small", {}, ends.removesuffix("]"))
    )


def _sentence(one: Opportunity, outline: Outline) -> Markup:
    finding, influence = one.finding, one.influence
    where: Child = place(finding, outline)
    if finding.at in outline.touchpoint:
        where = el("a", {"href": f"#{place_id(finding.at)}"}, where)
    ours = {"partly": "partly ours to change", "no": "not ours to change"}.get(influence)
    also = [el("li", {}, other) for other in beside(finding, outline)]
    quotes = [el("li", {}, el("q", {}, quote)) for quote in finding.quotes]
    return el(
        "div",
        {"class": "sentence"},
        el("p", {}, el("b", {}, title(finding)), " · ", where, f" · {ours}" if ours else None),
        el("p", {}, finding.says),
        el("p", {"class": "narrow"}, _in_short(one, outline)),
        el("details", {}, el("summary", {}, "What helps"), el("p", {}, what_helps(finding))),
        el("details", {}, el("summary", {}, "Also"), el("ul", {}, also)) if also else None,
        el("details", {}, el("summary", {}, "In their words"), el("ul", {}, quotes)) if quotes else None,
        el("p", {}, el("small", {}, "id ", el("code", {}, finding.id))),
    )


def _in_short(one: Opportunity, outline: Outline) -> str:
    """The row's numbers in a line, for windows that have no room for its columns."""
    told = facts(one.finding)
    return " · ".join([*told, *([f"costs {say_cost(one, _currency(outline))}"] if one.lost else [])])


def _chart(ranked: Sequence[Opportunity], outline: Outline) -> Markup | None:
    """Impact against effort, once somebody has estimated efforts."""
    if not any(one.effort and one.lost for one in ranked):
        return None
    return el(
        "div",
        {"class": "by-chart"},
        el("h3", {}, "Impact against effort"),
        el("p", {"class": "aside"}, "Hollow: nobody has estimated the effort yet."),
        el("div", {"class": "picture"}, draw_matrix(ranked, outline)),
    )


def _currency(outline: Outline) -> str:
    return outline.map.map.currency or "Money"
