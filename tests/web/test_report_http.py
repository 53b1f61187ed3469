"""The report for managers comes out of the app with the numbers of the command line, and tells no ids to viewers."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from pptx import Presentation
from tests.draw.test_onepage import plain, words_of
from tests.web.serving import Served
from tests.web.test_customers_http import client_of
from tests.web.with_data import Company, looked

from desireline.access import Role
from desireline.cli.start import run
from desireline.draw.brief.reports import FORMS, REPORTS

MEDIA = {form: REPORTS[form].media for form in FORMS}


def reported(client: httpx.Client, map_id: str, form: str) -> httpx.Response:
    """The report, waited for."""
    path = f"/api/maps/{map_id}/report?form={form}"
    while True:
        answer = client.get(path).raise_for_status()
        if answer.status_code == 200:
            return answer
        with client.stream("GET", f"/api/jobs/{answer.json()['id']}/events") as events:
            for _line in events.iter_lines():
                pass


def said(slides: bytes) -> list[str]:
    """All that stands on the slides."""
    shapes = [shape for slide in Presentation(BytesIO(slides)).slides for shape in slide.shapes]
    return [shape.text_frame.text for shape in shapes if shape.has_text_frame]


def test_it_comes_in_three_forms_that_a_browser_saves_and_never_shows(company: Company):
    with company.served.client() as client:
        kinds = client.get("/api/reports").json()
        answers = {form: reported(client, company.map_id, form) for form in FORMS}
        unknown = client.get(f"/api/maps/{company.map_id}/report?form=docx")
    assert [one["form"] for one in kinds] == list(FORMS)
    assert all(one["loses"] and one["says"].endswith(".") for one in kinds)
    for form, answer in answers.items():
        assert answer.headers["content-type"].split(";")[0] == MEDIA[form]
        assert answer.headers["content-disposition"].endswith(f'-report.{form}"')
        assert "sandbox" in answer.headers["content-security-policy"]
    assert unknown.status_code == 422
    newest = company.served.desk.audit.newest(limit=1)[0]
    assert (newest.what, newest.whole["format"]) == ("map.exported", "report html")


def test_it_tells_what_the_command_line_writes(company: Company, tmp_path: Path):
    file = tmp_path / "report.pptx"
    assert run(["report", str(company.file), "-w", str(company.folder), "-o", str(file)]) == 0
    with company.served.client() as client:
        assert said(reported(client, company.map_id, "pptx").content) == said(file.read_bytes())


def test_its_numbers_are_those_of_the_findings_and_readings(company: Company, tmp_path: Path, capsys: Any):
    with company.served.client() as client:
        page = reported(client, company.map_id, "pdf").content
        slides = plain(" ".join(said(reported(client, company.map_id, "pptx").content)))
        found = looked(client, f"/api/maps/{company.map_id}/findings")
    (tmp_path / "page.pdf").write_bytes(page)
    read = words_of(tmp_path / "page.pdf")
    by_loss = sorted(found["findings"], key=lambda one: one["ranks"]["loss"])[:5]
    assert by_loss
    for one in by_loss:
        assert plain(one["says"]) in slides
        for text in (one["effect"]["told"].partition(" [")[0], f"{one['customers']:,}" if one["customers"] else "–"):
            assert plain(text) in read
            assert plain(text) in slides
    capsys.readouterr()
    assert run(["measure", str(company.file), "-w", str(company.folder), "--json"]) == 0
    readings = json.loads(capsys.readouterr().out)["readings"]
    whole = {one["measure"]: one["value"] for one in readings if one["at"] == found["map"] and not one["group"]}
    for told in (f"{100 * whole['conversion']:.1f} %", f"{100 * whole['promise_kept']:.1f} %"):
        assert told in read
        assert told in slides


def test_viewers_read_no_customer_ids(company: Company):
    ids = company.served.desk.looks.opened().customer_ids().to_list()
    with company.served.client() as owner:
        whole = reported(owner, company.map_id, "html").text
    with client_of(company.served, Role.VIEWER) as client:
        seen = reported(client, company.map_id, "html").text
        page = reported(client, company.map_id, "pptx").content
    named = [one for one in ids if f">{one}<" in whole]
    assert named
    assert [one for one in named if one in seen or any(one in text for text in said(page))] == []


@pytest.mark.parametrize("form", FORMS)
def test_without_data_it_tells_what_is_intended(served: Served, form: str):
    id_ = served.new_map()
    with served.client() as client:
        answer = client.get(f"/api/maps/{id_}/report?form={form}").raise_for_status()
    assert answer.status_code == 200
    if form == "pptx":
        assert "This map has not been measured yet: it shows what is intended." in said(answer.content)
