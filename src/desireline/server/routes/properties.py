"""What is known of customers, by which numbers can be told apart: each property with the values that many share."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from desireline.errors import UnknownProperty
from desireline.server.guards import READ, desk_of
from desireline.server.looks import LATER
from desireline.workspace import Workspace

router = APIRouter(prefix="/api", tags=["numbers"], dependencies=[Depends(READ)])

SHOWN = 12


class PropertyKnown(BaseModel):
    """A property of customers: how many have it, and its values that five or more share, the most frequent first.

    `distinct`: how many values there are, `common`: how many of them so many share (1,000 are remembered). Unless one
    property is asked for, 12 are listed.
    """

    property: str
    customers: int
    distinct: int
    common: int
    values: list[str]


@router.get("/properties", response_model=list[PropertyKnown], responses=LATER)
async def properties(request: Request, of: Annotated[str | None, Query(max_length=200)] = None) -> Response:
    """The properties of customers, alphabetically; `of`: only this one, with all that is known of it."""

    def work(workspace: Workspace, _step: Any) -> list[dict[str, Any]]:
        known = workspace.known_properties()
        if of is not None and of not in known:
            raise UnknownProperty(of, sorted(known))
        return [
            {
                "property": name,
                "customers": values.customers,
                "distinct": values.distinct,
                "common": len(values.common),
                "values": list(values.common if of else values.common[:SHOWN]),
            }
            for name, values in known.items()
            if of in (None, name)
        ]

    return await desk_of(request).looks.ask("properties", [of], work)
