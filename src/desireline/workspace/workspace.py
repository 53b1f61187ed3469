"""A workspace: one folder with a lake, and the use cases that join it with maps and recipes.

This is the only room that wires edges (files, lake, engine) to the core. Everything it does is a few lines; the trips
themselves are in `pipeline`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from desireline.draw.report import report_html
from desireline.kept.agreed_topics import agreed_topics
from desireline.kept.decided import decisions_in, initiatives_in, open_ones
from desireline.kept.hearing import choose_tier
from desireline.kept.known_properties import check_properties
from desireline.kept.map_data import map_data
from desireline.kept.partials import Partials
from desireline.kept.rated import rated_comments
from desireline.kept.read_on import ReadOn, Spoken
from desireline.kept.readings import KeptReadings
from desireline.kept.told import tell
from desireline.kept.trace import KeptTrace
from desireline.lake.health import Examined, examine_lake
from desireline.maps.checks.check import MapData
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.bringing import Step, silent
from desireline.pipeline.listening import Together
from desireline.pipeline.measuring import Trip
from desireline.pipeline.opening import Behind, Cell, Opening
from desireline.pipeline.question import Measured, Question
from desireline.recipes.refused_rows import mask_refusals
from desireline.version import __version__
from desireline.workspace.deciding import Deciding
from desireline.workspace.held import as_map, bucket_of
from desireline.workspace.keeping import Keeping
from desireline.workspace.meeting import Meeting

if TYPE_CHECKING:
    from desireline.draw.brief.brief import BriefForm


class Workspace(Keeping, Deciding, Meeting):
    """One folder that holds the lake.

    >>> shop = Workspace.create("shop")                                     # doctest: +SKIP
    >>> shop.import_files("shop.recipe.yaml", ["orders.csv"]).accepted      # doctest: +SKIP
    >>> shop.measure("shop.journey.yaml").readings                          # doctest: +SKIP
    """

    def measure(self, map_: str | Path | Map, question: Question | None = None, *, step: Step = silent) -> Measured:
        """The map, measured on all data of the lake."""
        outline, snapshot = Outline(as_map(map_)), self._lake.current()
        check_properties(snapshot, question.by if question else ())
        feelings = self._feelings(snapshot)
        trip = Trip(outline, question or Question(), data_end=snapshot.data_end() or datetime.now(UTC))
        whole = KeptReadings(trip, feelings, Partials(self._kept / "readings")).whole(
            lambda bucket: bucket_of(feelings, bucket),
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
        """The customers behind a reading, hidden or not: customer_id, x (counted), m (out of). Sorted by customer.

        Raises UnknownMeasure, UnknownPlace, UnknownGroup.
        """
        return self.behind_reading(map_, measure, Cell(at or as_map(map_).map.id, group, period)).customers

    def behind_reading(self, map_: str | Path | Map, measure: str, cell: Cell) -> Behind:
        """The customers behind the reading of a cell, and whether they may be listed. Raises as `customers` does."""
        outline, snapshot = Outline(as_map(map_)), self._lake.current()
        feelings = self._feelings(snapshot)
        trip = Trip(outline, cell.question(measure, outline), data_end=snapshot.data_end() or datetime.now(UTC))
        opening = Opening(trip, measure, cell)
        return opening.finish(
            self._engine(
                range(snapshot.buckets), lambda bucket: opening.partial(bucket_of(feelings, bucket)), opening.combine
            )
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

    def map_data(self, map_: Map, *, today: date) -> MapData:
        """What the map linter may know about the data."""
        return map_data(self.measure(map_), self._lake.current(), today=today)

    def report(self, map_: str | Path | Map, question: Question | None = None, *, step: Step = silent) -> str:
        """One self-contained HTML page about the map and its data."""
        return self.draw_report(self.measure(map_, question, step=step), map_file=_file_of(map_), step=step)

    def brief(
        self,
        map_: str | Path | Map,
        question: Question | None = None,
        *,
        form: BriefForm = "pdf",
        paper: str = "a4",
        step: Step = silent,
    ) -> bytes:
        """What a manager is told: one page (pdf; `paper` is a4, a3 or letter) or slides (pptx). Raises MissingExtra."""
        measured = self.measure(map_, question, step=step)
        return self.draw_brief(measured, map_file=_file_of(map_), form=form, paper=paper, step=step)

    def draw_brief(
        self, measured: Measured, *, map_file: str, form: BriefForm, paper: str = "a4", step: Step = silent
    ) -> bytes:
        """The page or the slides about what was measured; `map_file` is what their commands call the map."""
        from desireline.reporting import draw_brief, report_brief  # noqa: PLC0415  loads scikit-learn

        found = self.findings(measured.outline.map, step=step)
        decided = decisions_in(self.folder, today=datetime.now(UTC).date())
        open_ = replace(found, findings=tuple(open_ones(found.findings, decided)))
        meta = tell(self._lake.current(), measured, map_file=map_file, folder=self.folder, form=form, paper=paper)
        step("Drawing", 0, 0)
        return draw_brief(report_brief(measured, open_, meta, initiatives_in(self.folder), decided), form, paper)

    def draw_report(self, measured: Measured, *, map_file: str, step: Step = silent) -> str:
        """The page about what was measured, and about the voice; `map_file` is what its commands call the map."""
        from desireline.kept.findings import count_customers  # noqa: PLC0415  loads scikit-learn
        from desireline.reporting import report_analyses, report_findings, report_voice  # noqa: PLC0415  loads scikit-learn

        outline = measured.outline
        agreed = agreed_topics(self.folder, outline.map.map.id)
        analyses = Together((report_analyses(outline, agreed), self._looking(outline)))
        heard, guessed = self.listen(outline.map, analyses, step=step)
        found = count_customers(guessed, partial(self.listen, outline.map, step=step))
        away = decisions_in(self.folder, today=datetime.now(UTC).date())
        matters = replace(found, findings=tuple(open_ones(found.findings, away)))
        voiced, decided = report_voice(heard, outline), report_findings(matters, outline, initiatives_in(self.folder))
        step("Drawing", 0, 0)
        meta = tell(self._lake.current(), measured, map_file=map_file, folder=self.folder)
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


def _file_of(map_: str | Path | Map) -> str:
    """What commands call a map."""
    return Path(map_).name if isinstance(map_, str | Path) else f"{map_.map.id}.journey.yaml"
