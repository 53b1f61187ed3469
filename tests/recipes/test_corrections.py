"""A recipe is told by its parts, and corrected by them."""

from __future__ import annotations

import pytest

from desireline.errors import RecipeError
from desireline.recipes.corrections import correct, parts_of
from desireline.recipes.files import read_recipe

TEXT = """\
recipe: shop
times: {zone: UTC}
sources:
  orders: {file: "orders*.csv"}
  people: {file: "people*.csv"}
  surveys: {file: "surveys*.csv"}
tables:
  orders:
    into: events
    source: orders
    join: [{source: people, on: person}]
    customer: people.email
    case: order
    properties: {state: people.state}
    events:
      - {event: {text: bought}, at: bought_at, value: price}
      - {event: {text: came}, at: came_at, due: promised_at}
  log: {into: events, source: orders, customer: person, events: [{event: what, at: at}]}
  surveys:
    into: feedback
    source: surveys
    customer: [email, person]
    answers: [{question: {text: ease}, answer: q1, text: why, low: 1, high: 5}]
"""


def roles(text: str) -> list[tuple[str, str, str, str | None]]:
    parts = parts_of(read_recipe(text, "recipe"))
    return [(part["table"], row["role"], row["column"], row["name"]) for part in parts for row in part["rows"]]


def test_every_column_has_a_row_and_names_stand_with_their_instant_or_answer():
    assert roles(TEXT) == [
        ("orders", "who", "people.email", None),
        ("orders", "which journey", "order", None),
        ("orders", "event", "bought_at", "bought"),
        ("orders", "money", "price", None),
        ("orders", "event", "came_at", "came"),
        ("orders", "promised for", "promised_at", None),
        ("orders", "kept beside", "people.state", None),
        ("log", "who", "person", None),
        ("log", "event", "what", None),
        ("log", "when", "at", None),
        ("surveys", "who", "email, else person", None),
        ("surveys", "question", "q1", "ease"),
        ("surveys", "words", "why", None),
    ]


def test_names_change_and_all_else_stays():
    new = correct(TEXT, called={"came": "delivered", "ease": "How easy was it?"})
    said = {"came": "delivered", "ease": "How easy was it?"}
    assert roles(new) == [
        (table, role, column, said.get(name or "", name)) for table, role, column, name in roles(TEXT)
    ]
    assert correct(new, called={"delivered": "came", "How easy was it?": "ease"}) == correct(TEXT)


def test_what_is_left_out_takes_with_it_what_nothing_reads_any_more():
    without = read_recipe(correct(TEXT, called={"bought": ""}, without=["surveys"]), "recipe")
    assert list(without.tables) == ["orders", "log"]
    assert (list(without.sources), without.ignore) == (["orders", "people"], ["surveys*.csv"])
    alone = read_recipe(correct(TEXT, called={"bought": "", "came": ""}, without=["log"]), "recipe")
    assert (list(alone.tables), list(alone.sources)) == (["surveys"], ["surveys"])


def test_how_a_file_is_written_is_said_of_its_source():
    new = read_recipe(correct(TEXT, written={"orders": {"encoding": "cp1252", "delimiter": ";"}}), "recipe")
    assert (new.sources["orders"].encoding, new.sources["orders"].delimiter) == ("cp1252", ";")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"called": {"nothing": "x"}}, "no event or question “nothing”"),
        ({"without": ["nothing"]}, "no table “nothing”. It has orders, log, surveys."),
        ({"written": {"nothing": {}}}, "no source “nothing”"),
        ({"without": ["orders", "log", "surveys"]}, "Nothing is left"),
    ],
)
def test_what_cannot_be_is_told(wrong: dict, says: str):
    with pytest.raises(RecipeError, match=says):
        correct(TEXT, **wrong)
