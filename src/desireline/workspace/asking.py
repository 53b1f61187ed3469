"""Questions about paths, as use cases of a workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desireline.kept.growing import grow
from desireline.kept.passing import make_or_pass
from desireline.kept.paths import walking
from desireline.kept.people import choose
from desireline.kept.placed import placed
from desireline.kept.trace import KeptTrace
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.answer import Answer
from desireline.pipeline.asked import Asked
from desireline.pipeline.bringing import Step, silent
from desireline.pipeline.paths import Only, Walking
from desireline.pipeline.placing import fields_looked_at
from desireline.trace.trace import Trace
from desireline.workspace.held import Held, as_map


class Asking(Held):
    """Questions about paths, answered from the kept trace."""

    def trace(self, fields: Sequence[str] = (), *, step: Step = silent) -> Trace:
        """The kept trace, up to date with the lake; only buckets that changed are made again. See `kept.trace`.

        `fields` are what a map's rules look at beside event, channel and status: "property.plan" … Told by `step`
        when a damaged trace had to be made again, or when none can be kept here. Raises NoEvents, TraceUnwritable.
        """
        kept = KeptTrace(self.folder)

        def make(folder: Path) -> Trace:
            kept.folder = folder
            return grow(kept, self._lake, fields, step=step)

        return kept.current(fields) or make_or_pass(make, kept.folder, step=step)

    def paths(
        self,
        *questions: Asked,
        map_: str | Path | Map | None = None,
        only: Only | None = None,
        persona: str | None = None,
        segment: Mapping[str, str] | None = None,
        step: Step = silent,
    ) -> tuple[Answer, ...]:
        """The answers to questions about paths, all from one walk, or from what was kept of earlier ones.

        Touchpoints are event names, or those of a map, placed by its rules. `only` says which channels and which
        time, `persona` (of the map) and `segment` (customer properties with their values) which customers.
        Raises UnknownName, UnknownGroup, UnknownProperty, UnknownValue, QuestionUnclear, NoEvents.
        """
        asking, part = self.asking(map_, only=only, persona=persona, segment=segment, step=step)
        answers = asking.ask(
            {str(number): asked for number, asked in enumerate(questions)},
            part,
            progress=lambda done, of: step("Walking", done, of),
        )
        return tuple(answers.values())

    def asking(
        self,
        map_: str | Path | Map | None = None,
        *,
        only: Only | None = None,
        persona: str | None = None,
        segment: Mapping[str, str] | None = None,
        step: Step = silent,
    ) -> tuple[Walking, Only]:
        """What `paths` asks, and of which part: for whoever wants the data's span or names with the answer.

        Where no trace can be kept, the `Walking` holds the only one. Raises what `paths` raises.
        """
        outline = None if map_ is None else Outline(as_map(map_))
        asking = self._walking(outline, step)
        people, said = choose(self._properties(), outline, persona=persona, segment=segment or {})
        return asking, replace(only or Only(), people=people, people_are=said)

    def walking(self, map_: str | Path | Map | None = None, *, step: Step = silent) -> Walking:
        """The kept trace, ready to be asked about its own events or about the touchpoints of a map."""
        return self._walking(None if map_ is None else Outline(as_map(map_)), step)

    def _walking(self, outline: Outline | None, step: Step) -> Walking:
        trace = self.trace(fields_looked_at(outline) if outline else (), step=step)
        asking = replace(walking(trace, self._kept / "partials"), run=self._engine)
        return placed(asking, trace, outline) if outline else asking
