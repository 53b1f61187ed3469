"""Every row has one fate, and the fates add up."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.lake.fates import KNOWN, NEW, PARTNER, READ, REFUSED, Fates, Tally

law = settings(deadline=None, max_examples=40)


def fates(marks: list[tuple[int, int, int]]) -> Fates:
    found = Fates()
    for file, row, bit in marks:
        found.mark(file, pl.Series([row]), bit)
    return found


@pytest.mark.parametrize(
    ("bits", "fate"),
    [
        ([], "refused"),
        ([NEW], "accepted"),
        ([NEW, KNOWN], "accepted"),
        ([NEW, REFUSED], "accepted"),
        ([KNOWN], "duplicates"),
        ([KNOWN, REFUSED], "duplicates"),
        ([REFUSED], "refused"),
        ([PARTNER], "duplicates"),
    ],
)
def test_the_fate_of_a_row_follows_from_its_records(bits, fate):
    tally = fates([(0, 1, READ), *((0, 1, bit) for bit in bits)]).tally()
    assert (tally.read, getattr(tally, fate)) == (1, 1)


def test_a_partner_is_accepted_when_its_import_brought_anything_new():
    assert fates([(0, 1, PARTNER), (1, 1, NEW)]).tally() == Tally(read=2, accepted=2)
    assert fates([(0, 1, PARTNER), (1, 1, KNOWN)]).tally() == Tally(read=2, duplicates=2)


def test_rows_of_which_nothing_became_are_listed():
    found = fates([(0, 1, READ), (0, 2, NEW), (2, 7, READ)])
    assert found.unclaimed().rows() == [(0, 1), (2, 7)]
    assert [found.rows_read(file) for file in range(4)] == [2, 0, 1, 0]


def test_nothing_read_is_nothing_told():
    assert Fates().tally() == Tally()
    assert Fates().unclaimed().is_empty()


marks = st.tuples(st.integers(0, 2), st.integers(0, 40), st.sampled_from([READ, NEW, KNOWN, PARTNER, REFUSED]))


@law
@given(st.lists(marks), st.randoms())
def test_fates_add_up_to_what_was_read_in_any_order_and_when_told_twice(told, random):
    tally = fates(told).tally()
    assert tally.accepted + tally.refused + tally.duplicates == tally.read
    assert tally.read == len({(file, row) for file, row, _ in told})
    assert fates(random.sample(told * 2, 2 * len(told))).tally() == tally
