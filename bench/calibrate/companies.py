"""A made-up company, brought in and looked at from end to end: what `desireline findings` says about it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desireline.demo.company import build_demo
from desireline.demo.problems import PROBLEMS, Problem
from desireline.findings.finding import Finding
from desireline.workspace import Workspace

CUSTOMERS = 4000  # the demo's size


@dataclass(frozen=True)
class Claim:
    """What a finding claims, as far as the truth can say whether it is right."""

    rule: str
    kind: str
    at: str
    group: str
    since: str | None
    value: float
    low: float | None
    high: float | None
    unit: str
    p: float | None
    customers: int
    says: str
    also: tuple[Claim, ...] = ()

    def alone_and_folded(self) -> Iterator[Claim]:
        """The claim, and those that were folded under it."""
        yield self
        yield from self.also

    def as_record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def claim_of(finding: Finding) -> Claim:
    """What a finding claims."""
    effect, since = finding.effect, finding.since
    return Claim(
        rule=finding.rule,
        kind=finding.who.kind,
        at=finding.at,
        group=finding.group,
        since=since.isoformat() if since else None,
        value=effect.value,
        low=effect.low,
        high=effect.high,
        unit=effect.unit,
        p=finding.p,
        customers=finding.customers,
        says=finding.says,
        also=tuple(claim_of(one) for one in finding.also),
    )


def read_claim(record: dict[str, Any]) -> Claim:
    """A claim that was kept as plain data."""
    return Claim(**{**record, "also": tuple(read_claim(one) for one in record["also"])})


def found_in(
    seed: int, *, customers: int = CUSTOMERS, problems: Sequence[Problem] = PROBLEMS, under: Path | None = None
) -> list[Claim]:
    """The findings of the company of this seed, the largest loss first. It takes some seconds and leaves nothing."""
    with tempfile.TemporaryDirectory(dir=under) as folder:
        company = build_demo(folder, customers=customers, seed=seed, problems=problems)
        workspace = Workspace.create(Path(folder) / "workspace")
        workspace.import_files(company.recipe, company.sources)
        return [claim_of(one) for one in workspace.findings(company.map).findings]
