"""The colours of every picture, by role, for light and for dark surroundings.

One accent (blue) and one warning (orange) that stay apart for every common kind of colour blindness; colour
is never the only sign. Stylesheets say `var(--ink)`; `resolve` puts the light values in for programs that
know no variables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "page": "#f6f7f9",
    "sheet": "#ffffff",
    "sunk": "#eef1f5",
    "ink": "#172130",
    "stage": "#172130",
    "on-stage": "#ffffff",
    "soft": "#535f70",
    "line": "#dbe1e8",
    "edge": "#7d899a",
    "accent": "#165a9f",
    "accent-mark": "#2f7bc4",
    "accent-soft": "#dfeaf6",
    "warn": "#9a420a",
    "warn-mark": "#cf6a17",
    "warn-soft": "#fbead9",
    "rest": "#7c8797",
    "rest-soft": "#e3e7ed",
    "hatch": "#c9d1db",
}

DARK: Mapping[str, str] = {
    "page": "#0f141b",
    "sheet": "#161d27",
    "sunk": "#1d2632",
    "ink": "#e8edf3",
    "stage": "#263850",
    "on-stage": "#f2f5f9",
    "soft": "#a6b2c2",
    "line": "#2b3644",
    "edge": "#7f8ea1",
    "accent": "#86bcf2",
    "accent-mark": "#5c9fe0",
    "accent-soft": "#1b3450",
    "warn": "#f2ad72",
    "warn-mark": "#dd8940",
    "warn-soft": "#41290f",
    "rest": "#77859a",
    "rest-soft": "#2a3442",
    "hatch": "#3d4a5b",
}

ON_GROUNDS = {
    "ink": ("page", "sheet", "sunk", "accent-soft", "warn-soft", "rest-soft"),
    "soft": ("page", "sheet", "sunk"),
    "accent": ("page", "sheet", "sunk", "accent-soft"),
    "warn": ("page", "sheet", "sunk", "warn-soft"),
    "sheet": ("ink", "accent"),
    "on-stage": ("stage",),
}
TEXT_PAIRS = tuple((text, ground) for text, grounds in ON_GROUNDS.items() for ground in grounds)
"""Which colour of text may stand on which ground: contrast at least 4.5 (WCAG 1.4.3)."""

MARK_PAIRS = tuple(
    (mark, ground) for mark in ("accent-mark", "warn-mark", "rest", "edge") for ground in ("sheet", "page")
)
"""Which marks may stand on which ground: contrast at least 3 (WCAG 1.4.11)."""


LINES = ("#165a9f", "#b4500b", "#2f7040", "#7a4299", "#8f2c4a", "#4d5866")
"""Lines of feeling on a white ground, each at contrast 4.5 or more; dashes and marks tell them apart as well."""


LINES_DARK = ("#86bcf2", "#f0a468", "#84cf9c", "#cba4e6", "#f09ab4", "#b6c2d0")
"""The same lines on a dark ground."""


def variables(colours: Mapping[str, str]) -> str:
    """The colours as CSS declarations."""
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def resolve(css: str, colours: Mapping[str, str] = LIGHT) -> str:
    """The stylesheet with each `var(--name)` replaced by its value. A name that is no colour is a
    KeyError.
    """
    return re.sub(r"var\(--([a-z-]+)\)", lambda found: colours[found[1]], css)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
