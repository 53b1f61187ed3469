"""Data in the app: the command line's numbers, files brought in, refused rows taken up again, an import undone."""

from __future__ import annotations

import csv
import io
import re
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web.serving import Served
from tests.web.test_doors import done, drop, visits
from tests.web.test_numbers_http import cli
from tests.web.test_people_http import member
from tests.web.with_data import Company, looked

from desireline.kept.aside import mark_replayed
from desireline.server.answers import DataAnswers
from desireline.server.imported import import_upload, read_upload
from desireline.workspace import Workspace

BERLIN = '{"zone": "Europe/Berlin"}'
HALF = b"customer,at,event\n" + b"".join(
    f"c{n},2026-03-05T10:00:00{'+00:00' if n % 3 else ''},look\n".encode() for n in range(60)
)
"""Every third instant has no offset."""
LEADS = b"Prospect ID,Lead Source,Converted\n" + b"".join(
    f"p{n},{'ad' if n % 2 else 'chat'},1\n".encode() for n in range(40)
)


@pytest.fixture
def olga(served: Served):
    with served.client() as client:
        yield client


def send(client: httpx.Client, *files: tuple[str, bytes], **more: str) -> dict:
    sent = [("files", (name, body)) for name, body in files]
    return done(client, client.post("/api/data/files", files=sent, data=more))


def bring(client: httpx.Client, *files: tuple[str, bytes], **more: str) -> dict:
    """The files are imported."""
    read = send(client, *files, **more)
    assert (read["state"], read["result"]["questions"]) == ("done", []), read
    job = done(client, client.post(f"/api/data/files/{read['result']['upload']}/import"))
    assert job["state"] == "done", job
    return job["result"]


def state(folder: Path) -> tuple[str, dict]:
    shop = Workspace.open(folder)
    return shop.state(), shop.holdings()["counts"]


def test_counts_and_refused_rows_are_those_of_the_command_line(company: Company, capsys):
    with company.served.client() as client:
        data = looked(client, "/api/data")
        refused = looked(client, "/api/data/refusals?limit=20")
        one = refused["reasons"][0]
        of_one = looked(client, f"/api/data/refusals?limit=5&reason={one['reason']}")
    doctor = cli(capsys, "doctor", "-w", company.folder)
    assert data["counts"] == doctor["counts"]
    assert (data["tier"], len(data["imports"]), data["imports"][0]["undoable"]) == ("fast", 1, True)
    assert refused["rows"] == cli(capsys, "refusals", "-w", company.folder)
    said = cli(capsys, "refusals", "-w", company.folder, "-n", "5", "--reason", one["reason"])
    assert of_one["rows"] == said
    assert refused["total"] == sum(row["rows"] for row in refused["reasons"]) == data["counts"]["refusals"]


def test_names_of_events_that_few_customers_met_are_told_to_editors_only(olga: httpx.Client, served: Served):
    rare = "".join(f"c{n % 4},2026-03-06T10:00:{n:02}+00:00,fainted in the shop\n" for n in range(8))
    known = "".join(f"c{n},2026-03-06T11:00:00+00:00,fitted\n" for n in range(5))
    bring(olga, ("log.csv", b"customer,at,event\n" + (rare + known).encode()))
    [all_of_it] = looked(olga, "/api/data")["sources"]
    with member(served, "Vic", "viewer") as viewer:
        [some] = looked(viewer, "/api/data")["sources"]
    assert [one["event"] for one in all_of_it["events"]] == ["fainted in the shop", "fitted"]
    assert [one["event"] for one in some["events"]] == ["fitted"]
    assert some["rows"] == all_of_it["rows"] == 13


def test_silent_sources_are_those_that_drift_finds(company: Company, capsys):
    with company.served.client() as client:
        data = looked(client, "/api/data")
    drift = cli(capsys, "drift", company.file, "-w", company.folder)
    assert data["silences"] == drift["silences"]
    assert {one["source"] for one in data["sources"]} >= {one["source"] for one in data["silences"]}
    assert sum(one["rows"] for one in data["sources"]) > 0


