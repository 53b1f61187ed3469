"""The low point is told where it lies near the end, and only there."""

from __future__ import annotations

from tests.findings.heard import MAP, answers, dossier, outline, told, voiced

from desireline.findings.rules.low_point_near_the_end import low_point_near_the_end


def look(**levels: float):
    rows = [answers(place, level, 150) for place, level in levels.items()]
    return [found.at for found, _ in told(low_point_near_the_end, dossier(outline(), voiced=voiced(*rows)))]


def test_the_last_touchpoint_but_one_below_the_others_is_told():
    assert look(pay=1.0, ask=0.9, answer=-0.4) == ["answer"]


def test_a_low_point_at_the_beginning_is_not_told_here():
    assert look(pay=-1.0, ask=0.9, answer=0.9, keep=0.9) == []


def test_a_flat_journey_has_no_low_point():
    assert look(pay=0.8, ask=0.7, answer=0.6, keep=0.5) == []


def test_two_rated_touchpoints_are_too_few_to_have_a_low_point():
    assert look(pay=1.0, answer=-1.0) == []


def test_the_same_customers_at_other_touchpoints_are_not_added_up():
    rows = [answers(place, level, 150) for place, level in (("pay", 1.0), ("ask", 0.9), ("answer", -0.4))]
    [(found, _)] = told(low_point_near_the_end, dossier(outline(), voiced=voiced(*rows)))
    assert (found.effect.n, found.effect.n_other) == (150, None)
    assert found.effect.difference


def test_where_the_map_names_no_success_the_last_touchpoint_is_the_end():
    bare = outline(text=MAP.replace(", success: [keep]", ""))
    rows = [answers(place, level, 150) for place, level in (("pay", 1.0), ("ask", 0.9), ("answer", -0.4))]
    assert [found.at for found, _ in told(low_point_near_the_end, dossier(bare, voiced=voiced(*rows)))] == ["answer"]
