from __future__ import annotations

import json
from textwrap import dedent

import jsonschema
import pytest

from desireline.errors import RecipeInvalid, RecipeMismatch, RecipeUnreadable
from desireline.maps.written import read_yaml
from desireline.recipes.files import load_recipe, match_files, read_recipe, recipe_schema

from .given import recipe

GOOD = """\
recipe: shop
times: {form: day first, zone: Europe/Berlin}
sources:
  orders: {file: "orders*.csv", missing: ["?", 99], decimal: comma}
  people: {file: people.xlsx}
tables:
  placed:
    into: events
    source: orders
    join:
      - {source: people, on: customer, required: true}
    customer: [people.person, customer]
    events:
      - event: {text: placed}
        at: bought
        where: {property: {state: [paid, 1]}}
    properties: all
  voices:
    into: feedback
    source: people
    answers:
      - {question: {text: Again?}, answer: again, rule: nps, not_answers: [11, Blank]}
"""


def faults(text: str) -> list[str]:
    """What is wrong with a recipe, one line for each fault."""
    with pytest.raises(RecipeInvalid) as caught:
        read_recipe(dedent(text), "shop.recipe.yaml")
    return caught.value.faults


def changed(before: str, after: str) -> str:
    assert before in GOOD
    return GOOD.replace(before, after)


def test_a_recipe_is_loaded_from_its_file(tmp_path):
    file = tmp_path / "shop.recipe.yaml"
    file.write_text(GOOD, encoding="utf-8")
    loaded = load_recipe(file)
    assert (loaded.recipe, list(loaded.tables)) == ("shop", ["placed", "voices"])
    assert loaded.sources["orders"].missing == ["?", "99"]
    assert read_recipe("\ufeff" + GOOD, "x") == loaded


def test_a_file_that_is_no_recipe_says_so(tmp_path):
    with pytest.raises(RecipeUnreadable, match="there is no such file"):
        load_recipe(tmp_path / "none.recipe.yaml")
    with pytest.raises(RecipeUnreadable, match="line 1: this holds no recipe"):
        read_recipe("- a\n- b\n", "list.yaml")
    with pytest.raises(RecipeUnreadable, match="line 1: this holds no recipe"):
        read_recipe("", "empty.yaml")
    with pytest.raises(RecipeUnreadable, match="line 2"):
        read_recipe("recipe: a\n\tsources: b\n", "tab.yaml")


def test_a_field_that_does_not_exist_names_its_line_and_the_nearest():
    assert faults(changed("        at: bought", "        att: bought")) == [
        "line 14, field tables.placed.events.at: is missing.",
        "line 15, field tables.placed.events.att: no field is called “att” here. Did you mean 'at'?",
    ]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (
            "at: bought",
            "at: {txt: now}",
            "line 15, field tables.placed.events.at: must be a column, a list of columns",
        ),
        (
            "properties: all",
            "properties: 3",
            "line 17, field tables.placed.properties: must be `all`, a list",
        ),
        (
            "into: events",
            "into: event",
            "line 8, field tables.placed.into: must be events, feedback, customers or",
        ),
        (
            "    source: orders\n",
            "    source: order\n",
            "line 9, field tables.placed.source: there is no source “order”. Did you mean 'orders'?",
        ),
        ("zone: Europe/Berlin", "zone: Berlin", "line 2, field times.zone: No time zone is called 'Berlin'."),
        (
            "form: day first",
            "form: dayfirst",
            "line 2, field times.form: No form of time is called 'dayfirst'. Did you mean 'day first'?",
        ),
        (
            "where: {property: {state: [paid, 1]}}",
            "where: {question: x}",
            "line 16, field tables.placed.events.where: events have no question",
        ),
        (
            "where: {property: {state: [paid, 1]}}",
            'where: {event: {regex: "("}}',
            "line 16, field tables.placed.events.where.event.regex: this regular",
        ),
        ("people.person", "persons.person", None),
        (
            "- {source: people, on: customer, required: true}",
            "- {source: people}",
            "line 11, field tables.placed.join.on: is missing.",
        ),
        ("customer: [people.person, customer]", "customer: orders2.x", None),
        (
            "rule: nps,",
            "rule: nps, low: 1, high: 5,",
            "line 22, field tables.voices.answers: question 'Again?': NPS is asked on 0–10",
        ),
    ],
)
def test_every_fault_is_told_in_plain_words(before, after, fault):
    if fault is None:
        read_recipe(changed(before, after), "a dot need not mean a source")
        return
    found = faults(changed(before, after))
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_a_table_that_does_not_say_what_it_becomes_is_told():
    assert faults(changed("    into: events\n", "")) == [
        "line 7, field tables.placed: `into` is missing; it must be events, feedback, customers or campaigns."
    ]


