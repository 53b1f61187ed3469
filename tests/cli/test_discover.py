from __future__ import annotations

from pathlib import Path

from cli.shop import Desk


def test_a_map_is_drawn_and_written_and_can_be_measured(desk: Desk):
    said = desk.say("map", "discover", "-w", "shop", "--into", "draft.journey.yaml", "--json")
    assert [piece["id"] for piece in said.data["pieces"] if piece["section"] == "touchpoints"] == ["see", "cart", "pay"]
    assert desk.say("map", "check", "draft.journey.yaml").code == 0
    assert "id: draft" in Path("draft.journey.yaml").read_text()


def test_success_may_be_said(desk: Desk):
    said = desk.say("map", "discover", "-w", "shop", "--into", "draft.journey.yaml", "--success", "cart")
    assert (said.code, "success: [cart]" in Path("draft.journey.yaml").read_text()) == (0, True)
    wrong = desk.say("map", "discover", "-w", "shop", "--success", "crat")
    assert (wrong.code, "cart" in wrong.err) == (2, True)


def test_a_second_run_says_the_same_byte_for_byte(desk: Desk):
    words = ("map", "discover", "-w", "shop", "--json")
    assert desk.say(*words).out == desk.say(*words).out


def test_what_a_map_has_already_is_passed_over(desk: Desk):
    before = Path("shop.journey.yaml").read_text()
    said = desk.say("map", "discover", "-w", "shop", "--add-to", "shop.journey.yaml", "--json")
    assert (said.data["added"], said.data["passed_over"]) == (
        [],
        {
            "journey": "the map says already how journeys are cut",
            "stage-1-see": "no new touchpoint stands in it",
            **{point: f"the map's “{point}” holds these events" for point in ("see", "cart", "pay")},
        },
    )
    assert before in Path("shop.journey.yaml").read_text()


def test_an_unknown_piece_is_told_and_nothing_is_written(desk: Desk):
    said = desk.say("map", "discover", "-w", "shop", "--accept", "crat", "--into", "new.journey.yaml")
    assert (said.code != 0, Path("new.journey.yaml").exists()) == (True, False)
    assert "The proposal has no piece 'crat'. Did you mean 'cart'?" in said.err


def test_without_a_touchpoint_there_is_no_map(desk: Desk):
    said = desk.say("map", "discover", "-w", "shop", "--accept", "journey", "--into", "new.journey.yaml")
    assert (said.code, Path("new.journey.yaml").exists()) == (2, False)
    assert "no touchpoint is among these pieces" in said.err


def test_a_file_that_is_there_stays(desk: Desk):
    assert desk.say("map", "discover", "-w", "shop", "--into", "shop.journey.yaml").code == 2
    assert desk.say("map", "discover", "-w", "shop", "--into", "a.yaml", "--add-to", "shop.journey.yaml").code == 2


def test_kinds_of_few_customers_are_not_told(desk: Desk):
    for more in ((), ("--map", "shop.journey.yaml")):
        said = desk.say("discover", "-w", "shop", *more)
        assert (said.code, "Not enough data: 21 customers of 40." in said.out) == (0, True)


def test_kinds_are_told_with_differences_in_points_and_what_they_do_not_say(desk: Desk):
    lines = ["customer,event,at,channel,paid"]
    for who in range(120):
        steps = [("see", "cart", "pay"), ("see", "ask", "see", "ask")][who % 2]
        lines += [f"k{who},{one},2026-01-{1 + who % 28:02}T1{k}:00:00Z,web," for k, one in enumerate(steps)]
    Path("log2.csv").write_text("\n".join(lines) + "\n")
    text = Path("shop.journey.yaml").read_text()
    asks = "  - {id: ask, stage: buy, title: Asks, channels: [web-shop], when: {event: ask}}\n"
    Path("asks.journey.yaml").write_text(text + asks)
    assert desk.say("import", "-w", "shop", "-r", "shop.recipe.yaml", "log2.csv", "reviews.csv").code == 0
    said = desk.say("discover", "-w", "shop", "-m", "asks.journey.yaml")
    assert " pp (" in said.out
    assert "This is what comes together, no cause." in said.out
