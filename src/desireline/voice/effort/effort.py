"""The analysis of effort: an index per journey, where it arises, and which hand-offs cost most of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from desireline.errors import UnknownGroup, UnknownPlace, UnknownProperty
from desireline.maps.outline import Outline
from desireline.measures.groups import KNOWN, NOBODY, check_groups
from desireline.measures.view import View
from desireline.voice.effort import handoffs
from desireline.voice.effort.calibration import Linked, fit, foretold, rho, tenths
from desireline.voice.effort.components import NAMES, published
from desireline.voice.effort.contributions import Contributions, Reading
from desireline.voice.effort.found import Found
from desireline.voice.effort.handoffs import PROPERTY
from desireline.voice.effort.part import GROUP, Part, contribute, joined
from desireline.voice.effort.subject import Subject
from desireline.voice.effort.validity import FORETELLS, SOME, Rho, Validity

ALL_KINDS = ("stage", "team", "channel", "touchpoint")


@dataclass(frozen=True)
class Effort:
    """How hard journeys were. An `Analysis` for `Workspace.listen`.

    `by` groups journeys: "" not at all, else persona, channel or property:NAME. `kinds` are those of hand-offs:
    stage, team, channel, touchpoint, group, property:NAME. Touchpoints at which customers get in touch (`contacts`) and
    that are themselves a hand-off (`transfers`) may be named by id. Raises UnknownGroup, UnknownHandOff, UnknownPlace;
    `finish` raises UnknownProperty when no customer has the property that groups journeys.
    """

    outline: Outline
    by: str = ""
    kinds: tuple[str, ...] = ALL_KINDS
    contacts: tuple[str, ...] = ()
    transfers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.by == "team":  # a journey has many
            raise UnknownGroup(self.by, [name for name in KNOWN if name != self.by])
        check_groups((self.by,) if self.by else (), None)
        for kind in self.kinds:
            handoffs.check(kind)
        self.outline_has((*self.contacts, *self.transfers))

    def outline_has(self, points: Sequence[str]) -> None:
        """Nothing happens when the map has all these touchpoints; else UnknownPlace is raised."""
        for point in points:
            if point not in self.outline.touchpoint:
                raise UnknownPlace(point, list(self.outline.touchpoint))

    @property
    def carried(self) -> tuple[str, ...]:
        """The fields of events that steps have to carry for this analysis."""
        return self.reading.fields

    @property
    def reading(self) -> Reading:
        """How the map and the data are read."""
        groups = tuple(field for kind in self.kinds for field in handoffs.fields(kind))
        promises = [one for point in self.outline.bound for one in self.outline.promises(point)]
        due = any(one.time is not None and one.time.by_due for one in promises)
        return Reading(self.contacts, self.transfers, tuple(dict.fromkeys(groups)), due)

    def partial(self, view: View) -> Part:
        """What a walked bucket contributes."""
        return contribute(Contributions.of(view, self.reading), by=self.by, kinds=self.kinds)

    def combine(self, parts: Sequence[Part]) -> Part:
        """All parts as one; their order does not matter."""
        return joined(parts)

    def finish(self, part: Part) -> Found:
        """The index with the weights that the answers give, or with the published ones where they cannot give any.

        Raises UnknownProperty.
        """
        self._has_groups(part)
        subject = Subject(part.about, self.outline.titles)
        learned, basis = _learned(part, subject)
        weights = published(part.seen) if learned is None else learned
        return Found(
            outline=self.outline,
            part=part,
            weights=weights,
            calibrated=learned is not None,
            basis=basis,
            validity=_validity(part, subject, weights, calibrated=learned is not None),
            groups_from=self.reading.groups,
        )

    def _has_groups(self, part: Part) -> None:
        groups, name = part.cells.filter(pl.col("kind") == GROUP)["at"], self.by.removeprefix(PROPERTY)
        if self.by.startswith(PROPERTY) and groups.to_list() == [f"{self.by}={NOBODY}"] and name not in part.properties:
            raise UnknownProperty(name, part.properties)


def _learned(part: Part, subject: Subject) -> tuple[dict[str, float] | None, str]:
    """Weights from the answers, or None; and where the weights come from, in a sentence or two.

    None: too few answers, none that speak for whole journeys, or they hardly foretell the answers of others.
    """
    rule = "Published weights, a rule of thumb"
    if subject.why_not:
        return None, f"{rule}: {subject.why_not}"
    linked = Linked.of(part.linked.filter(subject.of_journeys))
    weights = fit(linked, _measurable(part))
    unseen = rho(foretold(linked, _measurable(part)), linked.felt, linked.customer)
    if weights is None or unseen is None or unseen.low <= FORETELLS:
        return None, f"{rule}: {_unclear(part, unseen)}"
    basis = f"Weights fitted to {len(linked):,} answers about {subject.says()} (never negative)."
    return dict(zip(NAMES, weights.tolist(), strict=True)), basis


def _unclear(part: Part, unseen: Rho | None) -> str:
    """Why answers that are enough do not give weights."""
    told = f"the {part.answers:,} linked answers do not tell which components count"
    if unseen is None:
        return f"{told}."
    most = f"{unseen.low:.2f} to {unseen.high:.2f}".replace("-", "−")
    return f"{told} (foretelling unseen customers: rho {most}, needed is more than {FORETELLS})."


def _measurable(part: Part) -> npt.NDArray[np.bool_]:
    return np.array([part.seen[name] for name in NAMES], dtype=np.bool_)


def _validity(part: Part, subject: Subject, weights: dict[str, float], *, calibrated: bool) -> Validity:
    """How the index goes with linked answers; for learned weights on customers who had no say in them.

    Answers that speak about one place or two only are compared with the effort there.
    """
    nothing = Validity(part.answers, part.answered, part.journeys, None, None)
    if part.answers < SOME:
        return nothing
    here = not (subject.whole or subject.mixed)
    linked = Linked.of(part.linked.filter(subject.of_journeys), here=here)
    plain = 100 * linked.shares @ np.array([weights[name] for name in NAMES])
    index = 100 * foretold(linked, _measurable(part)) if calibrated else plain
    found = rho(index, linked.felt, linked.customer)
    told = replace(nothing, rho=found, tenths=tenths(index, linked), foretold=calibrated)
    return replace(told, here=here, place=subject.place)
