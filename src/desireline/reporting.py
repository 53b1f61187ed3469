"""What reports tell: the analyses of the voice, all from one walk, and their sections; and the brief for a manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from desireline.draw.brief.brief import Brief, BriefForm, Told, brief
from desireline.draw.brief.onepage import page_pdf
from desireline.draw.brief.slides import brief_deck
from desireline.draw.meta import Meta
from desireline.draw.sections.decided import Decided
from desireline.draw.sections.drivers import drivers_section
from desireline.draw.sections.effort import effort_on_edges, effort_section
from desireline.draw.sections.findings import findings_section
from desireline.draw.sections.initiatives import initiatives_section
from desireline.draw.sections.parity import parity_section
from desireline.draw.sections.scores import scores_section
from desireline.draw.sections.section import Section
from desireline.draw.sections.topics import topics_section
from desireline.draw.sections.voiced import Voiced
from desireline.findings.notice import Findings
from desireline.findings.opportunities.opportunity import opportunities
from desireline.initiatives.records import Initiative
from desireline.maps.outline import Outline
from desireline.measures.emotion import NAME, NEEDS
from desireline.measures.runner import Partials, Plan
from desireline.measures.view import View
from desireline.pipeline.listening import Together
from desireline.pipeline.question import Measured
from desireline.voice.drivers.drivers import Drivers, FindDriversOfEach
from desireline.voice.effort.effort import Effort
from desireline.voice.parity.paper import drawn_differently
from desireline.voice.parity.parity import FindParities, Parities
from desireline.voice.peak_end import PeakEnd
from desireline.voice.scores.pains import PainsAnalysis
from desireline.voice.scores.responders import RespondersAnalysis
from desireline.voice.scores.scores import ScoresAnalysis
from desireline.voice.scores.trend import TrendAnalysis
from desireline.voice.topics.file import TopicsFile
from desireline.voice.topics.gathered import Gathering
from desireline.voice.topics.topics import Topics

if TYPE_CHECKING:
    from desireline.ledger.decisions import Decision

DECIDED = {"accept": "Accepted", "dismiss": "Dismissed", "snooze": "Put off"}


@dataclass(frozen=True)
class FeltBy:
    """The emotion of each place by persona, as an analysis."""

    outline: Outline

    @property
    def plan(self) -> Plan:
        """The measures that are run."""
        return Plan(self.outline, (NAME, *NEEDS), by=("persona",), edges=())

    def partial(self, view: View) -> Partials:
        """What a bucket contributes."""
        return self.plan.observe(view)

    def combine(self, parts: Sequence[Partials]) -> Partials:
        """All parts as one."""
        return self.plan.combine(parts)

    def finish(self, part: Partials) -> pl.DataFrame:
        """READINGS."""
        return self.plan.finish(part)


def report_analyses(outline: Outline, topics: TopicsFile | None = None) -> Together:
    """What a report asks of the voice. `report_voice` draws what it finds; topics start from those agreed on."""
    return Together(
        (
            FeltBy(outline),
            PeakEnd(),
            ScoresAnalysis(),
            TrendAnalysis(),
            RespondersAnalysis(),
            PainsAnalysis(),
            Topics(outline, Gathering(file=topics)),
            FindDriversOfEach(outline),
            Effort(outline),
            FindParities(outline),
        )
    )


def report_voice(found: Sequence[Any], outline: Outline) -> Voiced:
    """What `report_analyses` found, as the report shows it; a section without anything to tell is left out."""
    felt, memory, scores, trend, responders, pains, topics, drivers, effort, parities = found
    sections = (
        scores_section(scores, outline, trend=trend, responders=responders, pains=pains),
        topics_section(topics, outline) if topics.answers else None,
        _drivers(drivers),
        effort_section(effort, outline),
        _parity(parities, outline),
    )
    groups = felt.filter(pl.col("group") != "")
    remembered = memory.says if felt.height else ""
    return Voiced(groups, remembered, effort_on_edges(effort), tuple(section for section in sections if section))


def report_findings(found: Findings, outline: Outline, done: Sequence[Initiative] = ()) -> Decided:
    """What matters and what was done about it, as the report shows them."""
    ranked = opportunities(found.findings, found.worth, found.around)
    sections = (findings_section(found, ranked, outline), initiatives_section(done, outline))
    first = f"What costs most: {ranked[0].finding.says}" if ranked and ranked[0].lost else ""
    return Decided(tuple(section for section in sections if section), first)


def report_brief(
    measured: Measured, found: Findings, meta: Meta, done: Sequence[Initiative], decided: Mapping[str, Decision]
) -> Brief:
    """What a manager is told. `decided`: what somebody decided about findings, by their keys."""
    ranked = opportunities(found.findings, found.worth, found.around)
    told = Told(found, ranked, done, {key: _decided(one) for key, one in decided.items()})
    return brief(measured.outline, measured.readings, measured.deviations, meta, told)


def draw_brief(shown: Brief, form: BriefForm, paper: str = "a4") -> bytes:
    """The brief as one page (pdf, on this paper) or as slides (pptx). Raises MissingExtra."""
    return page_pdf(shown, paper=paper) if form == "pdf" else brief_deck(shown)


def _decided(one: Decision) -> str:
    because = f": {one.reason}" if one.reason else ""
    return f"{DECIDED.get(one.decision, one.decision)} by {one.who}{because}"


def _drivers(found: Sequence[Drivers]) -> Section | None:
    """Of several questions about the whole journey the one with most answers; nothing where nothing drives one."""
    told = [one for one in found if one.drivers]
    return drivers_section(max(told, key=lambda one: one.n)) if told else None


def _parity(found: Sequence[Parities], outline: Outline) -> Section | None:
    paper = drawn_differently(outline)
    return parity_section(found, outline, paper=paper) if found or paper else None
