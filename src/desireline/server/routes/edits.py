"""Who changed what in a map, and when."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from desireline.server.fields import Id
from desireline.server.guards import READ, desk_of
from desireline.server.names import names_of

router = APIRouter(prefix="/api/maps/{map_id}/edits", tags=["edits"])


class EditCard(BaseModel):
    """Somebody changed these fields of a record ("" for the map's head). `by` is a name, "" for nobody known."""

    record: str
    fields: list[str]
    by: str
    at: str


@router.get("", dependencies=[Depends(READ)])
def edits(
    request: Request,
    map_id: Id,
    record: Annotated[str | None, Query(max_length=90, pattern=r"^[A-Za-z0-9._/-]*$")] = None,
    most: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[EditCard]:
    """The newest first; with `record` only its own, "" for the map's head."""
    desk = desk_of(request)
    names = names_of(desk)
    return [
        EditCard(record=one.record, fields=list(one.fields), by=names.get(one.member, ""), at=one.at)
        for one in desk.documents.edits(map_id, record, most=most)
    ]
