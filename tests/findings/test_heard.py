"""What rules about feelings share."""

from __future__ import annotations

import pytest

from desireline.findings.gaps import Gap, Mean
from desireline.findings.heard import gap_effect, harm

WORSE = Gap(Mean(-0.4, 0.1, 50.0, 60), Mean(0.0, 0.0, float("inf"), 0))


def test_what_a_gap_costs_lies_between_its_ends():
    [cost] = harm(WORSE, "score:1–5")
    assert cost.low < cost.value < cost.high < 0
    assert cost.value == pytest.approx(-0.4)
    [turned] = harm(WORSE, "score:10–0")
    assert turned.value == pytest.approx(-1.0)
    assert turned.unit == "score:0–10"


def test_what_may_be_nothing_costs_nothing():
    assert harm(Gap(Mean(-0.1, 0.1, 50.0, 60), WORSE.second), "score:1–5") == ()


def test_a_difference_from_what_is_intended_is_told_with_its_sign_though_nobody_is_compared():
    effect = gap_effect("below", WORSE, "score:1–5")
    assert (effect.n, effect.n_other, effect.difference) == (60, None, True)
