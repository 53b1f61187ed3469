"""Events on touchpoints by a table over combinations of codes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from tests.trace.company import SOME, frame, journeys, many

from desireline.trace import placing as placing_file
from desireline.trace.placing import Combinations, Placing, combinations
from desireline.trace.raw import build_raw
from desireline.trace.trace import Trace


def kept(folder: Path, count: int = 2000) -> Trace:
    build_raw([frame(many(count))], folder)
    return Trace.open(folder)


def pairs(combos: Combinations) -> list[tuple[str | None, ...]]:
    return list(zip(*combos.names().values(), strict=True))


def test_combinations_are_those_that_occur(tmp_path: Path):
    build_raw([frame(SOME)], tmp_path)
    combos = combinations(Trace.open(tmp_path), ("event", "channel"))
    assert dict(zip(pairs(combos), combos.counts.tolist(), strict=True)) == {
        ("look", None): 1,
        ("pay", "web"): 1,
        ("visit", "app"): 1,
        ("visit", "web"): 2,
    }
    assert [combos.all_names["event"][code] for code in combos.codes[:, 0].tolist()] == [
        "look",
        "pay",
        "visit",
        "visit",
    ]


@pytest.mark.parametrize("dense", [1, 9, 1 << 22])
def test_many_names_are_combined_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dense: int):
    monkeypatch.setattr(placing_file, "_DENSE", dense)
    fields = ("channel", "event", "status")
    status = [None, "failed", "ok", "odd"]
    rows = frame(many(2000)).with_columns(status=np.array([0, 1, 2, 3, 3] * 400))
    rows = rows.with_columns(rows["status"].replace_strict(list(range(4)), status))
    build_raw([rows], tmp_path, fields=["status"])
    trace = Trace.open(tmp_path)
    combos = combinations(trace, fields)
    assert Counter(dict(zip(pairs(combos), combos.counts.tolist(), strict=True))) == Counter(rows.select(fields).rows())
    events = trace.bucket_events(0)
    for place, field in enumerate(fields):
        assert (combos.codes[combos.number(events), place] == events.codes[field]).all()


def test_events_off_the_map_are_dropped_and_customers_with_them(tmp_path: Path):
    trace = kept(tmp_path)
    combos = combinations(trace, ("event",))
    table = np.array([{"event 3": 0, "event 5": 1}.get(name or "", -1) for name in combos.names()["event"]])
    (part,) = trace.placed(Placing(combos, table)).slices(0)
    want = [
        [(at, event) for at, event, *_ in rows if event in ("event 3", "event 5")]
        for rows in journeys(many(2000)).values()
    ]
    assert part.customers == sum(map(bool, want))
    found = list(zip(part.at.tolist(), part.touchpoint.tolist(), strict=True))
    assert Counter(found) == Counter((at, int(event == "event 5")) for rows in want for at, event in rows)
    assert part.touchpoint.dtype == np.uint8


def test_events_off_the_map_may_stay_under_a_code_of_their_own(tmp_path: Path):
    trace = kept(tmp_path)
    combos = combinations(trace, ("event",))
    (part,) = trace.placed(Placing(combos, np.full(len(combos), -1), off=7)).slices(0)
    assert set(part.touchpoint.tolist()) == {7}
    assert not list(trace.placed(Placing(combos, np.full(len(combos), -1))).slices(0))


def test_a_table_of_another_size_is_refused(tmp_path: Path):
    trace = kept(tmp_path)
    with pytest.raises(ValueError, match="combinations"):
        list(trace.placed(Placing(combinations(trace), np.zeros(3, dtype=np.int64))).slices(0))


def test_an_empty_trace_has_no_combinations(tmp_path: Path):
    build_raw([], tmp_path)
    trace = Trace.open(tmp_path)
    combos = combinations(trace)
    assert (len(combos), combos.names()) == (0, {"event": [], "channel": []})
    assert not list(trace.placed(Placing(combos, np.zeros(0, dtype=np.int64))).slices(0))
