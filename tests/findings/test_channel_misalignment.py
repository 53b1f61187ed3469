"""Channels are compared with each other, personas with themselves."""

from __future__ import annotations

import pytest
from tests.findings.heard import answers, dossier, outline, told, voiced

from desireline.findings.rules.channel_misalignment import channel_misalignment


def look(*rows):
    return told(channel_misalignment, dossier(outline(), voiced=voiced(*rows)))


def test_the_channel_that_is_a_star_worse_is_told_with_both_scores():
    [(found, p)] = look(answers("answer", 0.0, 100, channel="mail"), answers("answer", 1.2, 100, channel="chat"))
    assert found.group == "channel:mail"
    assert "customers in the channel E-mail score 3.0 of 5; Chat: " in found.says
    assert found.effect.value == pytest.approx(-1.1, abs=0.15)  # levels are cut at the best end
    assert found.effect.low < -1.1 < found.effect.high
    assert p < 0.001


def test_a_tenth_of_a_star_is_no_misalignment():
    assert look(answers("answer", 0.9, 4000, channel="mail"), answers("answer", 1.0, 4000, channel="chat")) == []


def test_personas_who_choose_other_channels_do_not_make_a_difference_of_channels():
    rows = [
        answers("answer", level, n, channel=channel, persona=persona)
        for persona, level, sizes in (("gabi", -0.5, (300, 30)), ("jonas", 0.8, (30, 300)))
        for channel, n in zip(("mail", "chat"), sizes, strict=True)
    ]
    assert look(*rows) == []


def test_a_single_channel_and_few_answers_say_nothing():
    assert look(answers("answer", -1.0, 100, channel="mail")) == []
    assert look(answers("answer", -1.0, 10, channel="mail"), answers("answer", 1.0, 100, channel="chat")) == []


def test_a_scale_whose_best_end_is_the_smaller_number_still_calls_the_worse_worse():
    scale = "score:5–1"
    [(found, _)] = look(
        answers("answer", -0.5, 100, channel="mail", scale=scale),
        answers("answer", 1.0, 100, channel="chat", scale=scale),
    )
    assert found.group == "channel:mail"
    assert found.effect.value < 0
    assert "3.5 of 1 (best) to 5" in found.says