def test_a_source_that_fell_silent_is_told(olga: httpx.Client, served: Served):
    lines = [
        f"c{n},2026-0{3 + day // 28}-{1 + day % 28:02}T{8 + n:02}:00:00Z,look" for day in range(56) for n in range(10)
    ]
    early = [f"a{line}" for line in lines if line[line.index(",") + 1 :] < "2026-04-08"]
    shop = Workspace.create(served.desk.folder)
    shop.import_files(_recipe("web"), {"web": _rows(lines)})
    shop.import_files(_recipe("app"), {"app": _rows(early)})
    data = looked(olga, "/api/data")
    quiet = {one["source"]: one["silence"] for one in data["sources"]}
    assert quiet["web"] is None
    assert (quiet["app"]["kind"], quiet["app"]["since"], quiet["app"]["until"]) == ("silent", "2026-04-08", None)
    assert data["sources"][0]["source"] == "app"


def test_the_file_of_refused_rows_runs_no_formula_and_is_noted(olga: httpx.Client, served: Served):
    bring(olga, ("log.csv", visits() + b"\nc1,soon,=1+1\n=cmd|x,soon,pay\n"), answers=BERLIN)
    answer = olga.get("/api/data/refusals.csv").raise_for_status()
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 2
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]
    assert "data.refusals_exported" in [one["what"] for one in olga.get("/api/audit").json()]


def test_without_data_the_page_says_so(olga: httpx.Client):
    for path in ("/api/data", "/api/data/refusals", "/api/data/refusals.csv"):
        answer = olga.get(path)
        assert (answer.status_code, answer.json()["code"]) == (409, "no-data")
    assert olga.get("/api/data/recipes").json() == []


# Bringing files in


def test_a_reading_shows_how_files_are_understood_and_changes_nothing(olga: httpx.Client, served: Served):
    told = send(olga, ("log.csv", visits()))["result"]
    assert told["files"] == [{"name": "log.csv", "kind": "delimited", "encoding": "utf-8", "delimiter": ","}]
    assert (told["how"], told["questions"]) == ("suggested", [])
    assert {one["column"]: one["role"] for one in told["reasons"] if one["column"]}["customer"]
    assert len(told["preview"]["events"]["rows"]) == 50
    assert (told["counts"]["read"], told["counts"]["events"], told["counts"]["refused"]) == (240, 240, 0)
    assert not (served.desk.folder / "lake").exists()


def test_what_files_leave_open_is_asked(olga: httpx.Client):
    asked = send(olga, ("log.csv", visits(offset="")))["result"]
    assert [one["code"] for one in asked["questions"]] == ["zone"]
    job = done(olga, olga.post(f"/api/data/files/{asked['upload']}/answers", json={"zone": "Europe/Berlin"}))
    assert job["result"]["counts"]["events"] == 240


def test_what_was_answered_is_not_asked_again_until_everything_is_taken_back(olga: httpx.Client):
    rows = [f"c{n},0{1 + n % 9}/0{1 + n % 7}/2026 10:00,look" for n in range(60)]
    told = send(olga, ("log.csv", "\n".join(["customer,at,event", *rows]).encode()))["result"]

    def answer(**said: object) -> list[str]:
        job = done(olga, olga.post(f"/api/data/files/{told['upload']}/answers", json=said))
        return [one["code"] for one in job["result"]["questions"]]

    assert [one["code"] for one in told["questions"]] == ["zone", "day_first"]
    assert answer(zone="Europe/Berlin") == ["day_first"]
    assert answer(day_first=True) == []
    assert answer() == ["zone", "day_first"]


def test_an_answer_that_cannot_be_is_told_and_not_kept(olga: httpx.Client):
    told = send(olga, ("log.csv", visits(offset="")))["result"]
    path = f"/api/data/files/{told['upload']}/answers"
    failed = done(olga, olga.post(path, json={"customer": "nobody"}))
    assert (failed["state"], "nobody" in str(failed)) == ("failed", True)
    assert done(olga, olga.post(path, json={"zone": "Europe/Berlin"}))["result"]["questions"] == []


