"""The voice in the report: what cannot be told is left out, what can is drawn from the same numbers."""

from __future__ import annotations

import re
from pathlib import Path

from cli.shop import Desk
from cli.test_feedback_texts import MAP, words

__all__ = ["words"]


def sections(page: str) -> list[str]:
    return re.findall(r'<section id="([a-z]+)"', page)


def test_a_report_of_scores_and_texts_has_their_sections(words: Desk):
    assert words.say("report", MAP, "-w", "said", "-o", "said.html").code == 0
    found = sections(Path("said.html").read_text())
    assert {"feeling", "scores", "topics"} <= set(found)
    assert "voice" not in found


def test_a_report_without_any_text_has_no_topics(desk: Desk):
    assert desk.say("report", MAP, "-w", "shop", "-o", "shop.html").code == 0
    found = sections(Path("shop.html").read_text())
    assert "topics" not in found
    assert "drivers" not in found


def test_the_feeling_of_the_report_is_that_of_the_command(words: Desk):
    told = words.say("measure", MAP, "-w", "said", "-m", "emotion", "--at", "shop", "--json").data
    curve = words.say("feedback", "curve", MAP, "-w", "said", "--json").data
    [mine] = told["readings"]
    [same] = [row for row in curve["readings"] if (row["measure"], row["at"]) == ("emotion", "shop")]
    assert mine == same
