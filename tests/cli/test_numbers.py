"""Numbers on the command line: medians of many different times are close, and exact when that is asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import pytest

from cli.shop import Desk

MAP = "shop.journey.yaml"
NOON = datetime(2026, 3, 1, 12)
MEDIAN = ["-m", "time_median", "--at", "shop", "-w", "crowd"]


@pytest.fixture
def waits(desk: Desk) -> list[int]:
    """`crowd` is a workspace of 1,100 customers, of whom no two take equally long: so many seconds."""
    seconds = [60 + 7 * k * k for k in range(1100)]
    log = ["customer,event,at,channel,paid"]
    for k, wait in enumerate(seconds):
        log += [f"c{k},see,{NOON:%FT%TZ},web,", f"c{k},pay,{NOON + timedelta(seconds=wait):%FT%TZ},web,5.00"]
    Path("log-crowd.csv").write_text("\n".join(log) + "\n")
    assert desk.say("init", "crowd").code == 0
    files = ["log-crowd.csv", "reviews.csv"]
    assert desk.say("import", "-w", "crowd", "-r", "shop.recipe.yaml", *files).code == 0
    return seconds


def test_a_median_of_many_times_is_close_or_exact(desk: Desk, waits: list[int]):
    [close] = desk.say("measure", MAP, *MEDIAN, "--json").data["readings"]
    [exact] = desk.say("measure", MAP, *MEDIAN, "--exact", "--json").data["readings"]
    assert (close["note"], exact["note"]) == ("within 1.6 %", "")
    assert exact["value"] == median(waits)
    assert close["value"] == pytest.approx(median(waits), rel=0.016)
    assert close["value"] != exact["value"]


def test_a_report_can_be_exact_too(desk: Desk, waits: list[int]):
    for words, told in (([], True), (["--exact"], False)):
        assert desk.say("report", MAP, "-w", "crowd", "-o", "crowd.html", *words).code == 0
        assert ("within 1.6 %</" in Path("crowd.html").read_text()) == told
