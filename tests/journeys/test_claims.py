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


def test_no_claims_claim_nothing():
    assert pl.DataFrame({"event": ["a"]}).select(first_of([]).alias("who"))["who"].to_list() == [None]
