"""The analysis of effort: an index per journey, where it arises, and which hand-offs cost most of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desireline.errors import UnknownGroup, UnknownPlace
from desireline.maps.outline import Outline
from desireline.measures.groups import KNOWN, check_groups
from desireline.measures.view import View
from desireline.voice.effort import handoffs
from desireline.voice.effort.calibration import Linked, fit, foretold, rho, tenths
from desireline.voice.effort.components import NAMES, published
from desireline.voice.effort.contributions import Contributions, Reading
from desireline.voice.effort.found import Found
from desireline.voice.effort.part import Part, contribute, joined
from desireline.voice.effort.validity import ENOUGH, SOME, Validity

ALL_KINDS = ("stage", "team", "channel", "touchpoint")


@dataclass(frozen=True)
class Effort:
    """How hard journeys were. An `Analysis` for `Workspace.listen`.

    `by` groups journeys: "" not at all, else persona, channel or property:NAME. `kinds` are those of hand-offs:
    stage, team, channel, touchpoint, group, property:NAME. Touchpoints at which customers get in touch (`contacts`) and
    that are themselves a hand-off (`transfers`) may be named by id. Raises UnknownGroup, UnknownHandOff.
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
        """The index with the weights that the answers give, or with the published ones where they cannot give any."""
        linked = Linked.of(part.linked)
        learned = _learned(part, linked)
        weights = published(part.seen) if learned is None else learned
        return Found(
            outline=self.outline,
            part=part,
            weights=weights,
            calibrated=learned is not None,
            validity=_validity(part, linked, weights, calibrated=learned is not None),
            groups_from=self.reading.groups,
        )


def _learned(part: Part, linked: Linked) -> dict[str, float] | None:
    """Weights from the answers; None where there are too few, or where they do not foretell answers of others."""
    if part.answers < ENOUGH:
        return None
    weights = fit(linked, _measurable(part))
    unseen = rho(foretold(linked, _measurable(part)), linked.felt, linked.customer)
    if weights is None or unseen is None or unseen.low <= 0:
        return None
    return dict(zip(NAMES, weights.tolist(), strict=True))


def _measurable(part: Part) -> npt.NDArray[np.bool_]:
    return np.array([part.seen[name] for name in NAMES], dtype=np.bool_)


def _validity(part: Part, linked: Linked, weights: dict[str, float], *, calibrated: bool) -> Validity:
    """How the index goes with linked answers; for learned weights on customers who had no say in them."""
    nothing = Validity(part.answers, part.answered, part.journeys, None, None)
    if part.answers < SOME:
        return nothing
    plain = 100 * linked.shares @ np.array([weights[name] for name in NAMES])
    index = 100 * foretold(linked, _measurable(part)) if calibrated else plain
    found = rho(index, linked.felt, linked.customer)
    return Validity(part.answers, part.answered, part.journeys, found, tenths(index, linked), foretold=calibrated)
