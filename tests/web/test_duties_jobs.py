"""Jobs run beside the server, tell how far they are, and stop when asked to."""

from __future__ import annotations

import errno
import json
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.serving import Served, serving

from desireline.errors import LakeBusy, LakeDamaged, ServerStops, UnknownDocument
from desireline.server.jobs import Progress
from desireline.server.problems import FULL, WORDS


def told(client: httpx.Client, id_: str, *, seen: threading.Event | None = None) -> list[dict[str, Any]]:
    """What the job's events say, until it is over; `seen` is set with the first of them."""
    found = []
    with client.stream("GET", f"/api/jobs/{id_}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            if line.startswith("data: "):
                found.append(json.loads(line[6:]))
                if seen is not None:
                    seen.set()
    return found


def test_a_job_tells_how_far_it_is_and_what_came_of_it(served: Served):
    watched = threading.Event()

    def work(progress: Progress) -> dict[str, Any]:
        watched.wait(60)
        progress("Half of it", 0.5)
        return {"map": "abc"}

    with served.client() as client:
        me = client.get("/api/me").json()["id"]
        job = served.desk.jobs.start("demo", work, by=me)
        events = told(client, job.id, seen=watched)
        states = [(one["state"], one["share"], one["says"], one["result"]) for one in events]
        assert states[0] in [("waiting", None, "", None), ("running", None, "", None)]
        assert states[-1] == ("done", 1.0, "Half of it", {"map": "abc"})
        assert client.get(f"/api/jobs/{job.id}").json()["state"] == "done"


def test_whoever_comes_back_finds_the_jobs_that_they_began(served: Served):
    goes_on = threading.Event()

    def work(_progress: Progress) -> dict[str, Any]:
        goes_on.wait(60)
        return {}

    with served.client() as client:
        me = client.get("/api/me").json()["id"]
        mine, _other = (served.desk.jobs.start("importing", work, by=by) for by in (me, "somebody"))
        assert [one["id"] for one in client.get("/api/jobs").json()] == [mine.id]
        goes_on.set()
        told(client, mine.id)
        assert client.get("/api/jobs").json() == []
        [ended] = client.get("/api/jobs?over=true").json()
        assert (ended["id"], ended["kind"], ended["state"]) == (mine.id, "importing", "done")


def test_a_job_that_is_cancelled_stops_where_it_tells_how_far_it_is(served: Served):
    told_once = threading.Event()

    def work(progress: Progress) -> dict[str, Any]:
        while True:
            progress("Again")
            told_once.set()

    with served.client() as client:
        job = served.desk.jobs.start("demo", work, by=client.get("/api/me").json()["id"])
        assert told_once.wait(60)
        assert client.delete(f"/api/jobs/{job.id}").status_code == 200
        assert told(client, job.id)[-1]["state"] == "cancelled"


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (UnknownDocument("abc"), {"code": "unknown-map", "says": str(UnknownDocument("abc"))}),
        (
            OSError(errno.ENOSPC, "No space left on device", "/srv/secret"),
            {"code": "not-saved", "says": FULL},
        ),
        (LakeDamaged("/srv/secret cannot be read"), {"code": "data-damaged", "says": WORDS[LakeDamaged]}),
        (LakeBusy("Another import (process 7) writes to /srv"), {"code": "busy", "says": WORDS[LakeBusy]}),
        (
            ZeroDivisionError("secret"),
            {
                "code": "internal",
                "says": "This program made a mistake. Nothing was lost. Try again. "
                "Whoever runs the server finds the reason in its log.",
            },
        ),
    ],
)
def test_a_job_that_fails_says_why(served: Served, fault: Exception, problem: dict[str, str]):
    def work(_progress: Progress) -> dict[str, Any]:
        raise fault

    with served.client() as client:
        job = served.desk.jobs.start("demo", work, by=client.get("/api/me").json()["id"])
        last = told(client, job.id)[-1]
        assert (last["state"], last["problem"]) == ("failed", problem)


def test_the_third_job_waits_for_one_of_two_to_end(served: Served):
    go = threading.Event()

    def work(_progress: Progress) -> dict[str, Any]:
        go.wait(60)
        return {}

    with served.client() as client:
        me = client.get("/api/me").json()["id"]
        jobs = [served.desk.jobs.start("demo", work, by=me) for _ in range(2)]
        while {served.desk.jobs.get(job.id).state for job in jobs} != {"running"}:
            time.sleep(0.01)
        jobs.append(served.desk.jobs.start("demo", work, by=me))
        third = jobs[2].id
        assert client.get(f"/api/jobs/{third}").json()["state"] == "waiting"
        assert client.delete(f"/api/jobs/{third}").json()["state"] == "cancelled"
        go.set()
        assert [told(client, job.id)[-1]["state"] for job in jobs] == ["done", "done", "cancelled"]


def test_an_unknown_job_is_not_there(served: Served):
    with served.client() as client:
        for path in ("/api/jobs/abc", "/api/jobs/abc/events"):
            answer = client.get(path)
            assert (answer.status_code, answer.json()["code"]) == (404, "unknown-job")


def test_a_stop_of_the_server_ends_what_watches_a_job_that_does_not_listen(tmp_path: Path):
    go, seen = threading.Event(), []

    def work(_progress: Progress) -> dict[str, Any]:
        go.wait(60)
        return {}

    with serving(tmp_path) as served, served.client() as client:
        job = served.desk.jobs.start("demo", work, by=client.get("/api/me").json()["id"])
        watching = threading.Thread(target=lambda: seen.extend(told(client, job.id)))
        watching.start()
        while served.desk.jobs.get(job.id).state != "running":
            time.sleep(0.01)
        served.desk.jobs.close()
        watching.join(10)
    go.set()
    assert (seen[-1]["state"], seen[-1]["says"]) == ("cancelled", "The server stopped.")
    with pytest.raises(ServerStops):
        served.desk.jobs.start("demo", work, by="")
