from __future__ import annotations

import json

import polars as pl

from desireline.recipes.refused_rows import mask_refusals
from desireline.tables import REFUSALS


def refused(*raw: str | None, detail: str | None = None) -> pl.DataFrame:
    """Refused rows with this raw text."""
    return REFUSALS.shape(pl.DataFrame({"raw": pl.Series(raw, dtype=pl.String)}).with_columns(detail=pl.lit(detail)))


def test_personal_data_in_a_refused_row_is_masked_cell_by_cell():
    row = {
        "at": "never",
        "first_name": "Ana",
        "product_name": "Shoe",
        "note": "call\nana@example.com",
        "id": "ORD-12345",
    }
    shown = mask_refusals(refused(json.dumps(row), detail="at is “ana@example.com”. It cannot be read."))
    assert json.loads(shown["raw"][0]) == {
        "at": "never",
        "first_name": "[personal]",
        "product_name": "Shoe",
        "note": "call\n[e-mail]",
        "id": "ORD-12345",
    }
    assert shown["detail"].to_list() == ["at is “[e-mail]”. It cannot be read."]


def test_ids_by_which_a_row_is_found_again_stay_whole():
    row = {
        "hash": "7753ff4111111111111111d381e581f0671",
        "chat": "1409.2025550143.TzBlankActor",
        "customer_id": "ana.b",
    }
    shown = mask_refusals(refused(json.dumps(row)))
    assert json.loads(shown["raw"][0]) == row


def test_a_row_that_is_no_object_is_masked_as_text():
    texts = ["ana,ana@example.com,3", "{ana@example.com", '{"a": ["ana@example.com"]}', "1700000000000", "", None]
    shown = mask_refusals(refused(*texts))
    assert shown["raw"].to_list() == [
        "ana,[e-mail],3",
        "{[e-mail]",
        '{"a": ["[e-mail]"]}',
        "1700000000000",
        "",
        None,
    ]


def test_no_refusals_stay_none():
    assert mask_refusals(REFUSALS.empty()).schema == REFUSALS.empty().schema
