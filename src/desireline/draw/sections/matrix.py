"""Impact against effort: what to do first, what to plan, what to do beside, and what to leave."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from desireline.draw.finding import place, say_range, title
from desireline.draw.html import Markup
from desireline.draw.scatter import Dot, draw_scatter
from desireline.findings.opportunities.opportunity import Opportunity
from desireline.maps.outline import Outline

DO_FIRST, PLAN, BESIDE, LEAVE = "Do first", "Plan well", "Beside other work", "Leave"
UNKNOWN = 1.0
"""Where an effort stands that nobody has estimated; its dot is hollow."""


def draw_matrix(ranked: Sequence[Opportunity], outline: Outline) -> Markup:
    """The picture of those opportunities that have a size, numbered in the order given."""
    sized = [(k, one) for k, one in enumerate(ranked, 1) if one.lost is not None]
    dots = [_dot(k, one, outline) for k, one in sized]
    effort, impact = _middle([dot.x[0] for dot in dots]), _middle([dot.y[0] for dot in dots])
    return draw_scatter(
        dots,
        lines=(effort, impact),
        middles=(f"median {effort:g}", f"median {impact:,.0f}"),
        axes=("effort", "impact, lost journeys a year"),
        corners=(DO_FIRST, PLAN, BESIDE, LEAVE),
        says=f"Impact against effort of {len(dots)} opportunities. {' '.join(dot.says for dot in dots)}",
    )


def _dot(number: int, one: Opportunity, outline: Outline) -> Dot:
    where = place(one.finding, outline)
    effort = one.effort or UNKNOWN
    lost = one.lost if one.lost is not None else None
    ends = (lost.value, lost.low, lost.high) if lost else (0.0, float("nan"), float("nan"))
    said = say_range(lost, "lost journeys a year") if lost else ""
    known = f"effort {one.effort:g}" if one.effort else "effort not estimated"
    says = f"{number}: {title(one.finding)}, {where}: {said}, {known}."
    return Dot(f"{number} {where}", (effort, float("nan"), float("nan")), ends, one.effort is None, says)


def _middle(numbers: Sequence[float]) -> float:
    return float(median(numbers)) if numbers else 0.0
