"""How much findings are worth, in which order, and by which score."""

from __future__ import annotations

from datetime import UTC, date, datetime
from math import inf

import pytest
from tests.findings.made import finding

from desireline.errors import FormulaUnclear
from desireline.findings.finding import Effect, Harm
from desireline.findings.gather.worth import Worth
from desireline.findings.gathering import Around
from desireline.findings.opportunities.opportunity import opportunities, opportunities_of
from desireline.findings.opportunities.scores import Known, ice, own, rice, underserved
from desireline.findings.opportunities.size import size
from desireline.maps.files import read_map
from desireline.maps.outline import Outline

MAP = """
map: {id: shop, title: Shop, currency: EUR}
stages: [{id: buy, title: Buy}]
touchpoints:
  - {id: pay, stage: buy, title: Pays, when: {event: pay}, influence: partly}
  - {id: delivery, stage: buy, title: Parcel, when: {event: parcel}}
"""
AROUND = Around(
    Outline(read_map(MAP, "shop")),
    today=date(2026, 12, 31),
    first_at=datetime(2026, 1, 1, tzinfo=UTC),
    last_at=datetime(2026, 12, 31, tzinfo=UTC),
)
WORTH = Worth(journeys=1000, successes=400, of_success=(50.0, 48.0, 52.0), of_journey=20.0)
LOSES = Harm("conversion", -0.5, -0.6, -0.4)


def test_the_size_is_journeys_times_excess_times_harm():
    found = size(finding(harms=(LOSES,)), WORTH, days=365.25)
    assert found is not None
    assert found.lost.mean() == pytest.approx(100 * 0.5, rel=0.05)  # all hundred are beyond what is usual
    assert found.money is not None
    assert found.money.mean() == pytest.approx(100 * 0.5 * 50, rel=0.05)


def test_only_what_is_beyond_the_usual_counts():
    usual = finding(harms=(LOSES,), excess=0.5, evidence=(Effect("the audience", 0.9, 0.85, 0.95, "share", 100),))
    found = size(usual, WORTH, days=365.25)
    assert found is not None
    assert found.reach.mean() == pytest.approx(50, rel=0.05)


def test_what_was_seen_in_a_quarter_is_four_times_as_much_in_a_year():
    found = size(finding(harms=(LOSES,)), WORTH, days=365.25 / 4)
    assert found is not None
    assert found.reach.mean() == pytest.approx(400, rel=0.05)


def test_without_harm_without_journeys_or_without_days_there_is_no_size():
    assert size(finding(), WORTH, days=365) is None
    assert size(finding(harms=(LOSES,), journeys=0), WORTH, days=365) is None
    assert size(finding(harms=(LOSES,)), WORTH, days=0) is None
    assert size(finding(harms=(Harm("value", -5, -6, -4, "money:EUR"),)), Worth(9, 0, None, None), days=9) is None


def test_a_clear_order_is_sure_and_knowing_more_is_worth_nothing():
    large = finding(harms=(LOSES,), journeys=5000, customers=5000)
    ranked = opportunities([finding(at="pay", harms=(LOSES,)), large], WORTH, AROUND)
    assert [one.finding.at for one in ranked] == ["delivery", "pay"]
    assert [one.ranks for one in ranked] == [(1, 1), (2, 2)]
    assert [one.worth_knowing for one in ranked] == [0.0, 0.0]
    assert [one.influence for one in ranked] == ["yes", "partly"]


def test_where_two_are_as_large_knowing_is_worth_something():
    alike = [finding(at=at, harms=(Harm("conversion", -0.5, -0.9, -0.1),)) for at in ("pay", "delivery")]
    ranked = opportunities(alike, WORTH, AROUND)
    assert all(one.ranks == (1, 2) and (one.worth_knowing or 0) > 1 for one in ranked)


def test_what_else_was_found_does_not_change_a_size():
    alone = opportunities([finding(harms=(LOSES,))], WORTH, AROUND)[0]
    among = opportunities([finding(harms=(LOSES,)), finding(at="pay", harms=(LOSES,))], WORTH, AROUND)
    assert alone.lost in [one.lost for one in among]


def test_those_without_a_size_stay_behind_by_customers():
    few, many = finding(at="pay"), finding(at="delivery", customers=900)
    assert [one.finding.customers for one in opportunities([few, many], WORTH, AROUND)] == [900, 100]


KNOWN = Known(
    reach=200,
    impact=0.5,
    confidence=0.8,
    effort=4,
    importance=5,
    satisfaction=3,
    lost=100,
    money=5000,
    customers=150,
)


def test_scores_by_hand():
    assert rice(KNOWN) == pytest.approx(20)
    assert ice(KNOWN) == pytest.approx(5 * 8 * 2.5)
    assert underserved(KNOWN) == pytest.approx(7)
    assert own("money * confidence / max(effort, 1) - 2 ** 3", KNOWN) == pytest.approx(992)


@pytest.mark.parametrize(
    "formula", ["", "money +", "loss * 2", "__import__('os')", "money.real", "1 / 0", "x" * 3000, "()"]
)
def test_what_is_no_formula_is_refused_in_words(formula):
    with pytest.raises(FormulaUnclear, match="cannot be worked out"):
        assert own(formula, KNOWN) == inf


def test_efforts_go_by_rule_and_place_and_change_the_order():
    both = [finding(at="pay", harms=(LOSES,)), finding(harms=(LOSES,), journeys=150, customers=150)]
    ranked = opportunities_of(both, WORTH, AROUND, by="rice", efforts={"late@delivery": 10})
    assert [(one.finding.at, one.effort) for one in ranked] == [("pay", None), ("delivery", 10)]
