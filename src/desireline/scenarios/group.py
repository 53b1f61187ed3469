"""Whose journeys are asked about: everybody's, a persona's, a property's, or those that were in a channel."""

from __future__ import annotations

import numpy as np

from desireline.errors import UnknownGroup
from desireline.maps.outline import Outline
from desireline.measures.codes import Flags
from desireline.measures.groups import Marker
from desireline.measures.view import View

KNOWN = ("persona:NAME", "channel:NAME", "property:NAME=VALUE")


def check_group(only: str, outline: Outline) -> None:
    """Nothing happens when the group is written as one can be, and its persona is drawn. Raises UnknownGroup."""
    kind, colon, name = only.partition(":")
    if only and not (colon and name and kind in ("persona", "channel", "property")):
        raise UnknownGroup(only, KNOWN)
    if kind == "property" and not all(name.partition("=")):
        raise UnknownGroup(only, KNOWN)
    personas = [f"persona:{one.id}" for one in outline.map.personas if not one.deleted]
    if kind == "persona" and only not in personas:
        raise UnknownGroup(only, personas)


def journeys_of(view: View, only: str) -> Flags:
    """By journey: is it of this group? One of a channel was there at least once, whatever else it used."""
    kind, _, name = only.partition(":")
    if not only:
        return np.ones(view.journeys.height, dtype=np.bool_)
    if kind == "channel":
        here = view.step_channel == (view.channels.index(name) if name in view.channels else -2)
        return np.asarray(view.steps.count(here) > 0)
    by = "persona" if kind == "persona" else only.partition("=")[0]
    marks = Marker(view).groups(view.whole, by)
    if marks.codes is None or only not in marks.names:
        return np.zeros(view.journeys.height, dtype=np.bool_)
    found: Flags = marks.codes == marks.names.index(only)
    return found
