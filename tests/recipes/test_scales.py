from __future__ import annotations

import pytest

from desireline.errors import RecipeMismatch
from desireline.recipes.records import AnswerSpec
from desireline.recipes.scales import Scale, scale_of


def spec(**fields) -> AnswerSpec:
    return AnswerSpec(question="q", answer="a", **fields)


def test_a_scale_is_what_the_recipe_declares():
    assert scale_of(spec()) == Scale(None, None, None)
    assert scale_of(spec(rule="nps")) == Scale(0, 10, "nps")
    assert scale_of(spec(rule="nps", low=0, high=10)) == Scale(0, 10, "nps")
    assert scale_of(spec(rule="csat", low=1, high=5)) == Scale(1, 5, "csat")
    assert scale_of(spec(rule="ces", low=5, high=1)) == Scale(5, 1, "ces")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"rule": "nps", "low": 1, "high": 5}, "NPS is asked on 0–10, not 1–5"),
        ({"rule": "csat"}, "csat needs the ends of its scale"),
        ({"rule": "ces"}, "ces needs the ends of its scale"),
        ({"low": 1}, "two different ends"),
        ({"low": 3, "high": 3}, "two different ends"),
    ],
)
def test_a_scale_that_cannot_be_is_told(fields, says):
    with pytest.raises(RecipeMismatch, match=says):
        scale_of(spec(**fields))
