"""From a trial to its verdict: what has to be watched, and what the statistics say about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from desireline.errors import InitiativeInvalid, UnknownGroup, UnknownPlace
from desireline.initiatives.records import Baseline
from desireline.initiatives.trial import Trial
from desireline.kept.arms import shares_of
from desireline.kept.baselines import baseline, baseline_window
from desireline.kept.course import Course, course_of
from desireline.kept.span import Span
from desireline.kept.trial_data import TrialData, choosing_until
from desireline.kept.weeks import day_of
from desireline.maps.outline import Outline
from desireline.measures.catalog import find_measure
from desireline.measures.customers import grouping_asked
from desireline.measures.groups import BANDS, NOBODY
from desireline.pipeline.watched import Watch, Watched, adds_up

if TYPE_CHECKING:
    from desireline.initiatives.verdicts import Verdict

UNCOUNTABLE = "distinct"
"""Measures of different things: they do not add up over weeks."""


@dataclass(frozen=True)
class Judgement:
    """The verdicts, one by arm or a single one, and how they came about."""

    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...]
    share: float | None
    looks: int
    data_until: datetime
    course: Course

    @property
    def word(self) -> str:
        """The verdict in a word or two: of several arms how many of each."""
        words = [one.verdict for one in self.verdicts]
        if len(set(words)) == 1:
            return str(words[0])
        return ", ".join(f"{words.count(word)} × {word}" for word in dict.fromkeys(words))

    @property
    def says(self) -> str:
        """One sentence, or one for each arm."""
        return " ".join(one.says for one in self.verdicts)

    def as_json(self) -> dict[str, Any]:
        """Everything, as plain data."""
        return {
            "verdict": self.word,
            "says": self.says,
            "verdicts": [one.as_json() for one in self.verdicts],
            "notes": list(self.notes),
            "share_of_plan": self.share,
            "looks": self.looks,
            "data_until": self.data_until.isoformat(),
            "course": self.course.as_json(),
        }


@dataclass(frozen=True)
class Watching:
    """A trial and all that was seen of it."""

    trial: Trial
    outline: Outline
    watched: Watched
    span: Span

    def baseline(self, since: date | None = None, until: date | None = None) -> Baseline | None:
        """What the measure was in this window, by default the half year before the start; None for too few customers,
        and where no data lie before the start.

        Raises InitiativeInvalid for a window that ends before it begins.
        """
        first, last = baseline_window(self.trial.starts_on, self.span)
        first, last = since or min(first, until or first), until or last
        if last < first and (since or until):
            raise InitiativeInvalid([f"baseline: its window ends ({last}) before it begins ({first})"])
        self._check_groups()
        if last < first:
            return None
        trial = self.trial
        return baseline(self.watched, trial.target.measure, (first, last), span=self.span, kind=trial.roll_out.kind)

    def judgement(self) -> Judgement:
        """The verdict. Raises UnknownGroup for a group or an arm that nobody belongs to."""
        self._check_groups()
        return judgement(self.trial, self.watched, self.outline, self.span)

    def _check_groups(self) -> None:
        for group in (self.trial.target.group, *self.trial.roll_out.controls):
            if group not in ("", *self.watched.known) and not group.endswith(NOBODY):
                raise UnknownGroup(group, self.watched.known)


def check_target(measure: str, at: str, group: str, outline: Outline) -> None:
    """Nothing happens when the measure can be watched there.

    Raises UnknownMeasure, UnknownPlace, UnknownGroup, InitiativeInvalid.
    """
    one = find_measure(measure)
    kind = _kind(at, outline)
    if one.family.state == UNCOUNTABLE:
        raise InitiativeInvalid([f"target measure: {measure} does not add up over weeks, so it cannot be judged"])
    if kind not in one.places:
        where = f"{'an' if kind == 'edge' else 'a'} {kind}"
        raise InitiativeInvalid([f"target at: {measure} cannot be read at {where}, only at {', '.join(one.places)}"])
    by = grouping_asked(group)
    if by == "persona":
        known = [f"persona:{persona.id}" for persona in outline.map.personas if not persona.deleted]
        if group not in (*known, f"persona:{NOBODY}"):
            raise UnknownGroup(group, known)


def watch_for(trial: Trial, outline: Outline) -> Watch:
    """What has to be watched for the trial. Raises what `check_target` raises."""
    target, roll_out = trial.target, trial.roll_out
    for group in (target.group, *roll_out.controls):
        check_target(target.measure, target.at, group, outline)
    _check_lot(trial)
    a, arrow, b = target.at.partition(">")
    return Watch(
        target.measure,
        target.at,
        (target.group, *roll_out.controls),
        by=roll_out.by,
        lot=roll_out.kind == "randomised",
        edges=((a, b),) if arrow else (),
        window=(day_of(date.min), day_of(choosing_until(trial))) if trial.picked else None,
    )


def _check_lot(trial: Trial) -> None:
    """Sums by lot need everybody of the group, also who never came, so the group has to be one of customers."""
    group = trial.target.group
    of_customers = grouping_asked(group) == "persona" or (group.startswith("property:") and BANDS not in group)
    summed = trial.roll_out.kind == "randomised" and adds_up(find_measure(trial.target.measure))
    if summed and group and not of_customers:
        why = (
            f"target group: {group} is no property of customers and no persona, so nobody can say which customers of "
            f"an arm belong to it without having come; {trial.target.measure} by lot needs that"
        )
        raise InitiativeInvalid([why])


def judgement(trial: Trial, watched: Watched, outline: Outline, span: Span) -> Judgement:
    """The verdict on the trial. Raises UnknownGroup for a group or an arm that nobody belongs to."""
    from desireline.initiatives.verdicts import Plan, Target, judge, not_begun  # noqa: PLC0415  loads statsmodels

    measure, target = find_measure(trial.target.measure), trial.target
    frame = TrialData(trial, measure, watched, span)
    data = frame.data()
    about = Target(
        measure=frame.words(outline),
        better=target.direction,
        at_least=target.smallest or 0.0,
        unit=frame.unit,
        expected=target.expected,
    )
    plan = Plan(
        share=trial.share(frame.last),
        looks=trial.looks(span.last),
        chosen=frame.chosen(),
        shares=shares_of(trial.roll_out),
    )
    found = judge(data, about, plan)
    if span.last.date() < trial.starts_on:
        found = tuple(not_begun(one, span.last.date(), trial.starts_on) for one in found)
    return Judgement(found, frame.notes(), plan.share, plan.looks, span.last, course_of(frame, found))


def _kind(at: str, outline: Outline) -> str:
    stages = [stage.id for stage in outline.stages]
    if at == outline.map.map.id:
        return "map"
    known = [outline.map.map.id, *stages, *outline.touchpoint]
    for part in at.split(">"):
        if part not in known:
            raise UnknownPlace(part, known)
    if at.count(">") > 1:
        raise InitiativeInvalid([f"target at: an edge leads from one place to another, A>B; {at} names more"])
    return "edge" if ">" in at else "stage" if at in stages else "touchpoint"
