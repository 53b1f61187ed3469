"""What-if models that are held, so that a slider is answered at once: one for each map, group and state of the data."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from desireline.kept.code import map_version
from desireline.maps.records import Map
from desireline.pipeline.bringing import Step

if TYPE_CHECKING:
    from desireline.scenarios.scenarios import Scenarios
    from desireline.workspace import Workspace

HELD = 4


class HeldScenarios:
    """The last few models that somebody asked. May be called from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[tuple[str, str, str], Scenarios] = OrderedDict()

    def of(self, workspace: Workspace, map_: Map, only: str, step: Step) -> Scenarios:
        """The model of the data as they are. Raises UnknownGroup, NothingToGoBy."""
        map_key = map_version(map_)
        key = (workspace.state(), map_key, only)
        with self._lock:
            had = self._held.get(key)
            if had is not None:
                self._held.move_to_end(key)
                return had
        made = workspace.scenarios(map_, only, step=step)
        with self._lock:
            self._held[key] = made
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        return made
