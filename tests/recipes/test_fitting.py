"""A recipe fitted to what is there: parts without files or columns are left out, and told."""

from __future__ import annotations

import pytest

from desireline.recipes.columns import check_columns
from desireline.recipes.fitting import fit
from desireline.recipes.records import EventTable, FeedbackTable, Recipe

from .given import recipe

DESK = """
    times: {form: iso, zone: UTC}
    sources:
      tickets: {file: ticket*}
      history: {file: history*, history: {of: [ticket], at: at, value: value}}
      people: {file: people*}
    tables:
      tickets:
        into: events
        source: tickets
        join:
          - {source: people, on: {who: id}, take: {mail: first}}
          - {source: history, on: {id: ticket}, take: {value: count}}
        customer: [people.mail, who]
        case: id
        channel: via
        properties: {priority: priority, kind: type}
        events:
          - {event: {text: written}, at: made}
          - {event: {text: answered}, at: replied}
          - {event: status, at: touched, where: {property: {history.value: {absent: true}}}}
      history:
        into: events
        source: history
        join: [{source: tickets, on: {ticket: id}, required: true}]
        customer: tickets.who
        events:
          - {event: {text: moved}, at: at, where: {property: {before: {absent: false}}}}
      ratings:
        into: feedback
        source: tickets
        customer: who
        answers:
          - {question: {text: Rating}, answer: rating, text: comment}
          - {question: {text: Words}, text: words}
"""
TICKETS = ["id", "who", "via", "made", "replied", "touched", "status", "priority", "type", "rating", "comment", "words"]
HISTORY = ["ticket", "at", "value"]
PEOPLE = ["id", "mail"]


def desk() -> Recipe:
    return recipe(DESK)


def events(made: Recipe | None, name: str) -> EventTable:
    assert made is not None
    table = made.tables[name]
    assert isinstance(table, EventTable)
    return table


def test_a_whole_export_takes_the_recipe_as_it_is():
    found = fit(desk(), {"tickets": TICKETS, "history": HISTORY, "people": PEOPLE})
    assert (found.tables, found.columns) == ({}, {})
    assert found.recipe is not None
    assert list(found.recipe.tables) == ["tickets", "history", "ratings"]
    check_columns(found.recipe, {"tickets": TICKETS, "history": [*HISTORY, "before"], "people": PEOPLE})


def test_without_a_file_go_its_tables_and_joins_and_what_its_absence_settles_is_settled():
    found = fit(desk(), {"tickets": TICKETS})
    assert found.tables == {"history": "no file of history"}
    assert found.columns == {}
    table = events(found.recipe, "tickets")
    assert (table.join, table.customer) == ([], "who")
    assert [event.where for event in table.events] == [None, None, None]  # a history that is not there is absent


def test_a_required_partner_without_a_file_takes_the_table_with_it():
    found = fit(desk(), {"history": HISTORY, "people": PEOPLE})
    assert found.recipe is None
    assert found.tables == {
        "tickets": "no file of tickets",
        "history": "no file of tickets",
        "ratings": "no file of tickets",
    }


def test_missing_columns_cost_what_they_would_have_said_and_are_told():
    some = [name for name in TICKETS if name not in ("via", "replied", "type", "words", "comment")]
    found = fit(desk(), {"tickets": some, "people": PEOPLE})
    assert found.columns == {"tickets": ("via", "type", "replied"), "ratings": ("comment", "words")}
    table = events(found.recipe, "tickets")
    assert (table.channel, table.properties, len(table.events)) == (None, {"priority": "priority"}, 2)
    assert found.recipe is not None
    ratings = found.recipe.tables["ratings"]
    assert isinstance(ratings, FeedbackTable)
    assert [(answer.answer, answer.text) for answer in ratings.answers] == [("rating", None)]


@pytest.mark.parametrize(
    ("without", "why"),
    [("who", "no column who, no file of people"), ("made", None)],
)
def test_a_table_that_knows_nobody_is_left_out(without: str, why: str | None):
    found = fit(desk(), {"tickets": [name for name in TICKETS if name != without]})
    assert found.tables.get("tickets") == why


def test_columns_are_found_in_capitals_and_properties_keep_their_names():
    loud = {
        "tickets": [name.upper() for name in TICKETS],
        "history": ["TICKET", "AT", "VALUE"],
        "people": ["ID", "MAIL"],
    }
    found = fit(desk(), loud)
    assert (found.tables, found.columns) == ({}, {})
    table = events(found.recipe, "tickets")
    assert table.customer == ["people.MAIL", "WHO"]
    assert table.properties == {"priority": "PRIORITY", "kind": "TYPE"}
    assert table.join[0].on == {"WHO": "ID"}
    assert found.recipe is not None
    history = found.recipe.sources["history"].history
    assert history is not None
    assert (history.of, history.at, history.value) == (["TICKET"], "AT", "VALUE")
    check_columns(found.recipe, {**loud, "history": [*loud["history"], "before"]})


def test_a_history_without_its_columns_is_a_plain_source():
    found = fit(desk(), {"tickets": TICKETS, "history": ["ticket", "value"], "people": PEOPLE})
    assert found.recipe is not None
    assert found.recipe.sources["history"].history is None
    assert found.tables == {"history": "no column before"}


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ("{property: {gone: x}}", False),
        ("{property: {gone: {absent: true}}}", True),
        ("{property: {gone: {absent: false}}}", False),
        ("{not: {property: {gone: x}}}", True),
        ("{not: {property: {gone: {absent: true}}}}", False),
        ("{any: [{property: {gone: x}}, {property: {gone: y}}]}", False),
        ("{any: [{property: {gone: x}}, {property: {gone: {absent: true}}}]}", True),
        ("{all: [{property: {gone: x}}, {property: {id: y}}]}", False),
        ("{all: [{property: {gone: {absent: true}}}]}", True),
    ],
)
def test_a_rule_about_a_column_that_is_not_there_is_settled_as_if_it_were_empty(where: str, left: bool):
    text = f"""
    sources: {{tickets: {{file: t*}}}}
    tables:
      t:
        into: events
        source: tickets
        customer: id
        events: [{{event: {{text: seen}}, at: at, where: {where}}}]
    """
    found = fit(recipe(text), {"tickets": ["id", "at"]})
    assert (found.recipe is not None) == left
    if found.recipe is not None:
        assert [event.where for event in events(found.recipe, "t").events] == [None]


def test_what_is_left_of_a_rule_still_has_to_hold():
    text = """
    sources: {tickets: {file: t*}}
    tables:
      t:
        into: events
        source: tickets
        customer: id
        events:
          - {event: {text: a}, at: at, where: {any: [{property: {gone: x}}, {property: {id: y}}]}}
          - {event: {text: b}, at: at, where: {property: {ID: z}, not: {property: {gone: x}}}}
    """
    found = fit(recipe(text), {"tickets": ["id", "at"]})
    rules = [event.where for event in events(found.recipe, "t").events]
    assert [rule and rule.model_dump(by_alias=True) for rule in rules] == [
        {"any": [{"property": {"id": "y"}}]},
        {"property": {"id": "z"}},
    ]
