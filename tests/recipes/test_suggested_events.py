"""Which column says what happened: by its name in several languages, by its shape, or as a person answers."""

from __future__ import annotations

import pytest

from desireline.recipes.suggest import suggest
from desireline.recipes.suggest.study import Question

from .suggesting import open_codes, preview, suggested

STEPS = ("opened leaflet", "asked for an offer", "signed")
PLACES = ("Online", "Cologne")


def visits(what: str, where: str = "where") -> str:
    """Three customers with three rows each; both columns of words change from row to row."""
    rows = [
        f"c{who} | 2026-03-0{who} 1{step}:00Z | {STEPS[step]} | {PLACES[(who + step) % 2]}"
        for who in (1, 2, 3)
        for step in range(3)
    ]
    return "\n".join([f"customer_id | day | {what} | {where}", *rows])


@pytest.mark.parametrize(
    "name",
    [
        *("Vorgang", "Ereignis", "Aktivität", "Aktion", "Schritt", "Ereignistyp", "Vorgangsart"),
        *("Événement", "action", "étape", "ACTIVITÉ", "nom de l'événement", "e\u0301tape"),
        *("evento", "acción", "Actividad", "paso", "tipo de evento"),
        *("Ação", "atividade", "etapa"),
        *("gebeurtenis", "activiteit", "stap"),
        *("azione", "attività", "fase"),
    ],
)
def test_what_happened_is_known_by_its_name_in_several_languages(name):
    found = suggested(visits(name))
    assert found.questions == []
    assert found.recipe["tables"]["log"]["events"] == [{"event": name, "at": "day"}]


def test_a_table_of_one_event_is_asked_about_where_a_column_of_words_may_say_more():
    asking = suggested(visits("what"))
    says = "Which column of log says what happened? If none does, choose day: every row is then the same event."
    assert asking.questions == [Question("event", says, "--event COLUMN", ("what", "where", "day"))]


@pytest.mark.parametrize(
    ("told", "event"),
    [("what", "what"), ("log.where", "where"), ("day", {"text": "log"}), ("customer_id", "customer_id")],
)
def test_whatever_is_said_of_the_event_is_taken_and_not_asked_again(told, event):
    found = suggested(visits("what"), event=told)
    assert found.questions == []
    assert found.recipe["tables"]["log"]["events"] == [{"event": event, "at": "day"}]


def test_an_answer_for_one_source_leaves_the_others_as_they_are_without_a_question():
    sources = {"one": preview(visits("what"), "one.csv"), "two": preview(visits("which"), "two.csv")}
    assert open_codes(suggest(sources)) == ["event", "event"]
    told = suggest(sources, event="what")
    assert told.questions == []
    events = {name: table["events"][0]["event"] for name, table in told.recipe["tables"].items()}
    assert events == {"one": "what", "two": {"text": "two"}}


def test_two_columns_that_are_named_like_events_are_asked_about():
    asking = suggested(visits("Vorgang", "Schritt"))
    assert asking.questions == [
        Question("event", "Which column of log says what happened?", "--event COLUMN", ("Vorgang", "Schritt"))
    ]
    assert suggested(visits("Vorgang", "Schritt"), event="Schritt").questions == []


def test_a_surer_name_and_another_spelling_of_the_same_are_no_question():
    assert suggested(visits("event", "Schritt")).questions == []
    rows = visits("Vorgang").splitlines()
    twice = [f"{rows[0]} | Aktion", *(f"{row} | {row.split(' | ')[2].upper()}" for row in rows[1:])]
    assert suggested("\n".join(twice)).questions == []


def test_of_vague_names_the_one_that_is_shaped_like_events_is_taken():
    rows = visits("name").splitlines()
    marked = [f"{rows[0]} | state", *(f"{row} | ok" for row in rows[1:-1]), f"{rows[-1]} | failed"]
    assert suggested("\n".join(marked)).recipe["tables"]["log"]["events"] == [
        {"event": "name", "at": "day", "status": "state"}
    ]


def test_numbers_of_cases_are_no_events_whatever_their_column_is_called():
    rows = [f"c{n % 9} | V-2026-{n} | {STEPS[n % 3]} | 2026-03-01 10:{n}Z" for n in range(10, 59)]
    found = suggested("\n".join(["customer_id | Vorgang | Schritt | at", *rows]))
    assert (found.questions, found.recipe["tables"]["log"]["events"]) == ([], [{"event": "Schritt", "at": "at"}])


ONE_EVENT = {
    "the same in all rows of a customer": "\n".join(
        ["customer_id | day | tier", *(f"c{n // 3} | 2026-03-0{n + 1} | {STEPS[n // 3]}" for n in range(9))]
    ),
    "one row for each customer": "\n".join(
        ["customer_id | day | what", *(f"c{n} | 2026-03-0{n + 1} | {STEPS[n % 3]}" for n in range(9))]
    ),
    "named like a thing": visits("product", "city"),
    "codes, not words": "\n".join(
        ["customer_id | day | what", *(f"c{n % 3} | 2026-03-0{n + 1} | A{n % 2}" for n in range(9))]
    ),
    "an order in each row": "\n".join(
        [
            "customer_id | order_id | day | what",
            *(f"c{n % 3} | o{n} | 2026-03-0{n + 1} | {STEPS[n % 2]}" for n in range(9)),
        ]
    ),
    "mostly different texts": "\n".join(
        ["customer_id | day | what", *(f"c{n % 3} | 2026-03-0{n + 1} | said {n} words" for n in range(9))]
    ),
    "too few rows to tell": "\n".join(visits("what").splitlines()[:4]),
}


@pytest.mark.parametrize("table", ONE_EVENT.values(), ids=ONE_EVENT)
def test_a_table_of_one_event_stays_so_where_no_column_could_say_more(table):
    found = suggested(table, zone="UTC")
    assert found.questions == []
    assert [spec["at"] for spec in found.recipe["tables"]["log"]["events"]] == ["day"]


def test_rows_with_several_instants_are_not_asked_about():
    rows = visits("what").splitlines()
    wide = [f"{rows[0]} | closed_at", *(f"{row} | 2026-03-09 10:00Z" for row in rows[1:])]
    found = suggested("\n".join(wide))
    assert found.questions == []
    assert len(found.recipe["tables"]["log"]["events"]) == 2


def test_who_is_asked_before_what_when_neither_is_named():
    rows = visits("what").replace("customer_id", "wer")
    assert open_codes(suggested(rows)) == ["customer"]
    assert open_codes(suggested(rows, customer="wer")) == ["event"]
    assert suggested(rows, customer="wer", event="what").questions == []


def test_whoever_may_be_the_customer_is_not_what_happened():
    asking = suggested(visits("Vorgang").replace("customer_id", "Wer"))
    assert [(q.code, q.choices) for q in asking.questions] == [("customer", ("Wer", "where"))]
