"""Rules judged on distinct values say the same as rules judged row by row."""

import json

import polars as pl
import pytest

from desireline.journeys.claims import fields_of, first_of, judge, with_fields
from desireline.maps.rules import Rule


def rule(**said) -> Rule:
    return Rule.model_validate(said)


@pytest.mark.parametrize("name", ["plan", "b x", "it's", 'q"q', "back\\slash", "dots.in.it", "ü", "a]b", "*", "1"])
def test_a_property_of_any_name_is_read_out_of_its_json(name):
    frame = pl.DataFrame({"properties": [json.dumps({name: 'v "\\ü\n'}), "{}", None]})
    assert with_fields(frame, [f"property.{name}"])[f"property.{name}"].to_list() == ['v "\\ü\n', None, None]


@pytest.mark.parametrize("kinds", [2, 5_000])
def test_properties_are_read_alike_whether_many_rows_share_them_or_not(kinds):
    said = [None if row % 11 == 0 else {"plan": f"p{row % kinds}"} for row in range(9_000)]
    frame = pl.DataFrame({"properties": [None if one is None else json.dumps(one) for one in said]})
    opened = with_fields(frame, ["property.plan", "property.none"])
    assert opened["property.plan"].to_list() == [one and one["plan"] for one in said]
    assert opened["property.none"].null_count() == len(said)


def test_a_field_that_the_frame_lacks_is_nothing():
    assert with_fields(pl.DataFrame({"event": ["a"]}), ["question"])["question"].to_list() == [None]


def test_the_first_claim_that_holds_wins_and_rows_stay_in_place():
    claims = [("web", rule(event="a", channel="web")), ("none", None), ("any", rule(event=["a", "b"]))]
    frame = pl.DataFrame({"event": ["b", "a", "c", "a", None], "channel": ["web", None, "web", "web", "web"]})
    judged = judge(
        frame,
        lambda values: values.with_columns(first_of(claims).alias("who")),
        fields=fields_of(claim for _, claim in claims),
    )
    assert judged.columns == ["event", "channel", "who"]
    assert judged["who"].to_list() == ["any", "any", None, "web", None]


@pytest.mark.parametrize("kinds", [1, 300, 5_000, 70_000])
def test_many_values_in_several_columns_are_judged_as_row_by_row(kinds):
    numbers = [(row * row) % kinds for row in range(3 * kinds)]
    frame = pl.DataFrame(
        {
            "event": [f"e{number}" if number % 7 else None for number in numbers],
            "channel": [("web", None, "shop")[number % 3] for number in numbers],
            "status": [None] * len(numbers),
        },
        schema_overrides={"event": pl.String, "status": pl.String},
    )
    claims = [("odd", rule(event={"regex": "[13579]$"})), ("web", rule(channel="web", status={"absent": True}))]
    expected = frame.with_columns(first_of(claims).alias("who"))
    judged = judge(frame, lambda values: values.with_columns(first_of(claims).alias("who")), fields=frame.columns)
    assert judged.equals(expected)


def test_no_claims_claim_nothing():
    assert pl.DataFrame({"event": ["a"]}).select(first_of([]).alias("who"))["who"].to_list() == [None]
