"""Scores, texts and what happened, put together by how sure each is."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.rows import SHOP, told, trips

from desireline.measures.emotion import Source, fuse, happened
from desireline.measures.runner import Plan

level = st.floats(-2, 2)
error = st.floats(0.01, 2)


def source(*pairs: tuple[float, float]) -> Source:
    return Source(np.array([one for one, _ in pairs]), np.array([one for _, one in pairs]))


def answers(n: int, *, score: float | None = None, sentiment: float | None = None, text: str | None = None) -> list:
    scale = {"rule": "mean", "low": 1.0, "high": 5.0} if score is not None else {}
    return [
        {
            "customer": f"{score}{sentiment}{k}",
            "place": "pay",
            "score": score,
            "sentiment": sentiment,
            "text": text,
            **scale,
        }
        for k in range(n)
    ]


def readings(*given_answers: list, measures: tuple[str, ...] = ("emotion",)) -> pl.DataFrame:
    plan = Plan(SHOP, measures)
    rows = [row for part in given_answers for row in part]
    return plan.finish(plan.partial(trips("customer journey minute touchpoint", answers=rows)))


def test_the_surer_source_counts_more():
    found = fuse([source((1.0, 0.1)), source((0.9, 0.2))])
    assert found.level[0] == pytest.approx((1.0 / 0.01 + 0.9 / 0.04) / (1 / 0.01 + 1 / 0.04))
    assert found.weight[:, 0].tolist() == pytest.approx([0.8, 0.2])


def test_sources_that_disagree_widen_the_band_and_come_nearer_to_an_equal_say():
    agree, disagree = (fuse([source((1.0, 0.1)), source((other, 0.2))]) for other in (0.95, -1.0))
    assert disagree.error[0] > 3 * agree.error[0]
    assert disagree.weight[1, 0] > 0.4


def test_a_single_source_stays_as_it_is():
    nothing = source((np.nan, np.nan))
    found = fuse([nothing, source((0.5, 0.3)), nothing])
    assert (found.level[0], found.error[0]) == (0.5, pytest.approx(0.3))


def test_no_source_is_no_feeling():
    found = fuse([source((np.nan, np.nan))])
    assert np.isnan(found.level[0])
    assert np.isnan(found.error[0])


@given(st.lists(st.tuples(level, error), min_size=1, max_size=3))
def test_the_level_lies_between_its_sources_and_the_band_is_no_narrower_than_the_surest(pairs):
    found = fuse([source(pair) for pair in pairs])
    levels, errors = [one for one, _ in pairs], [one for _, one in pairs]
    assert min(levels) - 1e-9 <= found.level[0] <= max(levels) + 1e-9
    assert found.error[0] >= min(errors) - 1e-9
    assert found.weight.sum() == pytest.approx(1)


@given(st.lists(st.tuples(level, error), min_size=3, max_size=3))
def test_the_order_of_sources_does_not_matter(pairs):
    there, back = fuse([source(one) for one in pairs]), fuse([source(one) for one in pairs[::-1]])
    assert there.level[0] == pytest.approx(back.level[0], abs=1e-9)
    assert there.error[0] == pytest.approx(back.error[0], abs=1e-9)


def test_unlucky_customers_who_never_answer_count_by_their_share():
    found = happened(source((0.5, 0.0)), source((-2.0, 0.1)), source((2.0, 0.1)))
    assert found.level[0] == 0.0
    assert found.error[0] == pytest.approx(0.05 * 2**0.5)


def test_scores_and_texts_become_one_feeling():
    found = readings(
        answers(12, score=5.0), answers(12, sentiment=0.0, text="ok"), measures=("emotion", "feeling", "sentiment")
    )
    assert told(found, "feeling") == {"pay": 2.0}
    assert told(found, "sentiment") == {"pay": 0.0}
    (row,) = found.filter(measure="emotion").to_dicts()
    assert row["low"] <= row["value"] <= row["high"]
    assert row["n"] == 24


def test_what_emotion_is_put_together_from_is_shown_only_when_asked_for():
    assert set(readings(answers(12, score=5.0))["measure"]) == {"emotion"}


def test_too_few_answers_say_what_they_lack():
    (row,) = readings(answers(7, score=4.0)).to_dicts()
    assert (row["value"], row["n"], row["note"]) == (None, 7, "not enough data: 7 of 10")


def test_fewer_than_five_customers_stay_hidden():
    (row,) = readings(answers(4, score=4.0)).to_dicts()
    assert (row["value"], row["n"], row["note"]) == (None, None, "fewer than 5 customers")


def test_texts_that_nobody_read_are_unread_and_not_neutral():
    found = readings(answers(12, text="nic moc"), measures=("sentiment", "unread"))
    assert told(found, "unread") == {"pay": 1.0}
    assert told(found, "sentiment") == {}


def test_notes_of_staff_are_not_the_customers_feeling():
    own = '{"role": " Customer "}'
    notes = [
        {**row, "kind": "note", "properties": p}
        for p in (None, '{"role": "staff"}', own)
        for row in answers(10, sentiment=-1.0, text="bad")
    ]
    found = readings(notes, measures=("sentiment",))
    assert found.select("value", "n").rows() == [(-1.0, 10)]


FAILED = """
    customer  journey  minute  touchpoint  failed
    a1        1        1       pay         yes
    a2        2        1       pay         yes
    b1        3        1       pay         no
    b2        4        1       pay         no
    b3        5        1       pay         no
"""


def test_a_step_that_failed_or_came_late_is_trouble():
    plan = Plan(SHOP, ("trouble",))
    assert told(plan.finish(plan.partial(trips(FAILED))), "trouble")["pay"] == 0.4
