"""Questions about paths on the command line: what is printed, what is wrong, and that a quick answer loads little."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from cli.shop import Desk
from desireline.cli.app import app, obey
from desireline.cli.catalog import COMMANDS
from desireline.cli.questions import QUESTIONS, Question
from desireline.cli.words import read_words

MAP = "shop.journey.yaml"
SHOP = ["-w", "shop"]
LOG = ["--file", "log.csv", "--customer", "customer", "--channel-column", "channel"]

WHAT_IS_LOADED = """
import sys
from desireline.cli.start import run
code = run(sys.argv[1:])
heavy = {"polars", "scipy", "deltalake", "typer", "pydantic", "rich", "pandas", "desireline.workspace"}
print(code, *sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def plain(text: str) -> list[list[str]]:
    """The cells of every line."""
    return [re.split(r"  +", line.strip().replace("\u202f", " ").replace("\u00a0", " ")) for line in text.splitlines()]


def loaded(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WHAT_IS_LOADED, *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_funnel_is_a_table_with_bars(desk: Desk):
    said = desk.say("paths", "funnel", "see > cart", "pay", *SHOP)
    assert plain(said.out) == [
        ["21 customers."],
        [""],
        ["#", "Step", "Customers", "Of first", "Of previous", "Lost", "Median time"],
        ["1", "see", "21", "100 %", "100 %", "0", "0 s", "█" * 20],
        ["2", "cart", "12", "57.1 %", "57.1 %", "9", "2 days", "█" * 11],
        ["3", "pay", "8", "38.1 %", "66.7 %", "–", "2 days", "█" * 8],
        ["1 number not shown: fewer than 5 customers, alone or by subtraction."],
    ]


def test_every_question_answers_in_words(desk: Desk):
    expected = {
        ("edges",): "20 moves of 2 kinds.",
        ("routes",): "21 customers on 3 routes.",
        ("visits",): "41 visits; a silence of more than 30 min ends one.",
        ("retention",): "21 customers, by the week of their first event.",
        ("attribution", "pay"): "8 of 21 customers reach pay (38.1 %).",
        ("order", "see > cart > pay"): "21 customers on see > cart > pay.",
        ("names",): "events: cart, pay, see",
    }
    for words, line in expected.items():
        said = desk.say("paths", *words, *SHOP)
        assert (said.code, plain(said.out)[0]) == (0, [line]), words
    assert "channels: (none), app, web" in desk.say("paths", "names", *SHOP).out


def test_a_map_names_the_touchpoints_and_the_stages(desk: Desk):
    said = desk.say("paths", "order", *SHOP, "--map", MAP)
    assert "21 customers on find > buy.\n21 of them (100" in said.out
    assert desk.say("paths", "names", *SHOP, "--map", MAP).out.startswith(
        "touchpoints: see, cart, pay\nchannels: (none)"
    )


def test_parts_of_the_data_can_be_asked_about(desk: Desk):
    def first(*words: str) -> int:
        return int(desk.say("paths", "funnel", "see", *SHOP, *words, "--json").data["rows"][0]["customers"])

    assert first() == 21
    assert first("--channel", "app") == 10
    assert first("--channel", "app", "--channel", "web") == 21
    assert first("--to", "2026-03-01") == 7
    assert first("--from", "2026-03-02", "--to", "2026-03-03") == 13
    assert first("--to", "9999-12-31") == first()
    assert first("--from", "2026-03-02T10:00:00.000001") == 7
    assert first("--map", MAP, "--channel", "Web") == 11  # as the map calls it, which knows it as web-shop


def test_a_time_outside_the_data_is_told(desk: Desk):
    for words in (["--from", "2030-01-01"], ["--to", "2020-01-01"]):
        said = desk.say("paths", "funnel", "see", *SHOP, *words)
        assert "No event lies in this time: the data run from 2026-03-01 to 2026-03-20." in said.err
        assert said.out.startswith("0 customers.")
    assert desk.say("paths", "funnel", "see", *SHOP, "--from", "2026-03-20", "--json").err == ""


def test_a_file_is_asked_without_a_workspace(desk: Desk):
    in_shop = desk.say("paths", "routes", *SHOP, "--json").data
    assert desk.say("paths", "routes", *LOG, "--json").data == in_shop
    assert desk.say("paths", "routes", *LOG, "--keep", "here", "--json").data == in_shop
    assert Path("here/trace").is_dir()
    shutil.rmtree("shop")
    assert desk.say("paths", "routes", *LOG, "--json").data == in_shop


WRONG = [
    (["funnel", "see", "pya", *SHOP], "No event is called 'pya' here. Did you mean 'pay'?"),
    (["funnel", *SHOP], "Missing argument 'STEPS…'"),
    (["funnel", ">", *SHOP], "A funnel needs steps"),
    (["funnel", "see", "-w", "gone"], "No workspace at gone."),
    (["funnel", "see", *SHOP, "--within", "7"], "a duration is written like 30m"),
    (["funnel", "see", *SHOP, "--map", "gone.yaml"], "There is no file at gone.yaml"),
    (["funnel", "see", *SHOP, "--from", "spring"], "'spring' is no day and no instant. Write it like 2026-03-01"),
    (["funnel", "see", *SHOP, "--channel", "wbe"], "No channel is called 'wbe' here. Did you mean 'web'?"),
    (["funnel", "see", *SHOP, "--within", "0d"], "'0d' leaves no time"),
    (["funnel", "see", *SHOP, "--segment", "plan=gold"], "No customer has a property 'plan'"),
    (["funnel", "see", *SHOP, "--segment", "gold"], "Write it like plan=premium."),
    (["funnel", "see", *SHOP, "--persona", "maya"], "name it with --map"),
    (["funnel", "see", *SHOP, "--map", MAP, "--persona", "maya"], "Nothing to group by is called 'maya'"),
    (["funnel", "see", "--file", "gone.csv"], "There is no file at gone.csv"),
    (["funnel", "see", "--file", "log.csv"], "No file has a column 'customer_id'"),
    (["funnel", "see", *LOG, "--map", MAP], "needs a workspace"),
    (["funnel", "see", *LOG, *SHOP], "to a workspace or to a file, not to both"),
    (["funnel", "see", *LOG, "--file", "reviews.csv"], "to one file, not to 2"),
    (["funnels"], "Did you mean 'funnel'"),
    (["edges", *SHOP, "-n", "0"], "greater than or equal to 1"),
    (["retention", *SHOP, "--by", "year"], "Choose one of day, week, month."),
    (["attribution", *SHOP], "Missing argument 'GOAL'"),
    (["attribution", "see", "pay", *SHOP], "unexpected extra argument"),
    (["order", *SHOP], "name a map with --map"),
    (["visits", *SHOP, "--colour", "red"], "No such option: --colour"),
]


@pytest.mark.parametrize(("words", "says"), WRONG, ids=lambda given: " ".join(given) if isinstance(given, list) else "")
def test_wrong_words_are_told_with_the_way_out(desk: Desk, words: list[str], says: str):
    said = desk.say("paths", *words)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert said.err.splitlines()[-1].startswith("desireline: ")


def test_an_empty_workspace_says_what_to_do(desk: Desk):
    desk.say("init", "empty")
    said = desk.say("paths", "edges", "-w", "empty")
    assert (said.code, said.err) == (
        3,
        "desireline: There are no events in this workspace yet: `desireline import` brings them in.\n",
    )


def test_the_quick_lane_and_typer_give_the_same_answers(desk: Desk, capsys: pytest.CaptureFixture[str]):
    asked = [
        ["paths", "funnel", "see", "pay", "--within=9d", *SHOP, "--json"],
        ["paths", "edges", "--exact", "-n", "2", *SHOP],
        ["paths", "order", "see,cart > pay", *SHOP],
        ["paths", "names", *SHOP],
    ]
    for words in asked:
        quick = desk.say(*words)
        assert obey(words) == quick.code == 0
        assert capsys.readouterr().out == quick.out


def test_the_quick_lane_leaves_alone_what_it_does_not_understand():
    known = QUESTIONS["funnel"].known
    for words in (
        ["--help"],
        ["see", "-h"],
        ["see", "--gone"],
        ["see", "--within"],
        ["see", "--json=yes"],
        ["see", "-w=x"],
    ):
        assert read_words(words, known) is None, words
    assert read_words(["-n", "x"], QUESTIONS["edges"].known) is None
    said = read_words(["see", "--channel", "a", "--channel=b", "pay", "-w", "shop"], known)
    assert said is not None
    assert (said["steps"], said["channel"], said["workspace"]) == (["see", "pay"], ["a", "b"], Path("shop"))


def test_a_quick_answer_loads_nothing_heavy(desk: Desk, tmp_path: Path):
    words = ["paths", "funnel", "see", "cart", "pay", "-w", "shop", "--json"]
    first = desk.say(*words).data  # makes the trace
    told = loaded(tmp_path, *words)
    assert told.stderr == "0\n"
    assert json.loads(told.stdout) == first


def test_a_quick_answer_about_a_file_loads_nothing_heavy(desk: Desk, tmp_path: Path):
    words = ["paths", "funnel", "see", "cart", "pay", *LOG, "--json"]
    first = desk.say(*words).data
    told = loaded(tmp_path, *words)
    assert told.stderr == "0\n"
    assert json.loads(told.stdout) == first


def test_help_and_version_load_no_data_tools(tmp_path: Path):
    for words in (["--version"], ["--help"]):
        assert set(loaded(tmp_path, *words).stderr.split()[1:]) <= {"typer", "pydantic", "rich"}


def test_the_catalog_says_what_the_commands_say_themselves():
    commands = get_command(app).commands
    assert list(commands) == list(COMMANDS)
    for name, entry in COMMANDS.items():
        assert (commands[name].help or "").partition("\n\n")[0].replace("\n", " ").strip() == entry.says, name


def test_a_question_that_is_stopped_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def stop(said: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(QUESTIONS, "forever", Question("Never ends.", (), stop))  # type: ignore[arg-type]
    said = desk.say("paths", "forever")
    assert (said.code, said.err) == (130, "desireline: Stopped. Nothing was left half done.\n")
