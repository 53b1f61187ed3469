"""Work and results travel as bytes; a fault travels as a result and is raised again where it can be told."""

from __future__ import annotations

import pickle

import pytest

from desireline.engine.cargo import Fault, opened, outcome, unpacked
from desireline.errors import ClusterFailed, LakeDamaged, MapUnreadable, TraceDamaged

made: list[str] = []


class Work:
    """Tells when it is unpacked."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return _make, ("work",)


def _make(name: str) -> str:
    made.append(name)
    return name


def failing(fault: Exception) -> Fault:
    def work() -> None:
        raise fault

    told = opened(outcome(work, name="Bucket 3"))
    assert isinstance(told, Fault)
    return told


def test_a_result_comes_back_as_it_was():
    assert opened(outcome(lambda: {"reached": [3, 2, 1]}, name="Bucket 0")) == {"reached": [3, 2, 1]}


def test_our_own_error_is_raised_again_with_its_kind_its_text_and_its_place():
    fault = failing(LakeDamaged("events/bucket=3/a.parquet cannot be read: no such file."))
    with pytest.raises(LakeDamaged, match=r"^events/bucket=3/a.parquet cannot be read: no such file. \(Bucket 3 on "):
        raise fault.raised()
    assert fault.may_pass
    assert "under the path that the driver uses" in str(fault.raised())


def test_what_an_error_holds_beside_its_text_comes_back():
    told = failing(TraceDamaged("torn", "The file 7.columns is not as it was written")).raised()
    assert isinstance(told, TraceDamaged)
    assert told.reason == "torn"


def test_an_error_with_a_constructor_of_its_own_comes_back():
    fault = failing(MapUnreadable("shop.yaml", 7, "no map"))
    assert str(fault.raised()).startswith("shop.yaml, line 7: no map (Bucket 3 on ")
    assert not fault.may_pass


def test_a_bug_is_told_with_its_bucket_and_its_steps():
    error = failing(ZeroDivisionError("division by zero")).raised()
    assert isinstance(error, ClusterFailed)
    assert str(error).startswith("Bucket 3 on ")
    assert str(error).endswith("failed. ZeroDivisionError: division by zero")
    assert "test_cargo.py" in "".join(error.__notes__)


def test_work_is_unpacked_once_for_all_buckets_of_a_process():
    made.clear()
    work = pickle.dumps(Work())
    assert [unpacked(work), unpacked(bytes(work))] == ["work", "work"]
    assert made == ["work"]
