"""A small sign for each kind of deviation and mark, drawn on a 12 × 12 field, so that colour never speaks
alone.
"""

from __future__ import annotations

from desireline.draw.html import Markup, el

SIGNS = {
    "missing": "M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M2.8 9.2l6.4-6.4",
    "ad hoc": "M6 1.5v9M1.5 6h9",
    "repeated": "M10 6a4 4 0 1 1-1.4-3M9 .8v2.4H6.6",
    "irregular order": "M1 4h9M7.8 1.8L10 4M11 8H2M4.2 10.2L2 8",
    "wrong channel": "M1 9.5c5 0 4-6.5 9.5-6.5M8 .8L10.6 3L8 5.2M7 9.5h4",
    "late": "M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6M6 3.2V6l2 1.6",
    "failed": "M2.2 2.2l7.6 7.6M9.8 2.2l-7.6 7.6",
    "stuck": "M4 1.8v8.4M8 1.8v8.4",
    "lost": "M2 2l7.5 7.5M9.8 4.6v5.2H4.6",
    "moment of truth": "M6 1l5 5l-5 5l-5-5z",
    "reached": "M1.8 6.4l2.8 2.9L10.2 3",
    "under way": "M1.5 6h1M5.5 6h1M9.5 6h1",
}


def sign(kind: str, *, x: float | None = None, y: float | None = None) -> Markup:
    """The sign as its own little SVG in running HTML, or, given a place, as a group for a larger SVG."""
    path = el("path", {"d": SIGNS.get(kind, "M3 6h6"), "class": "sign"})
    if x is None or y is None:
        return el(
            "svg",
            {"class": "icon", "viewBox": "0 0 12 12", "aria-hidden": "true", "focusable": "false"},
            path,
        )
    return el("g", {"transform": f"translate({x:g} {y:g})"}, path)
