"""Every customer is there once, with the first persona whose segment rule holds."""

import polars as pl

from desireline.journeys.personas import assign_personas
from desireline.tables import CUSTOMERS

from .rows import customers, sketch

RECORDS = """
    customer  with
    ben       {"plan":"free"}
    ana       {"plan":"pro","city":"Ulm"}
    cleo      {}
    ben       {"plan":"pro"}
"""
PERSONAS = [
    {"id": "unused", "segment": None},
    {"id": "local", "segment": {"property": {"city": "Ulm"}}},
    {"id": "pro", "segment": {"property": {"plan": "pro"}}},
    {"id": "stranger", "segment": {"property": {"plan": {"absent": True}}}},
]


def test_the_first_persona_in_map_order_wins_and_the_last_record_counts():
    found = assign_personas(customers(RECORDS), pl.Series(["zoe", "ana", None]), sketch("a", personas=PERSONAS))
    assert found.rows() == [
        ("ana", "local", '{"plan":"pro","city":"Ulm"}'),
        ("ben", "pro", '{"plan":"pro"}'),
        ("cleo", "stranger", "{}"),
        ("zoe", "stranger", None),
    ]


def test_without_personas_and_records_customers_are_still_there():
    found = assign_personas(CUSTOMERS.empty(), pl.Series(["zoe", "ana"]), sketch("a"))
    assert found.rows() == [("ana", None, None), ("zoe", None, None)]
    nobody = assign_personas(CUSTOMERS.empty(), pl.Series([], dtype=pl.String), sketch("a", personas=PERSONAS))
    assert nobody.rows() == []
