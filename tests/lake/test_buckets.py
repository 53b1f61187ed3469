"""Customers are spread over a power of two of buckets, and stay together."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.hashes import bucket_of
from desireline.lake.buckets import FINEST, bucket_key, choose_buckets, finest_bucket, span

law = settings(deadline=None, max_examples=40)


@pytest.mark.parametrize(
    ("rows", "now", "buckets"),
    [
        (0, 0, 1),
        (250_000, 0, 1),
        (250_001, 0, 2),
        (10_000_000, 0, 64),
        (10**9, 0, 256),
        (900_000, 1, 1),
        (1_000_001, 1, 8),
        (10**9, 256, 256),
    ],
)
def test_the_number_of_buckets_follows_the_rows_and_then_stays(rows, now, buckets):
    assert choose_buckets(rows, now=now) == buckets


@law
@given(st.lists(st.text(max_size=5), max_size=20), st.sampled_from([1, 2, 4, 16, 256]))
def test_the_buckets_of_a_smaller_number_are_made_of_whole_finest_buckets(customers, buckets):
    texts = pl.Series(customers, dtype=pl.String)
    finest = finest_bucket(pl.DataFrame({"customer_id": texts}))
    for fine, coarse in zip(finest, bucket_of(texts, buckets=buckets), strict=True):
        first, end = span(coarse, of=buckets)
        assert first <= fine < end
    assert span(buckets - 1, of=buckets)[1] == FINEST


def test_an_anonymous_answer_goes_by_its_own_id_and_repeats_go_with_the_first():
    answers = pl.DataFrame(
        {
            "customer_id": ["ana", None, None, None],
            "feedback_id": ["f1", "f2", "abc.1", None],
            "_content": [None, None, None, "abc"],
        },
        schema=dict.fromkeys(["customer_id", "feedback_id", "_content"], pl.String),
    )
    assert bucket_key(answers).to_list() == ["ana", "f2", "abc", "abc"]
    assert bucket_key(answers.drop("_content")).to_list() == ["ana", "f2", "abc", None]
