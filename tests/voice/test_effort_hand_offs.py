"""Hand-offs: where journeys pass from one stage, team, channel, group or touchpoint to another, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from desireline.measures.view import View
from desireline.voice.effort.components import COMPONENTS, component
from desireline.voice.effort.contributions import Contributions, Reading
from desireline.voice.effort.effort import Effort
from desireline.voice.effort.found import Found
from desireline.voice.effort.handoffs import crossings
from voice.care import CARE, care_view, desk

BACK_AND_FORTH = """
customer  hour  event   channel
ana       0     open    phone
ana       1     call    .
ana       2     check   mail
ana       3     call    mail
ana       4     solved  phone
"""


def between(text: str, kind: str, **reading: Any) -> list[str]:
    """By step: "a>b" where a hand-off happens, "…" where one goes on, "" before the first."""
    found = crossings(Contributions.of(care_view(text), Reading(**reading)), kind)
    assert found is not None
    told = [found.names[edge].replace("\t", ">") if edge >= 0 else "" for edge in found.edge]
    return [name if here else "…" * bool(name) for name, here in zip(told, found.arrives, strict=True)]


def told(view: View, *kinds: str) -> Found:
    analysis = Effort(CARE, kinds=kinds)
    return analysis.finish(analysis.combine([analysis.partial(view)]))


def in_groups(steps: Sequence[dict[str, Any]], groups: Sequence[str | None], name: str = "group") -> View:
    """The steps, each in a group."""
    view = care_view(steps)
    carried = view.trips.steps.with_columns(pl.Series(f"property.{name}", groups, dtype=pl.String))
    return replace(view, trips=replace(view.trips, steps=carried))


@pytest.mark.parametrize(
    ("kind", "steps"),
    [
        ("stage", ["", "report>work", "…", "…", "work>solve"]),
        ("team", ["", "", "desk>experts", "experts>desk", "desk>experts"]),
        ("channel", ["", "", "phone>mail", "…", "mail>phone"]),
        ("touchpoint", ["", "open>call", "call>check", "check>call", "call>solved"]),
    ],
)
def test_a_hand_off_lasts_until_the_next_one(kind: str, steps: list[str]):
    assert between(BACK_AND_FORTH, kind) == steps


def test_hand_offs_do_not_reach_into_the_next_journey():
    text = "customer case hour event\nana a 0 open\nana a 1 check\nana b 2 open\nbob c 3 solved"
    assert between(text, "team") == ["", "desk>experts", "", ""]


def test_effort_follows_its_hand_off_and_is_summed_by_customer():
    people = [f"c{number}" for number in range(6)]
    events = {"open": 0, "check": 1, "call": 2, "solved": 3}
    steps = [{"customer": one, "hour": hour, "event": event} for one in people for event, hour in events.items()]
    found = told(care_view(steps), "team").hand_offs
    assert found.select("from", "to", "hand_offs", "n").sort("from").rows() == [
        ("desk", "experts", 12, 6),
        ("experts", "desk", 6, 6),
    ]
    back = found.row(by_predicate=pl.col("from") == "experts", named=True)
    contact = component("contacts")
    whole = sum(one.weight for one in COMPONENTS if one.name not in ("channel_switches", "failures"))
    assert back["contacts"] == pytest.approx(100 * contact.weight / contact.cap / whole)
    assert back["total"] == pytest.approx(6 * back["effort"])


def test_ranks_go_by_effort_times_volume():
    found = told(care_view(desk(3, 60)), "touchpoint", "stage").hand_offs
    for _, table in found.group_by("kind"):
        shown = table.filter(pl.col("total").is_not_null())
        assert shown["total"].is_sorted(descending=True)
        assert shown["rank"].to_list() == list(range(1, shown.height + 1))
        assert (shown["total_low"] <= shown["total"]).all()
        assert (shown["total"] - shown["effort"] * shown["hand_offs"]).abs().max() < 1e-6


def test_groups_of_the_data_hand_over_where_steps_carry_them():
    people = [f"c{number}" for number in range(5)]
    steps = [{"customer": one, "hour": k, "event": "check"} for one in people for k in range(4)]
    view = in_groups(steps, [None, "north", "south", None] * 5, "assignment_group")
    for kind in ("group", "property:assignment_group"):
        found = told(view, kind)
        assert found.hand_offs.select("from", "to", "hand_offs").rows() == [("north", "south", 5)]
        assert found.components.filter(pl.col("component") == "transfers")["mean"].to_list() == [1.0]


def test_groups_that_the_data_does_not_have_are_not_told_of():
    found = told(care_view(desk(4, 10)), "group", "property:squad", "stage")
    assert found.part.told == ("stage",)
    assert set(found.hand_offs["kind"]) == {"stage"}


def test_a_bucket_in_which_nobody_is_handed_over_has_no_rows():
    found = told(care_view("customer hour event\nana 0 open"), "stage", "team", "touchpoint")
    assert found.hand_offs.is_empty()
    assert "rank" in found.hand_offs.columns
