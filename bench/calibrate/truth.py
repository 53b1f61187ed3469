"""The true size of each planted effect: what the same question answers in a company forty times as large.

    python -m bench.calibrate.truth          # writes tests/calibration/true_sizes.json; takes some minutes

Shares by week are kept for the deviations, because a finding may say since when, and each company's answer to that is
its own: the truth is then worked out for the window that the finding names. Of the other rules the large company's own
window is taken.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench import places
from bench.calibrate.companies import CUSTOMERS, Claim, claim_of
from bench.calibrate.matching import SIGNS, Sign
from desireline.demo.company import build_demo
from desireline.findings.gather.rates import Rates, RatesWalker
from desireline.findings.locate import monday
from desireline.measures.clusters import Clusters
from desireline.workspace import Workspace

FILE = places.REPOSITORY / "tests" / "calibration" / "true_sizes.json"
TIMES = 40
SEED = 900
_X, _M = (Clusters._fields.index(name) for name in ("x", "m"))
Week = tuple[str, int, int]  # Monday, journeys that have it, journeys that could


@dataclass(frozen=True)
class Truth:
    """True sizes: shares by week of (kind, place, group), and single effects of (rule, place, group)."""

    weeks: dict[tuple[str, str, str], list[Week]]
    effects: dict[tuple[str, str, str], float]

    def size(self, claim: Claim) -> float | None:
        """What the effect of this claim truly is; None where nobody knows."""
        known = self.effects.get((claim.rule, claim.at, claim.group))
        here = self.weeks.get((claim.kind, claim.at, claim.group))
        if here is None or (known is not None and claim.since is None):
            return known
        x, m = _sum(week for week in here if claim.since is None or week[0] >= claim.since)
        if not claim.group and claim.since is None:
            return x / m
        all_x, all_m = _sum(self.weeks[claim.kind, claim.at, ""])
        return x / m - (all_x - x) / (all_m - m)


def _sum(weeks: Iterable[Week]) -> tuple[int, int]:
    chosen = list(weeks)
    return sum(x for _, x, _ in chosen), sum(m for _, _, m in chosen)


@cache
def true_sizes() -> Truth:
    """The truth as it is kept beside the tests."""
    kept = json.loads(FILE.read_text("utf-8"))
    return Truth(
        {(kind, at, group): [tuple(week) for week in weeks] for kind, at, group, weeks in kept["weeks"]},
        {(rule, at, group): value for rule, at, group, value in kept["effects"]},
    )


def measure_truth(customers: int = TIMES * CUSTOMERS, *, seed: int = SEED) -> dict[str, Any]:
    """The true sizes, from one very large company with all problems."""
    with tempfile.TemporaryDirectory(dir=places.cache()) as folder:
        company = build_demo(folder, customers=customers, seed=seed)
        workspace = Workspace.create(Path(folder) / "workspace")
        workspace.import_files(company.recipe, company.sources)
        groupings = ("channel", "persona", "property:region", "property:buys_for")
        rates = workspace.listen(company.map, RatesWalker(groupings))
        claims = [claim_of(one) for one in workspace.findings(company.map).findings]
    return {
        "command": "python -m bench.calibrate.truth",
        "customers": customers,
        "seed": seed,
        "weeks": sorted(_weekly(rates)),
        "effects": sorted(_effects(claims)),
    }


def _weekly(rates: Rates) -> list[list[Any]]:
    kinds = sorted(set(rates.cells["kind"]))
    wanted = {(kind, at) for kind in kinds for signs in SIGNS.values() for sign in signs for at in sign.places}
    found: list[list[Any]] = []
    for kind, at in sorted(wanted):
        for group, cell in rates.groups(kind, at).items():
            if cell.whole[_X] and (not group or _is_asked(at, group)):
                pairs = zip(cell.names, cell.weeks, strict=True)
                weeks = [[monday(name).isoformat(), int(sums[_X]), int(sums[_M])] for name, sums in pairs]
                found.append([kind, at, group, weeks])
    return found


def _is_asked(at: str, group: str) -> bool:
    return any(at in sign.places and group in sign.groups for sign in _all_signs())


def _effects(claims: Iterable[Claim]) -> list[list[Any]]:
    every = [one for lead in claims for one in lead.alone_and_folded()]
    told = [one for one in every if any(sign.fits(one) for sign in _all_signs())]
    told.sort(key=lambda one: one.since is not None)  # of all time where there is one
    first = {(one.rule, one.at, one.group): one.value for one in reversed(told)}
    return [[*key, value] for key, value in first.items()]


def _all_signs() -> list[Sign]:
    return [sign for signs in SIGNS.values() for sign in signs]


if __name__ == "__main__":
    measured = measure_truth()
    lines = json.dumps(measured, ensure_ascii=False).replace('[["', '[\n["').replace("]], [", "]],\n[")
    FILE.write_text(lines + "\n", "utf-8")
    print(f"{FILE}: {len(measured['weeks'])} shares by week, {len(measured['effects'])} single effects")
