"""The benchmark's data are the same each time and have the shape that was promised."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from bench.facts import read_facts
from bench.generate import fingerprint, make_real, make_simulated
from bench.reallog import RealLog, replicate
from bench.simulate import DAY, DAYS, START, simulate

EVENTS = 30_000
LOG = """<log xmlns="http://www.xes-standard.org/">
<trace><string key="concept:name" value="1"/><string key="channel" value="Desk"/>
 <event><string key="concept:name" value="open"/><date key="time:timestamp" value="2011-01-01T10:00:00+01:00"/></event>
 <event><string key="concept:name" value="pay"/><date key="time:timestamp" value="2011-01-01T10:00:00+01:00"/></event>
</trace>
<trace><string key="concept:name" value="2"/>
 <event><string key="concept:name" value="open"/><date key="time:timestamp" value="2011-01-02T10:00:00+01:00"/></event>
</trace>
</log>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("data")
    make_simulated(made, EVENTS)
    return made


def columns(chunks) -> dict[str, np.ndarray]:
    held = list(chunks)
    return {name: np.concatenate([getattr(one, name) for one in held]) for name in vars(held[0])}


def test_the_same_bytes_are_written_twice(folder, tmp_path):
    make_simulated(tmp_path, EVENTS)
    assert fingerprint(tmp_path) == fingerprint(folder)


def test_chunks_of_customers_change_nothing():
    whole, pieces = columns(simulate(EVENTS)), columns(simulate(EVENTS, chunk=100))
    assert all((whole[name] == pieces[name]).all() for name in whole)


def test_no_customer_has_two_events_at_once_and_all_lie_within_ninety_days():
    held = columns(simulate(EVENTS))
    same = held["customer"][1:] == held["customer"][:-1]
    assert len(held["at"]) == EVENTS
    assert (np.diff(held["at"])[same] > 0).all()
    assert START <= held["at"].min() < held["at"].max() < START + DAYS * DAY


def test_journeys_are_about_twelve_long_some_very_long_and_touchpoints_follow_each_other():
    held = columns(simulate(200_000))
    lengths = np.bincount(held["customer"])
    same = held["customer"][1:] == held["customer"][:-1]
    onward = (held["touchpoint"][1:].astype(int) - held["touchpoint"][:-1])[same] % 40
    assert 10 < lengths.mean() < 14
    assert lengths.max() > 40 * lengths.mean()
    assert 0.45 < (onward == 1).mean() < 0.65
    assert set(held["touchpoint"]) == set(range(40))
    assert set(held["channel"]) == set(range(7))


def test_two_percent_of_the_file_stand_behind_later_events(folder):
    at = pl.read_parquet(folder / "raw.parquet")["at"]
    behind = (at < at.cum_max()).mean()
    assert 0.015 < behind < 0.025


def test_every_layout_holds_the_same_events(folder):
    facts = read_facts(folder)
    raw = pl.read_parquet(folder / "raw.parquet")
    ordered = pl.read_parquet(folder / "ordered").select(
        customer="c" + pl.col("customer").cast(pl.String).str.zfill(9),
        at="at",
        event=pl.col("event").replace_strict(dict(enumerate(facts.touchpoints)), return_dtype=pl.String),
        channel=pl.col("channel").replace_strict(dict(enumerate(facts.channels)), return_dtype=pl.String),
        value=pl.when(pl.col("cents") > 0).then((pl.col("cents") / 100).round(2)),
    )
    assert ordered.equals(raw.sort("customer", "at"))
    assert facts.customers == raw["customer"].n_unique()
    moment = pl.col("at").str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", time_unit="us", time_zone="UTC")
    for text in (
        pl.read_csv(folder / "raw.csv", infer_schema_length=None),
        pl.read_ndjson(folder / "raw.jsonl", infer_schema_length=None),
    ):
        assert text.with_columns(moment).equals(raw)


def test_a_real_log_is_drawn_again_until_it_is_large_enough(tmp_path):
    file = tmp_path / "log.xes"
    file.write_text(LOG, "utf-8")
    log = RealLog.read(file)
    assert (log.touchpoints, log.channels) == (("open", "pay"), ("Desk", "none"))
    assert np.diff(log.at).tolist()[0] == 1  # two steps at one instant: a microsecond apart
    held = columns(replicate(log, 1_000))
    assert len(held["at"]) >= 1_000
    lengths = np.bincount(held["customer"])
    assert set(lengths) == {1, 2}
    make_real(tmp_path, file, events=1_000)
    assert read_facts(tmp_path).events == len(held["at"])
