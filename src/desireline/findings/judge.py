"""What passes: checks of a family are adjusted together, and families against each other.

First each family: the smallest q of its checks (Benjamini–Hochberg) is its p against "nothing at all here" (Simes).
Families are adjusted against each other in the same way, and within those that pass the checks are adjusted at the
share of families that passed. So a company without problems gets an empty list 95 times of 100 at least, however many
families there are. Source: Benjamini & Bogomolov 2014, Journal of the Royal Statistical Society B 76, 297–318.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from desireline.findings.finding import Check, Finding
from desireline.findings.shrink import kept_parts
from desireline.measures.discoveries import q_values

RATE = 0.05


def judge(checks: Mapping[str, Sequence[Check]], *, rate: float = RATE) -> dict[str, list[Finding]]:
    """The findings of each family that pass, with q and the counts of checks.

    A finding without a p stands by itself, and counts among the checks of its family but not among the tests.
    """
    tested = {family: [c.p for c in found if c.p is not None] for family, found in checks.items()}
    lowest = {family: float(q_values(np.array(p)).min()) for family, p in tested.items() if p}
    names = sorted(lowest)
    among = dict(zip(names, q_values(np.array([lowest[name] for name in names])).tolist(), strict=True))
    passed = sum(q <= rate for q in among.values())
    inside = rate * passed / max(len(names), 1)
    return {
        family: _passing(found, level=inside if among.get(family, 1.0) <= rate else -1.0)
        for family, found in checks.items()
    }


def _passing(checks: Sequence[Check], *, level: float) -> list[Finding]:
    tests = [check for check in checks if check.p is not None]
    q = dict(zip(map(id, tests), q_values(np.array([c.p for c in tests])).tolist(), strict=True))
    standing = [
        (check, q.get(id(check)))
        for check in checks
        if check.finding is not None and (check.p is None or q[id(check)] <= level)
    ]
    counts, parts = (len(standing), len(checks)), dict(zip(map(id, checks), kept_parts(checks).tolist(), strict=True))
    return [
        replace(check.finding, p=check.p, q=adjusted_p, checks=counts, shrunk=parts[id(check)])
        for check, adjusted_p in standing
        if check.finding is not None
    ]
