"""Files as bad as they come: a clear sentence for each, every row with its fate, and the lake as good as before."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.shop import Desk

RECIPE = """
recipe: any
times: {form: iso, zone: UTC}
sources: {log: {file: "*"}}
tables:
  log: {into: events, source: log, customer: customer, events: [{event: event, at: at}]}
"""
HEAD = b"customer,event,at\n"
LAUGHS = "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10 if k else "ha"}">' for k in range(10))


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(60):
                sheet.write(b"0" * 10_000_000)


def content(data: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(data) and None


UNREADABLE = [
    ("empty.csv", content(b""), "empty.csv is an empty file (0 bytes)."),
    ("header.csv", content(HEAD), "header.csv holds a header and no rows."),
    ("other.csv", content(b"customer,what,at\nana,see,2026-03-01\n"), "There is no column 'event'."),
    ("noise.csv", content(bytes(range(256)) * 20), "noise.csv"),
    ("page.csv", content(b"<!DOCTYPE html><html></html>"), "page.csv is a web page, not data."),
    ("broken.json", content(b'[{"customer": '), "broken.json, line 1: no sound JSON"),
    ("cut.csv.gz", content(gzip.compress(HEAD + b"ana,see,2026-03-01\n" * 9999)[:200]), "ends in the middle"),
    ("torn.xlsx", content(b"PK\x03\x04 and nothing else"), "torn.xlsx: the workbook cannot be read"),
    ("bomb.xlsx", bomb, "bomb.xlsx unpacks to 572 MB; the limit is 500."),
    (
        "laughs.xes",
        content(f"<!DOCTYPE l [{LAUGHS}]><log><trace><string value='&l9;'/></trace></log>".encode()),
        "laughs.xes declares XML entities",
    ),
]

REFUSED = [
    ("nul.csv", HEAD + b"a\0na,see,2026-03-01\nben,pay,2026-03-02\n", {"nul_byte": 1}, 1),
    ("long.csv", HEAD + b"a" * 10_000_000 + b",see,2026-03-01\nben,pay,2026-03-02\n", {"line_too_long": 1}, 1),
    (
        "range.csv",
        HEAD + b"a,see,1500-01-01\nb,see,9999-01-01\nc,see,2026-02-30\n",
        {"time_out_of_range": 2, "bad_time": 1},
        0,
    ),
    ("ragged.csv", HEAD + b"ana,see\nben,see,2026-03-01,more\ncat,see,2026-03-01\n", {"wrong_cell_count": 2}, 1),
    (
        "blank.csv",
        HEAD + b",see,2026-03-01\nana,,2026-03-01\nana,see,\n",
        {"no_customer": 1, "no_event": 1, "no_time": 1},
        0,
    ),
    ("lines.jsonl", b'{"customer":"ana","event":"see","at":"2026-03-01"}\nnot json\n', {"bad_json": 1}, 1),
]


@pytest.fixture
def recipe(desk: Desk) -> str:
    Path("any.recipe.yaml").write_text(RECIPE)
    desk.say("init", "lake")
    return "any.recipe.yaml"


@pytest.mark.parametrize(("name", "write", "says"), UNREADABLE, ids=[case[0] for case in UNREADABLE])
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_imported(desk: Desk, recipe: str, name, write, says):
    write(Path(name))
    said = desk.say("import", "-w", "lake", "-r", recipe, name)
    assert (said.code, said.out) == (3, "")
    assert says in said.err
    assert desk.say("doctor", "-w", "lake", "--json").data["counts"]["imports"] == 0
    assert desk.say("recipe", "suggest", name).code in (1, 3)


@pytest.mark.parametrize(("name", "data", "reasons", "events"), REFUSED, ids=[case[0] for case in REFUSED])
def test_bad_rows_are_refused_with_a_reason_and_kept(desk: Desk, recipe: str, name, data, reasons, events):
    Path(name).write_bytes(data)
    said = desk.say("import", "-w", "lake", "-r", recipe, name, "--json")
    assert said.code == 0
    assert (said.data["reasons"], said.data["events"]) == (dict(sorted(reasons.items())), events)
    assert said.data["accepted"] + said.data["refused"] + said.data["duplicates"] == said.data["read"]
    kept = desk.say("refusals", "-w", "lake", "--json").data
    assert sorted(row["reason"] for row in kept) == sorted(reason for reason, n in reasons.items() for _ in range(n))
    assert all(row["source"] == name and row["raw"] for row in kept)


def test_an_encoding_that_is_not_utf_8_is_recognised_and_told(desk: Desk, recipe: str):
    Path("west.csv").write_bytes(HEAD + "José,see,2026-03-01\n".encode("cp1252"))
    told = desk.say("import", "-w", "lake", "-r", recipe, "west.csv", "--json").data
    assert (told["events"], told["refused"]) == (1, 0)
    assert told["notes"] == ["west.csv: Not UTF-8; read as cp1252 (western Windows). Name another with `encoding`."]


def test_a_second_column_of_the_same_name_gets_another_name(desk: Desk, recipe: str):
    Path("twice.csv").write_bytes(b"customer,event,at,event\nana,see,2026-03-01,pay\n")
    told = desk.say("import", "-w", "lake", "-r", recipe, "twice.csv", "--json").data
    assert (told["events"], len(told["notes"])) == (1, 1)
    assert "'event' more than once" in told["notes"][0]


def test_a_time_without_a_zone_is_refused_until_the_recipe_names_one(desk: Desk, recipe: str):
    Path("zone.csv").write_bytes(HEAD + b"ana,see,2026-03-01 10:00:00\n")
    Path("zoneless.recipe.yaml").write_text(RECIPE.replace(", zone: UTC", ""))
    told = desk.say("import", "-w", "lake", "-r", "zoneless.recipe.yaml", "zone.csv", "--json").data
    assert told["reasons"] == {"no_zone": 1}
    assert desk.say("import", "-w", "lake", "-r", recipe, "zone.csv", "--json").data["events"] == 1


def test_one_bad_file_among_good_ones_keeps_all_of_them_out(desk: Desk, recipe: str):
    Path("good.csv").write_bytes(HEAD + b"ana,see,2026-03-01\n")
    Path("late.csv.gz").write_bytes(gzip.compress(HEAD + b"ben,see,2026-03-01\n" * 300_000)[:-2000])
    said = desk.say("import", "-w", "lake", "-r", recipe, "good.csv", "late.csv.gz")
    assert said.code == 3
    assert desk.say("doctor", "-w", "lake", "--json").data["counts"]["events"] == 0
