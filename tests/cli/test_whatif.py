"""desireline whatif: what can be changed, what a change does, and what to say to wrong words."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shop import Desk

MAP = "shop.journey.yaml"
ASK = ["whatif", MAP, "-w", "shop"]


def test_without_an_edit_it_lists_what_can_be_changed(desk: Desk):
    told = desk.say(*ASK, "--json").data
    assert list(told) == ["map", "only", "basis", "notes", "levers", "waits", "backtest"]
    assert told["basis"] == "From 21 journeys of 21 customers."
    assert {(one["place"], one["what"]) for one in told["levers"]} == {("see", "lost")}  # 4 at the cart are too few
    assert {(one["place"], one["to"]) for one in told["waits"]} == {("see", "cart"), ("cart", "pay")}
    assert told["backtest"]["note"].startswith("No back-test")
    text = desk.say(*ASK).out
    assert "if behaviour elsewhere stays the same" in text
    assert "see lost" in text
    assert "cart lost" not in text
    assert "wait cart > pay" in text


def test_an_edit_moves_conversions_and_says_what_it_holds_under(desk: Desk):
    told = desk.say(*ASK, "--set", "cart > pay 0.9", "--json").data
    assert told["if"] == "if behaviour elsewhere stays the same"
    [edit] = told["edits"]
    assert (edit["edit"], edit["n"]) == ("cart > pay 0.9", 8)
    assert edit["now"] == pytest.approx(8 / 12)
    outcomes = {one["name"]: one for one in told["outcomes"]}
    assert outcomes["conversion"]["before"]["value"] == pytest.approx(8 / 20)  # one of 21 is under way
    assert outcomes["conversion"]["delta"]["value"] == pytest.approx((0.9 * 12 - 8) / 20)
    assert outcomes["conversion"]["delta"]["low"] < outcomes["conversion"]["delta"]["high"]
    assert outcomes["back"]["note"] == "not known: no customer began another journey"
    text = desk.say(*ASK, "--set", "cart > pay 90%").out.replace("\u202f", " ")
    assert "90.0 % of the stays at “Puts it into the cart” go on to “Pays” instead of 66.7 % (8 customers)" in text
    assert "Journeys that succeed" in text
    assert "No back-test" in text


def test_the_second_question_needs_no_walk(desk: Desk):
    assert "Listening" in desk.say(*ASK, "--set", "cart > pay 0.9").err
    assert desk.say(*ASK, "--set", "see lost 0.1").err == ""
    Path(MAP).write_text(Path(MAP).read_text().replace("patience: 1d", "patience: 2d"))
    assert "Listening" in desk.say(*ASK, "--set", "cart > pay 0.9").err


def test_edits_may_be_several(desk: Desk):
    told = desk.say(*ASK, "--set", "see lost 0.1", "--set", "wait cart > pay 2d", "--json").data
    assert [one["kind"] for one in told["edits"]] == ["move", "wait"]
    assert told["edits"][1]["then"] == 172_800


def test_a_channel_is_asked_alone(desk: Desk):
    told = desk.say(*ASK, "--only", "channel:app", "--json").data
    assert told["only"] == "channel:app"
    assert told["basis"].endswith("of channel:app.")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--set", "kart lost 0.1"], 2, "Did you mean 'cart'"),
        (["--set", "cart lost 1.4"], 2, "between 0 and 1"),
        (["--set", "cart lost 14"], 2, "Did you mean 14%"),
        (["--set", "cart"], 2, "is no edit"),
        (["--set", "see lost 0.7", "--set", "see > cart 0.6"], 2, "more than 1"),
        (["--set", "cart lost 0.1"], 3, "Fewer than 5 customers are behind"),
        (["--set", "cart failing 0.1"], 3, "No stay at 'cart' failed"),
        (["--set", "pay lost 0.1"], 2, "have succeeded"),
        (["--set", "wait see > pay 2d"], 3, "From there they go to cart"),
        (["--only", "planet:mars"], 2, "planet:mars"),
        (["--only", "persona:maya"], 2, "persona:maya"),
        (["--only", "channel:phone"], 3, "No customers of channel:phone"),
        (["--only", "property:age=9"], 2, "age"),
    ],
)
def test_wrong_words_are_answered_with_the_way_out(desk: Desk, words: list[str], code: int, says: str):
    said = desk.say(*ASK, *words)
    assert (said.code, said.out) == (code, "")
    assert says in " ".join(said.err.split())
