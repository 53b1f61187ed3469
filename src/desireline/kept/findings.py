"""Findings from a workspace: what rules need is gathered in one walk, and they look at it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
import polars as pl

from desireline.access import may_show
from desireline.findings.catalog import RULES, find_rule
from desireline.findings.dossier import Dossier
from desireline.findings.finding import Finding
from desireline.findings.fold import without
from desireline.findings.gathering import Around, Walker
from desireline.findings.notice import Findings, Settings, notice, walkers
from desireline.findings.opening import Behind
from desireline.findings.opportunities.opportunity import opportunities
from desireline.findings.rule import Rule
from desireline.kept.properties import Properties
from desireline.kept.volumes import volumes
from desireline.lake.snapshot import Snapshot
from desireline.maps.outline import Outline
from desireline.measures.groups import BANDS
from desireline.measures.view import View
from desireline.pipeline.listening import Together

_GUESSING = frozenset(rule.name for rule in RULES.values() if not rule.exact and rule.opens is not None)
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
        groupings=("channel", "persona", *_groupings(properties, snapshot.buckets)),
        volumes=volumes(snapshot),
        data=_content(snapshot),
    )


def chosen(names: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules of these names; all when none is named. Raises UnknownRule."""
    return tuple(find_rule(name) for name in names) or tuple(RULES.values())


@dataclass(frozen=True)
class Looking:
    """What is to be walked for findings, and what is made of it: an analysis whose answer is the findings."""

    known: Around
    rules: Sequence[Rule]
    settings: Settings | None = None

    @cached_property
    def _named(self) -> dict[str, Walker]:
        return walkers(self.rules, self.known)

    @cached_property
    def _together(self) -> Together:
        return Together(tuple(self._named.values()))

    @property
    def carried(self) -> tuple[str, ...]:
        """The fields of events that rules look at."""
        return self._together.carried

    def partial(self, view: View) -> tuple[Any, ...]:
        """What the bucket contributes to each gathering."""
        return self._together.partial(view)

    def combine(self, parts: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
        """All parts."""
        return self._together.combine(parts)

    def finish(self, part: tuple[Any, ...]) -> Findings:
        """The findings."""
        found = dict(zip(self._named, self._together.finish(part), strict=True))
        return notice(Dossier(self.known, found), self.rules, self.settings)


def count_customers(found: Findings, listen: Callable[[Together], tuple[Any, ...]]) -> Findings:
    """Where a rule could only guess how many customers a finding is about, they are counted in one more walk.

    What turns out to be about fewer than five is left out.
    """
    told = [one for lead in found.findings for one in (lead, *lead.also)]
    guessed = [one for one in told if one.rule in _GUESSING]
    if not guessed:
        return found
    opened = listen(Together(tuple(Behind(one) for one in guessed)))
    counts = {one.id: customers.height for one, customers in zip(guessed, opened, strict=True)}
    every = without(found.findings, lambda one: one.id in counts and not _enough(counts[one.id]))
    counted = [replace(_about(one, counts), also=tuple(_about(other, counts) for other in one.also)) for one in every]
    ranked = opportunities(counted, found.worth, found.around)
    return replace(found, findings=tuple(one.finding for one in ranked))


def _enough(customers: int) -> bool:
    return customers > 0 and may_show(customers)


def _about(finding: Finding, counts: Mapping[str, int]) -> Finding:
    """The finding with its true number of customers; what is compared can be about some of them, not about more."""
    customers = counts.get(finding.id)
    if customers is None:
        return finding
    return replace(finding, customers=customers, effect=replace(finding.effect, n=min(finding.effect.n, customers)))


def _groupings(properties: Properties, buckets: int) -> list[str]:
    """Properties by which customers fall into a few groups; those of many numbers by their quarters."""
    few = []
    for name in properties.names():
        common = properties.values(f"property.{name}").common
        if 2 <= len(common) <= FEW_VALUES:
            few.append(f"property:{name}")
        elif len(common) > FEW_VALUES and _numbers(pl.Series(common)) is not None:
            edges = quarters([properties.column(bucket, f"property.{name}").texts for bucket in range(buckets)])
            few += [f"property:{name}{BANDS}{edges}"] if edges else []
    return few


def quarters(texts: Sequence[pl.Series]) -> str:
    """Where the second, third and last quarter of the customers begin; "" where not all values are numbers."""
    numbers = _numbers(pl.concat(texts))
    if numbers is None:
        return ""
    told = numbers.to_numpy()
    cuts = np.quantile(told, (0.25, 0.5, 0.75), method="inverted_cdf")
    return ",".join(repr(float(cut)).removesuffix(".0") for cut in np.unique(cuts[cuts > told.min()]))


def _numbers(texts: pl.Series) -> pl.Series | None:
    """The values as numbers, those left empty apart; None where one is no number."""
    told = texts.drop_nulls().str.strip_chars().replace("", None).drop_nulls()
    numbers = told.cast(pl.Float64, strict=False)
    return None if numbers.is_empty() or numbers.null_count() or not numbers.is_finite().all() else numbers


def _content(snapshot: Snapshot) -> str:
    """A name for the data that does not depend on when or where they were imported."""
    imports = snapshot.imports()
    files = sorted(file["sha256"] for text in imports["files"] for file in json.loads(text)) if imports.height else []
    return blake2b(json.dumps([files, snapshot.totals]).encode(), digest_size=8).hexdigest()
