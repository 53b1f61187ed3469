"""Is the server there, and can it work?"""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from desireline.ledger.engine import reading
from desireline.server.guards import ANYBODY, desk_of

router = APIRouter(tags=["health"], dependencies=[Depends(ANYBODY)])


class Health(BaseModel):
    """The server answers."""

    status: Literal["ok"] = "ok"


@router.get("/healthz")
def healthz() -> Health:
    """The process answers."""
    return Health()


@router.get("/readyz")
def readyz(request: Request) -> Health:
    """The ledger can be read; 503 or 507 with the reason when it cannot."""
    with reading(desk_of(request).engine) as session:
        session.connection()
    return Health()
