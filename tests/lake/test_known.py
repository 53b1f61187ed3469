"""An import tells how many customers are new, whatever became of the files that name the known ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.lake.known import Known, each_once, keep_known, read_known, sweep_known
from desireline.lake.store import Lake

from .company import bring, rows


def visits(*customers: str) -> pl.DataFrame:
    lines = [f"{one}  10:0{place}  open" for place, one in enumerate(customers)]
    return rows("\n".join(["customer_id  at  event", *lines]))


def import_days(folder: Path) -> tuple[Lake, list[int]]:
    """Three days; ana comes each day, and is described on the third."""
    lake = Lake.create(folder)
    days = {"one": ("ana", "ben"), "two": ("ana", "cleo", "dan"), "three": ("ana", "dan", "eve")}
    counts = [bring(lake, name, {f"{name}.csv": {"events": visits(*who)}}).customers for name, who in days.items()]
    return lake, counts


def test_a_customer_is_new_once_in_whatever_table(tmp_path: Path):
    lake, counts = import_days(tmp_path / "lake")
    people = rows("customer_id  properties\nana  -\nfay  -")
    answers = rows("customer_id  answer\ngus  9\n-  3\neve  4")
    assert counts == [2, 2, 1]
    assert bring(lake, "crm", {"crm.csv": {"customers": people, "feedback": answers}}).customers == 2
    assert lake.current().counts()["customers"] == 7


@pytest.mark.parametrize("harm", ["lost", "torn", "one is lost", "none"])
def test_known_customers_are_found_again_in_the_tables(tmp_path: Path, harm: str):
    lake, _ = import_days(tmp_path / "lake")
    files = sorted((lake.folder / "known").iterdir())
    if harm == "lost":
        shutil.rmtree(lake.folder / "known")
    if harm == "torn":
        files[0].write_bytes(files[0].read_bytes()[:-8])
    if harm == "one is lost":
        files[-1].unlink()
    for name in ("four", "five"):
        assert bring(lake, name, {f"{name}.csv": {"events": visits("ben", name)}}).customers == 1
    assert read_known(lake.folder, lake.current().imports()["import_id"].to_list()) is not None


def test_a_dry_run_counts_and_keeps_nothing(tmp_path: Path):
    lake, _ = import_days(tmp_path / "lake")
    before = sorted((lake.folder / "known").iterdir())
    assert bring(lake, "four", {"four.csv": {"events": visits("ana", "new")}}, dry_run=True).customers == 1
    assert set((lake.folder / "known").iterdir()) <= set(before)


@given(days=st.lists(st.sets(st.integers(0, 60)), max_size=40), found=st.sets(st.integers(0, 70)))
def test_what_any_import_named_is_known(
    tmp_path_factory: pytest.TempPathFactory, days: list[set[int]], found: set[int]
):
    lake, known, names = tmp_path_factory.mktemp("lake"), Known(), []
    for number, day in enumerate(days):
        new = known.unknown(np.array(sorted(day), dtype=np.uint64))
        names.append(f"day{number:02d}")
        keep_known(lake, names[-1], known, [new])
        sweep_known(lake, names)
        read = read_known(lake, names)
        assert read is not None
        known = read
    unknown = known.unknown(np.array(sorted(found), dtype=np.uint64))
    assert unknown.tolist() == sorted(found - set().union(*days))
    assert len(known.parts) <= 17


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3)))
def test_each_hash_once_and_rising(hashes: list[int]):
    assert each_once(np.array(hashes, dtype=np.uint64)).tolist() == sorted(set(hashes))
