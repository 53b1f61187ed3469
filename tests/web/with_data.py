"""A server whose workspace holds a small demo company, made once and copied for each test that wants it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from tests.web.serving import Served, serving

from desireline.demo.company import build_demo
from desireline.ledger.documents import Documents
from desireline.server.desk import open_desk
from desireline.server.doors import mark_demo
from desireline.server.files import begin
from desireline.workspace import Workspace

CUSTOMERS = 600


@dataclass(frozen=True)
class Company:
    """A server with the demo company: its map's id, and the map's file."""

    served: Served
    map_id: str
    file: Path

    @property
    def folder(self) -> Path:
        return self.served.desk.folder


def build_company(folder: Path, *, customers: int = CUSTOMERS) -> Path:
    """The company's files are in the folder, and its data and map in `folder/workspace`."""
    company = build_demo(folder, customers=customers)
    Workspace.create(folder / "workspace").import_files(company.recipe, company.sources)
    desk = open_desk(folder / "workspace")
    made = begin(desk.documents, desk.shelf, company.map.read_text("utf-8"), by="", at=desk.clock())
    mark_demo(folder / "workspace", made.id)
    desk.engine.dispose()
    with serving(folder / "workspace") as served, served.client() as client:
        for what in ("measured", "findings"):  # what every test would work out again is kept with the workspace
            looked(client, f"/api/maps/{made.id}/{what}")
    return folder


@contextmanager
def serving_company(built: Path, folder: Path, **parts: object) -> Iterator[Company]:
    """A server for a copy of the built company; `parts` as in `serving`."""
    shutil.copytree(built / "workspace", folder / "workspace")
    with serving(folder / "workspace", **parts) as served:
        documents: Documents = served.desk.documents
        [map_] = documents.all()
        yield Company(served, map_.id, next(built.glob("*.journey.yaml")))


def looked(client: httpx.Client, path: str) -> Any:
    """The answer to a question, waited for."""
    while True:
        answer = client.get(path).raise_for_status()
        if answer.status_code == 200:
            return answer.json()
        with client.stream("GET", f"/api/jobs/{answer.json()['id']}/events") as events:
            for _line in events.iter_lines():
                pass
