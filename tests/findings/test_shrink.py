"""Effects taken back by as much as they look like noise."""

from __future__ import annotations

import numpy as np
import pytest
from tests.findings.made import finding

from desireline.findings.finding import Check, Effect
from desireline.findings.shrink import kept_parts


def checks(values: list[float], error: float) -> list[Check]:
    return [
        Check(finding(effect=Effect("gap", v, v - 1.96 * error, v + 1.96 * error, "share", 50, 50)), 0.5)
        for v in values
    ]


def test_a_large_effect_among_nothing_keeps_its_size_and_noise_does_not():
    dice = np.random.default_rng(3)
    noise = dice.normal(0, 0.02, 200).tolist()
    parts = kept_parts(checks([*noise, 0.3], 0.02))
    assert parts[-1] > 0.97
    assert np.median(parts[:-1]) < 0.2


def test_shrunk_effects_are_nearer_to_the_truth_than_raw_ones():
    dice = np.random.default_rng(8)
    truth = np.where(dice.random(400) < 0.1, dice.normal(0, 0.15, 400), 0.0)
    raw = truth + dice.normal(0, 0.05, 400)
    shrunk = raw * kept_parts(checks(raw.tolist(), 0.05))
    assert ((shrunk - truth) ** 2).mean() < 0.5 * ((raw - truth) ** 2).mean()


def test_what_cannot_be_judged_stays_as_it_is():
    alone = [Check(None), Check(finding(), None), *checks([0.2, 0.1], 0.05)]
    assert kept_parts(alone).tolist() == [1.0, 1.0, 1.0, 1.0]
    assert kept_parts([]).tolist() == []


@pytest.mark.parametrize("values", [[0.0] * 5, [0.1] * 5])
def test_effects_that_are_all_alike_are_no_fault(values):
    parts = kept_parts(checks(values, 0.02))
    assert np.isfinite(parts).all()
    assert ((parts >= 0) & (parts <= 1)).all()
