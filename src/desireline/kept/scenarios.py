"""The tally that scenarios are asked of, kept: the first question of a map pays for the walk, later ones do not.

What was asked is the group, and the last instant of all data. A new import, a changed map or a new version makes the
tally anew.
"""

from __future__ import annotations

from collections.abc import Callable

from desireline.kept.walked import KeptWalks
from desireline.scenarios.scenarios import Scenarios
from desireline.scenarios.tally import Tally
from desireline.scenarios.transitions import Transitions


def scenarios_of(walks: KeptWalks, asked: Transitions, listen: Callable[[Transitions], Tally]) -> Scenarios:
    """What can be asked: from the kept tally, or from a new one, which `listen` walks for."""
    about = [asked.only, asked.within.total_seconds(), asked.data_end.isoformat()]
    tally = walks.of(Tally, asked.outline.map, about, lambda: listen(asked))
    return Scenarios(asked.outline, tally, asked.only)
