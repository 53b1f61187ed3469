"""Pieces of a proposal go into a map that somebody drew: what it holds already is passed over, the rest is placed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desireline.discovery.draft import Draft, Piece
from desireline.maps.edits import move_record
from desireline.maps.files import MapFile
from desireline.maps.outline import Outline
from desireline.maps.records import SECTIONS, Map


def add_pieces(draft: Draft, file: MapFile, ids: Iterable[str] | None = None) -> dict[str, Any]:
    """The file holds the accepted pieces too; its own records stay as they are. Nothing is saved yet.

    A touchpoint whose events another one of the map is bound to counts as that one. A new one stands in the stage of
    the touchpoint before it, right after it; where there is none, in its own stage. How journeys are cut stays as the
    map says. Told: `added`, the ids of the pieces, and `passed_over`, others with the reason. Raises UnknownPiece.
    """
    accepted = draft.accept(ids)
    same = {piece.id: held for piece in draft.pieces if (held := _bound(file.map, piece))}
    added: list[str] = []
    over: dict[str, str] = {}
    stages = {piece.id: piece for piece in accepted if piece.section == "stages"}
    before: str | None = None
    for piece in [one for one in draft.pieces if one.section == "touchpoints"]:
        if piece.id in same:
            over |= {piece.id: f"the map's “{same[piece.id]}” holds these events"} if piece in accepted else {}
            before = same[piece.id]
        elif piece in accepted:
            before = same[piece.id] = _add_point(file, piece, before, stages=stages, added=added)
    for piece in accepted:
        if piece.section == "journey":
            over[piece.id] = "the map says already how journeys are cut"
        elif piece.section == "stages" and piece.id not in added:
            over[piece.id] = "no new touchpoint stands in it"
        elif piece.section == "links":
            why = _add_link(file, piece, same)
            if why:
                over[piece.id] = why
            else:
                added.append(piece.id)
    return {"added": added, "passed_over": over}


def _add_point(file: MapFile, piece: Piece, before: str | None, *, stages: dict[str, Piece], added: list[str]) -> str:
    """The id under which the touchpoint stands in the map now."""
    stage = next((point.stage for point in file.map.touchpoints if point.id == before), None)
    if stage is None:
        own = stages[piece.record["stage"]]
        stage = _free(file.map, own.id)
        if own.id not in added:
            file.add("stages", own.record | {"id": stage})
            added.append(own.id)
    id_ = _free(file.map, piece.id)
    file.add("touchpoints", piece.record | {"id": id_, "stage": stage})
    added.append(piece.id)
    _place_after(file, id_, before)
    return id_


def _place_after(file: MapFile, id: str, before: str | None) -> None:
    """The new touchpoint stands behind another one of its stage; only order keys change, and only where they must."""
    inside = [point.id for point in Outline(file.map).touchpoints if point.stage == _stage(file.map, id)]
    if before not in inside or inside[inside.index(before) + 1 :][:1] in ([id], []):
        return
    moved = move_record(file.map, id, before=inside[inside.index(before) + 1])
    held = {point.id: point.order for point in file.map.touchpoints}
    for point in moved.touchpoints:
        if point.order != held[point.id]:
            file.set(point.id, "order", point.order)


def _add_link(file: MapFile, piece: Piece, same: dict[str, str]) -> str:
    """Empty when the link was added, else why it was not."""
    record = dict(piece.record)
    ends = [same.get(id_) for id_ in piece.needs]
    if None in ends:
        return "a touchpoint of it is not on the map"
    if "among" in record:
        record["among"] = ends
        if len(set(ends)) < len(ends) or any(
            set(ends) & set(link.among) for link in file.map.links if not link.deleted
        ):
            return "the map groups these touchpoints already"
    else:
        record["from"], record["to"] = ends
        if any((link.from_, link.to) == tuple(ends) and not link.deleted for link in file.map.links):
            return "the map has it already"
    file.add("links", record | {"id": _free(file.map, record["id"])})
    return ""


def _bound(map_: Map, piece: Piece) -> str | None:
    """The map's touchpoint that names one of the piece's events."""
    if piece.section != "touchpoints":
        return None
    event = piece.record["when"]["event"]
    names = {event} if isinstance(event, str) else set(event)
    live = (point for point in map_.touchpoints if point.when is not None and not point.deleted)
    return next((point.id for point in live if point.when is not None and point.when.texts("event") & names), None)


def _stage(map_: Map, id: str) -> str:
    return next(point.stage for point in map_.touchpoints if point.id == id)


def _free(map_: Map, id: str) -> str:
    taken = {map_.map.id, *(record.id for section in SECTIONS for record in getattr(map_, section))}
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id[:76]}-{number}"
    return free
