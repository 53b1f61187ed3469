"""Questions about paths in names: what comes back, what is kept back, what is said about names that mean nothing."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from desireline.engine.local import run
from desireline.errors import QuestionUnclear, UnknownName
from desireline.pipeline.answer import Answer
from desireline.pipeline.asked import (
    AskAttribution,
    Asked,
    AskEdges,
    AskFunnel,
    AskOrder,
    AskRetention,
    AskRoutes,
    AskVisits,
)
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
    answer = ask(AskFunnel(("see", "cart", "pay")))
    assert answer.about == {"customers": 20, "within_s": None}
    assert [row[:6] for row in answer.rows] == [
        (1, "see", 20, 1.0, 1.0, 0),
        (2, "cart", 12, 12 / 20, 12 / 20, 8),
        (3, "pay", 8, 8 / 20, 8 / 12, 4),
    ]
    assert answer.rows[1][6] == pytest.approx(600, rel=0.016)


def test_a_funnel_has_a_window_from_its_first_step():
    answer = ask(AskFunnel(("see", "cart", "pay"), timedelta(hours=1)))
    assert [row[2] for row in answer.rows] == [20, 12, 0]


def test_steps_that_fewer_than_five_customers_reach_are_kept_back():
    log = [(who, 0, SEE, WEB) for who in range(20)] + [(who, 1, PAY, WEB) for who in range(4)]
    answer = ask(AskFunnel(("see", "pay")), log)
    assert (answer.rows[1], answer.hidden) == ((2, "pay", None, None, None, None, None), 1)
    assert answer.as_json()["note"] == "fewer than 5 customers"


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
    assert answer.as_json()["note"] == "fewer than 5 moves, counted as they happen, not by customer"


def test_routes_name_what_many_share_and_count_the_others():
    answer = ask(AskRoutes(2))
    assert answer.rows == ((1, ["see"], 8, 8 / 20), (2, ["see", "cart", "pay"], 8, 8 / 20))
    assert answer.about["distinct"] == 3
    assert ask(AskRoutes()).about["other"] is None  # four customers went from see to cart: too few to be told


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


def test_attribution_credits_channels_in_full():
    log = [(who, minute, event, APP if who < 8 else WEB) for who, minute, event, _ in shop() if event != CART]
    log += [(who, 10, CART, WEB) for who in range(12)]
    answer = ask(AskAttribution("pay"), log)
    assert answer.about == {"goal": "pay", "customers": 20, "conversions": 8, "probability": 8 / 20}
    assert {row[0]: row[4:6] for row in answer.rows} == {"app": (8, 8), "web": (0, 0)}
    assert sum(row[1] for row in answer.rows) == pytest.approx(8)
    assert sum(row[6] for row in answer.rows) == pytest.approx(8)


def test_a_channel_of_few_is_named_without_any_number():
    answer = ask(AskAttribution("pay"))  # two of those who pay came by web first
    assert answer.rows[1] == ("web", None, None, None, None, None, None)
    assert (answer.rows[0][4:6], answer.hidden) == ((6, 8), 1)


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
