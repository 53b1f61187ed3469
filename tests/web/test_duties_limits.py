"""What is tried too often waits; what is tried by others does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.errors import TooMany
from desireline.server.limits import REMEMBERED, Backoff, Bucket, Limits


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def waits(backoff: Backoff, clock: Clock, attempts: int) -> list[int]:
    """How long somebody has to wait before each attempt, who always fails and tries again as soon as they may."""
    found = []
    for _ in range(attempts):
        try:
            backoff.attempt("ana")
            found.append(0)
        except TooMany as fault:
            found.append(fault.retry_after)
            clock.now += fault.retry_after
            backoff.attempt("ana")
    return found


def test_each_failure_after_the_fifth_doubles_the_wait_up_to_a_quarter_of_an_hour():
    clock = Clock()
    backoff = Backoff(free=5, longest=900, says="No.", now=clock)
    told = waits(backoff, clock, 18)
    assert told == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_others_do_not_wait_and_success_forgets():
    clock = Clock()
    backoff = Backoff(free=2, longest=900, says="No.", now=clock)
    backoff.attempt("ana")
    backoff.attempt("ana")
    backoff.attempt("ben")
    with pytest.raises(TooMany):
        backoff.attempt("ana")
    backoff.worked("ana")
    backoff.attempt("ana")


def test_failures_are_forgotten_after_twice_the_longest_wait():
    clock = Clock()
    backoff = Backoff(free=5, longest=900, says="No.", now=clock)
    waits(backoff, clock, 12)
    clock.now += 3000
    assert waits(backoff, clock, 5) == [0] * 5


@given(st.lists(st.floats(0, 30), max_size=60))
def test_a_bucket_never_lets_through_more_than_its_size_and_what_flowed_in(pauses: list[float]):
    clock = Clock()
    bucket = Bucket(size=5, per_s=0.5, says="No.", now=clock)
    through = 0
    for pause in pauses:
        clock.now += pause
        try:
            bucket.take("ana")
            through += 1
        except TooMany:
            continue
    assert through <= 5 + clock.now * 0.5 + 1e-6


@given(st.integers(0, 12))
def test_after_the_time_that_was_told_it_works(before: int):
    clock = Clock()
    bucket = Bucket(size=3, per_s=1 / 7, says="No.", now=clock)
    for _ in range(before):
        try:
            bucket.take("ana")
        except TooMany as fault:
            clock.now += fault.retry_after
            bucket.take("ana")


def test_what_is_remembered_is_bounded():
    bucket = Bucket(size=1, per_s=1, says="No.", now=Clock())
    for number in range(REMEMBERED + 50):
        bucket.take(str(number))
    bucket.take("0")  # forgotten, and so let through
    with pytest.raises(TooMany):
        bucket.take(str(REMEMBERED + 49))


def test_whoever_tries_again_and_again_is_not_forgotten():
    backoff = Backoff(free=2, longest=900, says="No.", now=Clock())
    backoff.attempt("ana")
    for number in range(REMEMBERED - 1):
        backoff.attempt(str(number))
    backoff.attempt("ana")
    backoff.attempt("ben")  # one too many: the first of the numbers goes, not ana
    with pytest.raises(TooMany):
        backoff.attempt("ana")


def test_guessing_at_one_name_from_many_addresses_becomes_slow():
    limits = Limits(now=Clock())
    for number in range(50):
        limits.sign_in("ana", f"10.0.0.{number}")
    with pytest.raises(TooMany):
        limits.sign_in("ana", "10.0.1.1")
    limits.sign_in("ben", "10.0.1.1")


def test_guessing_at_many_names_from_one_address_becomes_slow():
    limits = Limits(now=Clock())
    for number in range(60):
        limits.sign_in(f"member {number}", "10.0.0.1")
    with pytest.raises(TooMany):
        limits.sign_in("ana", "10.0.0.1")
    limits.sign_in("ana", "10.0.0.2")
