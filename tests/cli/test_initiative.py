"""desireline initiative …, as people say it: what is asked, what is answered, and what is refused."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.shop import Desk
from desireline import Workspace
from desireline.cli.voice import complain, say
from desireline.initiatives import changes
from desireline.initiatives.records import By

MAP = "shop.journey.yaml"
ADD = ["initiative", "add", MAP, "Shorter cart", "-w", "shop", "-m", "conversion", "--at", "cart"]
ID = "shorter-cart"


@pytest.fixture(autouse=True)
def _no_other_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESIRELINE_LEDGER", raising=False)


@pytest.fixture
def begun(desk: Desk) -> Desk:
    """A desk in whose shop an initiative has begun."""
    assert desk.say(*ADD, "--starts-on", "2026-03-16", "--who", "ana").code == 0
    assert desk.say("initiative", "start", ID, "-w", "shop", "--on", "2026-03-16").code == 0
    return desk


def test_an_initiative_from_its_first_day_to_its_last(desk: Desk):
    said = desk.say(*ADD, "--owner", "Ana", "--expect", "0.1", "--starts-on", "2026-03-16", "--task", "Draw it")
    assert said.code == 0
    assert "Baseline    66.7" in said.out
    assert "n = 12" in said.out
    for words in (
        ["task", ID, "Ask ten customers", "--owner", "Ben"],
        ["task", ID, "--done", "1"],
        ["set", ID, "--owner", "Ben"],
        ["start", ID, "--on", "2026-03-16"],
        ["finish", ID, "--on", "2026-04-20"],
    ):
        assert desk.say("initiative", *words, "-w", "shop").code == 0, words
    told = desk.say("initiative", "show", ID, "-w", "shop", "--json").data
    assert (told["status"], told["owner"], told["ends_on"], told["ended_on"]) == ("finished", "Ben", None, "2026-04-20")
    assert [task["done"] for task in told["tasks"]] == [True, False]
    whats = [line["what"] for line in desk.say("initiative", "history", ID, "-w", "shop", "--json").data["history"]]
    assert whats == ["created", "task 2", "task 1", "owner", "status", "told late", "ended on", "status"]
    assert "Shorter cart" not in desk.say("initiative", "list", "-w", "shop", "--status", "running").out
    assert ID in desk.say("initiative", "list", "-w", "shop").out


def test_the_target_stays_after_the_start(begun: Desk):
    said = begun.say("initiative", "set", ID, "-w", "shop", "--expect", "0.01")
    assert said.code == 2
    assert "its target was fixed then" in said.err
    assert begun.say("initiative", "set", ID, "-w", "shop", "--starts-on", "2026-03-01").code == 2
    assert begun.say("initiative", "baseline", ID, MAP, "-w", "shop", "--until", "2026-03-10").code == 2


def test_a_start_without_a_baseline_is_refused_and_one_can_be_measured(desk: Desk):
    desk.say(*ADD, "--no-baseline")
    said = desk.say("initiative", "start", ID, "-w", "shop")
    assert said.code == 2
    assert "initiative baseline" in said.err
    assert desk.say("initiative", "baseline", ID, MAP, "-w", "shop").code == 0
    assert desk.say("initiative", "start", ID, "-w", "shop").code == 0


def test_a_baseline_of_nobody_is_refused(desk: Desk):
    desk.say(*ADD, "--no-baseline")
    said = desk.say("initiative", "baseline", ID, MAP, "-w", "shop", "--since", "2020-01-01", "--until", "2020-02-01")
    assert said.code == 2
    assert "Fewer than five customers" in said.out


def test_the_planned_end_stays_after_the_start(begun: Desk):
    said = begun.say("initiative", "set", ID, "-w", "shop", "--ends-on", "2026-03-19")
    assert said.code == 2
    assert "its planned end was fixed then" in said.err


def test_part_of_a_design_is_changed_and_the_rest_stays(desk: Desk):
    desk.say(*ADD, "--by", "channel", "--treated", "web-shop", "--control", "app", "--unaffected", "channel:app")
    for words in (["--treated", "app@2026-03-20", "--control", "web-shop"], ["--unaffected", "channel:web-shop"]):
        assert desk.say("initiative", "set", ID, "-w", "shop", "--map", MAP, *words).code == 0, words
    design = desk.say("initiative", "show", ID, "-w", "shop", "--json").data["roll_out"]
    assert (design["kind"], design["by"], design["controls"]) == ("by group", "channel", ["channel:web-shop"])
    assert [(arm["name"], arm["treated"], arm["since"]) for arm in design["arms"]] == [
        ("app", True, "2026-03-20"),
        ("web-shop", False, None),
    ]
    assert desk.say("initiative", "set", ID, "-w", "shop", "--map", MAP, "--by", "").code == 0
    design = desk.say("initiative", "show", ID, "-w", "shop", "--json").data["roll_out"]
    assert (design["kind"], design["arms"], design["controls"]) == ("everywhere", [], ["channel:web-shop"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--measure", "nonsense"], "nonsense"),
        (["--at", "nowhere"], "nowhere"),
        (["--group", "channel:ap"], "Did you mean 'channel:app'"),
        (["--unaffected", "channel:ap"], "Did you mean 'channel:app'"),
        (["--better", "sideways"], "up or down, not 'sideways'"),
        (["--treated", "app"], "no arms"),
    ],
)
def test_what_cannot_be_is_refused_by_set_as_by_add(desk: Desk, words: list[str], says: str):
    desk.say(*ADD)
    before = desk.say("initiative", "show", ID, "-w", "shop", "--json").data
    said = desk.say("initiative", "set", ID, "-w", "shop", "--map", MAP, *words)
    assert said.code == 2
    assert says in said.err
    assert desk.say("initiative", "show", ID, "-w", "shop", "--json").data == before


def test_another_measure_is_checked_against_the_map_and_takes_baseline_and_sizes_with_it(desk: Desk):
    desk.say(*ADD, "--expect", "0.1", "--smallest", "0.05")
    said = desk.say("initiative", "set", ID, "-w", "shop", "--measure", "time_median")
    assert said.code == 2
    assert "--map" in said.err
    said = desk.say("initiative", "set", ID, "-w", "shop", "--measure", "drop_off", "--map", MAP, "--json")
    assert said.code == 0
    target = said.data["target"]
    assert [target[name] for name in ("measure", "direction", "expected", "smallest", "baseline")] == [
        "drop_off",
        "down",
        None,
        None,
        None,
    ]


def test_what_somebody_changed_while_a_baseline_was_measured_is_not_written_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    desk.say(*ADD, "--no-baseline")
    watch = Workspace.watch

    def slowly(shop: Workspace, *words: Any, **more: Any) -> Any:
        seen = watch(shop, *words, **more)
        by = By("ben", datetime(2026, 3, 2, tzinfo=UTC))
        shop.ledger().change(
            ID, lambda one: changes.edit(one, {"target": one.target.model_dump() | {"expected": 0.05}}, by=by)
        )
        return seen

    monkeypatch.setattr(Workspace, "watch", slowly)
    said = desk.say("initiative", "baseline", ID, MAP, "-w", "shop")
    assert said.code == 3
    assert "changed by somebody else" in said.err
    target = desk.say("initiative", "show", ID, "-w", "shop", "--json").data["target"]
    assert (target["expected"], target["baseline"]) == (0.05, None)


@pytest.mark.parametrize(
    "words", [["--reason", "a\x1b[2Jb"], ["--reason", "x" * 5_000], ["--reason", "x", "--who", "a\x07"]]
)
def test_reasons_and_names_that_hide_something_are_refused(begun: Desk, words: list[str]):
    said = begun.say("initiative", "stop", ID, "-w", "shop", *words)
    assert said.code == 2
    assert "\x1b" not in said.err
    assert len(said.err) < 500


def test_looking_at_initiatives_makes_no_ledger(desk: Desk):
    assert desk.say("initiative", "list", "-w", "shop").code == 0
    assert not Path("shop/ledger.db").exists()


def test_what_is_said_holds_no_control_characters(capsys: pytest.CaptureFixture[str]):
    say("a\x1b[31mb\x07\tc\nd\x9be")
    complain("x\x1b]0;title\x07y")
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
    assert told.out.split() == ["a[31mb", "c", "de"]
    assert "x]0;titley" in told.err


def test_overlapping_initiatives_are_told_and_not_refused(begun: Desk):
    said = begun.say(*ADD, "--starts-on", "2026-03-20", "--json")
    assert said.code == 0
    assert len(said.data["overlaps"]) == 1
    assert ID in said.data["overlaps"][0]
    assert "Careful" in begun.say("initiative", "show", ID, "-w", "shop").out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--at", "crt"], "Did you mean 'cart'"),
        (["-m", "convesion"], "Did you mean 'conversion'"),
        (["--group", "channel:ap"], "Did you mean 'channel:app'"),
        (["--starts-on", "2026-03-16", "--ends-on", "2026-03-01"], "before it starts"),
        (["--starts-on", "tomorrow"], "is no day"),
        (["--better", "sideways"], "up or down"),
        (["--expect", "-1"], "greater than 0"),
        (["--randomised", "--by", "channel", "--treated", "app"], "property:NAME"),
        (["--by", "channel"], "no arm is treated"),
        (["--finding", "x\x07"], "control character"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(desk: Desk, words: list[str], says: str):
    said = desk.say(*ADD, *words)
    assert said.code == 2
    assert says in said.err
    assert desk.say("initiative", "list", "-w", "shop", "--json").data == []


@pytest.mark.parametrize(("title", "says"), [("x" * 10_000, "at most 200"), ("a\x1bb", "control character"), ("", "1")])
def test_titles_that_are_too_long_or_hide_something_are_refused(desk: Desk, title: str, says: str):
    said = desk.say("initiative", "add", MAP, title, "-w", "shop")
    assert said.code == 2
    assert says in said.err
    assert len(said.err) < 500


def test_words_that_are_no_id_and_no_workspace(desk: Desk):
    desk.say(*ADD)
    assert "Did you mean 'shorter-cart'" in desk.say("initiative", "show", "shorter-crt", "-w", "shop").err
    assert desk.say("initiative", "list", "-w", "nowhere").code == 2
    assert desk.say("initiative", "list", "-w", "shop", "--status", "runing").code == 2
    assert desk.say("initiative", "set", ID, "-w", "shop").code == 2
    assert desk.say("initiative", "task", ID, "-w", "shop").code == 2
    assert desk.say("initiative", "task", ID, "-w", "shop", "--done", "7").code == 2
    assert desk.say("initiative", "finish", ID, "-w", "shop").code == 2
    assert desk.say("initiative", "stop", ID, "-w", "shop").code == 2
    assert desk.say("initiative", "start", ID, "-w", "shop", "--on", "2999-01-01").code == 2


def test_an_export_for_a_spreadsheet_runs_no_formula(desk: Desk):
    desk.say("initiative", "add", MAP, '=HYPERLINK("http://x")', "-w", "shop", "--owner", "@ana", "--team", "+1")
    assert desk.say("initiative", "export", "-w", "shop", "-o", "out.csv").code == 0
    [row] = csv.DictReader(Path("out.csv").read_text().splitlines())
    assert row["title"] == '\'=HYPERLINK("http://x")'
    assert row["owner"] == "'@ana"
    assert desk.say("initiative", "export", "-w", "shop", "-o", "out.csv").code == 2  # not over a file that is there
    assert desk.say("initiative", "export", "-w", "shop", "-o", "out.xlsx").code == 2
    desk.say("initiative", "export", "-w", "shop", "-o", "out.json")
    assert json.loads(Path("out.json").read_text()) == desk.say("initiative", "export", "-w", "shop").data


def test_hooks_are_off_until_somebody_names_one(desk: Desk):
    assert "nothing is sent anywhere" in desk.say("initiative", "hook", "-w", "shop").out
    assert desk.say("initiative", "hook", "ftp://x", "-w", "shop").code == 2
    local = ["initiative", "hook", "http://127.0.0.1:9/T0PSECRET", "-w", "shop"]
    assert "--allow-local" in desk.say(*local).err
    assert desk.say("initiative", "hook", "-w", "shop", "--allow-local").code == 2
    made = desk.say(*local, "--allow-local", "--json").data
    assert made["secret"].startswith("whsec_")
    [listed] = desk.say("initiative", "hook", "-w", "shop", "--json").data
    assert (listed["host"], listed["allow_local"]) == ("127.0.0.1:9", True)
    assert not {"secret", "url"} & set(listed)
    said = desk.say(*ADD, "--json")
    assert said.code == 0  # the receiver is not there, and the change is made all the same
    assert said.data["id"] == ID
    assert "The change is made" in said.err
    assert "T0PSECRET" not in said.err
    assert [one["status"] for one in desk.say("initiative", "hook", "-w", "shop", "--log", "--json").data] == [
        "waiting"
    ]
    assert desk.say("initiative", "hook", "-w", "shop", "--send", "--log").code == 2
    assert desk.say("initiative", "hook", "-w", "shop", "--remove", "1", "--json").data == []
