"""desireline findings, rules, opportunities, decide: as a new user would type them, with wrong input too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.shop import Desk
from desireline.demo.company import build_demo
from desireline.workspace import Workspace

MAP = "clothing-retailer.journey.yaml"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small company with its twelve problems."""
    files = build_demo(tmp_path_factory.mktemp("company"), customers=1500)
    Workspace.create(files.folder / "shop").import_files(files.recipe, files.sources)
    return files.folder


@pytest.fixture
def at_work(company: Path, monkeypatch: pytest.MonkeyPatch, desk: Desk) -> Desk:
    monkeypatch.chdir(company)
    return desk


def test_findings_are_told_with_their_evidence(at_work: Desk):
    said = at_work.say("findings", MAP, "-w", "shop", "-n", "3")
    assert said.code == 0
    assert "checks tell of something" in said.out
    assert "grade D" in said.out
    assert "q < 0.001" in said.out
    assert "--customers ID" in said.out


def test_each_opens_to_as_many_customers_as_it_says(at_work: Desk):
    found = json.loads(at_work.say("findings", MAP, "-w", "shop", "--json").out)["findings"]
    assert len(found) >= 6
    for one in [one for one in found if one["customers"]][:4]:
        listed = json.loads(at_work.say("findings", MAP, "-w", "shop", "--customers", one["id"], "--json").out)
        assert len(set(listed["customers"])) == one["customers"]


def test_one_finding_is_told_whole(at_work: Desk):
    found = json.loads(at_work.say("findings", MAP, "-w", "shop", "--json").out)["findings"]
    said = at_work.say("findings", MAP, "-w", "shop", "--show", found[0]["id"][:8])
    assert said.code == 0
    assert found[0]["says"] in " ".join(said.out.split())
    assert "What helps:" in said.out


def test_the_same_data_give_the_same_findings_byte_for_byte(at_work: Desk, tmp_path: Path):
    first = at_work.say("findings", MAP, "-w", "shop", "--json").out
    files = build_demo(tmp_path / "again", customers=1500)
    Workspace.create(tmp_path / "again" / "shop").import_files(files.recipe, files.sources)
    assert at_work.say("findings", str(files.map), "-w", str(tmp_path / "again" / "shop"), "--json").out == first


def test_a_dismissed_finding_is_no_longer_listed_until_it_is_reopened(at_work: Desk):
    found = json.loads(at_work.say("findings", MAP, "-w", "shop", "--json").out)["findings"]
    id_ = found[0]["id"]
    assert at_work.say("decide", MAP, id_, "dismiss", "-w", "shop").code == 2
    assert at_work.say("decide", MAP, id_, "dismiss", "-w", "shop", "--because", "known").code == 0
    after = json.loads(at_work.say("findings", MAP, "-w", "shop", "--json").out)
    assert id_ not in [one["id"] for one in after["findings"]]
    assert after["put_away"] == 1
    assert id_ in at_work.say("findings", MAP, "-w", "shop", "--all", "-n", "50").out
    assert at_work.say("decide", MAP, id_, "reopen", "-w", "shop").code == 0
    assert json.loads(at_work.say("findings", MAP, "-w", "shop", "--json").out)["put_away"] == 0


def test_a_decision_is_sent_to_hooks_and_stands_when_nobody_takes_it(at_work: Desk):
    at_work.say("initiative", "hook", "http://127.0.0.1:9/x", "-w", "shop", "--allow-local")
    id_ = json.loads(at_work.say("findings", MAP, "-w", "shop", "--json").out)["findings"][0]["id"]
    said = at_work.say("decide", MAP, id_, "accept", "-w", "shop")
    assert said.code == 0
    assert "127.0.0.1:9 did not take the message" in said.err
    at_work.say("initiative", "hook", "-w", "shop", "--remove", "1")
    assert at_work.say("decide", MAP, id_, "reopen", "-w", "shop").code == 0


def test_opportunities_are_ranked_and_drawn(at_work: Desk, tmp_path: Path):
    efforts = tmp_path / "efforts.yaml"
    efforts.write_text("late@delivery: 3\nlost@delivery_costs: 0.5\n")
    picture = tmp_path / "matrix.svg"
    told = json.loads(
        at_work.say("opportunities", MAP, "-w", "shop", "--efforts", str(efforts), "-o", str(picture), "--json").out
    )["opportunities"]
    lost = [one["lost"]["value"] for one in told if one["lost"]]
    assert lost == sorted(lost, reverse=True)
    assert {one["finding"]["at"]: one["effort"] for one in told}["delivery_costs"] == 0.5
    assert picture.read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("findings", MAP, "-w", "shop", "--rule", "lte"), "Did you mean 'late'?"),
        (("findings", MAP, "-w", "shop", "--set", "late smalest 1"), "'late' has acceptable, smallest"),
        (("findings", MAP, "-w", "shop", "--set", "late smallest much"), "'much' is no number"),
        (("findings", MAP, "-w", "shop", "--set", "late"), "it needs the rule, the setting and a number"),
        (("findings", MAP, "-w", "shop", "--show", "nothing"), "There is no finding 'nothing'"),
        (("rules", "dead touchpiont"), "Did you mean 'dead touchpoint'?"),
        (("opportunities", MAP, "-w", "shop", "--by", "rise"), "Did you mean 'rice'?"),
        (("opportunities", MAP, "-w", "shop", "--by", "own"), "Give it a --formula"),
        (("opportunities", MAP, "-w", "shop", "--formula", "loss +"), "cannot be worked out"),
    ],
)
def test_wrong_input_is_told_with_the_way_out(at_work: Desk, words: tuple[str, ...], says: str):
    said = at_work.say(*words)
    assert said.code == 2
    assert says in " ".join(said.err.split())


def test_wrong_efforts_are_told(at_work: Desk, tmp_path: Path):
    for text in ("- a\n- b\n", "late@delivery: much\n", "late@delivery: 0\n", "a: [\n"):
        (tmp_path / "wrong.yaml").write_text(text)
        said = at_work.say("opportunities", MAP, "-w", "shop", "--efforts", str(tmp_path / "wrong.yaml"))
        assert said.code == 3
        assert "cannot be read as efforts" in said.err


def test_a_quiet_shop_gets_an_empty_list(desk: Desk):
    said = desk.say("findings", "shop.journey.yaml", "-w", "shop")
    assert said.code == 0
    assert "An empty list is an answer" in said.out
