"""Recipes applied to real exports, against facts counted straight from the files."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from desireline.events.clean import clean_events
from desireline.feedback.clean import clean_feedback
from desireline.recipes.cleaned import Cleaned
from desireline.recipes.columns import Lookup, check_columns, join_columns, unused_rows
from desireline.recipes.files import match_files
from desireline.recipes.records import EventTable, FeedbackTable, Recipe
from desireline.sources.read import read

from .given import fates, recipe

DATA = Path(os.environ.get("DESIRELINE_DATA", Path(__file__).parents[2] / "../shared/data"))


def files(folder: str) -> list[str]:
    found = sorted(str(path) for path in (DATA / folder).glob("*.gz"))
    if not found:
        pytest.skip(f"no files in {DATA / folder}; set DESIRELINE_DATA to the folder of public data sets")
    return found


def apply(given_recipe: Recipe, names: list[str]) -> tuple[dict[str, Cleaned], dict[str, int]]:
    """Each table cleaned in one batch, and how many rows of each joined source nobody referred to."""
    matched = match_files(given_recipe, names)
    whole = {
        source: pl.concat(batch.rows for name in found for batch in read(name, given_recipe.sources[source]))
        for source, found in matched.items()
    }
    check_columns(given_recipe, {source: frame.columns for source, frame in whole.items()})
    made, lookups = {}, []
    for name, table in given_recipe.tables.items():
        own = {join.source: Lookup(join, whole[join.source]) for join in table.join}
        lookups += own.values()
        frame = join_columns(whole[table.source], table.join, own)
        if isinstance(table, EventTable):
            made[name] = clean_events(frame, table, given_recipe, name=name, file="in")
        elif isinstance(table, FeedbackTable):
            made[name] = clean_feedback(frame, table, given_recipe, name=name, file="in")
        fates(frame, made[name].records, made[name].refused)
    left = {
        source: len(unused_rows(frame, [one for one in lookups if one.join.source == source]))
        for source, frame in whole.items()
    }
    return made, left


def test_orders_of_five_tables_become_journeys_with_their_promise_and_their_review():
    olist = recipe("""
        times: {zone: America/Sao_Paulo}
        sources:
          orders: {file: "*_orders_*"}
          items: {file: "*_order_items_*"}
          payments: {file: "*_order_payments_*"}
          reviews: {file: "*_order_reviews_*"}
          customers: {file: "*_customers_*"}
        tables:
          orders:
            into: events
            source: orders
            join:
              - {source: customers, on: customer_id, required: true}
              - {source: items, on: order_id, take: {price: sum, order_item_id: count}}
              - {source: payments, on: order_id, take: {payment_value: sum, payment_type: first}}
            customer: customers.customer_unique_id
            case: order_id
            currency: BRL
            events:
              - {event: {text: placed}, at: order_purchase_timestamp, value: payments.payment_value}
              - {event: {text: approved}, at: order_approved_at}
              - {event: {text: handed over}, at: order_delivered_carrier_date}
              - event: {text: delivered}
                at: order_delivered_customer_date
                due: order_estimated_delivery_date
          reviews:
            into: feedback
            source: reviews
            kind: review
            join:
              - {source: orders, on: order_id, required: true}
              - {source: customers, on: {orders.customer_id: customer_id}, required: true}
            customer: customers.customer_unique_id
            case: order_id
            at: review_answer_timestamp
            answers:
              - question: {text: Review}
                answer: review_score
                text: review_comment_message
                low: 1
                high: 5
    """)
    made, left = apply(olist, files("olist/sample_reviews"))
    events, reviews = made["orders"].records, made["reviews"].records
    placed = events.filter(pl.col("event") == "placed")
    assert (len(placed), events["case_id"].n_unique(), events["customer_id"].n_unique()) == (4000, 4000, 3998)
    delivered = events.filter(pl.col("event") == "delivered")
    late = delivered.select((pl.col("at") > pl.col("due_at")).mean() * 100).item()
    assert round(late, 3) == 8.594
    spent = placed.select("case_id", placed=pl.col("at")).join(delivered, on="case_id")
    assert round(spent.select((pl.col("at") - pl.col("placed")).median().dt.total_seconds() / 86400).item(), 2) == 10.08
    counts = dict(reviews.group_by("score").len().rows())
    assert counts == {5.0: 2293, 4.0: 765, 3.0: 337, 2.0: 137, 1.0: 454}
    assert sum(len(one.refused) for one in made.values()) == 0
    assert left == {"orders": 28, "items": 0, "payments": 0, "reviews": 3986, "customers": 0}


def test_day_first_tickets_are_not_swapped():
    incidents = recipe("""
        times: {form: day first, zone: UTC}
        sources: {log: {file: "incident_updates*", missing: ["?"]}}
        tables:
          updates:
            into: events
            source: log
            customer: [caller_id, number]
            case: number
            channel: contact_type
            events: [{event: incident_state, at: sys_updated_at}]
    """)
    made, _ = apply(incidents, files("it_incidents"))
    records = made["updates"].records
    assert (len(records), records["case_id"].n_unique()) == (119_998, 20_769)
    assert records["at"].max().date().isoformat() == "2017-02-15"
    assert records["at"].min().date().isoformat() == "2016-02-29"
    states = dict(records.group_by("event").len().rows())
    assert (states["Active"], states["Closed"], states["-100"]) == (33_582, 20_825, 2)


def test_codes_of_a_passenger_survey_are_never_averaged():
    airport = recipe("""
        sources: {survey: {file: "2017_sfo*"}}
        tables:
          answers:
            into: feedback
            source: survey
            customer: RESPNUM
            weight: WEIGHT
            answers:
              - {question: {text: Recommend}, answer: NETPRO, rule: nps, not_answers: [11]}
              - question: {text: Overall}
                answer: Q7ALL
                rule: csat
                low: 1
                high: 5
                not_answers: [0, 6, Blank]
              - question: {text: Food}
                answer: Q7FOOD
                rule: mean
                low: 1
                high: 5
                not_answers: [0, 6, Blank]
    """)
    made, _ = apply(airport, files("sfo_airport_survey_2017"))
    records = made["answers"].records
    nps = records.filter(question="Recommend")["score"].drop_nulls()
    assert (len(nps), (nps >= 9).sum(), (nps <= 6).sum()) == (2746, 1436, 342)
    overall = records.filter(question="Overall")["score"].drop_nulls()
    assert (len(overall), (overall >= 4).sum()) == (2688, 2206)
    assert records["score"].max() == 10
    assert records.filter(question="Food")["score"].max() == 5
    assert not records["properties"].str.contains("_bad_score").any()
