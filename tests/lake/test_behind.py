"""Work that lags behind is done in its order, and its faults are not lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desireline.lake.behind import Behind


def test_work_is_done_in_its_order():
    behind, done = Behind(), list[int]()

    def work(number: int) -> Callable[[], None]:
        return lambda: done.append(number)

    for number in range(20):
        behind.add(work(number))
    behind.settle()
    assert done == list(range(20))
    behind.close()


def test_a_fault_is_raised_when_all_is_to_be_done():
    behind = Behind()

    def fail() -> None:
        raise OSError("no room")

    behind.add(fail)
    with pytest.raises(OSError, match="no room"):
        behind.settle()
    behind.close()
