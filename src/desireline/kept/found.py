"""The findings of a map, kept: asking for one of them, or deciding about it, does not look for all of them again.

The key holds all that findings depend on: every bucket's files and how its texts were read, the map, the rules and what
was set for them, the day that counts as today, and the code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desireline.findings.finding import Finding
from desireline.findings.gather.worth import Worth
from desireline.findings.notice import Findings
from desireline.kept.code import code_version, map_version
from desireline.kept.feelings import Feelings
from desireline.kept.findings import Looking
from desireline.kept.partials import Partials
from desireline.kept.readings import TABLES, WHOLE

ROOMS = (".",)
"""The code whose change makes earlier findings worthless: rules stand on nearly every room, so all of them."""


@dataclass(frozen=True)
class Told:
    """What is kept of findings: all but what is known of the data without walking them."""

    findings: tuple[Finding, ...]
    families: Mapping[str, tuple[int, int]]
    worth: Worth


@dataclass(frozen=True)
class KeptFindings:
    """The findings of one snapshot of the lake."""

    feelings: Feelings
    kept: Partials

    def of(self, looking: Looking, look: Callable[[], Findings]) -> Findings:
        """The findings: those kept, or new ones, for which `look` walks."""
        key, parts = _key(looking), self.feelings.made_of(TABLES)
        had = self.kept.find(key, WHOLE)
        if had and had[0] == parts and isinstance(had[1], Told):
            return Findings(had[1].findings, had[1].families, looking.known, had[1].worth)
        found = look()
        self.kept.keep(key, WHOLE, parts, Told(found.findings, dict(found.families), found.worth))
        return found


def _key(looking: Looking) -> str:
    known = looking.known
    map_ = map_version(known.outline.map)
    rules = [rule.name for rule in looking.rules]
    asked = [rules, looking.settings or {}, known.today.isoformat(), known.groupings, known.data]
    return json.dumps([code_version(ROOMS), map_, *asked])
