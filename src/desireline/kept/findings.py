"""Findings from a workspace: what rules need is gathered in one walk, and they look at it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b

from desireline.findings.catalog import RULES, find_rule
from desireline.findings.dossier import Dossier
from desireline.findings.gathering import Around
from desireline.findings.notice import Findings, Settings, notice, walkers
from desireline.findings.rule import Rule
from desireline.kept.properties import Properties
from desireline.kept.volumes import volumes
from desireline.lake.snapshot import Snapshot
from desireline.maps.outline import Outline
from desireline.pipeline.listening import Together

FEW_VALUES = 8
"""Customers are grouped by properties of no more values than these."""


def around(outline: Outline, snapshot: Snapshot, properties: Properties, *, today: date | None = None) -> Around:
    """What is known of the data without walking it; `today` is the last day of the data where none is given."""
    end = snapshot.data_end() or datetime(1970, 1, 1, tzinfo=UTC)
    return Around(
        outline=outline,
        today=today or end.date(),
        first_at=snapshot.first_at(),
        last_at=snapshot.data_end(),
        groupings=("channel", "persona", *_groupings(properties)),
        volumes=volumes(snapshot),
        data=_content(snapshot),
    )


def chosen(names: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules of these names; all when none is named. Raises UnknownRule."""
    return tuple(find_rule(name) for name in names) or tuple(RULES.values())


def gathered(rules: Sequence[Rule], known: Around) -> tuple[tuple[str, ...], Together]:
    """What is to be walked for these rules: the names, and the analyses in their order."""
    named = walkers(rules, known)
    return tuple(named), Together(tuple(named.values()))


def noticed(
    names: tuple[str, ...], found: Sequence[object], known: Around, rules: Sequence[Rule], settings: Settings | None
) -> Findings:
    """The findings, from what was walked."""
    return notice(Dossier(known, dict(zip(names, found, strict=True))), rules, settings)


def _groupings(properties: Properties) -> list[str]:
    """Properties by which customers fall into a few groups."""
    few = []
    for name in properties.names():
        values = properties.values(f"property.{name}")
        if 2 <= len(values.common) <= FEW_VALUES:
            few.append(f"property:{name}")
    return few


def _content(snapshot: Snapshot) -> str:
    """A name for the data that does not depend on when or where they were imported."""
    imports = snapshot.imports()
    files = sorted(file["sha256"] for text in imports["files"] for file in json.loads(text)) if imports.height else []
    return blake2b(json.dumps([files, snapshot.totals]).encode(), digest_size=8).hexdigest()
