"""Effort on the command line: the index with what it rests on, hand-offs, groups and the hardest journeys."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cli.shop import Desk

MAP = "desk.journey.yaml"
NOON = datetime(2026, 3, 2, 12)

RECIPE = """
recipe: desk
times: {form: iso, zone: UTC}
sources: {log: {file: "tickets*.csv"}, asked: {file: "asked*.csv"}}
tables:
  log:
    into: events
    source: log
    customer: customer
    case: ticket
    channel: channel
    properties: [squad]
    events: [{event: event, at: at}]
  asked:
    into: feedback
    source: asked
    customer: customer
    case: ticket
    at: at
    kind: survey
    answers: [{question: {text: How hard was it?}, answer: hard, low: 7, high: 1, rule: ces}]
"""
WRITTEN = """
map: {id: desk, title: Desk, journey: {by: case, patience: 0d, success: [solved]}, feedback: {kind: survey}}
stages: [{id: report, title: Report}, {id: solve, title: Solve}]
touchpoints:
  - {id: open, stage: report, title: Opens a ticket, when: {event: open}}
  - {id: call, stage: report, title: Calls, optional: true, when: {event: call}}
  - {id: solved, stage: solve, title: Is helped, acts: company, when: {event: solved}}
"""


@pytest.fixture
def tickets(desk: Desk) -> Desk:
    """30 tickets in the workspace `care`, of which every third goes from squad to squad and is called about twice."""
    log, asked = ["customer,ticket,event,at,channel,squad"], ["customer,ticket,at,hard"]
    for k in range(30):
        events = ["open", "solved"] if k % 3 else ["open", "call", "call", "solved"]
        for day, event in enumerate(events):
            squad = "north" if day % 2 == 0 else "south"
            log.append(
                f"c{k},t{k},{event},{NOON + timedelta(days=day):%FT%TZ},{'mail' if day % 2 else 'phone'},{squad}"
            )
        asked.append(f"c{k},t{k},{NOON + timedelta(days=9):%FT%TZ},{2 if k % 3 else 6}")
    Path("tickets.csv").write_text("\n".join(log) + "\n")
    Path("asked.csv").write_text("\n".join(asked) + "\n")
    Path("desk.recipe.yaml").write_text(RECIPE)
    Path(MAP).write_text(WRITTEN)
    assert desk.say("init", "care").code == 0
    assert desk.say("import", "-w", "care", "-r", "desk.recipe.yaml", "tickets.csv", "asked.csv").code == 0
    return desk


def test_effort_is_told_with_its_interval_its_basis_and_its_trust(tickets: Desk):
    said = tickets.say("effort", MAP, "-w", "care")
    assert said.code == 0
    assert "of 100 per journey" in said.out
    assert "30 journeys of 30 customers" in said.out
    assert "Published weights, a rule of thumb: 30 of the 200 linked answers" in said.out
    assert "30 linked CES answers on 100.0 % of journeys; Spearman's rho 1.00" in said.out
    assert "Failures and retries: not measurable" in said.out
    assert "Hand-offs by team: not measurable" in said.out
    assert "Report > Solve" in said.out


def test_the_same_as_json(tickets: Desk):
    found = tickets.say("effort", MAP, "-w", "care", "--json").data
    parts = ["map", "basis", "validity", "index", "components", "groups", "places", "hand_offs"]
    assert list(found) == [*parts, "hand_offs_not_measurable"]
    assert found["hand_offs_not_measurable"] == ["team"]
    assert found["validity"]["compared_with_effort_at"] is None
    assert found["index"]["n"] == 30
    assert found["index"]["low"] < found["index"]["effort"] < found["index"]["high"]
    assert found["basis"]["calibrated"] is False
    assert found["validity"]["rho"]["value"] == pytest.approx(1)
    [channels] = [one for one in found["components"] if one["component"] == "channel_switches"]
    assert channels["mean"] == pytest.approx(2 * 10 / 30)  # the call by mail, and the next by phone again


def test_hand_offs_between_groups_of_the_data(tickets: Desk):
    asked = ["effort", MAP, "-w", "care", "--handoffs", "property:squad", "--json"]
    found = tickets.say(*asked).data["hand_offs"]
    assert [(row["from"], row["to"], row["hand_offs"]) for row in found] == [
        ("north", "south", 40),
        ("south", "north", 10),
    ]
    assert [row["rank"] for row in found] == [1, 2]
    assert found[0]["total"] == pytest.approx(found[0]["effort"] * 40)
    assert len(tickets.say(*asked, "-n", "1").data["hand_offs"]) == 1


def test_groups_of_journeys_and_the_hardest_of_them(tickets: Desk):
    said = tickets.say("effort", MAP, "-w", "care", "--by", "channel", "--journeys", "-n", "3")
    assert "channel: phone" in said.out
    assert "repeat contacts 1" in said.out
    journeys = tickets.say("effort", MAP, "-w", "care", "--journeys", "-n", "3", "--json").data["journeys"]
    assert [one["journey_id"] for one in journeys] == ["c0#t0", "c12#t12", "c15#t15"]
    assert journeys[0]["effort"] == journeys[2]["effort"]


def test_contacts_can_be_named(tickets: Desk):
    named = tickets.say("effort", MAP, "-w", "care", "--contact", "open", "--contact", "call", "--json").data
    [repeats] = [one for one in named["components"] if one["component"] == "repeat_contacts"]
    assert repeats["mean"] == pytest.approx(2 * 10 / 30)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--handoffs", "tema"], "Did you mean 'team'?"),
        (["--by", "chanel"], "Did you mean 'channel'?"),
        (["--by", "property:nix"], "No customer has a property 'nix'."),
        (["--by", "team"], "Nothing to group by is called 'team'"),
        (["--contact", "cal"], "Did you mean 'call'?"),
    ],
)
def test_what_is_not_known_is_said(tickets: Desk, words: list[str], says: str):
    said = tickets.say("effort", MAP, "-w", "care", *words)
    assert said.code == 2
    assert says in said.err


def test_hand_offs_by_what_no_event_has_are_said_to_be_unknown_before_all_else(tickets: Desk):
    said = tickets.say("effort", MAP, "-w", "care", "--handoffs", "property:nix")
    assert said.code == 0
    assert said.out.startswith("No hand-offs by 'nix': no event on the map has a property of this name.")
    found = tickets.say("effort", MAP, "-w", "care", "--handoffs", "property:nix", "--json").data
    assert (found["hand_offs"], found["hand_offs_not_measurable"]) == ([], ["property:nix"])


def test_groups_by_what_events_alone_know_are_told(tickets: Desk):
    assert "property:squad: north" in tickets.say("effort", MAP, "-w", "care", "--by", "property:squad").out


def test_answers_about_one_touchpoint_leave_the_published_weights_and_are_compared_there(tickets: Desk):
    Path(MAP).write_text(
        WRITTEN.replace(", feedback: {kind: survey}", "").replace(
            "title: Calls,", "title: Calls, feedback: {kind: survey},"
        )
    )
    said = tickets.say("effort", MAP, "-w", "care").out
    assert "Published weights, a rule of thumb: the linked answers speak about “Calls” alone." in said
    assert "compared with the effort at “Calls” alone: Spearman's rho 1.00" in said
    found = tickets.say("effort", MAP, "-w", "care", "--json").data
    assert found["validity"]["compared_with_effort_at"] == "Calls"


def test_waiting_is_told_as_time_and_in_plain_words(tickets: Desk):
    said = tickets.say("effort", MAP, "-w", "care", "--journeys", "-n", "1").out
    assert "Waiting counts less and less the longer it lasts" in said
    assert "ogarithm" not in said
    assert "waiting for the company 2\xa0days" in said


def test_a_workspace_without_events_has_no_effort(tickets: Desk):
    assert tickets.say("init", "empty").code == 0
    said = tickets.say("effort", MAP, "-w", "empty", "--journeys")
    assert said.code == 0
    assert "Effort: not told (no journeys)." in said.out
    assert tickets.say("effort", MAP, "-w", "empty", "--json").data["index"]["effort"] is None
