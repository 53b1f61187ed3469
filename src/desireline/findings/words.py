"""How findings are said: shares, groups and days in the words of the map."""

from __future__ import annotations

from datetime import date

from desireline.maps.outline import Outline
from desireline.measures.groups import BANDS

_MONTHS = tuple(  # no locale decides
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def percent(share: float) -> str:
    """42 %, or 4.2 % below ten."""
    return f"{100 * share:.1f} %" if abs(share) < 0.0995 else f"{100 * share:.0f} %"


def points(gap: float) -> str:
    """A difference of shares in percentage points."""
    return f"{100 * gap:.1f} points" if abs(gap) < 0.0995 else f"{100 * gap:.0f} points"


def day(when: date) -> str:
    """16 February 2026."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def whose(outline: Outline, group: str) -> str:
    """A group in a sentence, after what it does: “in the app”, “where region is East”; nothing for everybody."""
    grouping, _, name = group.partition(":")
    if not group:
        return ""
    if grouping == "property":
        return "where {} is {}".format(*property_of(group))
    title = outline.titles.get(name, name)
    return {"channel": f"in the channel {title}", "persona": f"for {title}"}.get(grouping, f"for {title}")


def property_of(group: str) -> tuple[str, str]:
    """The property and the value, or band of values, that make a group.

    >>> property_of("property:tenure#10,30=below 10")
    ('tenure', 'below 10')
    """
    name, _, value = group.partition(":")[2].partition("=")
    return name.partition(BANDS)[0].replace("_", " "), value


def when_and_whose(outline: Outline, group: str, since: date | None) -> str:
    """“Since about 16 February 2026, where region is East”: the beginning of a sentence; empty for all the time."""
    parts = [f"since about {day(since)}" if since else "", whose(outline, group)]
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]
