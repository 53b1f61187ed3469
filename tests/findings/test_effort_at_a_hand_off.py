"""Who is handed over is compared with who is not, in the same channels."""

from __future__ import annotations

import polars as pl
import pytest
from tests.findings.heard import dossier, told
from tests.voice.care import care_view

from desireline.findings.finding import Who
from desireline.findings.gather.handed import AGAIN, HandedWalker, open_handed
from desireline.findings.rules.effort_at_a_hand_off import effort_at_a_hand_off
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.measures.view import View

DESK = Outline(
    read_map(
        """
map: {id: care, title: Care, journey: {by: case, patience: 0d, success: [solved]}}
teams: [{id: desk, title: Desk}, {id: store, title: Warehouse}]
stages: [{id: work, title: Work}]
touchpoints:
  - {id: call, stage: work, title: Calls, team: desk, optional: true, when: {event: call}}
  - {id: look, stage: work, title: Warehouse looks, team: store, acts: company, front: false, optional: true,
     when: {event: look}}
  - {id: solved, stage: work, title: Is helped, team: desk, acts: company, when: {event: solved}}
"""
    )
)


def desk(handed: int, again: int, *, others: int, others_again: int, channel: str = "mail", tag: str = "") -> View:
    """So many customers who were handed over, and of these who called again; and the same of the others."""
    steps = []
    for kind, n, many in (("h", handed, again), ("o", others, others_again)):
        for i in range(n):
            events = ["call", *(["look"] if kind == "h" else []), *(["call"] if i < many else []), "solved"]
            steps += [
                {"customer": f"{tag}{kind}{i}", "hour": 24 * hour, "event": event, "channel": channel}
                for hour, event in enumerate(events)
            ]
    return care_view(steps, outline=DESK)


def given(*views: View):
    walker = HandedWalker()
    return dossier(DESK, handed=walker.finish(walker.combine([walker.partial(view) for view in views])))


def look(*views: View):
    return told(effort_at_a_hand_off, given(*views))


def checks(*views: View, **settings: float):
    return list(effort_at_a_hand_off.checks(given(*views), settings))


def test_those_who_are_handed_over_and_call_again_more_often_are_told():
    view = desk(60, 33, others=100, others_again=10)
    [(found, p)] = look(view)
    assert found.grade == "D"  # one channel: nothing is adjusted
    assert found.says == (
        "55 % of customers who are handed over from “Calls” to “Warehouse looks” get in touch again within two weeks; "
        "without the hand-off 7.0 % do."  # 10 of 143 contacts: 100 first ones, and the 43 second ones
    )
    assert found.effect.value == pytest.approx(0.55 - 10 / 143, abs=0.001)
    assert found.customers == 60 == open_handed(view, found.who).n_unique()
    assert p < 0.001


def test_a_hand_off_that_costs_no_effort_is_not_told():
    assert look(desk(100, 20, others=400, others_again=70)) == []


def test_channels_are_compared_with_themselves():
    """By mail many call again and most are handed over; by phone nobody is."""
    mail = desk(200, 100, others=40, others_again=20, channel="mail", tag="m")
    phone = desk(0, 0, others=400, others_again=0, channel="phone", tag="p")
    [(found, _)] = look(mail, phone)
    assert found.effect.value == pytest.approx(0.5 - 20 / 160)  # the 400 by phone play no part
    assert found.effect.n_other == 140


def test_channels_in_which_more_is_asked_again_do_not_make_a_hand_off_look_bad():
    """By phone 30 % ask again and by mail 10 %, handed over or not; most are handed over by phone."""
    phone, mail = {"channel": "phone", "tag": "p"}, {"channel": "mail", "tag": "m"}
    # Second contacts were not handed over: of 92 + 60 + 48 contacts by phone and 320 + 36 + 4 by mail.
    both = desk(160, 48, others=92, others_again=60, **phone), desk(40, 4, others=320, others_again=36, **mail)
    [check] = checks(*both, smallest=0.0)
    assert check.finding is not None
    assert check.finding.effect.value == pytest.approx(0.0, abs=1e-9)  # in the raw it is 26 % against 17 %
    assert check.p == pytest.approx(0.5)


def test_within_two_channels_a_difference_is_an_adjusted_one():
    phone, mail = {"channel": "phone", "tag": "p"}, {"channel": "mail", "tag": "m"}
    both = desk(80, 64, others=80, others_again=32, **phone), desk(80, 48, others=80, others_again=16, **mail)
    [(found, p)] = look(*both)
    assert found.grade == "C"
    assert found.says.endswith(" do in the same channels.")
    # Contacts: those of the others, and the second ones of all. 32 of 176 by phone, 16 of 144 by mail.
    assert found.effect.value == pytest.approx(0.7 - (32 / 176 + 16 / 144) / 2)
    assert found.effect.low < found.effect.value < found.effect.high
    assert p < 0.001


def test_a_customer_of_two_channels_is_one():
    phone, mail = {"channel": "phone", "tag": "x"}, {"channel": "mail", "tag": "x"}
    [check] = checks(desk(50, 40, others=50, others_again=5, **phone), desk(50, 40, others=50, others_again=5, **mail))
    assert check.finding is not None
    assert check.finding.effect.n == 100  # buckets hold different customers: here they are


def test_hand_offs_in_one_channel_only_have_nobody_to_be_compared_with():
    phone, mail = {"channel": "phone", "tag": "p"}, {"channel": "mail", "tag": "m"}
    assert checks(desk(100, 0, others=0, others_again=0, **phone), desk(0, 0, others=100, others_again=0, **mail)) == []


def test_parts_in_any_order_say_the_same():
    views = [desk(30, 15, others=50, others_again=4, tag=tag) for tag in "abc"]
    walker = HandedWalker()
    parts = [walker.partial(view) for view in views]
    assert walker.combine(parts).equals(walker.combine([walker.combine(parts[::-1][:2]), parts[0]]))


def test_an_empty_bucket_says_nothing():
    walker = HandedWalker()
    assert walker.combine([]).is_empty()
    assert look(care_view([], outline=DESK)) == []


def test_who_was_not_handed_over_is_not_opened():
    view = desk(5, 2, others=7, others_again=1)
    names = open_handed(view, Who("hand-off", "call>look", also=(AGAIN, "call", "look")))
    assert sorted(set(names)) == [f"h{i}" for i in range(5)]


def test_sums_by_hand():
    view = desk(2, 1, others=1, others_again=0)
    found = HandedWalker().partial(view).filter((pl.col("kind") == AGAIN) & (pl.col("within") == ""))
    assert found.sort("here").select("here", "n", "x", "m").rows() == [(False, 2, 0, 2), (True, 2, 1, 2)]
