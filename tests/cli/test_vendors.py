"""Exports of known vendors at the command line: no recipe, and everything is told."""

from __future__ import annotations

from pathlib import Path

from cli.shop import Desk

TICKETS = """id,requester_id,status,created_at,updated_at
1,11,open,2026-03-01 09:00:00,2026-03-02 09:00:00
2,12,solved,2026-03-01 09:00:00,2026-03-02 09:00:00
"""
BRANDS = "id,name,subdomain,brand_url\n1,Soap,soap,u\n"


def write(**files: str) -> None:
    for name, text in files.items():
        Path(f"{name}.csv").write_text(text, encoding="utf-8")


def test_an_export_is_imported_without_a_recipe_and_each_file_is_told(desk: Desk):
    write(mine=TICKETS, brand=BRANDS)
    said = desk.say("import", "-w", "shop", "mine.csv", "brand.csv")
    assert said.code == 0
    assert "Zendesk, by the recipe that comes with Desireline:" in said.out
    assert "  tickets                mine.csv" in said.out
    assert "  ignored (not used): brand.csv" in said.out
    assert "  left out (no file of comments): turns, comments" in said.out
    assert "left out of tickets: via_channel" in said.out
    assert "2 rows read: 2 accepted, 0 refused, 0 known already." in said.out
    assert "desireline recipe show zendesk" in said.out


def test_a_program_is_told_the_same(desk: Desk):
    write(mine=TICKETS, brand=BRANDS)
    told = desk.say("import", "-w", "shop", "mine.csv", "brand.csv", "--dry-run", "--json").data
    assert (told["vendor"], told["files"]) == ("zendesk", {"mine.csv": "tickets"})
    assert (told["ignored"], told["read"], told["events"]) == ({"brand.csv": "brands: not used"}, 2, 4)
    assert told["left_out"]["tables"]["comments"] == "no file of comments"


def test_tables_without_rows_are_ignored_unless_there_is_nothing_else(desk: Desk):
    write(mine=TICKETS, comments="id,ticket_id,user_id,body,created\n")
    said = desk.say("import", "-w", "shop", "mine.csv", "comments.csv")
    assert (said.code, "  ignored (holds no rows): comments.csv" in said.out) == (0, True)
    said = desk.say("import", "-w", "shop", "comments.csv")
    assert (said.code, "holds a header and no rows" in said.err) == (3, True)


def test_files_of_no_known_shape_are_named_with_the_way_out(desk: Desk):
    said = desk.say("import", "-w", "shop", "log.csv")
    assert said.code == 2
    assert "No known export looks like log.csv. Known: HubSpot, Notes in Markdown, Zendesk" in said.err
    assert "desireline recipe suggest log.csv -o my.recipe.yaml" in said.err


def test_a_recipe_that_comes_with_desireline_can_be_written_out_changed_and_used(desk: Desk):
    write(ticket_data=TICKETS)
    assert "zendesk" in desk.say("recipe", "vendors").out
    assert set(desk.say("recipe", "vendors", "--json").data) == {"hubspot", "notes", "zendesk"}
    printed = desk.say("recipe", "show", "zendesk")
    assert desk.say("recipe", "show", "zendesk", "-o", "my.recipe.yaml").code == 0
    assert Path("my.recipe.yaml").read_text(encoding="utf-8") == printed.out
    assert desk.say("recipe", "check", "my.recipe.yaml").code == 0
    assert desk.say("recipe", "show", "zendesk", "-o", "my.recipe.yaml").code == 2  # it may have been changed
    assert desk.say("recipe", "show", "sugar").code == 2
