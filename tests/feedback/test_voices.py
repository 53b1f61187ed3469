"""What staff wrote down is not what customers said."""

from __future__ import annotations

import polars as pl
import pytest

from desireline.feedback.voices import of_customers


@pytest.mark.parametrize(
    ("kind", "properties", "said_by_customer"),
    [
        ("note", None, False),
        ("note", "{}", False),
        ("note", '{"role": "interviewer"}', False),
        ("note", '{"role": "Customer service"}', False),
        ("note", '{"about": "customer", "role": "agent"}', False),
        ("note", '{"said": "\\"role\\": \\"customer\\"", "team": "x"}', False),
        ("note", '{"role": "Customer"}', True),
        ("note", '{"Role":" CLIENT "}', True),
        ("note", '{"place": "home", "role": "participant", "team": "x"}', True),
        ("note", '{"role": "interviewee"}', True),
        ("review", None, True),
        ("ticket", '{"role": "agent"}', True),
        (None, None, True),
    ],
)
def test_a_note_is_of_a_customer_only_when_its_role_says_so(
    kind: str | None, properties: str | None, said_by_customer: bool
):
    rows = pl.DataFrame(
        {"kind": [kind], "properties": [properties]}, schema=dict.fromkeys(("kind", "properties"), pl.String)
    )
    assert rows.select(of_customers()).to_series().to_list() == [said_by_customer]
    assert rows.cast({"kind": pl.Categorical}).select(of_customers()).to_series().to_list() == [said_by_customer]


def test_no_rows_have_no_verdict():
    assert pl.DataFrame(schema={"kind": pl.String, "properties": pl.String}).select(of_customers()).height == 0
