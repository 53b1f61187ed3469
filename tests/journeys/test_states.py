"""How journeys stand at the end of the data."""

import pytest

from desireline.journeys.walk import walk
from desireline.tables import CUSTOMERS, FEEDBACK

from .rows import events, instant, sketch

SHOP = "see pay ship thank?"
COMPANY = {"ship": {"acts": "company"}}


def states(log: str, plan: str = SHOP, *, end: str = "20T00:00", points=COMPANY, **journey) -> dict[str, str]:
    outline = sketch(plan, points=points, journey=journey)
    found = walk(events(log), FEEDBACK.empty(), CUSTOMERS.empty(), outline, data_end=instant(end))
    return dict(found.trips.journeys.select("journey_id", "state").rows())


LOG = """
    customer  at        event
    ana       1T09:00   see
    ana       1T09:05   pay
    ben       1T09:00   see
    cleo      1T09:00   see
    cleo      1T09:05   pay
    cleo      3T09:00   ship
    dan       19T09:00  see
    eve       1T09:00   blink
"""


def test_silent_customers_are_stuck_where_the_company_acts_and_lost_where_they_do():
    assert states(LOG, patience="7d") == {
        "ana~1": "stuck", "ben~1": "lost", "cleo~1": "done", "dan~1": "under_way", "eve~1": "lost",
    }  # fmt: skip


def test_within_thirty_days_everybody_may_still_come_back():
    assert set(states(LOG).values()) == {"done", "under_way"}


def test_nothing_is_under_way_in_closed_data():
    assert states(LOG, patience="0d", end="19T09:00")["dan~1"] == "lost"


def test_silence_is_the_patience_of_maps_that_cut_by_it():
    assert states(LOG, by="silence", silence="20d")["ana~1"] == "under_way"
    assert states(LOG, by="silence", silence="10d")["ana~1"] == "stuck"


def test_a_journey_is_over_when_another_followed():
    log = "customer at event\n ana 18T09:00 see\n ana 19T09:00 see"
    assert states(log, by="rules", start={"event": "see"}) == {"ana~1": "lost", "ana~2": "under_way"}


def test_an_end_rule_ends_and_then_the_last_block_alone_does_not():
    log = "customer at event\n ana 1T09:00 see\n ana 1T09:01 bye\n ben 1T09:00 ship\n cleo 1T09:00 thank"
    outline = sketch(SHOP, journey={"end": {"event": "bye"}, "patience": "1d", "success": ["pay"]})
    found = walk(events(log), FEEDBACK.empty(), CUSTOMERS.empty(), outline, data_end=instant("9T00:00"))
    assert dict(found.trips.journeys.select("journey_id", "state").rows()) == {
        "ana~1": "done", "ben~1": "lost", "cleo~1": "lost",
    }  # fmt: skip
    assert states(log, end="9T00:00", patience="1d", success=["pay"])["cleo~1"] == "done"


@pytest.mark.parametrize(("end", "missing"), [("2T00:00", []), ("20T00:00", ["ship"])])
def test_what_comes_after_success_is_missing_only_once_nobody_waits_for_it(end, missing):
    log = "customer at event\n ana 1T09:00 see\n ana 1T09:05 pay"
    outline = sketch("see pay ship", journey={"patience": "7d", "success": ["pay"]})
    found = walk(events(log), FEEDBACK.empty(), CUSTOMERS.empty(), outline, data_end=instant(end)).trips
    assert found.journeys["state"].to_list() == ["done"]
    assert found.deviations["place"].to_list() == missing


def test_the_promise_about_the_whole_journey_asks_done_journeys():
    promise = {"promise": {"time": {"within": "1d"}, "channels": {"store": {"time": {"by_due": True}}}}}
    log = """
        customer  at       event  channel  due
        ana       1T09:00  a      web      -
        ana       2T09:00  b      web      -
        ben       1T09:00  a      web      -
        ben       2T09:01  b      web      -
        cleo      1T09:00  a      store    9T00:00
        cleo      2T09:00  b      store    -
        dan       1T09:00  a      web      -
    """
    outline = sketch("a b", head=promise)
    found = walk(events(log), FEEDBACK.empty(), CUSTOMERS.empty(), outline, data_end=instant("60T00:00"))
    assert found.trips.journeys["kept"].to_list() == [True, False, True, None]


def test_the_last_event_may_say_whether_the_journey_kept_its_promise():
    rule = {"promise": {"time": {"kept_when": {"property": {"sla": "yes"}}}}}
    log = """
        customer  at       event  with
        ana       1T09:00  a      {"sla":"no"}
        ana       2T09:00  b      {"sla":"yes"}
        ben       1T09:00  b      {"sla":"no"}
        cleo      1T09:00  b      {}
    """
    found = walk(
        events(log),
        FEEDBACK.empty(),
        CUSTOMERS.empty(),
        sketch("a b", head=rule),
        data_end=instant("9T00:00"),
    )
    assert found.trips.journeys["kept"].to_list() == [True, False, None]