def test_a_column_of_a_source_that_is_not_joined_is_told():
    found = faults(changed("    join:\n      - {source: people, on: customer, required: true}\n", ""))
    assert found == [
        "line 10, field tables.placed.customer: “people.person” belongs to a source that this table does "
        "not join. Add it under `join`."
    ]


SHOP = recipe("""
    sources:
      orders: {file: "orders*.csv"}
      old: {file: "orders_2019*.csv"}
      people: {file: people.xlsx}
      spare: {file: spare.csv}
    tables:
      placed: {into: customers, source: orders, customer: c, join: [{source: people, on: c}]}
      before: {into: customers, source: old, customer: c}
""")


def test_files_go_to_the_source_with_the_most_specific_pattern():
    names = ["in/Orders_2020.CSV", "in/orders_2019_a.csv.gz", "C:\\in\\orders.csv", "PEOPLE.xlsx"]
    assert match_files(SHOP, names) == {
        "orders": ["in/Orders_2020.CSV", "C:\\in\\orders.csv"],
        "old": ["in/orders_2019_a.csv.gz"],
        "people": ["PEOPLE.xlsx"],
    }


def test_files_that_nobody_takes_and_sources_without_files_are_told_together():
    with pytest.raises(RecipeMismatch) as caught:
        match_files(SHOP, ["orders.csv", "people.csv"])
    assert str(caught.value) == (
        "No source of the recipe takes people.csv. Its sources: orders (orders*.csv), "
        "old (orders_2019*.csv), people (people.xlsx), spare (spare.csv). "
        "The recipe also needs old (a file named orders_2019*.csv), people (a file named people.xlsx); "
        "name it in the same call."
    )


def test_the_schema_takes_what_the_reader_takes():
    check = jsonschema.Draft202012Validator(recipe_schema())
    jsonschema.Draft202012Validator.check_schema(recipe_schema())
    assert list(check.iter_errors(read_yaml(GOOD, "good").data)) == []
    assert list(check.iter_errors(read_yaml(changed("at: bought", "att: bought"), "bad").data)) != []


def faults_of(text: str) -> list[str]:
    """What is wrong with a recipe that may be right."""
    try:
        read_recipe(text, "broken.yaml")
    except RecipeInvalid as refused:
        return refused.faults
    return []


def places(node, place=()):
    """Every place of a document."""
    yield place
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, inner in entries:
        yield from places(inner, (*place, step))


@pytest.mark.parametrize("wrong", [None, 3, True, "nonsense", [], {}, [[]], {"x": 1}, [{"x": None}]])
def test_whatever_stands_in_a_recipe_it_is_read_or_refused_with_a_line(wrong):
    document = read_yaml(GOOD, "good").data
    for place in list(places(document))[1:]:
        broken = json.loads(json.dumps(document))
        spot = broken
        for step in place[:-1]:
            spot = spot[step]
        spot[place[-1]] = wrong
        told = faults_of(json.dumps(broken, indent=1))
        assert all(fault.startswith("line ") for fault in told), (place, told)
