"""Findings in the app are those of the command line; what is decided about them holds for everybody."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.web.serving import Served
from tests.web.with_data import Company, looked, serving_company

from desireline.cli.start import run
from desireline.initiatives.records import By
from desireline.ledger.store import Ledger


def cli(capsys: Any, *words: object) -> Any:
    """What a command says as JSON."""
    assert run([*map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def only(said: Any, like: Any) -> Any:
    """Of what was said, that which `like` has too; lists are gone through side by side."""
    if isinstance(like, dict):
        return {key: only(said[key], like[key]) for key in like}
    if isinstance(like, list) and isinstance(said, list) and len(said) == len(like):
        return [only(a, b) for a, b in zip(said, like, strict=True)]
    return said


def path(company: Company, *rest: str) -> str:
    return "/".join([f"/api/maps/{company.map_id}/findings", *rest])


def test_findings_are_those_of_the_command_line(company: Company, capsys):
    with company.served.client() as client:
        found = looked(client, path(company))
    said = cli(capsys, "findings", company.file, "-w", company.folder)
    assert said["findings"]
    assert only(found, said) == said


def test_costs_ranks_and_scores_are_those_of_the_command_line(company: Company, capsys):
    with company.served.client() as client:
        found = looked(client, path(company) + "?formula=money*confidence")
    for by in found["orders"]:
        words = ["--by", by, *(["--formula", "money*confidence"] if by == "own" else [])]
        said = cli(capsys, "opportunities", company.file, "-w", company.folder, *words)["opportunities"]
        ranked = sorted(found["findings"], key=lambda one: one["ranks"][by])
        assert [one["id"] for one in ranked] == [one["finding"]["id"] for one in said]
        for one, other in zip(ranked, said, strict=True):
            like = {key: value for key, value in other.items() if key != "finding"}
            if by == "own":
                assert only(one["cost"], like) == like
            else:
                assert {**only(one["cost"], like), "scores": like["scores"]} == like


def test_numbers_are_told_in_the_words_of_the_terminal(company: Company, capsys):
    with company.served.client() as client:
        first = looked(client, path(company))["findings"][0]
    assert run(["findings", str(company.file), "-w", str(company.folder), "--show", first["id"]]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for words in (first["title"], first["place"], first["key"], first["grade_says"], first["effect"]["told"]):
        assert " ".join(words.split()) in said


def test_a_dismissed_finding_is_put_away_until_it_is_opened_again(company: Company, capsys):
    with company.served.client() as client:
        first = looked(client, path(company))["findings"][0]
        refused = client.post(path(company, first["id"], "decision"), json={"decision": "dismiss"})
        assert (refused.status_code, "Say why" in refused.json()["says"]) == (400, True)
        body = {"decision": "dismiss", "reason": "The shop closes this page in May."}
        made = client.post(path(company, first["id"], "decision"), json=body).raise_for_status().json()
        assert made["finding_key"] == first["key"]
        rest = looked(client, path(company))
        assert first["key"] not in [one["key"] for one in rest["findings"]]
        assert rest["put_away"] == 1
        said = cli(capsys, "findings", company.file, "-w", company.folder)
        assert only(rest, said) == said
        all_ = looked(client, path(company) + "?all=true")["findings"]
        [again] = [one for one in all_ if one["key"] == first["key"]]
        assert again["decision"]["reason"] == body["reason"]
        client.post(path(company, first["id"], "decision"), json={"decision": "reopen"}).raise_for_status()
        assert looked(client, path(company))["findings"][0]["id"] == first["id"]


def test_all_that_was_decided_about_a_finding_is_told(company: Company):
    said = [{"decision": "accept"}, {"decision": "dismiss", "reason": "Not ours."}, {"decision": "reopen"}]
    with company.served.client() as client:
        first, other = looked(client, path(company))["findings"][:2]
        for body in said:
            client.post(path(company, first["id"], "decision"), json=body).raise_for_status()
        told = client.get(path(company, first["id"], "decisions")).raise_for_status().json()
        assert client.get(path(company, other["id"], "decisions")).json() == []
        assert client.get(path(company, "nothing", "decisions")).json()["code"] == "unknown-finding"
    assert [(one["decision"], one["reason"], one["finding_key"]) for one in told] == [
        (one["decision"], one.get("reason", ""), first["key"]) for one in reversed(said)
    ]


def test_who_decided_is_written_down(company: Company):
    tomorrow = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
    with company.served.client() as client:
        first = looked(client, path(company))["findings"][0]
        body = {"decision": "snooze", "until": tomorrow}
        client.post(path(company, first["id"], "decision"), json=body).raise_for_status()
    [made] = Ledger(company.served.desk.engine).decided(first["key"])
    owner = company.served.desk.members.everybody()[0]
    assert (made.decision, str(made.until), made.who) == ("snooze", tomorrow, owner.name)
    [line] = [one for one in company.served.desk.audit.newest() if one.what == "finding.decided"]
    assert (line.who, line.whole["finding"], line.whole["decision"]) == (owner.id, first["key"], "snooze")


def test_a_finding_that_was_put_off_is_back_when_the_day_has_come_by_the_clock_of_the_server(
    built: Path, tmp_path: Path
):
    now = datetime.now(UTC)
    with serving_company(built, tmp_path, clock=lambda: now + timedelta(days=3)) as company:
        with company.served.client() as client:
            first = looked(client, path(company))["findings"][0]
            ledger = Ledger(company.served.desk.engine)
            ledger.decide(first["key"], "snooze", until=now.date() + timedelta(days=2), by=By("Ana", now))
            again = looked(client, path(company))
        assert (again["put_away"], again["findings"][0]["key"]) == (0, first["key"])


def test_an_effort_that_somebody_gave_is_that_of_the_command_line(company: Company, capsys):
    with company.served.client() as client:
        first = looked(client, path(company))["findings"][0]
        client.put(path(company, first["id"], "effort"), json={"effort": 3}).raise_for_status()
        again = looked(client, path(company))["findings"][0]
        assert (again["id"], again["cost"]["effort"]) == (first["id"], 3)
        said = cli(capsys, "opportunities", company.file, "-w", company.folder)["opportunities"]
        [same] = [one for one in said if one["finding"]["id"] == first["id"]]
        assert (same["effort"], same["scores"]) == (3, again["cost"]["scores"])
        client.put(path(company, first["id"], "effort"), json={"effort": None}).raise_for_status()
        assert looked(client, path(company))["findings"][0]["cost"]["effort"] is None
        assert client.put(path(company, first["id"], "effort"), json={"effort": 0}).status_code == 422


def test_a_finding_that_there_is_not_is_told(company: Company):
    with company.served.client() as client:
        answer = client.post(path(company, "nothing", "decision"), json={"decision": "accept"})
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-finding")


def test_without_data_the_answer_says_so(served: Served):
    id_ = served.new_map()
    with served.client() as client:
        answer = client.get(f"/api/maps/{id_}/findings")
        assert (answer.status_code, answer.json()["code"]) == (409, "no-data")
        gone = client.post(f"/api/maps/{id_}/findings/x/decision", json={"decision": "accept"})
        assert (gone.status_code, gone.json()["code"]) == (404, "unknown-finding")
