"""Faults of the disk come out as one sentence with the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from desireline.errors import LakeDamaged, LakeUnwritable
from desireline.lake.faults import reading, say, writing


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("No space left on device", "No space left on device"),
        ("", "OSError"),
        (
            "Copy failed\n   \x1b[31m↳\x1b[0m No space left (os error 28)\n",
            "Copy failed: No space left (os error 28)",
        ),
        ("Kernel error: Truncated.\n   0: <unknown>\n   1: start_thread", "Kernel error: Truncated"),
    ],
)
def test_a_fault_is_said_in_one_line(text, said):
    assert say(OSError(text)) == said


def raise_full() -> None:
    raise OSError(28, "No space left on device")


def test_a_fault_while_writing_says_that_the_lake_is_as_before():
    with (
        pytest.raises(LakeUnwritable, match=r"^lake/x cannot be written: .*No space left.* as it was before"),
        writing(Path("lake/x")),
    ):
        raise_full()


def test_a_fault_while_reading_says_where_to_get_the_file():
    with (
        pytest.raises(LakeDamaged, match=r"^lake/x cannot be read: .*No space left.* backup"),
        reading(Path("lake/x")),
    ):
        raise_full()


def test_other_faults_pass_unchanged():
    with pytest.raises(ZeroDivisionError), writing(Path("lake/x")):
        _ = 1 / 0
