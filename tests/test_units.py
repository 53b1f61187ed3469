"""Durations as people write them, kept as they are meant, and said in a unit that can be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.units import parse_duration, say_duration, write_duration


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("90s", timedelta(seconds=90)),
        ("30m", timedelta(minutes=30)),
        (" 2 h ", timedelta(hours=2)),
        ("1.5d", timedelta(hours=36)),
        ("2w", timedelta(days=14)),
    ],
)
def test_durations_are_read_as_they_are_meant(written: str, meant: timedelta):
    assert parse_duration(written) == meant
    assert parse_duration(meant) == meant


@pytest.mark.parametrize("written", ["", "10", 10, "ten days", "-2h", "2 months", "1h30m", None])
def test_what_is_ambiguous_is_refused_with_an_example(written: object):
    with pytest.raises(ValueError, match="a duration is written like 30m, 2h, 10d or 1w"):
        parse_duration(written)


@given(st.timedeltas(timedelta(0), timedelta(days=4000)) | st.integers(0, 10**7).map(lambda s: timedelta(seconds=s)))
def test_what_is_written_reads_back_the_same(duration: timedelta):
    assert parse_duration(write_duration(duration)) == duration


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0s"), (90, "90s"), (3600, "1h"), (129_600, "36h"), (864_000, "10d"), (1_209_600, "2w")],
)
def test_the_largest_whole_unit_is_written(seconds: int, written: str):
    assert write_duration(timedelta(seconds=seconds)) == written


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (2.25, "2.2 s"),
        (80, "80 s"),
        (180, "3.0 min"),
        (7200, "2.0 h"),
        (872_640, "10.1 days"),
        (10**8, "1,157 days"),
    ],
)
def test_durations_are_said_in_a_unit_that_leaves_a_readable_number(seconds: float, said: str):
    assert say_duration(seconds) == said
