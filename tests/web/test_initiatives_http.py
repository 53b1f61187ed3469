"""Decisions over HTTP: initiatives are proposed, fixed at the start and judged, as the command line does it."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from tests.web.serving import Served
from tests.web.with_data import Company, looked

from desireline.cli.start import run

APP_TEAM: dict[str, Any] = {
    "title": "Mend the checkout in the app",
    "owner": "Mia",
    "team": "app-team",
    "hypothesis": "Version 5.3 does not lose the cart.",
    "target": {"measure": "conversion", "at": "checkout", "expected": 0.1, "smallest": 0.05},
    "starts_on": "2026-05-04",
    "tasks": [{"title": "Ship 5.3", "owner": "Ben"}],
}


def cli(capsys: Any, *words: object) -> Any:
    """What a command says as JSON."""
    assert run([*map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def same(told: dict[str, Any], said: dict[str, Any]) -> bool:
    """What the command says is in the answer, word for word; the answer may say more."""
    return {name: told[name] for name in said} == said


def proposed(client: httpx.Client, company: Company, **more: Any) -> dict[str, Any]:
    answer = client.post(f"/api/maps/{company.map_id}/initiatives", json=APP_TEAM | more)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_from_a_finding_to_a_verdict(company: Company, capsys):
    base = f"/api/maps/{company.map_id}/initiatives"
    with company.served.client() as client:
        [first, *_] = looked(client, f"/api/maps/{company.map_id}/findings")["findings"]
        made = proposed(client, company, findings=[first["id"]])
        assert made["findings"] == [first["id"]]
        assert (made["status"], made["began"], made["ways"]) == ("planned", False, ["running", "stopped"])
        assert made["place"] == "Checks out"
        assert made["target"]["baseline"]["n"] > 100
        assert same(made, cli(capsys, "initiative", "show", made["id"], "-w", company.folder))

        at = f"{base}/{made['id']}"
        ticked = client.patch(f"{at}/tasks/1", json={"done": True}).raise_for_status().json()
        assert ticked["tasks"] == [{"title": "Ship 5.3", "owner": "Ben", "done": True}]
        running = client.post(f"{at}/status", json={"to": "running", "on": "2026-05-04"}).raise_for_status().json()
        assert (running["status"], running["began"], running["ways"]) == ("running", True, ["finished", "stopped"])

        seen = looked(client, f"{at}/verdict")
        said = cli(capsys, "verdict", made["id"], company.file, "-w", company.folder, "--dry-run")
        assert seen == said
        assert {line["treated"] for line in seen["course"]["lines"]} == {True}
        assert client.get(at).json()["looks"] == [seen["data_until"][:10]]

        judged = client.post(f"{at}/verdict").raise_for_status().json()
        assert [one["word"] for one in judged["verdicts"]] == [said["verdict"]]
        assert judged["progress"]["expected"] == 0.1
        assert judged["progress"]["effect"] == said["verdicts"][0]["effect"]["value"]
        listed = client.get(base).json()
        assert [one["id"] for one in listed] == [made["id"]]
        assert same(listed[0], cli(capsys, "initiative", "list", "-w", company.folder)[0])

        finished = client.post(f"{at}/status", json={"to": "finished", "on": "2026-06-30"}).raise_for_status().json()
        assert (finished["status"], finished["ended_on"], finished["ways"]) == ("finished", "2026-06-30", [])
        assert [row["what"] for row in client.get("/api/audit").json() if row["what"].startswith("init")] == [
            "initiative.finished",
            "initiative.judged",
            "initiative.running",
            "initiative.changed",
            "initiative.created",
        ]
        rows = client.get(f"{base}.csv").raise_for_status()
        assert rows.text.splitlines()[1].startswith(f"{made['id']},Mend the checkout in the app,finished,Mia")
        assert client.get(f"{base}.json").json() == cli(capsys, "initiative", "export", "-w", company.folder)


def test_what_the_verdict_rests_on_is_fixed_at_the_start(company: Company):
    with company.served.client() as client:
        made = proposed(client, company)
        at = f"/api/maps/{company.map_id}/initiatives/{made['id']}"
        moved = client.patch(at, json={"target": {"at": "cart"}}).raise_for_status().json()
        assert moved["target"]["baseline"] is None
        assert "no baseline" in client.post(f"{at}/status", json={"to": "running"}).json()["says"]
        client.patch(at, json={"target": {"at": "checkout"}}).raise_for_status()
        bare = client.patch(at, json={"target": {"expected": None}}).raise_for_status().json()["target"]
        assert (bare["expected"], bare["smallest"], bare["at"]) == (None, 0.05, "checkout"), "a size may be taken back"
        client.post(f"{at}/baseline", json={}).raise_for_status()
        client.post(f"{at}/status", json={"to": "running"}).raise_for_status()
        answer = client.patch(at, json={"target": {"expected": 0.01}})
        assert answer.status_code == 400
        assert "its target was fixed then" in answer.json()["says"]
        assert client.patch(at, json={"owner": "Ida"}).json()["owner"] == "Ida"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"target": {"measure": "convertion"}}, "Did you mean 'conversion'?"),
        ({"target": {"measure": "reach"}}, "reach cannot be read at a map"),
        ({"target": {"at": "chekout"}}, "Did you mean 'checkout'?"),
        ({"target": {"group": "persona:nobody"}}, "persona:nobody"),
        ({"ends_on": "2026-01-01"}, "before it starts"),
        ({"title": " "}, "title"),
        ({"roll_out": {"kind": "by group", "by": "channel"}}, "no arm is treated"),
    ],
)
def test_what_cannot_be_is_refused_in_words(company: Company, more: dict[str, Any], says: str):
    with company.served.client() as client:
        answer = client.post(f"/api/maps/{company.map_id}/initiatives", json=APP_TEAM | more)
        assert answer.status_code == 400
        assert says in answer.json()["says"]
        assert client.get(f"/api/maps/{company.map_id}/initiatives").json() == []


def test_stopping_takes_a_reason_and_judging_a_start(company: Company):
    with company.served.client() as client:
        at = f"/api/maps/{company.map_id}/initiatives/{proposed(client, company)['id']}"
        assert "say why" in client.post(f"{at}/status", json={"to": "stopped"}).json()["says"]
        assert "nothing to judge yet" in client.get(f"{at}/verdict").json()["says"]
        stopped = client.post(f"{at}/status", json={"to": "stopped", "reason": "No people."}).raise_for_status().json()
        assert (stopped["status"], stopped["history"][-1]["after"]) == ("stopped", "No people.")
        missing = client.get(f"/api/maps/{company.map_id}/initiatives/mend-the-chekout")
        assert (missing.status_code, missing.json()["code"]) == (404, "unknown-initiative")


def test_what_if_is_that_of_the_command_line(company: Company, capsys):
    base = f"/api/maps/{company.map_id}/whatif"
    with company.served.client() as client:
        told = looked(client, base)
        assert told == cli(capsys, "whatif", company.file, "-w", company.folder)
        edits = ["checkout lost x0.5", "delivery late x0.5"]
        answer = looked(client, f"{base}/answer?{httpx.QueryParams([('edit', one) for one in edits])}")
        sets = [word for one in edits for word in ("--set", one)]
        assert answer == cli(capsys, "whatif", company.file, "-w", company.folder, *sets)
        wrong = client.get(f"{base}/answer?edit=checkout lost 5")
        assert wrong.status_code in (400, 422)
        assert "5" in wrong.json()["says"]


def test_without_data_nothing_can_be_planned_or_imagined(served: Served):
    id_ = served.new_map()
    with served.client() as client:
        assert client.get(f"/api/maps/{id_}/initiatives").json() == []
        for answer in (
            client.post(f"/api/maps/{id_}/initiatives", json={"title": "Try"}),
            client.get(f"/api/maps/{id_}/whatif"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "no-data")
