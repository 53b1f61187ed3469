"""What customers say is in the app what it is on the command line; topics that people agreed on are so in both."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from tests.web.serving import Served
from tests.web.test_numbers_http import cli
from tests.web.with_data import Company, looked

QUESTIONS = {
    "topics": ("topics",),
    "topics?at=answer&kind=ticket": ("topics", "--at", "answer", "--kind", "ticket"),
    "scores": ("feedback", "scores"),
    "scores?period=month&by=persona": ("feedback", "scores", "--period", "month", "--by", "persona"),
    "trend": ("feedback", "trend"),
    "trend?period=quarter": ("feedback", "trend", "--period", "quarter"),
    "drivers": ("drivers",),
    "drivers?of=Stars": ("drivers", "--of", "Stars"),
    "parity": ("parity",),
    "parity?measure=kept&by=persona": ("parity", "-m", "kept", "--by", "persona"),
    "effort": ("effort",),
    "effort?by=channel": ("effort", "--by", "channel"),
}


def without_words(told: Any, like: Any) -> Any:
    """What the app was told, less the words that it has more: sentences, titles, what may be asked instead."""
    if isinstance(like, dict):
        return {key: without_words(told[key], value) for key, value in like.items()}
    if isinstance(like, list) and len(like) == len(told):
        return [without_words(one, other) for one, other in zip(told, like, strict=True)]
    return told


@pytest.mark.parametrize("asked", QUESTIONS)
def test_answers_are_those_of_the_command_line(company: Company, capsys, asked: str):
    command, *rest = QUESTIONS[asked]
    words = (command, rest.pop(0)) if command == "feedback" else (command,)
    with company.served.client() as client:
        answer = client.get(f"/api/maps/{company.map_id}/voice/{asked}")
        found = looked(client, f"/api/maps/{company.map_id}/voice/{asked}") if answer.is_success else answer.json()
    said = cli(capsys, *words, company.file, "-w", company.folder, *rest)
    assert without_words(found, said) == said


def agreed(client: httpx.Client, company: Company, topic: str, **said: object) -> str:
    """What became of saying something of a topic: how the job ended."""
    made = client.put(f"/api/maps/{company.map_id}/voice/topics/{topic}", json=said).raise_for_status().json()
    with client.stream("GET", f"/api/jobs/{made['id']}/events") as events:
        for _line in events.iter_lines():
            pass
    job = client.get(f"/api/jobs/{made['id']}").json()
    return job["problem"]["says"] if job["problem"] else job["state"]


def test_a_topic_is_named_pinned_and_put_into_another_for_everybody(company: Company, capsys):
    path = f"/api/maps/{company.map_id}/voice/topics"
    with company.served.client() as client:
        first, second, third = (one["id"] for one in looked(client, path)["topics"][:3])
        assert agreed(client, company, first, name="Praise", pin=True) == "done"
        assert agreed(client, company, second, into=first) == "done"
        assert agreed(client, company, third, drop=True) == "done"
        found = looked(client, path)
        told = {one["id"]: one for one in found["topics"]}
        assert (told[first]["name"], told[first]["pinned"]) == ("Praise", True)
        assert not {second, third} & set(told)
        assert {one["id"]: (one["into"], one["drop"]) for one in found["set_aside"]} == {
            second: (first, False),
            third: (None, True),
        }
        said = cli(capsys, "topics", company.file, "-w", company.folder)
        assert without_words(found, said) == said
        assert agreed(client, company, second, into="") == "done"
        assert second in {one["id"] for one in looked(client, path)["topics"]}
        rows = [row for row in client.get("/api/audit").json() if row["what"] == "topic.agreed"]
    assert len(rows) == 4


def test_what_cannot_be_agreed_on_is_told(company: Company):
    path = f"/api/maps/{company.map_id}/voice/topics"
    with company.served.client() as client:
        first, second = (one["id"] for one in looked(client, path)["topics"][:2])
        assert "No topic has the id 'weather'" in agreed(client, company, "weather", name="Weather")
        assert agreed(client, company, first, into=second) == "done"
        assert "circle" in agreed(client, company, second, into=first)


def test_without_data_the_answer_says_so(served: Served):
    id_ = served.new_map()
    with served.client() as client:
        for analysis in ("topics", "scores", "trend", "drivers", "parity", "effort"):
            answer = client.get(f"/api/maps/{id_}/voice/{analysis}")
            assert (answer.status_code, answer.json()["code"]) == (409, "no-data")
