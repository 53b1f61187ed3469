"""What passes, over families and within them."""

from __future__ import annotations

import numpy as np
from tests.findings.made import finding

from desireline.findings.finding import Check
from desireline.findings.judge import judge


def checks(*p: float) -> list[Check]:
    return [Check(finding(at=f"place {i}"), one) for i, one in enumerate(p)]


def test_a_clear_check_passes_and_counts_are_told():
    passed = judge({"late": checks(1e-6, 0.4, 0.9), "lost": checks(0.5, 0.7)})
    assert [one.at for one in passed["late"]] == ["place 0"]
    assert passed["late"][0].checks == (1, 3)
    assert passed["late"][0].q == 3e-6
    assert passed["lost"] == []


def test_what_would_pass_alone_does_not_pass_among_many():
    assert judge({"late": checks(0.04)})["late"]
    assert not judge({"late": checks(0.04, *[0.9] * 99)})["late"]
    assert not judge({"late": checks(0.04), **{f"family {i}": checks(0.9) for i in range(20)}})["late"]


def test_a_count_stands_by_itself():
    passed = judge({"dead": [Check(finding()), Check(None), Check(None)]})
    assert [(one.p, one.q, one.checks) for one in passed["dead"]] == [(None, None, (1, 3))]


def test_nothing_at_all():
    assert judge({}) == {}
    assert judge({"late": []}) == {"late": []}


def test_companies_without_problems_get_an_empty_list_95_times_of_100():
    dice = np.random.default_rng(5)
    some = 0
    for _ in range(400):
        found = judge({f"family {i}": checks(*dice.random(30)) for i in range(12)})
        some += any(found.values())
    assert some / 400 <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 400)
