"""Doors into a new workspace: the demo company, and a map proposed from one's own files."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path
from random import Random

import httpx
import pytest
from tests.web.serving import Served

from desireline.server.doors import show_demo
from desireline.server.uploads import Uploads
from desireline.workspace import Workspace


@pytest.fixture
def olga(served: Served):
    with served.client() as client:
        yield client


def done(client: httpx.Client, answer: httpx.Response) -> dict:
    """The job when it is over."""
    job = answer.raise_for_status().json()
    while job["state"] in ("waiting", "running"):
        time.sleep(0.05)
        job = client.get(f"/api/jobs/{job['id']}").raise_for_status().json()
    return job


def visits(*, offset: str = "+00:00", people: int = 60) -> bytes:
    """Customers who look, put something into the cart and mostly pay."""
    random, lines = Random(7), ["customer,at,event"]
    for person in range(people):
        way = ["look", "look", "cart", *(["pay"] if random.random() < 0.8 else ["leave"])]
        lines += [
            f"c{person},2026-03-{1 + person % 28:02}T10:{minute:02}:00{offset},{what}"
            for minute, what in enumerate(way)
        ]
    return "\n".join(lines).encode()


def drop(client: httpx.Client, *files: tuple[str, bytes], **more: str) -> dict:
    sent = [("files", (name, body)) for name, body in files]
    return done(client, client.post("/api/doors/data", files=sent, data=more))


def maps(client: httpx.Client) -> list[str]:
    return [one["title"] for one in client.get("/api/maps").json()]


# The demo company


def test_the_demo_company_comes_once_with_its_map(olga: httpx.Client, served: Served):
    first = served.desk.jobs.start("demo", show_demo(served.desk, by="", customers=200), by="")
    while not served.desk.jobs.get(first.id).over:
        time.sleep(0.05)
    result = served.desk.jobs.get(first.id).result
    assert result is not None
    assert result["there"] is False
    assert maps(olga) == ["Buying clothes at Linden & Loom"]
    assert Workspace.open(served.desk.folder).examine()["counts"]["customers"] == 200
    again = done(olga, olga.post("/api/doors/demo"))
    assert again["result"] == {"map_id": result["map_id"], "there": True}
    assert olga.get("/api/doors/demo").json() == {"map_id": result["map_id"]}
    refused = drop(olga, ("log.csv", visits()))
    assert (refused["state"], "holds the demo company" in refused["says"]) == ("failed", True)


def test_two_who_ask_for_the_demo_company_at_once_get_one(olga: httpx.Client, served: Served):
    jobs = served.desk.jobs
    both = [jobs.start("demo", show_demo(served.desk, by="", customers=50), by="").id for _ in range(2)]
    while not all(jobs.get(one).over for one in both):
        time.sleep(0.05)
    results = [jobs.get(one).result or {} for one in both]
    assert sorted(one["there"] for one in results) == [False, True]
    assert len({one["map_id"] for one in results}) == len(maps(olga)) == 1


def test_the_demo_company_is_not_mixed_with_own_data(olga: httpx.Client, served: Served, tmp_path: Path):
    proposed = drop(olga, ("log.csv", visits()))
    done(olga, olga.post(f"/api/doors/data/{proposed['result']['upload']}/accept", json={}))
    job = done(olga, olga.post("/api/doors/demo"))
    assert (job["state"], job["problem"]["code"]) == ("failed", "data-unclear")
    assert "desireline demo --into demo" in job["says"]
    assert olga.get("/api/doors/demo").json() == {"map_id": None}


def test_own_data_is_not_mixed_with_the_demo_company_that_came_meanwhile(olga: httpx.Client, served: Served):
    proposed = drop(olga, ("log.csv", visits()))
    first = served.desk.jobs.start("demo", show_demo(served.desk, by="", customers=50), by="")
    while not served.desk.jobs.get(first.id).over:
        time.sleep(0.05)
    job = done(olga, olga.post(f"/api/doors/data/{proposed['result']['upload']}/accept", json={}))
    assert (job["state"], "holds the demo company" in job["says"]) == ("failed", True)
    assert len(maps(olga)) == 1


# One's own data


def test_files_that_do_not_arrive_whole_leave_nothing_behind(tmp_path: Path):
    class CutOff(BytesIO):
        def read(self, _most: int | None = -1) -> bytes:
            raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        Uploads(tmp_path).take([("log.csv", CutOff())], by="ana")
    assert list((tmp_path / "uploads").iterdir()) == []


def test_what_is_accepted_twice_at_once_comes_in_once(olga: httpx.Client, served: Served):
    address = f"/api/doors/data/{drop(olga, ('log.csv', visits()))['result']['upload']}/accept"
    both = [olga.post(address, json={}) for _ in range(2)]
    states = sorted(done(olga, one)["state"] if one.is_success else "failed" for one in both)
    assert (states, len(maps(olga))) == (["done", "failed"], 1)
    assert Workspace.open(served.desk.folder).examine()["counts"]["events"] == 240


def test_a_dropped_file_becomes_a_proposal_and_then_a_map(olga: httpx.Client, served: Served):
    job = drop(olga, ("log.csv", visits()))
    assert job["state"] == "done", job
    told = job["result"]
    assert told["questions"] == []
    assert told["counts"] == {"read": 240, "refused": 0, "events": 240}
    titles = {one["record"]["title"] for one in told["proposal"]["pieces"] if one["section"] == "touchpoints"}
    assert {title.lower() for title in titles} >= {"look", "cart", "pay"}
    assert maps(olga) == []
    assert not (served.desk.folder / "lake").exists()

    pieces = [one["id"] for one in told["proposal"]["pieces"] if one["record"].get("title", "").lower() != "pay"]
    choice = {"pieces": [one for one in pieces if not one.startswith("then.")], "title": "Our shop", "success": "cart"}
    wrong = olga.post(f"/api/doors/data/{told['upload']}/accept", json=choice | {"success": "crat"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "wrong-use")
    accepted = done(olga, olga.post(f"/api/doors/data/{told['upload']}/accept", json=choice))
    assert accepted["state"] == "done", accepted
    data = olga.get(f"/api/maps/{accepted['result']['map_id']}/data").json()
    assert (data["map"]["id"], data["map"]["title"]) == ("our-shop", "Our shop")
    assert data["map"]["journey"]["success"] == ["cart"]
    assert all(point["when"] for point in data["touchpoints"])
    assert Workspace.open(served.desk.folder).examine()["counts"]["events"] == 240
    assert not list((served.desk.folder / "uploads").iterdir())
    gone = olga.post(f"/api/doors/data/{told['upload']}/accept", json={})
    assert (gone.status_code, gone.json()["code"]) == (404, "proposal-gone")


def test_what_a_file_leaves_open_is_asked_and_the_answer_is_enough(olga: httpx.Client):
    asked = drop(olga, ("log.csv", visits(offset="")))["result"]
    assert asked["proposal"] is None
    assert [one["flag"] for one in asked["questions"]] == ["--zone NAME"]
    job = done(olga, olga.post(f"/api/doors/data/{asked['upload']}/answers", json={"zone": "Europe/Berlin"}))
    assert job["result"]["proposal"]["customers"] == 60
    at_once = drop(olga, ("log.csv", visits(offset="")), answers='{"zone": "Europe/Berlin"}')
    assert at_once["result"]["proposal"]["customers"] == 60


def test_answers_that_are_given_twice_at_once_lead_to_one_proposal(olga: httpx.Client):
    upload = drop(olga, ("log.csv", visits(offset="", people=400)))["result"]["upload"]
    address = f"/api/doors/data/{upload}/answers"
    both = [olga.post(address, json={"zone": "Europe/Berlin"}) for _ in range(2)]
    jobs = [done(olga, one) for one in both]
    assert [job["state"] for job in jobs] == ["done", "done"], jobs
    assert [job["result"]["counts"]["events"] for job in jobs] == [1600, 1600]


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00" * 500, b"who,what\nana,pay\n", b"customer,at,event\n", b"PK\x03\x04 not a workbook"],
    ids=["empty", "noughts", "no time", "no rows", "zip"],
)
def test_a_file_that_tells_no_journey_is_refused_in_words(olga: httpx.Client, served: Served, body: bytes):
    job = drop(olga, ("thing.csv", body))
    if job["state"] == "done":
        assert job["result"]["questions"]
    else:
        assert (job["state"], job["problem"]["code"]) != ("failed", "internal")
        assert len(job["says"]) > 20
    assert not (served.desk.folder / "lake").exists()


def test_a_file_stays_in_its_folder_whatever_it_is_called(tmp_path: Path):
    uploads = Uploads(tmp_path)
    names = ["../../evil.csv", "..", "C:\\x\\log.csv", "log.csv", "log.csv", "workspace", "a\x00b.csv", "ä 🙂.csv"]
    upload = uploads.take([(name, BytesIO(b"x")) for name in names], by="ana")
    assert [file.parent for file in upload.files] == [upload.folder] * len(names)
    assert len({file.name for file in upload.files}) == len(names)
    uploads.let_go(upload.id)
    assert not upload.folder.exists()


def test_only_the_last_few_uploads_wait_and_leftovers_go(tmp_path: Path):
    (tmp_path / "uploads" / "old").mkdir(parents=True)
    uploads = Uploads(tmp_path)
    taken = [uploads.take([("log.csv", BytesIO(b"x"))], by="ana") for _ in range(7)]
    assert sorted((tmp_path / "uploads").iterdir()) == sorted(one.folder for one in taken[2:])
