"""`desireline drift` and `desireline check`: what a team sees, what a machine gets, and what wrong words are told."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.shop import MAP as SHOP_MAP
from cli.shop import RECIPE, Desk
from desireline import Workspace

MAP = "shop.journey.yaml"
NO_CARDS = ("--weight", "evidence=0", "--weight", "agreement=0")
FIRST = date(2026, 1, 5)
CHANGED = FIRST + timedelta(days=70)


def write_log(folder: Path, *, days: int = 119) -> None:
    """Six customers a day see the soap; until the change they fill a cart, then they pay at once. One reviews it."""
    lines = ["customer,event,at,channel,paid"]
    for day in range(days):
        on = FIRST + timedelta(days=day)
        for k in range(6):
            steps = ["see", "cart", "pay"] if on < CHANGED else ["see", "pay"]
            who, channel = f"d{day:03}{k}", ("web", "app")[k % 2]
            lines += [f"{who},{step},{on}T1{k}:{10 * i:02}:00Z,{channel}," for i, step in enumerate(steps)]
    lines.append(f"late,see,{FIRST + timedelta(days=days)}T10:00:00Z,web,")
    (folder / "log.csv").write_text("\n".join(lines) + "\n")
    (folder / "reviews.csv").write_text(f"customer,at,stars\nd0000,{FIRST}T20:00:00Z,5\n")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("changed")
    write_log(folder)
    (folder / "r.recipe.yaml").write_text(RECIPE)
    Workspace.create(folder / "changed").import_files(
        folder / "r.recipe.yaml", [folder / "log.csv", folder / "reviews.csv"]
    )
    return folder / "changed"


def with_review(head: str) -> None:
    """The map with this in its head."""
    Path(MAP).write_text(SHOP_MAP.replace("  owner: Shop team", f"  owner: Shop team\n  {head}"))


def test_a_change_is_told_with_its_week_and_its_numbers(desk: Desk, changed: Path):
    said = desk.say("drift", MAP, "-w", changed)
    assert said.code == 0
    assert "Searched for lasting changes from 2026-01-06 to 2026-05-04." in said.out
    assert "2026-03-16  next steps  Sees the soap" in said.out
    assert "At “Sees the soap” to" in said.out


def test_json_holds_every_sign_with_its_interval(desk: Desk, changed: Path):
    told = desk.say("drift", MAP, "-w", changed, "--json").data
    (sign,) = [one for one in told["signs"] if one["drifted"]]
    assert (sign["kind"], sign["at"], sign["since"], sign["measure"]) == ("next steps", "see", "2026-03-16", "JS")
    assert sign["low"] < sign["value"] <= sign["high"]
    assert told["windows"]["current"] == ["2026-03-30", "2026-05-04"]


def test_a_named_day_is_compared_with_all_before(desk: Desk, changed: Path):
    said = desk.say("drift", MAP, "-w", changed, "--since", "2026-03-16", "--all")
    assert "Compared 2026-03-16 to 2026-05-04 with 2026-01-06 to 2026-03-16." in said.out


def test_three_weeks_of_data_are_too_little(desk: Desk):
    said = desk.say("drift", MAP, "-w", "shop")
    assert said.code == 0
    assert said.out == "Nothing can be compared: not enough data: 18 of 56 days.\n"


def test_a_day_that_is_none_is_wrong_use(desk: Desk):
    for words in (["drift", MAP, "-w", "shop", "--since", "spring"], ["check", MAP, "-w", "shop", "--today", "spring"]):
        said = desk.say(*words)
        assert said.code == 2
        assert "'spring' is not a date" in said.err


def test_a_map_that_holds_passes(desk: Desk):
    with_review("review: {every_days: 90, last: 2026-03-01}")
    said = desk.say("check", MAP, "-w", "shop", "--today", "2026-03-21", *NO_CARDS)
    assert (said.code, said.out.splitlines()[-1]) == (0, "The map holds.")
    assert "Truth score" in said.out


def test_a_review_overdue_and_a_low_score_fail_with_a_way_out(desk: Desk):
    with_review("review: {every_days: 30, last: 2026-01-01}")
    said = desk.say("check", MAP, "-w", "shop", "--today", "2026-06-01", "--truth", "99", "--age", "99")
    assert said.code == 1
    assert "✗ The review is 121 days overdue; the last was on 2026-01-01." in said.out
    assert "✗ Truth score" in said.out
    assert said.out.splitlines()[-1] == "2 checks failed."


def test_a_broken_promise_fails(desk: Desk):
    text = (
        Path(MAP)
        .read_text()
        .replace("when: {event: pay}", "when: {event: pay}, promise: {time: {within: 1h, after: see}}")
    )
    Path(MAP).write_text(
        text.replace("owner: Shop team", "owner: Shop team\n  review: {every_days: 90, last: 2026-03-01}")
    )
    said = desk.say("check", MAP, "-w", "shop", "--today", "2026-03-21", "--truth", "0", "--json")
    told = said.data
    assert said.code == 1
    assert [(one["check"], one["at"], one["n"]) for one in told["failures"]] == [("promise", "pay", 8)]
    assert told["failures"][0]["high"] < 0.9


def test_drift_fails_until_a_review_came_after_it(desk: Desk, changed: Path):
    with_review("review: {every_days: 900, last: 2026-01-10}")
    before = desk.say("check", MAP, "-w", changed, "--today", "2026-05-05", "--truth", "0")
    with_review("review: {every_days: 900, last: 2026-04-01}")
    after = desk.say("check", MAP, "-w", changed, "--today", "2026-05-05", "--truth", "0")
    assert (before.code, after.code) == (1, 0)
    assert "✗ Drift since 2026-03-16 (next steps): At “Sees the soap”" in before.out
    assert "1 from before the last review" in after.out


def test_findings_are_new_once(desk: Desk):
    with_review("review: {every_days: 90, last: 2026-03-01}")
    words = ("check", MAP, "-w", "shop", "--today", "2026-03-21", *NO_CARDS)
    first = desk.say(*words, "--findings", "99", "--write-known", "known.json")
    again = desk.say(*words, "--known", "known.json", "--json")
    assert first.code == 0
    assert json.loads(Path("known.json").read_text())["format"] == "desireline-known-findings/1"
    assert (again.code, again.data["new"]) == (0, [])


def test_what_is_written_as_known_fails_nothing(desk: Desk, changed: Path):
    with_review("review: {every_days: 900, last: 2026-04-01}")
    words = ("check", MAP, "-w", changed, "--today", "2026-05-05", "--truth", "0")
    strict = desk.say(*words, "--findings", "0", "--json")
    written = desk.say(*words, "--write-known", "known.json")
    again = desk.say(*words, "--known", "known.json")
    keys = json.loads(Path("known.json").read_text())["findings"]
    assert any(one.startswith("drift | see") for one in keys)
    assert not any(one["key"].startswith("drift") for one in strict.data["new"])
    assert (written.code, again.code) == (0, 0)
    assert "0 new findings." in written.out


def test_data_that_are_old_are_told_and_fail(desk: Desk):
    with_review("review: {every_days: 900, last: 2026-03-01}")
    words = ("check", MAP, "-w", "shop", "--today", "2026-06-01", *NO_CARDS)
    said, patient = desk.say(*words), desk.say(*words, "--age", "90")
    assert (said.code, patient.code) == (1, 0)
    assert "✗ The data are 73 days old: they end on 2026-03-20; 35 days are taken as usual." in said.out
    assert "Data up to 2026-03-20, 73 days ago." in patient.out
    assert "over all data since 2026-03-0" in patient.out


def test_where_nothing_could_be_compared_nothing_is_promised(desk: Desk, changed: Path):
    said = desk.say("drift", MAP, "-w", changed, "--since", "2026-04-27")
    assert "Journeys go as they did." not in said.out
    assert "o drift in what could be compared." in said.out or "Nothing could be compared." in said.out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--weight", "fittness=3"], 2, "Did you mean 'fitness'?"),
        (["--weight", "fitness=much"], 2, "'much' is no number"),
        (["--weight", "fitness=-1"], 2, "it must be 0 or more"),
        (["--known", "nowhere.json"], 2, "There is no file at nowhere.json"),
        (["--known", "log.csv"], 3, "the known findings cannot be read"),
        (["--truth", "101"], 2, "--truth"),
    ],
)
def test_wrong_words_are_told(desk: Desk, words: list[str], code: int, says: str):
    said = desk.say("check", MAP, "-w", "shop", *words)
    assert said.code == code
    assert says in said.err


def test_no_workspace_and_no_map_are_wrong_use(desk: Desk):
    assert desk.say("check", MAP, "-w", "nowhere").code == 2
    assert desk.say("drift", "nowhere.yaml", "-w", "shop").code == 2
