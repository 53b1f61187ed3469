from __future__ import annotations

from desireline.identity.customers import clean_customers
from desireline.recipes.cleaned import BOOKKEEPING
from desireline.tables import CUSTOMERS
from recipes.given import cells, fates, recipe, rows

CRM = recipe("""
    sources: {crm: {file: crm.csv}}
    tables:
      crm: {into: customers, source: crm, customer: [id, mail]}
""")


def test_a_row_describes_a_customer_by_all_columns_that_do_not_name_them():
    batch = rows("""
        id | mail | city | plan
        c1 | a@b  | Ulm  | pro
           | b@c  |      | free
           |      | Bonn |
        c1 | a@b  | Kiel | pro
    """)
    cleaned = clean_customers(batch, CRM.tables["crm"], CRM, name="crm", file="crm.csv")
    fates(batch, cleaned.records, cleaned.refused)
    assert cleaned.records.schema == {**CUSTOMERS.columns, **BOOKKEEPING}
    assert cells(cleaned.records, "customer_id", "properties", "source", "row") == [
        ("c1", '{"city":"Ulm","plan":"pro"}', "crm", 1),
        ("b@c", '{"plan":"free"}', "crm", 2),
        ("c1", '{"city":"Kiel","plan":"pro"}', "crm", 4),
    ]
    assert cells(cleaned.refused, "row", "reason", "raw") == [(3, "no_customer", '{"city":"Bonn"}')]


def test_no_rows_describe_nobody():
    cleaned = clean_customers(rows("id | mail | city"), CRM.tables["crm"], CRM, name="crm", file="crm.csv")
    assert (len(cleaned.records), len(cleaned.refused)) == (0, 0)