def test_a_list_of_customers_without_any_time_comes_in_when_that_is_right(olga: httpx.Client):
    asked = send(olga, ("leads.csv", LEADS))["result"]
    assert [one["code"] for one in asked["questions"]] == ["undated"]
    read = done(olga, olga.post(f"/api/data/files/{asked['upload']}/answers", json={"undated": True}))["result"]
    assert (read["questions"], read["counts"]["customers"], read["counts"]["refused"]) == ([], 40, 0)
    job = done(olga, olga.post(f"/api/data/files/{asked['upload']}/import"))
    assert job["result"]["counts"]["customers"] == 40


def test_files_come_into_a_workspace_that_is_there_and_the_next_one_is_read_the_same_way(
    olga: httpx.Client, served: Served
):
    first = bring(olga, ("log.csv", visits(offset="")), answers=BERLIN)
    assert (first["counts"]["accepted"], first["aside"]) == (240, False)
    kept = olga.get("/api/data/recipes").json()
    assert [one["name"] for one in kept] == ["log"]
    before = state(served.desk.folder)
    again = send(olga, ("log.csv", visits(offset="", people=70)))["result"]
    assert (again["how"], again["questions"]) == ("kept", [])
    assert (again["counts"]["accepted"], again["counts"]["duplicates"]) == (40, 240)
    assert state(served.desk.folder) == before
    job = done(olga, olga.post(f"/api/data/files/{again['upload']}/import"))
    assert {name: again["counts"][name] for name in ("read", "accepted", "events")} == {
        name: job["result"]["counts"][name] for name in ("read", "accepted", "events")
    }
    assert looked(olga, "/api/data")["counts"]["events"] == 280
    gone = olga.post(f"/api/data/files/{again['upload']}/import")
    assert (gone.status_code, gone.json()["code"]) == (404, "proposal-gone")


def test_what_is_stopped_leaves_the_lake_as_it_was(olga: httpx.Client, served: Served):
    bring(olga, ("log.csv", visits()))
    before = state(served.desk.folder)
    desk = served.desk
    upload = desk.uploads.take([("log.csv", io.BytesIO(visits(people=90)))], by="")
    read_upload(desk, upload, DataAnswers())(lambda *_: None)

    class Stopped(Exception):
        pass

    said: list[str] = []

    def stop(says: str, share: float | None = None) -> None:
        said.append(says)
        if "Writing" in says:
            raise Stopped

    with pytest.raises(Stopped):
        import_upload(desk, upload, by="")(stop)
    assert said
    assert state(desk.folder) == before
    assert desk.uploads.get(upload.id) is upload


def test_files_that_are_read_again_while_they_are_imported_are_gone_and_nobody_waits_for_ever(
    olga: httpx.Client, served: Served
):
    desk = served.desk
    upload = desk.uploads.take([("log.csv", io.BytesIO(visits()))], by="")
    read_upload(desk, upload, DataAnswers())(lambda *_: None)
    address = f"/api/data/files/{upload.id}"
    with desk.uploads.entering:  # somebody else imports
        importing = olga.post(f"{address}/import")
        for _ in range(2000):
            if upload.working.locked():
                break
            time.sleep(0.01)
        assert upload.working.locked()
        reading = olga.post(f"{address}/answers", json={})
    assert done(olga, importing)["state"] == "done"
    job = done(olga, reading)
    assert (job["state"], job["problem"]["code"]) == ("failed", "proposal-gone")
    assert looked(olga, "/api/data")["counts"]["events"] == 240


def test_strange_files_are_not_mixed_with_the_demo_company(company: Company):
    with company.served.client() as client:
        job = send(client, ("log.csv", visits()))
    assert (job["state"], "holds the demo company" in job["says"]) == ("failed", True)


def test_the_demo_company_takes_more_files_of_its_own(company: Company, built: Path):
    files = [one for one in built.iterdir() if one.suffix in (".csv", ".jsonl")]
    with company.served.client() as client:
        client.timeout = 60
        told = send(client, *((one.name, one.read_bytes()) for one in files))["result"]
    assert (told["how"], told["name"]) == ("kept", "clothing-retailer")
    assert (told["counts"]["accepted"], told["counts"]["duplicates"] > 10_000) == (0, True)


# Refused rows, and undoing


