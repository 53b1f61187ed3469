"""What people read: an overview first, sentences, ids to go on with, and users' texts as they are."""

from __future__ import annotations

import re
from pathlib import Path

from cli.shop import Desk

MAP = "shop.journey.yaml"


def plain(text: str) -> str:
    """With common spaces, as a reader sees them."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_measuring_shows_an_overview_and_how_to_see_more(desk: Desk):
    text = plain(desk.say("measure", MAP, "-w", "shop").out)
    assert "Buying [soap] :smile:  shop\n21 customers, 21 journeys, 41 events, 2026-03-01 to 2026-03-20\n" in text
    assert re.search(r"Conversion +conversion +40.0 % +21.9–61.3 % +20\n", text)
    assert re.search(r"Buy +buy +12 +66.7 % +33.3 %", text)
    assert "Events explained   ████████████████████████   100 %  41 of 41" in text
    assert "More: --at PLACE" in text
    assert "Sees the soap → Puts it into the cart" not in text


def test_groups_and_periods_stand_side_by_side_in_the_overview(desk: Desk):
    text = plain(desk.say("measure", MAP, "-w", "shop", "--by", "channel", "--period", "month").out)
    assert re.search(r"App +channel:app +10 +40.0 %", text)
    assert re.search(r"2026-03 +21 +40.0 %", text)


def test_what_is_asked_for_is_listed_with_the_ids_of_places(desk: Desk):
    text = plain(desk.say("measure", MAP, "-w", "shop", "-m", "conversion", "--at", "pay", "--at", "see>cart").out)
    assert [re.split(r"  +", line.strip()) for line in text.splitlines()] == [
        ["Measure", "Place", "Id", "Value", "95 % interval", "n"],
        ["Conversion", "Pays", "pay", "100 %", "67.6–100 %", "8"],
        ["Conversion", "Sees the soap → Puts it into the cart", "see>cart", "60.0 %", "38.7–78.1 %", "20"],
    ]


def test_everything_is_shown_on_request(desk: Desk):
    assert len(desk.say("measure", MAP, "-w", "shop", "--all").out.splitlines()) > 60


def test_an_empty_workspace_says_that_there_is_no_data(desk: Desk):
    desk.say("init", "empty")
    said = desk.say("measure", MAP, "-w", "empty")
    assert said.code == 0
    assert "There is no data yet: `desireline import`." in said.out


def test_a_deviation_is_one_line(desk: Desk):
    lines = plain(desk.say("deviations", MAP, "-w", "shop").out).splitlines()
    assert lines == [
        "   1  40 % of 20 settled journeys that come there end at “Sees the soap” without success (8 customers).  "
        "conversion −66.7 pp",
        "1 row not shown: fewer than 5 customers.",
    ]


def test_further_deviations_are_counted(desk: Desk):
    Path("short.yaml").write_text(Path(MAP).read_text().replace("{event: see}", "{event: nothing}"))
    lines = desk.say("deviations", "short.yaml", "-w", "shop", "-n", "1").out.splitlines()
    assert lines[0].startswith("   1  ")
    assert "2 more rows: say -n 3." in lines


def test_customers_are_listed_in_the_unit_of_the_measure(desk: Desk):
    text = plain(desk.say("customers", MAP, "value", "-w", "shop", "-n", "1").out)
    assert [re.split(r"  +", line) for line in text.splitlines()] == [
        ["Customer", "Value", "Out of"],
        ["c00", "5.00", "1"],
        ["21 customers, 1 shown."],
    ]


def test_an_import_says_what_its_readers_had_to_decide(desk: Desk):
    Path("log2.csv").write_bytes(
        "customer,event,at,channel,paid,event\nJosé,see,2026-03-01T10:00:00Z,web,,x\n".encode("cp1252")
    )
    text = desk.say("import", "-w", "shop", "-r", "shop.recipe.yaml", "log2.csv", "reviews.csv").out
    assert "note: log2.csv: Not UTF-8; read as cp1252 (western Windows). Name another with `encoding`.\n" in text
    assert (
        "note: log2.csv: The header names 'event' more than once; the one in column 6 is called 'event_2' here.\n"
        in text
    )
    assert "Imported: 1 event, 0 answers, 1 new customer, 0 campaigns.\n" in text


def test_refused_rows_are_shown_with_their_raw_text_as_it_is(desk: Desk):
    Path("log2.csv").write_text("customer,event,at,channel,paid\n[red]ana[/] :smile:,see,soon,web,\n")
    said = desk.say("import", "-w", "shop", "-r", "shop.recipe.yaml", "log2.csv", "reviews.csv")
    assert "  refused        1  bad_time " in said.out
    assert "Look at them: desireline refusals -w shop" in said.out
    shown = desk.say("refusals", "-w", "shop").out
    assert "log2.csv, row 1: " in shown
    assert '"customer":"[red]ana[/] :smile:"' in shown


def test_further_refused_rows_are_pointed_at(desk: Desk):
    Path("log2.csv").write_text("customer,event,at,channel,paid\n" + "ana,see,soon,web,\n" * 3)
    desk.say("import", "-w", "shop", "-r", "shop.recipe.yaml", "log2.csv", "reviews.csv")
    assert "There are more: say -n 20." in desk.say("refusals", "-w", "shop", "-n", "2").out
    assert "There are more" not in desk.say("refusals", "-w", "shop", "-n", "3").out


def test_a_suggestion_gives_reasons_and_shows_the_first_records(desk: Desk):
    said = desk.say("recipe", "suggest", "log.csv", "-o", "new.recipe.yaml")
    assert re.search(r"100%  customer +customer +named like a customer", said.out)
    assert "The first events would be" in said.out
    assert re.search(r"c00 +2026-03-01 10:00:00\+00:00 +see", said.out)
    assert desk.say("recipe", "check", "new.recipe.yaml").code == 0


def test_without_a_file_to_write_a_pipe_gets_the_recipe_alone(desk: Desk):
    said = desk.say("recipe", "suggest", "log.csv")
    Path("piped.recipe.yaml").write_text(said.out)
    assert desk.say("recipe", "check", "piped.recipe.yaml").code == 0
    assert "named like a customer" in said.err


def test_the_list_of_measures_says_family_unit_and_places(desk: Desk):
    text = desk.say("measures").out
    assert re.search(r"conversion +The share of journeys .* +share +share +m s t e\n", text)
    assert "needs 5 customers" in desk.say("measures", "conversion").out


def test_help_tells_what_to_type(desk: Desk):
    text = desk.say("measure", "--help").out
    assert "Usage: desireline measure [OPTIONS] {MAP}" in text
    assert "--json" in text


def test_a_doctor_who_finds_something_says_so_by_the_exit_code(desk: Desk):
    said = desk.say("doctor", "-w", "shop")
    assert "41 events, 9 answers, 21 customers, 0 campaigns, 0 refused rows, 1 import." in said.out
    for part in Path("shop/lake/events").rglob("*.parquet"):
        part.unlink()
    said = desk.say("doctor", "-w", "shop")
    assert said.code == 1
    assert "✗ lake readable" in said.out
    assert said.err == "desireline: lake readable: needs a look.\n"


def test_an_earlier_report_survives_one_that_cannot_be_written(desk: Desk):
    Path("reports").mkdir()
    Path("reports/shop.html").write_text("precious")
    desk.say("report", "gone.yaml", "-w", "shop", "-o", "reports/shop.html")
    assert [path.name for path in Path("reports").iterdir()] == ["shop.html"]
    assert Path("reports/shop.html").read_text() == "precious"
    assert desk.say("report", MAP, "-w", "shop", "-o", "reports/shop.html").code == 0
    assert Path("reports/shop.html").read_text().startswith("<!")
    assert [path.name for path in Path("reports").iterdir()] == ["shop.html"]


def test_a_demo_never_takes_away_a_workspace_that_it_did_not_make(desk: Desk):
    Path("mine/workspace").mkdir(parents=True)
    Path("mine/workspace/notes.txt").write_text("precious")
    said = desk.say("demo", "--into", "mine", "--customers", "200")
    assert said.code == 2
    assert Path("mine/workspace/notes.txt").read_text() == "precious"
