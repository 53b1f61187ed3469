"""Any split, any order, any labels: the same readings, bit for bit."""

import pickle

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.measures.companies import company
from tests.measures.rows import SHOP, shuffle, take, trips

from desireline.measures.ledger import Ledger
from desireline.measures.runner import Plan
from desireline.tables import READINGS, Trips

PLAN = Plan(
    SHOP,
    by=("persona", "team"),
    period="quarter",
    edges=(("ad", "pay"), ("page", "order")),
)
LEDGER = Ledger(SHOP)
COMPANY = company(11, people=20)
WHOLE = PLAN.finish(PLAN.partial(COMPANY))
WHOLE_LEDGER = LEDGER.finish(LEDGER.partial(COMPANY))


def people(one: Trips) -> list[str]:
    known = pl.concat([one.journeys["customer_id"], one.answers["customer_id"], one.customers["customer_id"]])
    return known.unique().sort().to_list()


def parts(one: Trips, number: int, seed: int) -> list[Trips]:
    dice = np.random.default_rng(seed)
    home = {name: int(dice.integers(number)) for name in people(one)}
    found = [take(one, [name for name in home if home[name] == part]) for part in range(number)]
    return [found[i] for i in dice.permutation(number)]


@settings(max_examples=4, deadline=None)
@given(number=st.integers(2, 5), seed=st.integers(0, 10_000))
def test_split_shuffle_and_join_give_the_same_readings(number, seed):
    some = [PLAN.partial(shuffle(part, seed)) for part in parts(COMPANY, number, seed)]
    nested = PLAN.combine([PLAN.combine(some[:1]), PLAN.combine(some[1:])])
    assert_frame_equal(PLAN.finish(nested), WHOLE, check_exact=True)


@settings(max_examples=4, deadline=None)
@given(number=st.integers(2, 5), seed=st.integers(0, 10_000))
def test_split_shuffle_and_join_give_the_same_ledger(number, seed):
    some = [LEDGER.partial(shuffle(part, seed)) for part in parts(COMPANY, number, seed)]
    nested = LEDGER.combine([LEDGER.combine(some[:1]), LEDGER.combine(some[1:])])
    assert_frame_equal(LEDGER.finish(nested), WHOLE_LEDGER, check_exact=True)


def test_partials_can_be_sent_elsewhere():
    sent = pickle.loads(pickle.dumps(PLAN)).finish(pickle.loads(pickle.dumps(PLAN.partial(COMPANY))))
    assert_frame_equal(sent, WHOLE, check_exact=True)


def test_renaming_customers_and_journeys_changes_nothing():
    renamed = {name: pl.format("x-{}", name).alias(name) for name in ("customer_id", "journey_id")}
    frames = (COMPANY.journeys, COMPANY.steps, COMPANY.answers, COMPANY.deviations, COMPANY.customers)
    other = Trips(
        *(
            frame.with_columns(*(rename for name, rename in renamed.items() if name in frame.columns))
            for frame in frames
        )
    )
    assert_frame_equal(PLAN.finish(PLAN.partial(other)), WHOLE, check_exact=True)


def test_nobody_at_all_gives_zeros_and_no_shares():
    readings = PLAN.finish(PLAN.combine([]))
    assert set(readings["value"]) == {0.0}
    assert set(readings["measure"]) == {"customers", "journeys", "visits", "under_way", "answers"}
    assert readings.schema == READINGS.empty().schema
    nobody = trips("customer journey minute touchpoint")
    assert_frame_equal(PLAN.finish(PLAN.partial(nobody)), readings)
    assert LEDGER.finish(LEDGER.partial(nobody)).is_empty()


def test_one_row_gives_hidden_readings():
    one = trips("""
        customer  journey  minute  touchpoint
        ana       a        0       ad
    """)
    readings = PLAN.finish(PLAN.partial(one)).filter(pl.col("value") != 0)
    assert readings.is_empty()


def test_an_empty_bucket_adds_nothing():
    nobody = trips("customer journey minute touchpoint")
    both = PLAN.combine([PLAN.partial(nobody), PLAN.partial(COMPANY)])
    assert_frame_equal(PLAN.finish(both), WHOLE, check_exact=True)


@pytest.mark.parametrize("wrong", ["mood", "property", "hour"])
def test_unknown_groups_are_refused(wrong):
    from desireline.errors import UnknownGroup

    with pytest.raises(UnknownGroup):
        Plan(SHOP, by=(wrong,))
