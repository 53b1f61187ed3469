"""Channels are compared with each other, personas with themselves."""

from __future__ import annotations

import pytest
from tests.findings.heard import answers, dossier, outline, told, voiced

from desireline.findings.gather.voiced import TEXTS
from desireline.findings.rules.channel_misalignment import channel_misalignment


def look(*rows):
    return told(channel_misalignment, dossier(outline(), voiced=voiced(*rows)))


def test_the_channel_that_is_a_star_worse_is_told_with_both_scores():
    [(found, p)] = look(answers("answer", 0.0, 100, channel="mail"), answers("answer", 1.2, 100, channel="chat"))
    assert found.group == "channel:mail"
    assert "customers in the channel E-mail say 3.0 of 5; Chat: " in found.says
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


def test_the_sentence_and_the_numbers_compare_personas_with_themselves():
    """Each persona is a level less content by mail, where nearly all are of the glad one; by chat, of the sad one."""
    rows = [
        answers("answer", level, n, channel=channel, persona=persona, spread=0.3)
        for persona, levels, sizes in (("gabi", (0.6, 1.6), (180, 20)), ("jonas", (-1.6, -0.6), (20, 180)))
        for channel, level, n in zip(("mail", "chat"), levels, sizes, strict=True)
    ]
    [(found, _)] = look(*rows)
    here, rest = found.evidence
    assert found.group == "channel:mail"
    assert "E-mail say 2.5 of 5; Chat: 3.5 of 5 (personas mixed alike)." in found.says
    assert here.value - rest.value == pytest.approx(found.effect.value)
    assert found.grade == "C"


def test_without_personas_the_difference_is_a_raw_one():
    rows = [answers("answer", level, 100, channel=c, persona="(none)") for c, level in (("mail", 0.0), ("chat", 1.2))]
    [(found, _)] = look(*rows)
    assert found.grade == "D"
    assert "alike" not in found.says


def test_too_few_of_the_same_personas_compare_nothing():
    few = [answers("answer", -1.0, 6, channel="mail"), answers("answer", -1.0, 100, channel="mail", persona="jonas")]
    assert look(*few, answers("answer", 1.0, 100, channel="chat")) == []


def test_feelings_read_in_texts_sound_and_must_be_further_apart():
    def texts(gap):
        return look(
            answers("answer", 1.0 - gap, 400, channel="mail", scale=TEXTS),
            answers("answer", 1.0, 400, channel="chat", scale=TEXTS, spread=0.9),
        )

    assert texts(0.7) == []
    [(found, _)] = texts(1.2)
    assert "customers in the channel E-mail sound like −0.2 (of −2 to +2); Chat: +1.0" in found.says
