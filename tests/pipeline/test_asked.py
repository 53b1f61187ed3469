"""Questions about paths in names: what comes back, what is kept back, what is said about names that mean nothing."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from desireline.engine.local import run
from desireline.errors import QuestionUnclear, UnknownName
from desireline.pipeline.answer import Answer
from desireline.pipeline.asked import AskAttribution, Asked, AskFunnel, AskRetention, AskRoutes
from desireline.pipeline.asked_moves import AskEdges, AskOrder, AskVisits
from desireline.pipeline.names import Names
from desireline.pipeline.paths import Walking
from pipeline.logs import Event, Log

NAMES = Names(("see", "cart", "pay"), (None, "web", "app"))
SEE, CART, PAY = range(3)
WEB, APP = 1, 2
WEEK = 7 * 24 * 60


def shop() -> list[Event]:
    """Twenty customers see; twelve put into the cart ten minutes later; eight of those pay a day later; by app."""
    log = [(who, 0, SEE, APP if who < 6 else WEB) for who in range(20)]
    log += [(who, 10, CART, WEB) for who in range(12)]
    return log + [(who, 24 * 60, PAY, APP) for who in range(8)]


def ask(asked: Asked, log: list[Event] | None = None, names: Names = NAMES) -> Answer:
    return Walking(Log([shop() if log is None else log]), names, run).ask({"": asked})[""]


def test_a_funnel_tells_who_goes_on_and_who_is_lost():
    answer = ask(AskFunnel(("see", "cart > pay")), [event for event in shop() if event[0] != 7 or event[2] != PAY])
    assert answer.about == {"customers": 20, "within_s": None}
    assert [row[:6] for row in answer.rows] == [
        (1, "see", 20, 1.0, 1.0, 0),
        (2, "cart", 12, 12 / 20, 12 / 20, 8),
        (3, "pay", 7, 7 / 20, 7 / 12, 5),
    ]
    assert answer.rows[1][6] == pytest.approx(600, rel=0.016)


def test_a_funnel_has_a_window_from_its_first_step():
    answer = ask(AskFunnel(("see", "cart", "pay"), timedelta(hours=1)))
    assert [row[2] for row in answer.rows] == [20, 12, 0]


def test_steps_that_fewer_than_five_customers_reach_are_kept_back():
    log = [(who, 0, SEE, WEB) for who in range(20)] + [(who, 1, PAY, WEB) for who in range(4)]
    answer = ask(AskFunnel(("see", "pay")), log)
    assert (answer.rows[1], answer.hidden) == ((2, "pay", None, None, None, None, None), 1)
    assert answer.as_json()["note"] == "fewer than 5 customers, alone or by subtraction"


def test_how_many_were_lost_is_kept_back_when_they_are_few():
    answer = ask(AskFunnel(("see", "cart", "pay")))  # four of the twelve with a cart do not pay
    assert [row[2] for row in answer.rows] == [20, 12, 8]
    assert [row[5] for row in answer.rows] == [0, 8, None]
    assert answer.hidden == 1


def test_a_name_may_hold_the_sign_that_parts_names():
    odd = Names(("see > it", "cart", "see"), NAMES.channels)
    assert [row[1] for row in ask(AskFunnel(("see > it > cart > see",)), names=odd).rows] == ["see > it", "cart", "see"]
    listed = Names(("see, look", "cart", "pay"), NAMES.channels)
    assert ask(AskOrder(("see, look, cart > pay",)), names=listed).about["stages"] == ["see, look, cart", "pay"]


def test_a_touchpoint_may_be_called_by_its_title():
    titled = Names(NAMES.touchpoints, NAMES.channels, touchpoints_also={"looks at it": "see"})
    assert [row[2] for row in ask(AskFunnel(("Looks at it > cart",)), names=titled).rows] == [20, 12]


def test_a_name_that_came_as_its_words_is_put_together():
    odd = Names(("see", "order placed", "store order placed"), NAMES.channels)
    with pytest.raises(
        QuestionUnclear, match=r"'order', 'placed' came as 2 steps\. Put the name in quotes: 'see > order"
    ):
        ask(AskFunnel(("see", "order", "placed")), names=odd)


def test_of_fewer_than_five_customers_nothing_is_told():
    log = [(who, minute, event, WEB) for who in range(4) for minute, event in enumerate((SEE, CART, PAY))]
    questions: list[Asked] = [
        AskFunnel(("see", "pay")),
        AskEdges(),
        AskRoutes(),
        AskVisits(),
        AskRetention(),
        AskAttribution("pay"),
        AskOrder((("see",), ("pay",))),
    ]
    for asked in questions:
        answer = ask(asked, log)
        counts = [value for row in answer.rows for value in row[2:] if isinstance(value, int | float)]
        assert not counts, asked
        told = [value for name, value in answer.about.items() if name in ("customers", "conversions", "conforming")]
        assert set(told) <= {None}, asked
    assert ask(AskOrder((("see",), ("pay",))), log).about["back_steps"] is None


def test_edges_come_with_their_share_and_their_median_time():
    answer = ask(AskEdges(exact=True))
    assert answer.rows == (
        ("see", "cart", 12, 12 / 20, 600.0),
        ("cart", "pay", 8, 8 / 20, 24 * 3600.0 - 600),
    )
    assert answer.about == {"moves": 20, "distinct": 2, "other": 0}
    assert ask(AskEdges(exact=True, limit=1)).about["other"] == 8


def test_moves_that_are_kept_back_cannot_be_told_from_the_total():
    log = shop() + [(who, 20, SEE, WEB) for who in range(17, 20)]  # three moves from see to see
    answer = ask(AskEdges(exact=True), log)
    assert [row[:3] for row in answer.rows] == [("see", "cart", 12)]
    assert (answer.about["moves"], answer.about["other"], answer.hidden) == (23, 11, 2)


def test_what_one_customer_does_again_and_again_is_kept_back():
    bot = [(99, 50 * minute, event, APP) for minute in range(9) for event in (CART, PAY, PAY)]
    log = shop() + [(who, 30, SEE, WEB) for who in range(12)] + bot
    edges = ask(AskEdges(exact=True), log)
    assert {row[:3] for row in edges.rows} == {("see", "cart", 12), ("cart", "see", 12)}
    assert (edges.about["moves"], edges.about["other"], edges.hidden) == (58, 34, 4)  # 26 would be one customer's
    visits = ask(AskVisits(timedelta(minutes=30), 2), log)
    assert [row for row in visits.rows if row[0] == 2] == [
        (2, "cart", None, None),
        (2, "pay", None, None),
    ]
    order = ask(AskOrder((("cart",), ("pay",))), log)
    assert "back" not in {row[2] for row in order.rows}


def alone() -> list[Event]:
    """One customer, forty events in nine visits; the first visit is of 32."""
    log = [(7, minute, (SEE, CART, PAY)[minute % 3], WEB) for minute in range(32)]
    return log + [(7, 1000 * visit, SEE, WEB) for visit in range(1, 9)]


def test_of_one_customer_alone_no_total_of_moves_is_told():
    edges = ask(AskEdges(), alone())
    assert (edges.rows, edges.about["moves"], edges.about["other"]) == ((), None, None)
    assert ask(AskEdges(limit=1), alone()).about["other"] is None


def test_of_one_customer_alone_no_number_of_visits_is_told():
    visits = ask(AskVisits(timedelta(minutes=30), 4), alone())
    assert visits.about == {"visits": None, "silence_s": 1800.0, "later": None}
    assert {row[2:] for row in visits.rows} == {(None, None)}


def test_what_one_of_many_does_late_in_a_visit_is_not_told():
    crowd = [(who, 0, SEE, WEB) for who in range(20, 40)]
    assert ask(AskVisits(timedelta(minutes=30), 4), crowd + alone()).about == {
        "visits": 29,
        "silence_s": 1800.0,
        "later": None,
    }
    late = [(who, minute, SEE, WEB) for who in range(20, 25) for minute in range(1, 6)]
    assert ask(AskVisits(timedelta(minutes=30), 4), crowd + late + alone()).about["later"] == 28 + 5 * 2


def test_moves_that_are_kept_back_together_are_not_all_of_one_customer():
    names = Names(("a", "b", "c", "d"), NAMES.channels)
    hers = [(99, minute, 2 + minute % 2, WEB) for minute in range(101)]
    log = [(who, minute, minute, WEB) for who in range(20) for minute in range(2)] + hers
    edges = ask(AskEdges(), log, names)
    assert (edges.rows, edges.hidden) == ((), 3)
    assert edges.about == {"moves": 120, "distinct": 3, "other": 120}
    more = ask(AskEdges(), log + [(who, 2, 0, WEB) for who in range(30)], names)  # b to a by the twenty
    assert [row[:3] for row in more.rows] == [("a", "b", 20)]
    assert (more.about["moves"], more.about["other"]) == (140, 120)


def test_visits_of_one_customer_are_not_told_by_the_shares_of_the_others():
    log = [(who, 0, SEE, WEB) for who in range(20)] + [
        (99, 1000 * visit, CART if visit % 2 else PAY, WEB) for visit in range(100)
    ]
    assert {row[2] for row in ask(AskVisits(), log).rows} == {None}


def test_back_steps_of_one_customer_are_not_told_as_those_of_all():
    log = [(who, minute, event, WEB) for who in range(20) for minute, event in enumerate((SEE, CART))]
    log += [(99, minute, (SEE, CART)[minute % 2], WEB) for minute in range(50)]
    about = ask(AskOrder((("see",), ("cart",), ("pay",))), log).about
    assert (about["customers"], about["back_steps"], about["skipped_stages"]) == (21, None, 0)


def test_routes_name_what_many_share_and_count_the_others():
    answer = ask(AskRoutes(2), shop() + [(who, 20, PAY, WEB) for who in (20, 21)])
    assert answer.rows == ((1, ["see"], 8, 8 / 22), (2, ["see", "cart", "pay"], 8, 8 / 22))
    assert (answer.about["distinct"], answer.about["other"]) == (4, 6)


def test_a_route_of_few_hides_with_the_least_of_the_others():
    answer = ask(AskRoutes())  # four customers went from see to cart: too few to be told
    assert answer.rows == ((1, ["see"], 8, 8 / 20),)
    assert (answer.about["other"], answer.hidden) == (12, 2)


def test_a_cohort_of_few_hides_with_the_least_of_the_others():
    log = [(who, WEEK * (who // 8), SEE, WEB) for who in range(18)]
    assert [row[2] for row in ask(AskRetention(), log).rows if row[1] == 0] == [8, None, None]


def test_visits_tell_what_comes_first_and_next():
    answer = ask(AskVisits(timedelta(minutes=30), 2))
    assert answer.about == {"visits": 28, "silence_s": 1800.0, "later": 0}
    assert answer.rows == ((1, "see", 20, 20 / 28), (1, "pay", 8, 8 / 28), (2, "cart", 12, 1.0))


def test_retention_tells_how_many_come_again():
    log = [(who, 0, SEE, WEB) for who in range(10)] + [(who, WEEK, PAY, WEB) for who in range(7)]
    answer = ask(AskRetention(), log)
    assert answer.rows == ((date(1969, 12, 29), 0, 10, 1.0), (date(1969, 12, 29), 1, 7, 0.7))


def test_retention_tells_what_lies_too_far_to_be_shown():
    log = [(who, 0, SEE, WEB) for who in range(10)] + [(who, 521 * WEEK, PAY, WEB) for who in range(5)]
    answer = ask(AskRetention(), log)
    assert answer.about == {"grain": "week", "customers": 10, "later": 5, "longest": 520}
    assert answer.rows == ((date(1969, 12, 29), 0, 10, 1.0),)
    assert ask(AskRetention(), log[:-1]).about["later"] is None


def test_what_one_customer_does_too_late_for_retention_is_not_told():
    log = [(who, 0, SEE, WEB) for who in range(10)] + [(3, (521 + week) * WEEK, PAY, WEB) for week in range(9)]
    assert ask(AskRetention(), log).about["later"] is None
    assert ask(AskRetention(), log + [(who, 600 * WEEK, PAY, WEB) for who in range(4, 8)]).about["later"] == 13


def test_attribution_credits_channels_in_full():
    log = [(who, minute, event, APP if who < 8 else WEB) for who, minute, event, _ in shop() if event != CART]
    log += [(who, 10, CART, WEB) for who in range(12)]
    answer = ask(AskAttribution("pay"), log)
    assert answer.about == {"goal": "pay", "customers": 20, "conversions": 8, "probability": 8 / 20}
    assert {row[0]: row[4:6] for row in answer.rows} == {"app": (8, 8), "web": (0, 0)}
    assert sum(row[1] for row in answer.rows) == pytest.approx(8)
    assert sum(row[6] for row in answer.rows) == pytest.approx(8)


def test_a_channel_of_few_is_named_without_any_number():
    names = Names(NAMES.touchpoints, (None, "web", "app", "mail"))
    log = shop() + [(who, minute, event, 3) for who in range(20, 30) for minute, event in enumerate((SEE, PAY))]
    answer = ask(AskAttribution("pay"), log, names)  # two of those who pay came by web first
    assert answer.rows[0][4:6] == (10, 10)
    assert answer.rows[1:] == tuple((name, *[None] * 6) for name in ("app", "web"))  # app hides with it
    assert answer.hidden == 2


def test_order_tells_who_keeps_to_the_stages():
    log = shop() + [(who, 2, PAY, WEB) for who in range(12, 18)]
    answer = ask(AskOrder((("see",), ("cart",), ("pay",))), log)
    assert answer.about == {
        "stages": ["see", "cart", "pay"],
        "customers": 20,
        "conforming": 14,
        "conforming_share": 14 / 20,
        "complete": 8,
        "back_steps": 0,
        "skipped_stages": 6,
    }
    assert ("see", "pay", "skip", 6) in answer.rows


def test_the_stages_of_a_map_are_taken_when_none_are_named():
    staged = Names(NAMES.touchpoints, NAMES.channels, ("look", "buy"), (0, 1, 1))
    assert ask(AskOrder(), names=staged).about["stages"] == ["look", "buy"]
    assert ask(AskOrder(), names=staged).about["conforming"] == 20


def test_an_answer_is_a_frame_too():
    frame = ask(AskRoutes()).frame
    assert frame.columns == ["rank", "route", "customers", "share"]
    assert frame.schema["route"] == pl.List(pl.String)
    assert ask(AskFunnel(("see",)), []).frame["customers"].to_list() == [0]


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        (AskFunnel(("see", "pey")), UnknownName, "Did you mean 'pay'?"),
        (AskFunnel(()), QuestionUnclear, "A funnel needs steps"),
        (AskAttribution("gone"), UnknownName, "Known: see, cart, pay"),
        (AskOrder(), QuestionUnclear, "Say the stages in order"),
    ],
    ids=str,
)
def test_what_cannot_be_answered_is_told_with_the_way_out(asked: Asked, error: type[Exception], says: str):
    with pytest.raises(error, match=says):
        ask(asked)


def test_without_channels_nothing_is_credited():
    with pytest.raises(QuestionUnclear, match="has a channel"):
        ask(AskAttribution("pay"), names=Names(NAMES.touchpoints, (None,)))


def test_no_data_at_all_is_an_answer():
    for asked in (AskFunnel(("see",)), AskEdges(), AskRoutes(), AskVisits(), AskRetention(), AskAttribution("pay")):
        assert ask(asked, []).hidden == 0
