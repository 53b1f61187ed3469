"""What is felt against what the map draws or promises."""

from __future__ import annotations

from tests.findings.heard import answers, dossier, outline, told, voiced

from desireline.findings.gather.voiced import TEXTS
from desireline.findings.rules.assumption_contradicted import assumption_contradicted
from desireline.findings.rules.feeling_below_intent import feeling_below_intent

CARDS = """
cards:
  - {at: pay, lane: feeling, level: 1, says: Glad, evidence: {kind: assumption}}
  - {at: pay, lane: feeling, level: 1.5, persona: jonas, says: Proud, evidence: {kind: observation}}
  - {at: ask, lane: feeling, level: -1, says: Tense, evidence: {kind: assumption}}
"""


def look(*rows, rule=feeling_below_intent):
    return [found for found, _ in told(rule, dossier(outline(CARDS), voiced=voiced(*rows)))]


def test_a_feeling_a_level_below_is_told_in_the_words_of_its_scale():
    [found] = look(answers("pay", 0.0, 200))
    assert found.says == "“Pays” is meant to feel like 4.2 of 5; 200 customers say 3.0 of 5."
    assert found.effect.unit == "score:1–5"


def test_half_a_level_below_is_no_finding():
    assert look(answers("pay", 0.76, 20_000)) == []


def test_a_persona_is_held_against_its_own_card():
    found = look(answers("pay", 1.0, 400), answers("pay", 0.7, 200, persona="jonas"))
    assert [one.group for one in found] == ["persona:jonas"]


def test_feelings_read_in_texts_must_be_further_off():
    assert look(answers("pay", 0.5, 400, scale=TEXTS)) == []
    [found] = look(answers("pay", 0.0, 400, scale=TEXTS))
    assert found.says == (
        "“Pays” is meant to feel like +1.2 (of −2 to +2); 400 customers sound like +0.0 (of −2 to +2)."
    )
    [found] = look(answers("pay", -1.0, 400, scale=TEXTS), rule=assumption_contradicted)
    assert "400 customers sound like −1.0 (of −2 to +2)." in found.says


def test_only_what_was_assumed_can_be_contradicted_as_an_assumption():
    found = look(answers("pay", -0.5, 200), answers("pay", -0.5, 200, persona="jonas"), rule=assumption_contradicted)
    assert [(one.at, one.group) for one in found] == [("pay", "")]
    assert "The map assumes at “Pays”: “Glad” (4.0 of 5)." in found[0].says


def test_a_bad_feeling_that_was_assumed_is_contradicted_by_a_good_one_and_a_good_one_by_a_better_one_is_not():
    assert len(look(answers("ask", 0.8, 200), rule=assumption_contradicted)) == 1
    assert look(answers("pay", 2.0, 2000, spread=0), rule=assumption_contradicted) == []


def test_few_answers_say_nothing():
    assert look(answers("pay", -2.0, 12, spread=0.1)) == []
