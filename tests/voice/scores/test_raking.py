"""Weights that give groups their known shares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.errors import SharesUnmet
from desireline.voice.scores.raking import effective, rake

REGION = ["north"] * 6 + ["south"] * 4
SEX = ["f", "f", "f", "m", "m", "m", "f", "f", "f", "m"]
SHARES = {"region": {"north": 0.3, "south": 0.7}, "sex": {"f": 0.5, "m": 0.5}}


def share(weights, groups, group) -> float:
    return float(weights[np.array(groups) == group].sum() / weights.sum())


def test_one_margin_is_met_by_division():
    found = rake({"region": REGION}, {"region": SHARES["region"]})
    assert found.weights == pytest.approx([0.5] * 6 + [1.75] * 4)
    assert found.n_eff == pytest.approx(100 / (6 * 0.25 + 4 * 1.75**2))
    assert found.design_effect == pytest.approx(10 / found.n_eff)


def test_two_by_two_is_the_solution_of_its_equation():
    # Cells keep their odds ratio and get the margins: with a = the share of north and f, solve
    # a (0.2 + a) = ψ (0.3 − a) (0.5 − a), ψ = (3 · 1) / (3 · 3).
    ratio = (3 * 1) / (3 * 3)
    a, b, c = 1 - ratio, 0.2 + 0.8 * ratio, -0.15 * ratio
    north_f = (-b + np.sqrt(b * b - 4 * a * c)) / (2 * a)
    found = rake({"region": REGION, "sex": SEX}, SHARES)
    both = (np.array(REGION) == "north") & (np.array(SEX) == "f")
    assert found.weights[both].sum() / found.weights.sum() == pytest.approx(north_f, abs=1e-9)


def test_raked_weights_are_those_of_brute_force():
    """Cell by cell in plain Python, row by row in turns, until nothing moves."""
    weights = [1.0] * 10
    for _ in range(500):
        for name, groups in (("region", REGION), ("sex", SEX)):
            for group, wanted in SHARES[name].items():
                have = sum(w for w, g in zip(weights, groups, strict=True) if g == group) / sum(weights)
                weights = [
                    w * (wanted / have if g == group else (1 - wanted) / (1 - have))
                    for w, g in zip(weights, groups, strict=True)
                ]
    scaled = np.array(weights) * 10 / sum(weights)
    assert rake({"region": REGION, "sex": SEX}, SHARES).weights == pytest.approx(scaled, abs=1e-9)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_margins_are_met_whatever_the_order_of_rows(seed):
    dice = np.random.default_rng(seed)
    rows = int(dice.integers(40, 200))
    groups = {
        name: [*labels, *dice.choice(labels, rows - len(labels))]
        for name, labels in {"a": ["x", "y", "z"], "b": ["p", "q"]}.items()
    }
    for name in groups:
        dice.shuffle(groups[name])
    margins = {
        name: dict(zip(sorted(set(groups[name])), dice.dirichlet([5] * len(set(groups[name]))), strict=True))
        for name in groups
    }
    start = dice.uniform(0.2, 3, rows)
    if len({*zip(groups["a"], groups["b"], strict=True)}) < 6:
        return  # a pair that nobody is in: the margins may contradict each other
    found = rake(groups, margins, start=start)
    for name, wanted in margins.items():
        for group, of_all in wanted.items():
            assert share(found.weights, groups[name], group) == pytest.approx(of_all, abs=1e-9)
    order = dice.permutation(rows)
    again = rake({name: [labels[k] for k in order] for name, labels in groups.items()}, margins, start=start[order])
    assert again.weights == pytest.approx(found.weights[order], abs=1e-12)
    assert found.weights.mean() == pytest.approx(1)
    assert 1 <= found.n_eff <= rows + 1e-9


def test_weights_to_begin_with_are_kept_within_a_group():
    found = rake({"region": REGION}, {"region": SHARES["region"]}, start=np.array([1.0, 2, 1, 1, 1, 1, 1, 1, 1, 3]))
    assert found.weights[1] / found.weights[0] == pytest.approx(2)
    assert share(found.weights, REGION, "south") == pytest.approx(0.7)


def test_rows_of_no_known_group_keep_their_weight_beside_the_others():
    found = rake({"region": [*REGION, ""]}, {"region": SHARES["region"]})
    known = found.weights[:10]
    assert share(known, REGION, "north") == pytest.approx(0.3)
    assert found.weights[10] == pytest.approx(1)


def test_a_trimmed_weight_is_never_larger_than_it_may_be():
    groups = {"g": ["rare"] * 2 + ["usual"] * 98}
    wanted = {"g": {"rare": 0.5, "usual": 0.5}}
    loose, trimmed = rake(groups, wanted), rake(groups, wanted, trim=5.0)
    assert loose.weights.max() == pytest.approx(25)
    assert trimmed.weights.max() <= 5 * (1 + 1e-9)
    assert trimmed.trimmed == 2
    assert trimmed.off > 0.3
    assert trimmed.n_eff > loose.n_eff


def test_trimming_that_cuts_nothing_changes_nothing():
    assert rake({"region": REGION}, {"region": SHARES["region"]}, trim=9.0).weights == pytest.approx(
        rake({"region": REGION}, {"region": SHARES["region"]}).weights
    )


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        ({"north": 0.3, "south": 0.5, "east": 0.2}, "region: nobody in 'east' answered"),
        ({"north": 1.0}, "region: answers came from 'south', which has no share"),
        ({"north": 0.3, "south": 0.6}, "region: its shares add up to 0.9"),
        ({"north": 1.3, "south": -0.3}, "none may be below 0"),
    ],
)
def test_a_margin_that_cannot_be_met_is_named(shares, says):
    with pytest.raises(SharesUnmet, match=says):
        rake({"region": REGION}, {"region": shares})


def test_margins_that_contradict_each_other_are_told():
    groups = {"a": ["x"] * 5 + ["y"] * 5, "b": ["p"] * 5 + ["q"] * 5}
    with pytest.raises(SharesUnmet, match=r"stay .* off whatever the weights"):
        rake(groups, {"a": {"x": 0.5, "y": 0.5}, "b": {"p": 0.9, "q": 0.1}})


def test_nobody_and_nothing():
    assert len(rake({"region": []}, {}).weights) == 0
    assert rake({"region": REGION}, {}).weights == pytest.approx(np.ones(10))
    assert effective(np.zeros(3)) == 0.0