def test_an_import_is_through_also_when_its_recipe_and_its_files_cannot_be_kept(olga: httpx.Client, served: Served):
    read = send(olga, ("log.csv", HALF), answers=BERLIN)["result"]
    bare = "".join(line for line in read["recipe"].splitlines(keepends=True) if "zone:" not in line)
    done(olga, olga.post(f"/api/data/files/{read['upload']}/answers", json={"recipe": bare}))
    for folder in ("recipes", "aside"):
        (served.desk.folder / folder).write_text("something else stands here")
    job = done(olga, olga.post(f"/api/data/files/{read['upload']}/import"))
    assert (job["state"], job["result"]["recipe"], job["result"]["aside"]) == ("done", None, False), job
    assert looked(olga, "/api/data")["counts"]["events"] == 40


def test_refused_rows_are_taken_up_again_by_a_corrected_recipe(olga: httpx.Client, served: Served):
    read = send(olga, ("log.csv", HALF), answers=BERLIN)["result"]
    zoned = read["recipe"]
    bare = "".join(line for line in zoned.splitlines(keepends=True) if "zone:" not in line)
    told = done(olga, olga.post(f"/api/data/files/{read['upload']}/answers", json={"recipe": bare}))["result"]
    assert (told["how"], told["counts"]["reasons"]) == ("yours", {"no_zone": 20})
    result = done(olga, olga.post(f"/api/data/files/{read['upload']}/import"))["result"]
    assert (result["counts"]["accepted"], result["aside"]) == (40, True)
    [made] = looked(olga, "/api/data")["imports"]
    assert (made["aside"], made["replayed"]) == (True, None)
    address = f"/api/data/imports/{made['id']}"
    assert olga.get(f"{address}/recipe").json()["text"] == bare

    before = state(served.desk.folder)
    assert olga.post(f"{address}/replay", json={"recipe": "recipe: x"}).status_code == 422
    dry = done(olga, olga.post(f"{address}/replay", json={"recipe": zoned, "dry_run": True}))["result"]
    assert (dry["import_id"], dry["counts"]["accepted"], dry["counts"]["duplicates"]) == (None, 20, 40)
    assert state(served.desk.folder) == before
    job = done(olga, olga.post(f"{address}/replay", json={"recipe": zoned}))
    assert (job["state"], job["result"]["counts"]["events"]) == ("done", 20), job
    data = looked(olga, "/api/data")
    again, first = data["imports"]
    assert (first["replayed"], first["aside"], again["aside"]) == (again["id"], False, False)
    assert data["counts"]["events"] == 60
    [reason] = looked(olga, "/api/data/refusals")["reasons"]
    assert (reason["reason"], reason["rows"], reason["replayed"]) == ("no_zone", 20, 20)
    assert olga.post(f"{address}/replay", json={"recipe": zoned}).json()["code"] == "import-gone"


def test_refused_rows_that_two_take_up_at_once_come_in_once(olga: httpx.Client, served: Served):
    bring(olga, ("log.csv", visits() + b"\nc99,soon,look\n"), answers=BERLIN)
    [made] = looked(olga, "/api/data")["imports"]
    address = f"/api/data/imports/{made['id']}"
    recipe = olga.get(f"{address}/recipe").json()["text"]
    with served.desk.uploads.entering:  # both have begun before one of them goes on
        both = [olga.post(f"{address}/replay", json={"recipe": recipe}) for _ in range(2)]
    jobs = sorted((done(olga, one) for one in both), key=lambda job: str(job["state"]))
    assert [(job["state"], job["problem"] and job["problem"]["code"]) for job in jobs] == [
        ("done", None),
        ("failed", "import-gone"),
    ]
    assert len(looked(olga, "/api/data")["imports"]) == 2


def test_rows_taken_up_by_an_import_that_is_gone_still_wait(olga: httpx.Client, served: Served):
    bring(olga, ("log.csv", visits() + b"\nc99,soon,look\n"), answers=BERLIN)
    [made] = looked(olga, "/api/data")["imports"]
    mark_replayed(served.desk.folder, made["id"], "gone")  # as an undo leaves it that was killed halfway
    [reason] = looked(olga, "/api/data/refusals")["reasons"]
    assert (reason["rows"], reason["replayed"]) == (1, 0)
    assert looked(olga, "/api/data")["imports"][0]["replayed"] is None


