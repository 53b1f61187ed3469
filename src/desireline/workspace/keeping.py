"""What a workspace holds and how it came in, and how a map is bound to it, as use cases of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.access import may_show
from desireline.kept.bindings import Around, Tally, around, claim
from desireline.kept.bound_answers import AnswersBound, bound_answers, events_with_due
from desireline.kept.hearing import tier_of
from desireline.kept.holdings import holdings, rare_events, refusal_counts
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.maps.rules import Rule
from desireline.pipeline.bringing import Step, silent
from desireline.pipeline.placing import fields_looked_at
from desireline.workspace.asking import Asking
from desireline.workspace.entering import Entering
from desireline.workspace.held import as_map

if TYPE_CHECKING:
    from desireline.journeys.coverage import Coverage


class Keeping(Entering, Asking):
    """What came in, and what a map makes of it."""

    def holdings(self) -> dict[str, Any]:
        """Counts, imports, sources with their freshness and silences, and the tier that reads texts: plain data."""
        return {**holdings(self._lake.current()), "imports": self.imports(), "tier": tier_of(self.folder)}

    def rare_events(self) -> frozenset[str]:
        """The names of events that fewer than five customers met."""
        return rare_events(self._lake.current())

    def refusal_counts(self) -> list[dict[str, Any]]:
        """How many rows were refused, by reason and import: reason, says, import_id, rows."""
        return refusal_counts(self._lake.current())

    def suggest_bindings(
        self, map_: str | Path | Map, coverage: Coverage, *, step: Step = silent
    ) -> tuple[list[dict[str, Any]], Around]:
        """Events off the map with the touchpoints that they may belong to, and why; and what is known of those events.

        Small groups are left out. Raises NoEvents.
        """
        from desireline.discovery.binding import suggest_bindings  # noqa: PLC0415

        outline = Outline(as_map(map_))
        shown = {row["event"] for row in coverage.off_map.iter_rows(named=True) if may_show(row["customers"])}
        known = around(self.trace(fields_looked_at(outline), step=step), outline, shown)
        return [{**vars(one), "why": list(one.why)} for one in suggest_bindings(outline, known.near)], known

    def bound_answers(self, map_: str | Path | Map) -> list[AnswersBound]:
        """What customers were asked, and which places of the map the answers speak about; small groups are left out."""
        return bound_answers(self._lake.current(), Outline(as_map(map_)))

    def events_with_due(self) -> frozenset[str]:
        """The names of events that say by when they were due: a touchpoint can promise that time."""
        return events_with_due(self._lake.current())

    def count_rule(
        self, map_: str | Path | Map, rule: Rule, at: str | None = None, *, step: Step = silent
    ) -> dict[str, Any]:
        """What a rule takes when it is written at the touchpoint `at`; without it, what of it is off the map now.

        meant: all events that it means; here: those that stand on the touchpoint; first: those that a touchpoint
        before it on the map has. Each {events, customers}, both None for fewer than 5 customers. Raises NoEvents.
        """
        outline = Outline(as_map(map_))
        found = claim(self.trace(step=step), self._lake.current(), outline, rule, at)
        first = [{"touchpoint": name, "title": outline.titles[name], **_told(one)} for name, one in found.first.items()]
        return {"meant": _told(found.meant), "here": _told(found.here), "first": first}


def _told(tally: Tally) -> dict[str, int | None]:
    shown = may_show(tally.customers)
    return {"events": tally.events if shown else None, "customers": tally.customers if shown else None}
