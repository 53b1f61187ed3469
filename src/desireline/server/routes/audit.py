"""The audit: who did what, for owners. Rows are only ever added."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from desireline.server.guards import MANAGE, desk_of
from desireline.server.names import names_of

router = APIRouter(prefix="/api/audit", tags=["audit"], dependencies=[Depends(MANAGE)])


class AuditRow(BaseModel):
    """One row: `who` is the id of a member ("" for the command line), `name` what they are called today."""

    id: int
    at: str
    who: str
    name: str
    what: str
    whole: dict[str, Any]


class AuditCheck(BaseModel):
    """Whether the chain of rows is whole; `broken_at` is the first row that does not fit.

    Rows that were taken off at the end show to those who kept the `newest` hash.
    """

    whole: bool
    rows: int
    broken_at: int | None
    newest: str


@router.get("")
def audit(
    request: Request,
    before: Annotated[int | None, Query(ge=0, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[AuditRow]:
    """The newest rows first; `before` is the id of the last one that you have."""
    desk = desk_of(request)
    names = names_of(desk)
    rows = desk.audit.newest(before=before, limit=limit)
    return [
        AuditRow(id=one.id, at=one.at, who=one.who, name=names.get(one.who, ""), what=one.what, whole=one.whole)
        for one in rows
    ]


@router.get("/check")
def check(request: Request) -> AuditCheck:
    """Read the whole chain again."""
    found = desk_of(request).audit.check()
    return AuditCheck(whole=found.broken_at is None, rows=found.rows, broken_at=found.broken_at, newest=found.newest)
