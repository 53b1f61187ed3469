"""The tally that scenarios are asked of, kept: the first question of a map pays for the walk, later ones do not.

The key holds all that the tally depends on: every bucket's files, the map, the group, the last instant of all data, and
the code. So a new import, a changed map or a new version makes it anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from desireline.kept.code import code_version, map_version
from desireline.kept.feelings import Feelings
from desireline.kept.partials import Partials
from desireline.kept.readings import TABLES, WHOLE
from desireline.scenarios.scenarios import Scenarios
from desireline.scenarios.tally import Tally
from desireline.scenarios.transitions import Transitions

ROOMS = (".",)
"""The code whose change makes an earlier tally worthless: the walk goes through nearly every room, so all of them."""


@dataclass(frozen=True)
class KeptScenarios:
    """The tallies of one snapshot of the lake."""

    feelings: Feelings
    kept: Partials

    def of(self, asked: Transitions, listen: Callable[[Transitions], Tally]) -> Scenarios:
        """What can be asked: from the kept tally, or from a new one, which `listen` walks for."""
        key, parts = _key(asked), self.feelings.made_of(TABLES)
        had = self.kept.find(key, WHOLE)
        if had and had[0] == parts and isinstance(had[1], Tally):
            return Scenarios(asked.outline, had[1], asked.only)
        tally = listen(asked)
        self.kept.keep(key, WHOLE, parts, tally)
        return Scenarios(asked.outline, tally, asked.only)


def _key(asked: Transitions) -> str:
    map_ = map_version(asked.outline.map)
    days = asked.within.total_seconds()
    return json.dumps([code_version(ROOMS), map_, asked.only, days, asked.data_end.isoformat()])