def test_the_command_line_takes_up_and_undoes_what_the_app_imported(
    olga: httpx.Client, served: Served, tmp_path: Path, capsys
):
    folder = served.desk.folder
    mended = send(olga, ("log.csv", HALF), answers=BERLIN)["result"]["recipe"]
    bare = re.sub(r"zone: .*", "zone: null", mended)
    assert "zone: null" in bare
    read = send(olga, ("log.csv", HALF), answers=BERLIN)["result"]
    done(olga, olga.post(f"/api/data/files/{read['upload']}/answers", json={"recipe": bare}))
    done(olga, olga.post(f"/api/data/files/{read['upload']}/import"))
    [first] = looked(olga, "/api/data")["imports"]
    assert cli(capsys, "imports", "list", "-w", folder) == [first]
    assert cli(capsys, "imports", "recipe", first["id"], "-w", folder)["recipe"] == bare
    recipe = tmp_path / "mended.recipe.yaml"
    recipe.write_text(mended)
    told = cli(capsys, "imports", "replay", first["id"], recipe, "-w", folder)
    again, old = looked(olga, "/api/data")["imports"]
    assert (told["import_id"], told["accepted"], old["replayed"], old["aside"]) == (again["id"], 20, again["id"], False)
    assert cli(capsys, "imports", "undo", again["id"], "-w", folder)["import"] == again
    assert [one["id"] for one in looked(olga, "/api/data")["imports"]] == [first["id"]]


def test_what_is_refused_again_waits_again_and_can_be_discarded(olga: httpx.Client, served: Served):
    bring(olga, ("log.csv", visits() + b"\nc99,soon,look\n"), answers=BERLIN)
    [made] = looked(olga, "/api/data")["imports"]
    recipe = olga.get(f"/api/data/imports/{made['id']}/recipe").json()["text"]
    job = done(olga, olga.post(f"/api/data/imports/{made['id']}/replay", json={"recipe": recipe}))
    newest, first = looked(olga, "/api/data")["imports"]
    assert (job["result"]["import_id"], newest["aside"], first["aside"]) == (newest["id"], True, False)
    olga.post(f"/api/data/imports/{newest['id']}/undo").raise_for_status()
    [first] = looked(olga, "/api/data")["imports"]
    assert (first["aside"], first["replayed"]) == (True, None)
    assert olga.delete(f"/api/data/imports/{first['id']}/files").status_code == 204
    assert looked(olga, "/api/data")["imports"][0]["aside"] is False


def test_an_undone_import_leaves_everything_as_it_was_before_it(company: Company, capsys):
    folder, shop = company.folder, Workspace.open(company.folder)
    before = shop.holdings()
    measured = cli(capsys, "measure", company.file, "-w", folder)
    walked = _walked(shop)
    with company.served.client() as client:
        shop.import_files(_recipe(), {"log": _frame()})
        newest, _ = looked(client, "/api/data")["imports"]
        assert _walked(shop) != walked  # what is kept is made from the import, too
        assert cli(capsys, "measure", company.file, "-w", folder) != measured
        old = client.post(f"/api/data/imports/{before['imports'][0]['id']}/undo")
        assert (old.status_code, "not the last one" in old.json()["says"]) == (422, True)
        client.post(f"/api/data/imports/{newest['id']}/undo").raise_for_status()
        assert looked(client, "/api/data")["counts"] == before["counts"]
        assert "data.undone" in [one["what"] for one in client.get("/api/audit").json()]
    assert Workspace.open(folder).holdings() == before
    assert cli(capsys, "measure", company.file, "-w", folder) == measured
    assert _walked(shop) == walked
    counts = shop.import_files(_recipe(), {"log": _frame()})
    assert (counts.accepted, counts.customers) == (30, 10)
    assert Workspace.open(folder).holdings()["counts"]["events"] == before["counts"]["events"] + 30


def test_all_imports_can_be_undone_one_after_the_other(olga: httpx.Client, served: Served):
    bring(olga, ("log.csv", visits()))
    bring(olga, ("log.csv", visits(people=70)))
    for left in (240, 0):
        newest = looked(olga, "/api/data")["imports"][0]
        olga.post(f"/api/data/imports/{newest['id']}/undo").raise_for_status()
        assert looked(olga, "/api/data")["counts"]["events"] == left
    assert bring(olga, ("log.csv", visits()))["counts"]["accepted"] == 240


