from __future__ import annotations

from datetime import date
from decimal import Decimal

from desireline.events.campaigns import clean_campaigns
from desireline.recipes.cleaned import BOOKKEEPING
from desireline.tables import CAMPAIGNS
from recipes.given import cells, fates, recipe, rows

PLAN = recipe("""
    times: {form: day first}
    sources: {plan: {file: plan.csv}}
    tables:
      plan:
        into: campaigns
        source: plan
        campaign: id
        title: name
        kind: {text: campaign}
        channel: via
        starts: from
        ends: to
        cost: cost
        currency: EUR
        properties: [goal]
""")


def test_a_row_becomes_a_campaign_with_calendar_dates_that_need_no_zone():
    batch = rows("""
        id | name   | via  | from       | to        | cost  | goal
        s1 | Spring | mail | 1.3.2026   | 31.3.2026 | 99,50 | sell
        s2 |        |      |            |           |       |
           | Nobody |      |            |           |       |
        s4 | Late   |      | 31.2.2026  |           |       |
        s5 | Dear   |      |            |           | much  |
    """)
    cleaned = clean_campaigns(batch, PLAN.tables["plan"], PLAN, name="plan", file="plan.csv")
    fates(batch, cleaned.records, cleaned.refused)
    assert cleaned.records.schema == {**CAMPAIGNS.columns, **BOOKKEEPING}
    assert cells(cleaned.records, "campaign_id", "title", "kind", "channel", "cost", "currency") == [
        ("s1", "Spring", "campaign", "mail", Decimal("99.5"), "EUR"),
        ("s2", None, "campaign", None, None, None),
    ]
    assert cells(cleaned.records, "starts_on", "ends_on", "properties", "source", "row") == [
        (date(2026, 3, 1), date(2026, 3, 31), '{"goal":"sell"}', "plan", 1),
        (None, None, "{}", "plan", 2),
    ]
    assert cells(cleaned.refused, "row", "reason") == [(3, "no_id"), (4, "bad_time"), (5, "bad_number")]


def test_no_rows_give_no_campaigns():
    head = rows("id | name | via | from | to | cost | goal")
    cleaned = clean_campaigns(head, PLAN.tables["plan"], PLAN, name="plan", file="plan.csv")
    assert (len(cleaned.records), len(cleaned.refused)) == (0, 0)
