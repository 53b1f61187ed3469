"""Buckets are measured on threads, and combined as if there were one thread."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.engine.engine import Engine
from desireline.engine.local import run


def joined(partials: list[str]) -> str:
    return "".join(partials)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 99), max_size=20), st.integers(1, 5))
def test_partials_are_combined_in_the_order_of_the_buckets(buckets, threads):
    def partial(bucket: int) -> str:
        time.sleep((bucket % 3) / 2000)
        return f"<{bucket}>"

    assert run(buckets, partial, joined, threads=threads) == "".join(f"<{bucket}>" for bucket in buckets)


def test_no_buckets_give_the_combination_of_nothing():
    assert run([], str, joined) == ""


def test_progress_is_told_in_order():
    told = []
    run(range(3), str, joined, progress=lambda done, all_: told.append((done, all_)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_fault_in_one_bucket_is_raised_and_the_rest_is_not_begun():
    begun = []

    def partial(bucket: int) -> str:
        begun.append(bucket)
        if bucket == 1:
            raise ZeroDivisionError("bucket 1")
        return str(bucket)

    with pytest.raises(ZeroDivisionError, match="bucket 1"):
        run(range(1000), partial, joined, threads=2)
    assert len(begun) < 20


def test_ctrl_c_ends_the_run_and_the_rest_is_not_begun():
    begun = []
    held = threading.Event()

    def partial(bucket: int) -> str:
        begun.append(bucket)
        if bucket > 1:
            held.wait(10)
        return str(bucket)

    def interrupt(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(range(1000), partial, joined, threads=2, progress=interrupt)
    held.set()
    assert len(begun) < 10


def test_few_partials_wait_at_any_time():
    waiting, most = 0, 0
    lock = threading.Lock()

    def partial(bucket: int) -> int:
        nonlocal waiting, most
        with lock:
            waiting += 1
            most = max(most, waiting)
        return bucket

    def combine(partials: list[int]) -> int:
        nonlocal waiting
        with lock:
            waiting -= 1
        return sum(partials)

    assert run(range(200), partial, combine, threads=2) == sum(range(200))
    assert most <= 5


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_has_threads_of_its_own():
    assert run(range(4), str, joined) == "0123"
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # were it to wait for threads that only its parent has
        os._exit(0 if run(range(4), str, joined) == "0123" else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_at_least_one_thread_is_needed():
    with pytest.raises(ValueError, match="at least 1"):
        run([1], str, joined, threads=0)


def test_the_function_is_an_engine():
    engine: Engine = run
    assert engine([2, 1], str, joined) == "21"
