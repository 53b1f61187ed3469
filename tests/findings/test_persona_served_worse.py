"""One persona against all others, within the channels that both use."""

from __future__ import annotations

import numpy as np
import polars as pl
from tests.findings.heard import answers, dossier, outline, told, voiced

from desireline.findings.gather.tallies import sum_answers
from desireline.findings.gather.voiced import TEXTS
from desireline.findings.gather.waits import PARTS as WAIT_PARTS
from desireline.findings.gather.waits import Waits
from desireline.findings.rules.persona_served_worse import persona_served_worse


def look(*rows, **found):
    return told(persona_served_worse, dossier(outline(), voiced=voiced(*rows), **found))


def waits(**days: float) -> Waits:
    rows = [
        {"place": "pay", "group": f"persona:{who}", "customer": i, "x": round(WAIT_PARTS * np.log(wait * 86_400)) + i}
        for who, wait in days.items()
        for i in range(20)
    ]
    return Waits(sum_answers(pl.DataFrame(rows), ["place", "group"]))


def test_a_persona_that_is_a_star_less_content_is_told_with_its_wait():
    rows = answers("pay", -0.2, 100), answers("pay", 1.0, 100, persona="jonas")
    [(found, _)] = look(*rows, waits=waits(gabi=4.6, jonas=1.7))
    assert found.group == "persona:gabi"
    assert found.says.startswith("Gabi: 2.8 of 5 at “Pays”, all others ")
    assert "they wait 4.6 days, the others 1.7" in found.says
    assert found.effect.low < found.effect.value < found.effect.high < 0


def test_a_persona_in_a_worse_channel_is_served_alike():
    rows = [
        answers("pay", level, n, channel=channel, persona=persona)
        for channel, level, sizes in (("web", -0.5, (300, 30)), ("mail", 0.8, (30, 300)))
        for persona, n in zip(("gabi", "jonas"), sizes, strict=True)
    ]
    assert look(*rows) == []


def test_one_persona_alone_has_nobody_to_be_compared_with():
    assert look(answers("pay", -1.5, 500)) == []


def test_customers_of_no_persona_are_others_but_never_told_themselves():
    found = look(answers("pay", -1.0, 100, persona="(none)"), answers("pay", 1.0, 100))
    assert found == []


def test_both_scores_are_told_as_if_both_came_by_the_same_channels():
    rows = [
        answers("pay", level, n, channel=channel, persona=persona, spread=0.3)
        for channel, levels, sizes in (("web", (0.6, 1.6), (180, 20)), ("mail", (-1.6, -0.6), (20, 180)))
        for persona, level, n in zip(("gabi", "jonas"), levels, sizes, strict=True)
    ]
    [(found, _)] = look(*rows)
    assert found.says == "Gabi: 2.5 of 5 at “Pays”, all others 3.5 of 5 (channels mixed alike). 200 of them answered."
    assert found.grade == "C"


def test_in_one_channel_the_difference_is_a_raw_one_and_texts_must_be_further_apart():
    [(found, _)] = look(answers("pay", -0.2, 100), answers("pay", 1.0, 100, persona="jonas"))
    assert found.grade == "D"
    texts = [answers("pay", 0.3, 400, scale=TEXTS), answers("pay", 1.0, 400, persona="jonas", scale=TEXTS, spread=0.9)]
    assert look(*texts) == []
