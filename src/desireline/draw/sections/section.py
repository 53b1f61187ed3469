"""A section of the report: a heading, one sentence that says what it shows, and its content."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.draw.html import Child, Markup, el, markup


@dataclass(frozen=True)
class Section:
    """What `report.py` sets in order. `short` is its name in the navigation; a section without content stays
    calm.
    """

    id: str
    short: str
    title: str
    lead: Child
    content: Child
    wide: bool = False

    def html(self) -> Markup:
        """The section as an element, labelled by its heading."""
        heading = f"{self.id}-title"
        inside = markup(self.content)
        nothing = None if inside else el("p", {"class": "empty"}, "Nothing to show here yet.")
        return el(
            "section",
            {"id": self.id, "aria-labelledby": heading, "class": "wide" if self.wide else None},
            el("h2", {"id": heading}, self.title),
            el("p", {"class": "lead"}, self.lead) if self.lead else None,
            inside,
            nothing,
        )
