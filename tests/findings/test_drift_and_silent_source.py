"""Drift that surely matters becomes a finding with its day; a source that stopped is told, one that rests is not."""

from __future__ import annotations

from datetime import date

import polars as pl

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Effect, Who
from desireline.findings.gathering import Around
from desireline.findings.rules.drift import drift, open_drift
from desireline.findings.rules.silent_source import silent_source
from desireline.living.drift import Drift, Sign
from desireline.living.outage import find_silences
from desireline.measures.view import View
from living.days import day, volumes
from measures.rows import SHOP, trips

SINCE = date(2026, 3, 9)


def dossier(found, arrived=None):
    known = pl.DataFrame() if arrived is None else arrived
    return Dossier(Around(SHOP, date(2026, 6, 1), None, None, volumes=known), {"drift": found})


def sign(at, *, q):
    said = f"At “{at.title()}” to “Pay”: 10.0 % → 40.0 % (+25.0 to +35.0 pp)."
    return Sign("next steps", at, "JS", 0.4, 0.3, 0.5, 0.15, 80, 90, 0.001, q / 2, SINCE, said, q=q)


def test_every_sign_is_a_check_and_the_sure_one_a_finding():
    checks = list(drift.checks(dossier(Drift(None, signs=(sign("ad", q=0.01), sign("page", q=0.4))))))
    assert [(check.p, check.finding is not None) for check in checks] == [(0.005, True), (0.2, False)]
    found = checks[0].finding
    assert found is not None
    assert found.says == "Since about 9 March 2026: at “Ad” to “Pay”: 10.0 % → 40.0 % (+25.0 to +35.0 pp)."
    assert found.who == Who("drift of next steps", "ad", since=SINCE)
    assert found.effect == Effect(
        "Jensen–Shannon distance of what comes next, before and after", 0.4, 0.3, 0.5, "distance", 90, 80
    )


def test_without_data_there_is_nothing_to_check():
    nothing = dossier(Drift(None, note="there are no events"))
    assert list(drift.checks(nothing)) == []
    assert list(silent_source.checks(nothing)) == []


def test_a_source_that_stopped_is_a_finding_and_the_others_are_checks():
    arrived = volumes({"shop": [40] * 60 + [0] * 4, "mails": [20] * 64})
    found = Drift(None, silences=find_silences(arrived, day(64)))
    checks = list(silent_source.checks(dossier(found, arrived)))
    assert [check.finding and check.finding.at for check in checks] == ["shop", None]
    (told,) = [check.finding for check in checks if check.finding]
    assert told.who == Who("silent", "shop", since=day(60))
    assert told.says == "Source 'shop' brought nothing in 4 days since 2026-03-06; usual: 160."
    assert all(check.finding is None for check in silent_source.checks(dossier(found, arrived), {"days": 5}))


def test_a_gap_that_ended_is_no_finding():
    arrived = volumes({"shop": [40] * 40 + [0] * 5 + [40] * 20})
    found = Drift(None, silences=find_silences(arrived, day(65)))
    assert [check.finding for check in silent_source.checks(dossier(found, arrived))] == [None]


def test_a_drift_opens_to_those_who_came_from_its_day_on():
    view = View(
        trips("""
            customer  journey  minute  touchpoint
            ana       a1       0       ad
            ben       b1       20160   ad
            cleo      c1       20160   page
        """),
        SHOP,
    )
    assert open_drift(view, Who("drift of next steps", "ad", since=SINCE)).to_list() == ["ben"]
    assert open_drift(view, Who("drift of waits", "ad>page")).to_list() == ["ana", "ben"]
    assert open_drift(view, Who("drift of fitness", "shop")).to_list() == ["ana", "ben", "cleo"]
