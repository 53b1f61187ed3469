"""What matters and what was done about it, drawn for a report."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.draw.sections.section import Section


@dataclass(frozen=True)
class Decided:
    """Sections that come before the map, and the finding that costs most in a sentence; empty: nobody looked."""

    sections: tuple[Section, ...] = ()
    first: str = ""
