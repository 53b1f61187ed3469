"""From what matters to what was done about it, as use cases of a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from desireline.kept.partials import Partials
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.bringing import Step, silent
from desireline.pipeline.measuring import Bucket
from desireline.tables import FEEDBACK
from desireline.workspace.held import Held, as_map

if TYPE_CHECKING:
    from desireline.findings.finding import Finding
    from desireline.findings.notice import Findings, Settings
    from desireline.initiatives.trial import Trial
    from desireline.kept.findings import Looking
    from desireline.kept.trials import Watching
    from desireline.kept.walked import KeptWalks
    from desireline.ledger.store import Ledger
    from desireline.living.drift import Drift
    from desireline.living.voices import Voices
    from desireline.pipeline.discovering import Seen
    from desireline.scenarios.scenarios import Scenarios

# What a use case needs is loaded when it is asked for: measuring does not wait for what verdicts need.


class Deciding(Held):
    """From what matters to what was done about it: findings, what if, initiatives, drift."""

    def findings(
        self,
        map_: str | Path | Map,
        *,
        rules: Sequence[str] = (),
        settings: Settings | None = None,
        today: date | None = None,
        step: Step = silent,
    ) -> Findings:
        """What matters in the map's data, the largest loss first; an empty list is an answer. Raises UnknownRule."""
        from desireline.kept.findings import count_customers  # noqa: PLC0415
        from desireline.kept.found import findings_of  # noqa: PLC0415

        outline = Outline(as_map(map_))
        asked = self._looking(outline, rules, settings, today=today)
        listened = partial(self.listen, outline.map, step=step)
        return findings_of(self._walks("findings"), asked, lambda: count_customers(listened(asked), listened))

    def behind(self, map_: str | Path | Map, finding: Finding, *, step: Step = silent) -> pl.DataFrame:
        """The customers whom a finding is about: customer_id, sorted. Raises FindingClosed."""
        from desireline.findings.opening import Behind  # noqa: PLC0415

        return self.listen(map_, Behind(finding), step=step)

    def scenarios(self, map_: str | Path | Map, only: str = "", *, step: Step = silent) -> Scenarios:
        """What can be asked "what if" of a map, or of a group of it. Raises UnknownGroup, NothingToGoBy."""
        from desireline.kept.scenarios import scenarios_of  # noqa: PLC0415
        from desireline.scenarios.transitions import Transitions  # noqa: PLC0415

        outline = Outline(as_map(map_))
        asked = Transitions(outline, self._lake.current().data_end() or datetime.now(UTC), only)
        listened = partial(self.listen, outline.map, step=step)
        return scenarios_of(self._walks("scenarios"), asked, listened)

    def drift(self, map_: str | Path | Map, *, since: date | None = None, step: Step = silent) -> Drift:
        """Which sources fell silent, and what changed for good since a day or at all. See `living.drift`."""
        from desireline.kept.living import looking  # noqa: PLC0415
        from desireline.living.drift import Drift  # noqa: PLC0415

        outline, snapshot = Outline(as_map(map_)), self._lake.current()
        looked = partial(self.listen, outline.map, step=step)
        about = since.isoformat() if since else ""
        walks = self._walks("walks", without=("cards",))
        return walks.of(Drift, outline.map, about, lambda: looked(looking(outline, snapshot, since=since)))

    def voices(self, map_: str | Path | Map, end: datetime, *, step: Step = silent) -> Voices:
        """Who stands behind what the map says; ages are counted to `end`, the end of the data."""
        from desireline.living.voices import HearVoices, Voices  # noqa: PLC0415

        wanted = as_map(map_)
        walks = self._walks("walks", without=("cards",))
        return walks.of(Voices, wanted, end.isoformat(), lambda: self.listen(wanted, HearVoices(end), step=step))

    def ledger(self) -> Ledger:
        """What people wrote: initiatives, what was done with findings, and hooks. Raises LedgerError."""
        from desireline.ledger.store import Ledger  # noqa: PLC0415  loads SQLAlchemy

        return Ledger.open(self.folder)

    def watch(self, map_: str | Path | Map, trial: Trial, *, step: Step = silent) -> Watching:
        """What the data say of a trial: its baseline and its verdict. Raises InitiativeError, JourneyError."""
        from desireline.kept.span import Span  # noqa: PLC0415
        from desireline.kept.trials import Watching, watch_for  # noqa: PLC0415

        outline, snapshot = Outline(as_map(map_)), self._lake.current()
        watched = self.listen(outline.map, watch_for(trial, outline), step=step)
        return Watching(trial, outline, watched, Span.of(snapshot.first_at(), snapshot.data_end()))

    def see(self, *, step: Step = silent) -> Seen:
        """The routes of event names, and how journeys may be cut: what discovery works on when there is no map."""
        from desireline.pipeline.discovering import LOOKED_AT, see  # noqa: PLC0415

        lake, told = self._lake.current(), partial(step, "Looking")
        nobody = FEEDBACK.empty()
        return see(
            lambda bucket: Bucket(lake.events(bucket, LOOKED_AT), nobody, lake.customers(bucket)),
            buckets=lake.buckets,
            run=self._engine,
            progress=told,
        )

    def _walks(self, folder: str, without: Iterable[str] = ()) -> KeptWalks:
        from desireline.kept.walked import KeptWalks  # noqa: PLC0415

        return KeptWalks(self._feelings(self._lake.current()), Partials(self._kept / folder), tuple(without))

    def _looking(
        self,
        outline: Outline,
        rules: Sequence[str] = (),
        settings: Settings | None = None,
        *,
        today: date | None = None,
    ) -> Looking:
        from desireline.kept.findings import Looking, around, chosen  # noqa: PLC0415

        known = around(outline, self._lake.current(), self._properties(), today=today)
        return Looking(known, chosen(rules), settings)
