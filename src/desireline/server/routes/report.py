"""A map with its numbers as a file for managers: what `desireline report` writes, made from the map as it is now."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode, b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from desireline.draw.brief.reports import REPORTS, ReportForm
from desireline.errors import NoDataYet
from desireline.ledger.store import Ledger
from desireline.maps.notations.building import slug
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.pipeline.bringing import Step
from desireline.pipeline.question import Question
from desireline.server.desk import Desk
from desireline.server.fields import Id
from desireline.server.guards import READ, Actor, desk_of
from desireline.server.looks import LATER
from desireline.server.masking import sees_ids
from desireline.server.measured import map_of
from desireline.server.routes.exports import DRAWING, INERT

if TYPE_CHECKING:
    from desireline.workspace import Workspace

router = APIRouter(prefix="/api", tags=["exports"])


class ReportKind(BaseModel):
    """A kind of report. `loses`: what is known and not in it."""

    form: ReportForm
    title: str
    says: str
    loses: list[str]


@router.get("/reports", dependencies=[Depends(READ)])
def reports() -> list[ReportKind]:
    """The kinds of report that a map with its numbers can be told as."""
    return [
        ReportKind(form=one.form, title=one.title, says=one.says, loses=list(one.loses)) for one in REPORTS.values()
    ]


@router.get("/maps/{map_id}/report", response_class=Response, responses=LATER)
async def report(
    request: Request,
    map_id: Id,
    actor: Annotated[Actor, Depends(READ)],
    form: ReportForm = "pdf",
    paper: Annotated[Literal["a4", "a3", "letter"], Query()] = "a4",
) -> Response:
    """The report as a file; 202 with a job while it is made. Customers' ids are in it only for who may edit."""
    desk = desk_of(request)
    map_, sees = await map_of(desk, map_id), sees_ids(actor)

    def work(workspace: Workspace, step: Step) -> dict[str, Any]:
        return {"body": b64encode(_written(workspace, map_, form, paper, sees=sees, step=step)).decode()}

    try:
        about = [map_, form, paper, sees, *await asyncio.to_thread(_decided, desk)]
        answer = await desk.looks.ask("report", about, work)
    except NoDataYet:
        body = await asyncio.get_running_loop().run_in_executor(DRAWING, _intended, map_, form, paper)
    else:
        if answer.status_code != 200:
            return answer
        body = b64decode(json.loads(bytes(answer.body))["body"])
    at = desk.clock()
    await asyncio.to_thread(desk.audit.add, actor.id, "map.exported", at=at, map=map_id, format=f"report {form}")
    name = f'attachment; filename="{slug(map_.map.title) or map_.map.id}-report.{form}"'
    return Response(body, media_type=REPORTS[form].media, headers={**INERT, "Content-Disposition": name})


def _written(workspace: Workspace, map_: Map, form: ReportForm, paper: str, *, sees: bool, step: Step) -> bytes:
    measured, file = workspace.measure(map_, Question(), step=step), f"{map_.map.id}.journey.yaml"
    if form != "html":
        return workspace.draw_brief(measured, map_file=file, form=form, paper=paper, step=step)
    shown = measured if sees else replace(measured, deviations=measured.deviations.drop("examples"))
    return workspace.draw_report(shown, map_file=file, step=step).encode(errors="backslashreplace")


def _intended(map_: Map, form: ReportForm, paper: str) -> bytes:
    """The report of a workspace without any data: what the map intends."""
    from desireline.draw.brief.brief import brief  # noqa: PLC0415  what findings need is loaded when it is asked for
    from desireline.draw.report import report_html  # noqa: PLC0415
    from desireline.reporting import draw_brief  # noqa: PLC0415  loads scikit-learn

    if form == "html":
        return report_html(Outline(map_)).encode(errors="backslashreplace")
    return draw_brief(brief(Outline(map_)), form, paper)


def _decided(desk: Desk) -> list[object]:
    """All that a report depends on beside the map and the data."""
    ledger, today = Ledger(desk.engine), desk.clock().date()
    decided = ledger.decisions(today=today)
    done = [one.as_json() for one in ledger.initiatives()]
    return [str(today), [decided[key].as_json() for key in sorted(decided)], done]
