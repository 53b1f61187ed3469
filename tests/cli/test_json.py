"""Every command has `--json`: one document on standard output, nothing else there, with the keys that are promised."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from typer.main import get_command

from cli.shop import Desk
from desireline.cli.app import app

MAP = "shop.journey.yaml"
READING = ["measure", "at", "group", "period", "value", "low", "high", "n", "unit"]
COUNTS = ["read", "accepted", "refused", "duplicates", "events", "feedback", "customers"]

EVERY_COMMAND = [
    ["init", "other"],
    ["import", "-w", "shop", "-r", "shop.recipe.yaml", "log.csv", "reviews.csv"],
    ["imports", "list", "-w", "shop"],
    ["refusals", "-w", "shop"],
    ["doctor", "-w", "shop"],
    ["measure", MAP, "-w", "shop"],
    ["measures"],
    ["deviations", MAP, "-w", "shop"],
    ["customers", MAP, "customers", "-w", "shop"],
    ["customer", MAP, "c00", "-w", "shop"],
    ["paths", "funnel", "see", "pay", "-w", "shop"],
    ["paths", "edges", "-w", "shop"],
    ["paths", "routes", "-w", "shop"],
    ["paths", "visits", "-w", "shop"],
    ["paths", "retention", "-w", "shop"],
    ["paths", "attribution", "pay", "-w", "shop"],
    ["paths", "order", "see > cart > pay", "-w", "shop"],
    ["paths", "names", "-w", "shop"],
    ["report", MAP, "-w", "shop", "-o", "shop.html"],
    ["draw", MAP, "-o", "shop.svg"],
    ["feedback", "scores", MAP, "-w", "shop"],
    ["feedback", "compare", MAP, "-w", "shop", "--by", "channel"],
    ["feedback", "trend", MAP, "-w", "shop", "--period", "month"],
    ["feedback", "responders", MAP, "-w", "shop"],
    ["feedback", "pains", MAP, "-w", "shop"],
    ["feedback", "curve", MAP, "-w", "shop"],
    ["feedback", "read", MAP, "-w", "shop"],
    ["findings", MAP, "-w", "shop"],
    ["rules"],
    ["opportunities", MAP, "-w", "shop"],
    ["effort", MAP, "-w", "shop"],
    ["drivers", MAP, "-w", "shop", "--of", "Stars"],
    ["parity", MAP, "-w", "shop"],
    ["topics", MAP, "-w", "shop"],
    ["initiative", "add", MAP, "Shorter cart", "-w", "shop"],
    ["initiative", "list", "-w", "shop"],
    ["initiative", "export", "-w", "shop"],
    ["initiative", "hook", "-w", "shop"],
    ["verdict", MAP, "-w", "shop", "-m", "conversion", "--since", "2026-03-04"],
    ["drift", MAP, "-w", "shop"],
    ["check", MAP, "-w", "shop", "--truth", "0", "--today", "2026-03-21"],
    ["whatif", MAP, "-w", "shop", "--set", "see > cart 0.5"],
    ["map", "new", "new.journey.yaml"],
    ["map", "templates"],
    ["map", "show", MAP],
    ["map", "check", MAP],
    ["map", "checks"],
    ["map", "diff", MAP, MAP],
    ["map", "export", MAP, "-o", "shop.mmd"],
    ["map", "formats"],
    ["map", "import", "log.csv", "--into", "grid.journey.yaml"],
    ["map", "list", "-w", "shop"],
    ["map", "push", MAP, "-w", "shop"],
    ["map", "discover", "-w", "shop"],
    ["discover", "-w", "shop"],
    ["recipe", "check", "shop.recipe.yaml"],
    ["recipe", "suggest", "log.csv"],
    ["recipe", "vendors"],
    ["recipe", "show", "zendesk"],
]


@pytest.mark.parametrize("words", EVERY_COMMAND, ids=" ".join)
def test_every_command_answers_with_one_json_document(desk: Desk, words: list[str]):
    said = desk.say(*words, "--json")
    assert said.code == 0
    assert said.data is not None
    assert said.err == ""


def test_no_command_was_forgotten():
    every = {
        f"{name} {inner}".strip()
        for name, command in get_command(app).commands.items()
        for inner in getattr(command, "commands", {"": None})
    }
    grouped = ("map", "imports", "recipe", "paths", "feedback", "initiative")
    asked = {" ".join(words[:2]) if words[0] in grouped else words[0] for words in EVERY_COMMAND}
    elsewhere = {"demo", "feedback train", "decide", "map pull", "serve"}  # they need more data than this shop has
    begun = ("show", "set", "baseline", "start", "finish", "stop", "task", "history")  # asked in test_initiative
    elsewhere |= {f"initiative {word}" for word in begun}
    elsewhere |= {f"imports {word}" for word in ("recipe", "replay", "undo")}  # asked in test_past_imports
    assert every == asked | elsewhere | {"map schema", "recipe schema"}  # the schemas are JSON as they are


def test_the_demo_tells_what_it_brought_and_found(desk: Desk):
    told = desk.say("demo", "--into", "demo", "--customers", "200", "--json").data
    assert list(told) == ["import", "journeys", "customers", "deviations", "report", "truth"]
    assert told["customers"] == 200
    assert len(told["deviations"]) == 12
    assert Path(told["report"]).stat().st_size > 100_000
    assert len(json.loads(Path(told["truth"]).read_text())["problems"]) == 12


def test_measured_numbers_have_the_promised_shape(desk: Desk):
    data = desk.say("measure", MAP, "-w", "shop", "--by", "channel", "--json").data
    assert list(data) == ["map", "data", "coverage", "readings"]
    assert data["map"] == "shop"
    assert data["data"] == {
        "events": 41,
        "customers": 21,
        "journeys": 21,
        "from": "2026-03-01T10:00:00+00:00",
        "to": "2026-03-20T10:00:00+00:00",
    }
    assert data["coverage"]["events_explained"] == data["coverage"]["events"] == 41
    assert all(set(READING) <= set(reading) for reading in data["readings"])
    assert {"", "channel:app", "channel:web-shop"} <= {reading["group"] for reading in data["readings"]}


def test_one_reading_is_the_number_worked_out_by_hand(desk: Desk):
    words = ["measure", MAP, "-w", "shop", "-m", "conversion", "--at", "cart>pay", "--json"]
    [reading] = desk.say(*words).data["readings"]
    assert {name: reading[name] for name in READING} == {
        "measure": "conversion",
        "at": "cart>pay",
        "group": "",
        "period": "",
        "value": pytest.approx(8 / 12),
        "low": pytest.approx(0.3906, abs=1e-4),  # Wilson's score interval of 8 in 12
        "high": pytest.approx(0.8619, abs=1e-4),
        "n": 12,
        "unit": "share",
    }


def test_an_import_tells_the_fate_of_every_row(desk: Desk):
    Path("log2.csv").write_text(
        "customer,event,at,channel,paid\nnew,see,2026-03-21T10:00:00Z,web,\nnew,see,never,web,\n"
    )
    words = ["import", "-w", "shop", "-r", "shop.recipe.yaml", "log.csv", "log2.csv", "reviews.csv", "--json"]
    for further in (["--dry-run"], []):
        told = desk.say(*words, *further).data
        assert {name: told[name] for name in COUNTS} == {
            "read": 52,
            "accepted": 1,
            "refused": 1,
            "duplicates": 50,
            "events": 1,
            "feedback": 0,
            "customers": 1,
        }
        assert told["reasons"] == {"bad_time": 1}
        assert told["dry_run"] is bool(further)
    [refusal] = desk.say("refusals", "-w", "shop", "--json").data
    assert (refusal["source"], refusal["row"], refusal["reason"]) == ("log2.csv", 2, "bad_time")
    assert json.loads(refusal["raw"])["at"] == "never"


def test_the_customers_behind_a_number_come_with_what_is_counted(desk: Desk):
    told = desk.say("customers", MAP, "conversion", "--at", "cart>pay", "-w", "shop", "--limit", "2", "--json").data
    assert told == {
        "measure": "conversion",
        "at": "cart>pay",
        "group": "",
        "period": "",
        "n": 12,
        "note": "",
        "customers": [{"customer_id": "c00", "x": 1, "m": 1}, {"customer_id": "c01", "x": 1, "m": 1}],
    }


def test_a_list_of_fewer_than_five_customers_is_not_given(desk: Desk):
    words = ["customers", MAP, "under_way", "-w", "shop"]
    told = desk.say(*words, "--json", "-o", "few.csv").data
    assert (told["n"], told["note"], told["customers"]) == (None, "fewer than 5 customers", [])
    assert Path("few.csv").read_text() == "customer_id,x,m\n"
    assert desk.say(*words).out == "Not listed: fewer than 5 customers.\n"


def test_a_suggested_recipe_comes_with_the_records_it_would_make(desk: Desk):
    told = desk.say("recipe", "suggest", "log.csv", "--json").data
    assert told["questions"] == []
    assert told["preview"]["events"][0]["customer_id"] == "c00"
    assert told["preview"]["events"][0]["at"] == "2026-03-01T10:00:00+00:00"
    assert told["refused"] == {}


def test_the_printed_schemas_accept_the_shop_and_refuse_nonsense(desk: Desk):
    shown = desk.say("map", "show", MAP, "--json").data
    schema = desk.say("map", "schema").data
    jsonschema.validate(shown, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(shown | {"stagez": []}, schema)
    recipe = desk.say("recipe", "check", "shop.recipe.yaml", "--json").data
    jsonschema.validate(recipe, desk.say("recipe", "schema").data)
