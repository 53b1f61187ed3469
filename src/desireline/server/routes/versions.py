"""Versions of a map: made under a name, read, compared, brought back. Bringing one back is an edit like any other."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from desireline.ledger.versions import Version, VersionKind
from desireline.live.recognised import file_data
from desireline.live.written import map_of_document
from desireline.maps.diff import Change, diff_maps
from desireline.maps.files import map_data
from desireline.maps.records import Map
from desireline.server.desk import Desk
from desireline.server.fields import Id, Title
from desireline.server.files import Brought, Words, bring_text, data_of, keep_version
from desireline.server.guards import EDIT, READ, Actor, desk_of
from desireline.server.names import names_of

router = APIRouter(prefix="/api/maps/{map_id}/versions", tags=["versions"])

Editing = Annotated[Actor, Depends(EDIT)]
NOW = "now"


class VersionCard(BaseModel):
    """A version in a list. `made_by` is a name, "" for nobody who is known any more."""

    id: str
    number: int
    title: str
    kind: VersionKind
    made_by: str
    at: str


class VersionWhole(BaseModel):
    """A version with the map as it was, in the shape of its file."""

    version: VersionCard
    data: dict[str, Any]


class VersionTitle(BaseModel):
    """How a version is called."""

    title: Title


class MapChange(BaseModel):
    """One difference between two states of a map, and a sentence about it. `field` is "" for a whole record."""

    kind: str
    record: str
    id: str
    field: str
    old: Any
    new: Any
    says: str


class Compared(BaseModel):
    """What leads from one state of a map to another; `before` and `after` are what the map was and is."""

    changes: list[MapChange]
    before: dict[str, Any]
    after: dict[str, Any]


class MapBrought(BaseModel):
    """What was changed, and the versions that were made around it; none where nothing was changed."""

    changes: list[MapChange]
    before: VersionCard | None
    after: VersionCard | None


@router.get("", dependencies=[Depends(READ)])
def versions(request: Request, map_id: Id) -> list[VersionCard]:
    """All versions, the newest first."""
    desk = desk_of(request)
    names = names_of(desk)
    return [_card(one, names) for one in desk.versions.of(map_id)]


@router.post("", status_code=201)
async def make(request: Request, map_id: Id, wanted: VersionTitle, actor: Editing) -> VersionCard:
    """Keep the map as it is now, under a name."""
    desk = desk_of(request)
    made = await keep_version(desk, map_id, wanted.title, kind=VersionKind.NAMED, by=actor.id)
    return _card(made, {actor.id: actor.name})


@router.get("/{version_id}", dependencies=[Depends(READ)])
def version(request: Request, map_id: Id, version_id: Id) -> VersionWhole:
    """A version whole."""
    desk = desk_of(request)
    found, text = desk.versions.whole(map_id, version_id)
    return VersionWhole(version=_card(found, names_of(desk)), data=file_data(text))


@router.patch("/{version_id}")
def rename(request: Request, map_id: Id, version_id: Id, wanted: VersionTitle, _actor: Editing) -> VersionCard:
    """Call a version something else."""
    desk = desk_of(request)
    return _card(desk.versions.rename(map_id, version_id, wanted.title), names_of(desk))


@router.get("/{version_id}/changes", dependencies=[Depends(READ)])
async def compare(
    request: Request,
    map_id: Id,
    version_id: Id,
    to: Annotated[str, Query(max_length=80, pattern=r"^[A-Za-z0-9_.-]+$")] = NOW,
) -> Compared:
    """What changed from this version to another one, or to the map as it is (`now`)."""
    desk = desk_of(request)
    now = await data_of(desk, map_id) if to == NOW else None

    def compared() -> Compared:
        before = _map(desk, map_id, version_id)
        after = _map(desk, map_id, to) if now is None else map_of_document(now)
        told = changes(diff_maps(before, after))
        return Compared(changes=told, before=map_data(before), after=map_data(after))

    return await asyncio.to_thread(compared)


@router.post("/{version_id}/restore")
async def restore(request: Request, map_id: Id, version_id: Id, actor: Editing) -> MapBrought:
    """Bring the map back to a version. What it was before is kept as a version too."""
    desk = desk_of(request)
    found, text = await asyncio.to_thread(desk.versions.whole, map_id, version_id)
    words = Words(
        f"Before “{found.title}” was restored",
        f"“{found.title}” restored",
        VersionKind.BEFORE_RESTORE,
        VersionKind.RESTORED,
    )
    return brought(await bring_text(desk, map_id, text, by=actor.id, words=words), {actor.id: actor.name})


def changes(found: list[Change]) -> list[MapChange]:
    """Changes as an answer."""
    return [MapChange(**one.as_json()) for one in found]


def brought(found: Brought, names: Mapping[str, str]) -> MapBrought:
    """What bringing a map to a file did, as an answer."""
    before, after = (None if one is None else _card(one, names) for one in (found.before, found.after))
    return MapBrought(changes=changes(found.changes), before=before, after=after)


def _map(desk: Desk, map_id: str, version_id: str) -> Map:
    _, text = desk.versions.whole(map_id, version_id)
    return map_of_document(file_data(text))


def _card(one: Version, names: Mapping[str, str]) -> VersionCard:
    said = {name: getattr(one, name) for name in VersionCard.model_fields}
    return VersionCard(**said | {"made_by": names.get(one.made_by, "")})