def test_an_import_through_the_first_door_leaves_its_recipe_and_a_line_in_the_audit(olga: httpx.Client):
    proposed = drop(olga, ("log.csv", visits()))["result"]
    done(olga, olga.post(f"/api/doors/data/{proposed['upload']}/accept", json={}))
    assert [one["name"] for one in olga.get("/api/data/recipes").json()] == ["log"]
    [made] = looked(olga, "/api/data")["imports"]
    newest = olga.get("/api/audit").json()[0]
    assert newest["what"] == "data.imported"
    assert newest["whole"] == {"files": "log.csv", "import": made["id"], "accepted": 240, "refused": 0}
    assert send(olga, ("log.csv", visits(people=61)))["result"]["how"] == "kept"


def test_refused_rows_of_known_files_wait_whichever_door_they_came_by(olga: httpx.Client):
    lines = [*(f"{n},c{n}@example.org,2026-03-{1 + n % 28:02} 09:00:00" for n in range(40)), ",,2026-03-01 09:00:00"]
    contacts = "\n".join(["id,property_email,property_createdate", *lines]).encode()
    proposed = drop(olga, ("contact_data.csv", contacts))["result"]
    job = done(olga, olga.post(f"/api/doors/data/{proposed['upload']}/accept", json={}))
    assert (job["state"], job["result"]["refused"]) == ("done", 1), job
    [made] = looked(olga, "/api/data")["imports"]
    assert (made["recipe"], made["aside"]) == ("hubspot", True)
    assert "contact created" in olga.get(f"/api/data/imports/{made['id']}/recipe").json()["text"]
    assert olga.get("/api/data/recipes").json() == []  # that of a vendor is there anyway


def test_a_kept_recipe_is_changed_only_to_one_that_can_be_used(olga: httpx.Client):
    bring(olga, ("log.csv", visits()))
    text = olga.get("/api/data/recipes").json()[0]["text"]
    olga.put("/api/data/recipes/log", json={"text": f"# ours\n{text}"}).raise_for_status()
    assert olga.get("/api/data/recipes").json()[0]["text"].startswith("# ours")
    answer = olga.put("/api/data/recipes/log", json={"text": "nonsense"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unusable")


def _walked(shop: Workspace) -> tuple[Any, ...]:
    trace = shop.trace()
    return trace.events, trace.customers, trace.span, [trace.ids(bucket) for bucket in range(trace.buckets)]


def _recipe(source: str = "log") -> Any:
    from desireline.recipes.files import read_recipe

    return read_recipe(
        f"recipe: more\nsources: {{{source}: {{file: '{source}*'}}}}\ntables: {{{source}: {{into: events, "
        f"source: {source}, customer: who, events: [{{event: what, at: at}}]}}}}\n",
        "more",
    )


def _rows(lines: list[str]) -> Any:
    import polars as pl

    return pl.DataFrame([line.split(",") for line in lines], schema=["who", "at", "what"], orient="row")


def _frame() -> Any:
    import polars as pl

    people = [f"new{n}" for n in range(10) for _ in range(3)]
    at = [f"2025-06-0{1 + k}T10:00:00Z" for _ in range(10) for k in range(3)]
    return pl.DataFrame({"who": people, "at": at, "what": ["visit", "cart", "order"] * 10})


def test_a_recipe_is_corrected_by_its_parts_before_the_import(olga: httpx.Client):
    read = send(olga, ("log.csv", visits()))["result"]
    [part] = read["parts"]
    assert {row["role"] for row in part["rows"]} >= {"who", "event", "when"}
    assert read["sources"][part["source"]]["files"] == ["log.csv"]
    at = f"/api/data/files/{read['upload']}/answers"
    again = done(olga, olga.post(at, json={"corrections": {"written": {part["source"]: {"encoding": "cp1252"}}}}))
    assert again["result"]["sources"][part["source"]]["encoding"] == "cp1252"
    assert (again["result"]["how"], again["result"]["counts"]) == ("yours", read["counts"])
    wrong = olga.post(at, json={"corrections": {"without": ["nothing"]}})
    assert (wrong.status_code, "no table “nothing”" in wrong.json()["says"]) == (422, True)
