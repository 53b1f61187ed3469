"""The customers behind a number or a finding, and one customer's journeys; personal data by role, looks noted."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Annotated, Any

import polars as pl
from fastapi import APIRouter, Depends, Query, Request, Response

from desireline.draw.files.spreadsheet import csv_text
from desireline.errors import UnknownCustomer
from desireline.json_form import json_text
from desireline.server.customers import CustomersBehind, CustomerTold, listed, told_customer
from desireline.server.desk import Desk
from desireline.server.fields import Id
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.looks import LATER, Work
from desireline.server.masking import PSEUDONYM, Pseudonyms, masked, sees_ids
from desireline.server.measured import map_of
from desireline.workspace import Workspace

router = APIRouter(prefix="/api/maps/{map_id}", tags=["customers"])

SHOWN, MOST = 200, 2_000
Said = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True)
class Asked:
    """Which number, or which finding, is opened."""

    measure: Said = ""
    at: Said = ""
    group: Said = ""
    period: Said = ""
    finding: Said = ""


Opened = Annotated[Asked, Depends()]


@router.get("/customers", response_model=CustomersBehind, responses=LATER)
async def customers(
    request: Request,
    map_id: Id,
    asked: Opened,
    actor: Annotated[Actor, Depends(READ)],
    texts: bool = False,
    shown: Annotated[int, Query(ge=1, le=MOST)] = SHOWN,
) -> Response:
    """The first customers behind a number (`measure`, `at`, `group`, `period`) or a `finding`.

    `texts`: only those who wrote something. Who had more than two hundred at once, and of how many, is noted.
    """
    desk = desk_of(request)
    answer = await desk.looks.ask("customers", *await _question(desk, map_id, asked))
    if answer.status_code != 200:
        return answer
    many, told = await asyncio.to_thread(_some, desk, actor, answer, texts=texts, shown=shown)
    if many > SHOWN:
        await asyncio.to_thread(_note, desk, actor, "customers.listed", map_id, asked, many)
    return told


@router.get("/customers.csv", response_class=Response)
async def customers_csv(
    request: Request, map_id: Id, asked: Opened, actor: Annotated[Actor, Depends(EDIT)]
) -> Response:
    """All customers behind a number or a finding, for a spreadsheet. Who had the list, and of how many, is noted."""
    desk = desk_of(request)
    found = await desk.looks.answer("customers", *await _question(desk, map_id, asked))
    frame = pl.DataFrame(found["customers"], schema={"customer_id": pl.String, "x": pl.Int64, "m": pl.Int64})
    frame = frame.drop("x", "m") if asked.finding else frame
    await asyncio.to_thread(_note, desk, actor, "customers.exported", map_id, asked, frame.height)
    head = {"Content-Disposition": 'attachment; filename="customers.csv"', "Cache-Control": "no-store"}
    return Response(csv_text(frame), media_type="text/csv; charset=utf-8", headers=head)


@router.get("/customer", response_model=CustomerTold, responses=LATER)
async def customer(
    request: Request,
    map_id: Id,
    id_: Annotated[str, Query(alias="id", min_length=1, max_length=1000)],
    actor: Annotated[Actor, Depends(READ)],
) -> Response:
    """One customer's journeys, beside the map and in their words. Who does not see ids asks by pseudonym."""
    desk = desk_of(request)
    map_ = await map_of(desk, map_id)
    names = await asyncio.to_thread(Pseudonyms, desk.folder)
    sees = sees_ids(actor)

    def work(workspace: Workspace, _step: Any) -> dict[str, Any]:
        found = _open(workspace, map_, id_, names, by_id=sees)
        return {"customer": told_customer(found, map_), "shared": {} if sees else workspace.shared(found.properties)}

    answer = await desk.looks.ask("customer", [map_, id_, sees], work)
    if answer.status_code != 200:
        return answer
    held = json.loads(bytes(answer.body))
    told, pseudonym = held["customer"], names.of(held["customer"]["customer_id"])
    await asyncio.to_thread(
        desk.audit.add, actor.id, "customer.opened", at=desk.clock(), map=map_id, customer=pseudonym
    )
    return _json(told if sees else masked(told, pseudonym, held["shared"]))


def _open(workspace: Workspace, map_: Any, id_: str, names: Pseudonyms, *, by_id: bool) -> Any:
    """The customer of this id, or of this pseudonym, as it stands in the audit. Raises UnknownCustomer."""
    if by_id:
        try:
            return workspace.journey_of(map_, id_)
        except UnknownCustomer:
            if not PSEUDONYM.match(id_):
                raise
    return workspace.journey_of(map_, names.find(id_, workspace.customer_ids()))


async def _question(desk: Desk, map_id: str, asked: Asked) -> tuple[list[Any], Work]:
    """All that the answer depends on, and what looks for it. Raises UnknownDocument."""
    map_ = await map_of(desk, map_id)
    said = vars(asked)

    def work(workspace: Workspace, step: Any) -> dict[str, Any]:
        return listed(workspace, map_, said, step)

    return [map_, said, str(desk.clock().date())], work


def _note(desk: Desk, actor: Actor, what: str, map_id: str, asked: Asked, customers: int) -> None:
    """Who had a list, and of how many, stands in the audit."""
    said = {"place" if name == "at" else name: text for name, text in vars(asked).items() if text}
    note: dict[str, Any] = {"map": map_id, **said, "customers": customers}
    desk.audit.add(actor.id, what, at=desk.clock(), **note)


def _some(desk: Desk, actor: Actor, answer: Response, *, texts: bool, shown: int) -> tuple[int, Response]:
    """How many of them are listed, and the first of them, under the names by which whoever asks may know them."""
    found = json.loads(bytes(answer.body))
    everybody = [one for one in found["customers"] if one["texts"] or not texts]
    if not sees_ids(actor):
        names = Pseudonyms(desk.folder)
        everybody = sorted(
            ({**one, "customer_id": names.of(one["customer_id"])} for one in everybody),
            key=lambda one: str(one["customer_id"]),
        )
    some = everybody[:shown]
    return len(some), _json(found | {"customers": some})


def _json(told: Any) -> Response:
    return Response(json_text(told), media_type="application/json", headers={"Cache-Control": "no-store"})
