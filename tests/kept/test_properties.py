"""What is known of customers is coded once, kept, and made anew when it changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.errors import UnknownProperty, UnknownValue
from desireline.hashes import hash_text
from desireline.kept.partials import Partials
from desireline.kept.people import of_persona, of_segment
from desireline.kept.properties import Properties, code_field
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.tables import CUSTOMERS

PLAN = "property.plan"
SORTED_BY = """
format: desireline/1
map: {{id: shop, title: Shop, journey: {{by: life, patience: 1d}}}}
stages: [{{id: buy, title: Buy}}]
touchpoints: [{{id: pay, stage: buy, title: Pays, when: {{event: pay}}}}]
personas: [{{id: some, title: Some, segment: {{property: {{{field}: x}}}}}}]
"""


class Lake:
    """A lake of one bucket of customers: id, properties."""

    def __init__(self, *people: tuple[str, dict[str, str]]) -> None:
        self.buckets = 1
        self.read = 0
        self._people = people

    def customers(self, bucket: int) -> pl.DataFrame:
        """Each as a row."""
        self.read += 1
        rows = {"customer_id": [who for who, _ in self._people], "properties": [json.dumps(p) for _, p in self._people]}
        return CUSTOMERS.empty().select("customer_id", "properties").vstack(pl.DataFrame(rows, schema=SHAPE))

    def fingerprints(self, table: str, bucket: int) -> tuple[str, ...]:
        """Named by who is in it."""
        return (repr(self._people),)


SHAPE = {"customer_id": pl.String, "properties": pl.String}


def known(lake: Lake, folder: Path) -> Properties:
    return Properties(lake, Partials(folder))  # type: ignore[arg-type]


def crowd(**plans: int) -> Iterator[tuple[str, dict[str, str]]]:
    """So many customers of each plan."""
    for plan, many in plans.items():
        yield from ((f"{plan}{k}", {"plan": plan}) for k in range(many))


people = st.lists(st.tuples(st.sampled_from("abcdef"), st.dictionaries(st.sampled_from(["plan", "x"]), st.text())))


@settings(deadline=None)
@given(people)
def test_each_customer_has_what_the_last_record_says(rows: list[tuple[str, dict[str, str]]]):
    column = code_field(Lake(*rows).customers(0), PLAN)
    found = dict(zip(column.key.tolist(), column.texts.to_list(), strict=True))
    ids = list(dict(rows))
    keys = hash_text(pl.Series(ids, dtype=pl.String)).tolist()
    assert found == {key: dict(rows)[who].get("plan") for key, who in zip(keys, ids, strict=True)}
    assert column.key.tolist() == sorted(column.key.tolist())


def test_customers_are_read_once_for_all_values_of_a_property(tmp_path: Path):
    lake = Lake(*crowd(gold=7, tin=5))
    for plan, many in (("gold", 7), ("tin", 5)):
        chosen = of_segment(known(lake, tmp_path), {"plan": plan})
        assert chosen.among(0, known(lake, tmp_path).column(0, PLAN).key).sum() == many
    assert lake.read == 1
    more = Lake(*crowd(gold=9))
    assert known(more, tmp_path).values(PLAN).customers == 9


def test_a_property_or_a_value_that_nobody_has_is_told_with_the_nearest(tmp_path: Path):
    few = known(Lake(*crowd(gold=7, golden=1)), tmp_path)
    with pytest.raises(UnknownProperty, match=r"No customer has a property 'plam'\. Did you mean 'plan'\?"):
        of_segment(few, {"plam": "gold"})
    with pytest.raises(UnknownValue, match=r"No customer has plan=gould\. Did you mean 'gold'\?"):
        of_segment(few, {"plan": "gould"})
    with pytest.raises(UnknownValue, match=r"No customer has plan=goldene\. Did you mean 'gold'\?"):
        of_segment(few, {"plan": "goldene"})  # what one customer has is not told
    with pytest.raises(UnknownProperty, match="import a table of them"):
        of_segment(known(Lake(), tmp_path), {"plan": "gold"})
    assert of_segment(few, {"plan": "golden"})  # one customer has it: there is an answer, and it is kept back


def test_personas_make_room_for_the_one_asked_about_last(tmp_path: Path):
    fields = ["plan", "region", "age"]
    lake = Lake(*((f"c{k}", dict.fromkeys(fields, "x" if k < 70 else "y")) for k in range(100)))
    kept = Partials(tmp_path, room=9000)
    keys = code_field(lake.customers(0), PLAN).key

    def ask(field: str) -> None:
        some = of_persona(Properties(lake, kept), Outline(read_map(SORTED_BY.format(field=field))), "some")  # type: ignore[arg-type]
        assert some.among(0, keys).sum() == 70
        assert 0 < sum(path.stat().st_size for path in tmp_path.rglob("*.part")) <= 9000

    read = lake.read
    for field in [*fields, "age", "plan"]:
        ask(field)
    assert lake.read - read == len(fields) + 1  # the last one had to go, the one asked about twice was there


def test_all_names_of_properties_are_told_once(tmp_path: Path):
    assert known(Lake(("ana", {"plan": "x", "age": "3"}), ("ben", {"plan": "y"})), tmp_path).names() == ["age", "plan"]
    assert known(Lake(), tmp_path).names() == []
