"""A workspace: one folder with a lake, and the use cases that join it with maps and recipes.

This is the only room that wires edges (files, lake, engine) to the core. Everything it does is a few lines; the trips
themselves are in `pipeline`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import polars as pl

from desireline.draw.report import report_html
from desireline.engine.engine import Engine
from desireline.engine.local import run
from desireline.errors import LakeUnwritable, WorkspaceMissing
from desireline.findings.finding import Finding
from desireline.findings.notice import Findings, Settings
from desireline.findings.opening import Behind
from desireline.initiatives.trial import Trial
from desireline.journeys.place import LOOKED_AT
from desireline.kept.bound_topics import bound_topics
from desireline.kept.decided import initiatives_in
from desireline.kept.feelings import Feelings
from desireline.kept.findings import Looking, around, chosen, count_customers
from desireline.kept.growing import grow
from desireline.kept.hearing import choose_tier, hearing
from desireline.kept.known_properties import check_properties
from desireline.kept.living import looking
from desireline.kept.map_data import map_data
from desireline.kept.partials import Partials
from desireline.kept.passing import make_or_pass
from desireline.kept.paths import walking
from desireline.kept.people import choose
from desireline.kept.placed import placed
from desireline.kept.properties import Properties
from desireline.kept.rated import rated_comments
from desireline.kept.read_on import ReadOn, Spoken
from desireline.kept.readings import KeptReadings
from desireline.kept.scenarios import KeptScenarios
from desireline.kept.told import tell
from desireline.kept.trace import KeptTrace
from desireline.kept.trial_data import Span
from desireline.kept.trials import Watching, watch_for
from desireline.lake.commit import ImportCounts, commit
from desireline.lake.health import Examined, examine_lake
from desireline.lake.staging import Staging
from desireline.lake.store import Lake, Snapshot
from desireline.living.drift import Drift
from desireline.maps.checks.check import MapData
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.answer import Answer
from desireline.pipeline.asked import Asked
from desireline.pipeline.bringing import File, Step, bring_in, silent
from desireline.pipeline.discovering import LOOKED_AT as SEEN
from desireline.pipeline.discovering import Seen, see
from desireline.pipeline.listening import Analysis, F_co, P, Together, listen
from desireline.pipeline.measuring import Bucket, Trip
from desireline.pipeline.opening import Cell, Opening
from desireline.pipeline.paths import Only, Walking
from desireline.pipeline.placing import fields_looked_at
from desireline.pipeline.question import Measured, Question
from desireline.proposals import file_name, places_by_source
from desireline.recipes.files import load_recipe
from desireline.recipes.records import Recipe
from desireline.recipes.refused_rows import mask_refusals
from desireline.scenarios.scenarios import Scenarios
from desireline.scenarios.transitions import Transitions
from desireline.sources.read import read
from desireline.tables import FEEDBACK
from desireline.trace.trace import Trace
from desireline.version import __version__

if TYPE_CHECKING:
    from desireline.ledger.store import Ledger


class Workspace:
    """One folder that holds the lake.

    >>> shop = Workspace.create("shop")                                     # doctest: +SKIP
    >>> shop.import_files("shop.recipe.yaml", ["orders.csv"]).accepted      # doctest: +SKIP
    >>> shop.measure("shop.journey.yaml").readings                          # doctest: +SKIP
    """

    def __init__(self, folder: Path, lake: Lake, engine: Engine = run) -> None:
        self.folder = folder
        self._lake = lake
        self._engine = engine
        self._kept = folder.absolute() / "derived"  # an engine's machines work in folders of their own

    @classmethod
    def create(cls, folder: str | Path, *, engine: Engine = run) -> Workspace:
        """There is a workspace in this folder: a new and empty one, or the one that was there."""
        place = Path(folder)
        if place.exists() and not place.is_dir():
            raise LakeUnwritable(f"{place} is a file; a workspace is a folder. Choose another name.")
        return cls(place, Lake.create(place / "lake"), engine)

    @classmethod
    def open(cls, folder: str | Path, *, engine: Engine = run) -> Workspace:
        """The workspace in this folder; `engine` walks its buckets. Raises WorkspaceMissing."""
        place = Path(folder)
        try:
            return cls(place, Lake.open(place / "lake"), engine)
        except WorkspaceMissing:
            raise WorkspaceMissing(place) from None

    def import_files(
        self,
        recipe: str | Path | Recipe,
        files: Sequence[str | Path] | Mapping[str, Any],
        *,
        dry_run: bool = False,
        step: Step = silent,
    ) -> ImportCounts:
        """The files' rows are in the lake, whole or not at all; with `dry_run` only counted.

        `files` are paths, matched with the recipe's sources by name; or frames by source name (anything that
        narwhals or the Arrow C stream interface reads). Raises RecipeError, SourceError, LakeError.
        """
        loaded = recipe if isinstance(recipe, Recipe) else load_recipe(recipe)
        places = places_by_source(loaded, files)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"
        with Staging(self._lake, name) as staging:
            numbered = {
                source: [File(place, file_name(place), _add_file(staging, place)) for place in found]
                for source, found in places.items()
            }
            notes = bring_in(loaded, numbered, staging, read=read, step=step)
            counts = commit(
                staging,
                at=datetime.now(UTC),
                recipe=loaded.recipe,
                dry_run=dry_run,
                progress=lambda done, of: step("Writing the lake", done, of),
            )
        return replace(counts, notes=notes)

    def measure(self, map_: str | Path | Map, question: Question | None = None, *, step: Step = silent) -> Measured:
        """The map, measured on all data of the lake."""
        outline, snapshot = Outline(_map(map_)), self._lake.current()
        check_properties(snapshot, question.by if question else ())
        feelings = self._feelings(snapshot)
        trip = Trip(outline, question or Question(), data_end=snapshot.data_end() or datetime.now(UTC))
        whole = KeptReadings(trip, feelings, Partials(self._kept / "readings")).whole(
            lambda bucket: _bucket(feelings, bucket),
            self._engine,
            progress=lambda done, of: step("Measuring", done, of),
        )
        return trip.finish(whole, first_at=snapshot.first_at(), last_at=snapshot.data_end())

    def customers(
        self,
        map_: str | Path | Map,
        measure: str,
        *,
        at: str | None = None,
        group: str = "",
        period: str = "",
    ) -> pl.DataFrame:
        """The customers behind a reading: customer_id, x (counted), m (out of). Sorted by customer.

        Raises UnknownMeasure, UnknownPlace, UnknownGroup.
        """
        outline, snapshot = Outline(_map(map_)), self._lake.current()
        feelings, cell = self._feelings(snapshot), Cell(at or outline.map.map.id, group, period)
        trip = Trip(outline, cell.question(measure, outline), data_end=snapshot.data_end() or datetime.now(UTC))
        opening = Opening(trip, measure, cell)
        return opening.finish(
            self._engine(
                range(snapshot.buckets), lambda bucket: opening.partial(_bucket(feelings, bucket)), opening.combine
            )
        )

    def listen(self, map_: str | Path | Map, analysis: Analysis[P, F_co], *, step: Step = silent) -> F_co:
        """What an analysis of the voice finds: topics, drivers, effort, parity … See `pipeline.listening`."""
        snapshot = self._lake.current()
        check_properties(snapshot, getattr(analysis, "groupings", ()))
        feelings = self._feelings(snapshot)
        return listen(
            analysis,
            Outline(_map(map_)),
            buckets=snapshot.buckets,
            read=lambda bucket: _bucket(feelings, bucket),
            run=self._engine,
            data_end=snapshot.data_end() or datetime.now(UTC),
            progress=lambda done, of: step("Listening", done, of),
        )

    def scenarios(self, map_: str | Path | Map, only: str = "", *, step: Step = silent) -> Scenarios:
        """What can be asked "what if" of a map, or of a group of it. Raises UnknownGroup, NothingToGoBy."""
        snapshot, outline = self._lake.current(), Outline(_map(map_))
        asked = Transitions(outline, snapshot.data_end() or datetime.now(UTC), only)
        kept = KeptScenarios(self._feelings(snapshot), Partials(self._kept / "scenarios"))
        return kept.of(asked, lambda analysis: self.listen(outline.map, analysis, step=step))

    def ledger(self) -> Ledger:
        """What people wrote: initiatives, what was done with findings, and hooks. Raises LedgerError."""
        from desireline.ledger.store import Ledger  # noqa: PLC0415  loads SQLAlchemy

        return Ledger.open(self.folder)

    def watch(self, map_: str | Path | Map, trial: Trial, *, step: Step = silent) -> Watching:
        """What the data say of a trial: its baseline and its verdict. Raises InitiativeError, JourneyError."""
        outline, snapshot = Outline(_map(map_)), self._lake.current()
        watched = self.listen(outline.map, watch_for(trial, outline), step=step)
        return Watching(trial, outline, watched, Span.of(snapshot.first_at(), snapshot.data_end()))

    def drift(self, map_: str | Path | Map, *, since: date | None = None, step: Step = silent) -> Drift:
        """Which sources fell silent, and what changed for good since a day or at all. See `living.drift`."""
        outline = Outline(_map(map_))
        return self.listen(outline.map, looking(outline, self._lake.current(), since=since), step=step)

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
        found = self.listen(map_, self._looking(Outline(_map(map_)), rules, settings, today=today), step=step)
        return count_customers(found, partial(self.listen, map_, step=step))

    def behind(self, map_: str | Path | Map, finding: Finding, *, step: Step = silent) -> pl.DataFrame:
        """The customers whom a finding is about: customer_id, sorted. Raises FindingClosed."""
        return self.listen(map_, Behind(finding), step=step)

    def see(self, *, step: Step = silent) -> Seen:
        """The routes of event names, and how journeys may be cut: what discovery works on when there is no map."""
        lake, told = self._lake.current(), partial(step, "Looking")
        nobody = FEEDBACK.empty()
        return see(
            lambda bucket: Bucket(lake.events(bucket, SEEN), nobody, lake.customers(bucket)),
            buckets=lake.buckets,
            run=self._engine,
            progress=told,
        )

    def reading_on(self, map_: str | Path | Map, tier: str | None = None, *, step: Step = silent) -> ReadOn:
        """The workspace's texts, to be read by a slow tier; from now on it reads with this one, if one is named.

        Raises UnknownTier, MissingExtra.
        """
        feelings = self._feelings(self._lake.current(), tier)
        if tier:
            choose_tier(self.folder, tier)
        return ReadOn(feelings, self.listen(map_, Spoken(), step=step))

    def rated_comments(self) -> pl.DataFrame:
        """The texts that came with a score: text, level (−2 to +2). What an own reader learns from."""
        return rated_comments(self._lake.current())

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
        outline = None if map_ is None else Outline(_map(map_))
        asking = self._walking(outline, step)
        people, said = choose(self._properties(), outline, persona=persona, segment=segment or {})
        return asking, replace(only or Only(), people=people, people_are=said)

    def walking(self, map_: str | Path | Map | None = None, *, step: Step = silent) -> Walking:
        """The kept trace, ready to be asked about its own events or about the touchpoints of a map."""
        return self._walking(None if map_ is None else Outline(_map(map_)), step)

    def _walking(self, outline: Outline | None, step: Step) -> Walking:
        trace = self.trace(fields_looked_at(outline) if outline else (), step=step)
        asking = replace(walking(trace, self._kept / "partials"), run=self._engine)
        return placed(asking, trace, outline) if outline else asking

    def map_data(self, map_: Map, *, today: date) -> MapData:
        """What the map linter may know about the data."""
        return map_data(self.measure(map_), self._lake.current(), today=today)

    def report(self, map_: str | Path | Map, question: Question | None = None, *, step: Step = silent) -> str:
        """One self-contained HTML page about the map and its data."""
        name = Path(map_).name if isinstance(map_, str | Path) else f"{map_.map.id}.journey.yaml"
        return self.draw_report(self.measure(map_, question, step=step), map_file=name, step=step)

    def draw_report(self, measured: Measured, *, map_file: str, step: Step = silent) -> str:
        """The page about what was measured, and about the voice; `map_file` is what its commands call the map."""
        from desireline.reporting import report_analyses, report_findings, report_voice  # noqa: PLC0415  loads scikit-learn

        outline = measured.outline
        analyses = Together((report_analyses(outline), self._looking(outline)))
        heard, guessed = self.listen(outline.map, analyses, step=step)
        found = count_customers(guessed, partial(self.listen, outline.map, step=step))
        voiced, decided = report_voice(heard, outline), report_findings(found, outline, initiatives_in(self.folder))
        step("Drawing", 0, 0)
        meta = tell(self._lake.current(), measured, map_file=map_file, workspace=self.folder.name)
        return report_html(outline, measured.readings, measured.deviations, measured.coverage, meta, voiced, decided)

    def refusals(self, *, limit: int | None = None, reason: str | None = None, raw: bool = False) -> pl.DataFrame:
        """The rows that were not taken: import_id, source, row, reason, detail, raw.

        Personal data is masked in the two last; with `raw` they are as they came: show those with care.
        """
        found = self._lake.current().refusals(limit=limit, reason=reason)
        return found if raw else mask_refusals(found)

    def examine(self) -> dict[str, Any]:
        """What a doctor would look at: is the lake whole, and is there room."""
        whole, says = KeptTrace(self.folder).examine()
        way_out = "" if whole else f" Delete {self.folder / 'derived'} (all in it can be made again), then ask again."
        trace = Examined("kept trace", whole, says + way_out)
        checks = [vars(one) for one in [*examine_lake(self._lake), trace]]
        counts = self._lake.current().counts()
        return {"workspace": str(self.folder), "version": __version__, "counts": counts, "checks": checks}

    def _feelings(self, snapshot: Snapshot, tier: str | None = None) -> Feelings:
        reader, slow = hearing(self.folder, tier)
        return Feelings(snapshot, reader, Partials(self._kept / "feelings"), slow, bound_topics(self.folder))

    def _looking(
        self,
        outline: Outline,
        rules: Sequence[str] = (),
        settings: Settings | None = None,
        *,
        today: date | None = None,
    ) -> Looking:
        known = around(outline, self._lake.current(), self._properties(), today=today)
        return Looking(known, chosen(rules), settings)

    def _properties(self) -> Properties:
        return Properties(self._lake.current(), Partials(self._kept / "properties"))


def _add_file(staging: Staging, place: Any) -> int:
    is_file = isinstance(place, str | Path) and Path(place).is_file()
    return staging.add_file(file_name(place), path=Path(place) if is_file else None)


def _map(map_: str | Path | Map) -> Map:
    return map_ if isinstance(map_, Map) else load_map(map_)


def _bucket(feelings: Feelings, bucket: int) -> Bucket:
    snapshot = feelings.snapshot
    return Bucket(snapshot.events(bucket, LOOKED_AT), feelings.feedback(bucket), snapshot.customers(bucket))
