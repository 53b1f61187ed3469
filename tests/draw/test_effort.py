"""The section on effort: bars whose parts add up, hand-offs by cost, and a plain word on how far to trust it."""

from __future__ import annotations

import re

import pytest

from desireline.draw.sections.effort import effort_on_edges, effort_section, mostly, say_effort, say_range
from desireline.voice.effort.effort import Effort
from desireline.voice.effort.found import Found
from voice.care import CARE, care_view, desk

SPACES = str.maketrans({"\u202f": " ", "\u00a0": " "})


def found(people: int = 60, *, answers: int = 0, kinds: tuple[str, ...] = ("stage", "team", "touchpoint")) -> Found:
    steps = desk(21, people)
    cases = sorted({step["case"] for step in steps})[:answers]
    told = [{"customer": case.partition("/")[0], "case": case, "score": 1.0 + k % 7} for k, case in enumerate(cases)]
    analysis = Effort(CARE, kinds=kinds)
    return analysis.finish(analysis.combine([analysis.partial(care_view(steps, answers=told))]))


def page(one: Found) -> str:
    section = effort_section(one, CARE)
    assert section is not None
    return str(section.html()).translate(SPACES)


def test_without_effort_there_is_no_section():
    assert effort_section(None, CARE) is None
    assert effort_section(found(2), CARE) is None  # fewer than five customers
    assert effort_on_edges(None) == {}


def test_the_lead_tells_the_index_with_its_interval_and_the_trust_in_it():
    one = found()
    told = page(one)
    whole = one.whole
    assert f"{say_effort(whole['effort'])} of 100 points per journey (95 % interval {say_range(whole)})" in told
    assert f"{whole['m']:,} journeys of 60 customers" in told
    assert "a rule of thumb" in told
    assert "No linked CES answers" in told


def test_places_stand_in_the_order_of_the_map_each_stage_before_its_touchpoints():
    heads = re.findall(r'<th scope="row"[^>]*>(?:<b>)?([^<]+)', page(found()))
    assert heads[:8] == [
        *("Report", "Opens a case", "Fills in a form"),
        *("Work", "Calls", "Is heard"),
        *("Solve", "Is helped"),
    ]


def test_the_parts_of_a_bar_are_as_long_as_the_effort():
    one = found()
    shown = {row["at"]: row["effort"] for row in one.places.to_dicts()}
    bars = re.findall(r'<span class="stack"[^>]*>(.*?)</span>', page(one))
    assert len(bars) == len(shown)
    longest = max(shown.values())
    lengths = [sum(float(width) for width in re.findall(r"width:([\d.]+)%", bar)) for bar in bars]
    order = ["report", "open", "form", "work", "call", "check", "solve", "solved"]
    assert lengths == pytest.approx([100 * shown[place] / longest for place in order], abs=1.0)


def test_hand_offs_are_told_with_titles_and_touchpoints_are_left_to_the_picture_of_moves():
    told = page(found())
    assert "Costliest hand-offs between stages" in told
    assert "Costliest hand-offs between teams" in told
    assert "Service desk → Experts" in told
    assert "hand-offs between touchpoints" not in told
    assert "hand-offs between touchpoints" in page(found(kinds=("touchpoint",)))


def test_moves_between_touchpoints_have_the_effort_that_follows_them():
    one = found()
    edges = effort_on_edges(one)
    rows = {(row["from"], row["to"]): row for row in one.hand_offs.to_dicts() if row["kind"] == "touchpoint"}
    assert edges == {edge: row["effort"] for edge, row in rows.items() if row["effort"] is not None}
    assert ("open", "form") in edges
    assert all(rows[edge]["n"] >= 5 for edge in edges)


def test_what_is_not_measurable_is_said_and_not_zero():
    steps = [{**step, "channel": None} for step in desk(21, 60)]
    analysis = Effort(CARE, kinds=())
    told = page(analysis.finish(analysis.combine([analysis.partial(care_view(steps))])))
    assert "not measurable: no step has a channel" in told


def test_answers_beside_the_index_are_shown_where_there_are_any():
    assert "The index beside answers" not in page(found())
    told = page(found(answers=70))
    assert "The index beside answers" in told
    assert "70 linked CES answers" in told


def test_rows_stay_low_in_a_narrow_window():
    """What adds most, in a column that a phone does not show, never wraps."""
    told = page(found())
    most = re.findall(r"<td>(<span[^>]*>)[a-z ]+ \d+ %", told)
    assert most
    assert set(most) == {'<span style="white-space:nowrap">'}
    assert "ogarithm" not in told


def test_texts_of_the_data_are_escaped():
    one = found(kinds=("stage",))
    hostile = one.part.cells.with_columns(one.part.cells["at"].str.replace("report", "<script>", literal=True))
    object.__setattr__(one.part, "cells", hostile)
    assert "<script>" not in page(one)


def test_numbers_are_said_as_finely_as_they_are_large():
    assert [say_effort(one) for one in (None, 0, 0.456, 12.34)] == ["", "0.0", "0.46", "12.3"]
    assert say_range({"effort": 8.0, "low": 7.5, "high": 8.5}) == "7.5–8.5"
    assert say_range({"effort": 8.0, "low": None, "high": None}) == ""
    nothing = dict.fromkeys([one["component"] for one in found().components.to_dicts()], 0.0)
    assert mostly(nothing) == ""
    assert mostly(nothing | {"loops": 3.0, "contacts": 1.0}).translate(SPACES) == "loops 75 %"
    assert mostly(nothing | {"failures": 3.0}).translate(SPACES) == "failures 100 %"
