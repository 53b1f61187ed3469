"""What a manager is told: the numbers of the readings, the findings and the verdicts, in words, and what is missing."""

from __future__ import annotations

import polars as pl

from desireline.draw.brief.brief import brief
from desireline.draw.brief.told import no_claims
from desireline.draw.finding import say_range, say_size
from desireline.findings.opportunities.opportunity import opportunities

from .briefs import empty_brief, sample_brief, sample_findings
from .sample import sample_ledger, sample_meta, sample_outline, sample_readings


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_head_says_what_when_how_fresh_and_of_how_many():
    told = sample_brief()
    assert (told.title, told.question) == ("Buying clothes online", sample_outline().map.map.purpose)
    assert [plain(fact) for fact in told.facts[:4]] == [
        "Data from 1 April 2025 to 31 March 2026",
        "Newest data 3 days ago; map reviewed 12 days ago",
        "n = 4,000 customers",
        "5,212 journeys",
    ]


def test_three_key_figures_stand_with_intervals_and_targets():
    keys = [tuple(map(plain, (key.title, key.value, key.interval, key.target))) for key in sample_brief().keys]
    assert keys == [
        ("Conversion", "43.1 %", "95 % interval 41.5–44.7 %", "target at least 45 %: missed"),
        ("Median time", "9.2 days", "95 % interval 8.9–9.5 days", ""),
        ("Promise kept", "80.6 %", "95 % interval 78.7–82.5 %", ""),
    ]


def test_findings_are_told_by_what_they_cost_with_the_numbers_of_the_command():
    found = sample_findings()
    ranked = opportunities(found.findings, found.worth, found.around)
    told = sample_brief()
    assert [one.id for one in told.claims] == [one.finding.id for one in ranked]
    assert [one.effect for one in told.claims] == [say_size(one.finding.effect) for one in ranked]
    assert [one.lost for one in told.claims] == [say_range(one.lost, "") if one.lost else "" for one in ranked]
    assert len(told.top) == 5
    assert told.first_of == "the first 5 of 6 findings"


def test_what_was_decided_stands_with_the_finding():
    decided = {one.place: one.decided for one in sample_brief().claims if one.decided}
    assert decided == {
        "Parcel arrives": ("Initiative “Send parcels twice a day” (running)",),
        "Delivery costs shown": ("Accepted by Ben: costs come first",),
    }


def test_each_initiative_has_owner_target_state_and_verdict_in_words():
    told = [
        tuple(map(plain, (one.title, one.who, one.target, one.verdict, "; ".join(one.effects))))
        for one in sample_brief().deeds
    ]
    target = "Promise kept at “Parcel arrives”: +10.0 pp"
    assert told == [
        ("Send parcels twice a day", "Ana · Shop", target, "+ helped", "+6.1 pp [+4.1 to +8.1 pp]"),
        ("Show costs on the page", "Ana · Shop", target, "○ no clear effect", "+0.4 pp [−1.6 to +2.4 pp]"),
        ("Repair the checkout", "Ana · Shop", target, "− harmed", "−5.2 pp [−7.2 to −3.2 pp]"),
        ("Answer within a day", "Ana · Shop", target, "… too early", ""),
        ("Refund at once", "Ana · Shop", target, "not judged yet", ""),
    ]


def test_a_departure_is_marked_unless_it_is_a_trace_or_told_by_the_loss():
    stops = {stop.title: [one.kind for one in stop.departures] for part in sample_brief().parts for stop in part.stops}
    assert stops["Parcel arrives"] == ["late"]
    assert stops["Contact: phone, chat or e-mail"] == ["repeated", "wrong channel"]
    assert stops["Delivery costs shown"] == []  # lost there: its drop-off says so
    assert stops["Order confirmation"] == []  # 41 of 5,212 journeys


def test_what_was_not_measured_is_told_and_never_a_zero():
    stops = {stop.title: stop for part in sample_brief().parts for stop in part.stops}
    assert not stops["Style quiz"].measured
    assert stops["Style quiz"].reach is None


def test_a_map_without_data_says_so_and_what_to_do():
    told = empty_brief()
    assert (told.keys, told.parts, told.claims, told.deeds, told.measured) == ((), (), (), (), False)
    assert told.lead == "This map has not been measured yet: it shows what is intended."
    assert no_claims(told).startswith("Nothing was looked for yet. Import data")


def test_small_groups_are_silent_here_too():
    few = sample_readings().with_columns(pl.lit(4).alias("n"))
    ledger = sample_ledger().with_columns(pl.lit(4).alias("customers"))
    told = brief(sample_outline(), few, ledger, sample_meta())
    assert told.keys == ()
    assert not any(stop.measured for part in told.parts for stop in part.stops)
