"""Is the server there, and can it work?"""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel
from sqlalchemy import select

from desireline.ledger.engine import reading
from desireline.ledger.member_rows import MemberRow
from desireline.server.guards import ANYBODY, READ, desk_of
from desireline.server.metrics import KIND

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The server answers."""

    status: Literal["ok"] = "ok"


@router.get("/healthz", dependencies=[Depends(ANYBODY)])
def healthz() -> Health:
    """The process answers."""
    return Health()


@router.get("/readyz", dependencies=[Depends(ANYBODY)])
def readyz(request: Request) -> Health:
    """The ledger can be read; 503 or 507 with the reason when it cannot."""
    with reading(desk_of(request).engine) as session:
        session.execute(select(MemberRow.id).limit(1))
    return Health()


class _Text(Response):
    media_type = KIND


@router.get("/metrics", dependencies=[Depends(READ)], response_class=_Text)
def metrics(request: Request) -> Response:
    """What the server counts about itself, for Prometheus. Give it a token with the scope `read`."""
    return _Text(desk_of(request).metrics.text())
